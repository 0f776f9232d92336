import { fail } from '@sveltejs/kit';
import { parseCheckpoint } from '$lib/core/ledger/checkpoint';
import { formatVerifierKey, parseNote } from '$lib/core/ledger/note';
import { may } from '$lib/server/access';
import { importCosignatures, readCheckpoint } from '$lib/server/checkpoint';
import { filterOf, ledgerSize, listActors, listEntries, namesIn } from '$lib/server/ledger-reading';
import { knownKeys } from '$lib/server/ledger-key';
import type { Actions, PageServerLoad } from './$types';

/** Bytes of a note with dozens of cosigners. */
const NOTE_LIMIT = 65_536;

export const load: PageServerLoad = async ({ locals: { db, county, keys, user }, url }) => {
	const filter = filterOf(url.searchParams);
	const given = Number(url.searchParams.get('before'));
	const before = Number.isSafeInteger(given) && given > 0 ? given : undefined;
	const { rows, before: next } = await listEntries(db, county.code, filter, before ? { before } : {});
	const last = await readCheckpoint(db, county.code);
	const [own] = knownKeys(county.code, keys.ledger);
	return {
		filter,
		first: before === undefined,
		next,
		rows,
		names: await namesIn(db, rows),
		actors: await listActors(db),
		size: await ledgerSize(db, county.code),
		checkpoint: last && {
			...{ size: last.size, root: last.root, at: last.at, note: last.note },
			// The first line is the ledger's own.
			cosigners: (parseNote(last.note)?.signatures ?? []).slice(1).map(({ name }) => name)
		},
		verifierKey: own ? formatVerifierKey(own) : null,
		keyProblem: keys.ledger.ok ? null : { reason: keys.ledger.reason, message: keys.ledger.message },
		mayImport: user !== null && may(user, 'audit')
	};
};

export const actions = {
	cosign: async ({ request, locals: { db, county, keys } }) => {
		const form = await request.formData();
		const file = form.get('file');
		if (file instanceof File && file.size > NOTE_LIMIT) return fail(400, { cosign: 'not_a_checkpoint' });
		const text = file instanceof File && file.size > 0 ? await file.text() : String(form.get('note') ?? '');
		// Mail and browsers write line ends of their own, and drop the last.
		const note = `${text.replaceAll('\r\n', '\n').trim()}\n`;
		if (note.length > NOTE_LIMIT || !parseCheckpoint(note)) return fail(400, { cosign: 'not_a_checkpoint' });
		const known = knownKeys(county.code, keys.ledger);
		const taken = await importCosignatures(db, county.code, note, known, new Date());
		if (!taken.ok) return fail(400, { cosign: taken.reason });
		return { cosign: 'done', size: taken.size, added: taken.added };
	}
} satisfies Actions;
