import { AsyncResource } from 'node:async_hooks';
import { csvText } from '$lib/core/registry/csv';
import { m } from '$lib/i18n/paraglide/messages';
import { actorOf } from '$lib/server/account';
import { byOf } from '$lib/server/caller';
import { everyEntry, filterOf, namesIn, noteExport } from '$lib/server/ledger-reading';
import { entryText } from '../entry-text';
import type { RequestHandler } from './$types';

/** The filtered entries for Excel; that they were taken away is noted first. */
export const GET: RequestHandler = async (event) => {
	const { url, locals } = event;
	const { db, county } = locals;
	const filter = filterOf(url.searchParams);
	await noteExport(locals.accounts, filter, byOf(event, actorOf(locals), new Date()));

	async function* parts(): AsyncGenerator<string> {
		yield csvText([
			[
				...[m.ledger_number(), m.ledger_when(), m.ledger_recorded(), m.ledger_type(), m.ledger_what()],
				...[m.ledger_actor_id(), m.ledger_username(), m.ledger_who(), m.ledger_leaf(), m.ledger_bytes()]
			]
		]);
		for await (const rows of everyEntry(db, county.code, filter)) {
			const names = await namesIn(db, rows);
			const lines = rows.map((row) => {
				const { seq, at, recordedAt, type, actor, leafHash, text } = row;
				const who = names.get(actor);
				const what = entryText(row, names);
				return [
					...[seq, at, recordedAt.toISOString(), type, what],
					...[actor, who?.username ?? '', who?.name ?? '', leafHash, text]
				];
			});
			// Only the file begins with a byte order mark.
			yield csvText(lines).slice(1);
		}
	}

	const rows = parts();
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		// Read on after this handler has returned: the reader's language must still be known then.
		pull: AsyncResource.bind(async (controller: ReadableStreamDefaultController<Uint8Array>) => {
			const { done, value } = await rows.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		}),
		cancel: () => void rows.return(undefined)
	});
	return new Response(body, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="ledger-${county.code}.csv"`,
			'cache-control': 'private, no-store'
		}
	});
};
