// Events into the chain of their device, each exactly once: what a phone brings and what an office takes over from its
// rescue file. Nothing that fits the chain is thrown away: what may not be part of a record is kept aside with the reason.
// One transaction of the caller and one ledger entry with the root of the hashes.
import type { Transaction } from 'kysely';
import { canonicalBytes } from '../../core/bytes/canonical';
import { fromHex, toHex } from '../../core/bytes/hex';
import { eventHash, type FieldEvent } from '../../core/field/event';
import { hasEnvelope, parseEvent } from '../../core/field/event-form';
import type { Pack } from '../../core/field/pack';
import { leafHash, treeRoot } from '../../core/ledger/tree';
import type { DB } from '../db/schema';
import type { append } from '../ledger';
import type { FieldActing } from './device';
import { refreshRecord } from './record';

export const BATCH_MOST = 200;

export interface RefusedEvent {
	id: string | null;
	seq: number | null;
	reason: 'form' | 'foreign_device' | 'broken_chain' | 'forked' | 'same_id' | 'gap';
	field: string | null;
}

export type Standing =
	'record' | 'not_on_crew' | 'unknown_pack' | 'unknown_stop' | 'foreign_author' | 'form' | 'accepted_record';
interface Head {
	seq: number;
	hash: string | null;
}

interface Taken {
	/** New ones and those that were here. */
	acknowledged: { hash: string; standing: Standing; fresh: boolean }[];
	refused: RefusedEvent[];
	/** Number of the ledger entry; 0: nothing was new. */
	ledger: number;
	/** The last event of the device that is here. */
	have: number;
}

interface Bearer {
	/** Device, and the inspector who holds it. */
	id: string;
	inspector: string;
	/** Its clock less ours. */
	skewMs: number;
}

/** `append` last: it holds the county's counter until COMMIT. */
export async function takeEvents(
	trx: Transaction<DB>,
	appendLast: typeof append,
	{ county, actor, at }: FieldActing,
	{ id: device, inspector, skewMs }: Bearer,
	events: readonly unknown[]
): Promise<Taken> {
	// Two requests of one phone queue on its row.
	const row = await trx
		.selectFrom('app.field_device')
		.where('county', '=', county)
		.where('id', '=', device)
		.select(['seq', 'head'])
		.forUpdate()
		.executeTakeFirstOrThrow();
	const head: Head = { seq: row.seq, hash: row.head };
	const acknowledged: Taken['acknowledged'] = [];
	const refused: RefusedEvent[] = [];
	const stops = new Map<string, Pack>();
	const rights = rightsOf(trx, county, inspector);
	for (const written of events) {
		const refusal = await refusalOf(trx, county, device, head, written, refused.length > 0);
		if (refusal && refusal !== 'known') {
			refused.push(refusal);
			continue;
		}
		const event = written as FieldEvent;
		const hash = eventHash(event);
		if (refusal === 'known') {
			acknowledged.push({ hash, standing: await standingOf(trx, county, hash), fresh: false });
			continue;
		}
		const { standing, pack, parsed } = await rights(event);
		await trx
			.insertInto('app.field_event')
			.values({
				...{ county, device: event.device, seq: event.seq, id: event.id, hash, pack: event.pack },
				...{ stop: event.stop, kind: event.kind, standing, written: Buffer.from(canonicalBytes(event)) },
				...{ received_at: at, received_by: actor, skew_ms: skewMs }
			})
			.execute();
		[head.seq, head.hash] = [event.seq, hash];
		acknowledged.push({ hash, standing, fresh: true });
		if (standing === 'record' && pack) stops.set(event.stop, pack);
		if (standing === 'record' && parsed?.kind === 'photo') {
			const { sha256, size, type } = parsed.body;
			await trx
				.insertInto('app.field_photo')
				.values({ county, sha256, size, type, pack: event.pack, stop: event.stop })
				.onConflict((conflict) => conflict.doNothing())
				.execute();
		}
	}
	await trx
		.updateTable('app.field_device')
		.set({ seq: head.seq, head: head.hash, last_at: at, skew_ms: skewMs })
		.where('county', '=', county)
		.where('id', '=', device)
		.execute();
	for (const [stop, pack] of stops) await refreshRecord(trx, county, stop, pack, at);
	const fresh = acknowledged.flatMap((one) => (one.fresh ? one.hash : []));
	if (fresh.length === 0) return { acknowledged, refused, ledger: 0, have: head.seq };
	const batch = { first: head.seq - fresh.length + 1, last: head.seq };
	const ledger = await appendLast(trx, county, {
		...{ type: 'field.received', at: at.toISOString(), actor, device, count: fresh.length },
		...{ ...batch, head: head.hash, skewMs },
		root: toHex(treeRoot(fresh.map((hash) => leafHash(fromHex(hash)))))
	});
	await trx
		.insertInto('app.field_batch')
		.values({ county, entry: ledger, device, ...batch })
		.execute();
	return { acknowledged, refused, ledger, have: head.seq };
}

/** null: it is the next of the chain; known: it is here already. */
async function refusalOf(
	trx: Transaction<DB>,
	county: string,
	device: string,
	head: Head,
	written: unknown,
	behind: boolean
): Promise<RefusedEvent | 'known' | null> {
	const given = (typeof written === 'object' && written !== null ? written : {}) as Partial<FieldEvent>;
	const no = (reason: RefusedEvent['reason'], field: string | null = null): RefusedEvent => ({
		id: typeof given.id === 'string' ? given.id.slice(0, 64) : null,
		seq: typeof given.seq === 'number' ? given.seq : null,
		...{ reason, field }
	});
	if (!hasEnvelope(written)) {
		const parsed = parseEvent(written);
		return no('form', parsed.ok ? null : parsed.field);
	}
	const event = written as FieldEvent;
	let hash: string;
	try {
		hash = eventHash(event);
	} catch {
		return no('form', 'body');
	}
	if (event.device !== device) return no('foreign_device');
	if (event.seq <= head.seq) {
		const there = await trx
			.selectFrom('app.field_event')
			.where('county', '=', county)
			.where('device', '=', device)
			.where('seq', '=', event.seq)
			.select('hash')
			.executeTakeFirst();
		return there?.hash === hash ? 'known' : no('forked');
	}
	if (behind || event.seq > head.seq + 1) return no('gap');
	if (event.prev !== head.hash) return no('broken_chain');
	const same = await trx
		.selectFrom('app.field_event')
		.where('county', '=', county)
		.where('id', '=', event.id)
		.select('hash')
		.executeTakeFirst();
	return same ? no('same_id') : null;
}

async function standingOf(trx: Transaction<DB>, county: string, hash: string): Promise<Standing> {
	const row = await trx
		.selectFrom('app.field_event')
		.where('county', '=', county)
		.where('hash', '=', hash)
		.select('standing')
		.executeTakeFirstOrThrow();
	return row.standing as Standing;
}

/** Whether an event may be part of the record it names. Packs are read once. */
function rightsOf(trx: Transaction<DB>, county: string, inspector: string) {
	const packs = new Map<string, { pack: Pack; crew: string[] } | null>();
	return async (event: FieldEvent): Promise<{ standing: Standing; pack?: Pack; parsed?: FieldEvent }> => {
		const parsed = parseEvent(event);
		if (!parsed.ok) return { standing: 'form' };
		if (event.by !== inspector) return { standing: 'foreign_author' };
		let known = packs.get(event.pack);
		if (known === undefined) {
			const row = await trx
				.selectFrom('app.field_pack')
				.where('county', '=', county)
				.where('hash', '=', event.pack)
				.select(['bytes', 'crew'])
				.executeTakeFirst();
			known = row ? { pack: JSON.parse(row.bytes.toString('utf8')) as Pack, crew: row.crew } : null;
			packs.set(event.pack, known);
		}
		if (!known) return { standing: 'unknown_pack' };
		if (!known.crew.includes(inspector)) return { standing: 'not_on_crew' };
		if (!known.pack.stops.some(({ id }) => id === event.stop)) return { standing: 'unknown_stop' };
		const record = await trx
			.selectFrom('app.field_record')
			.where('county', '=', county)
			.where('stop', '=', event.stop)
			.select('state')
			.executeTakeFirst();
		if (record?.state === 'accepted') return { standing: 'accepted_record' };
		return { standing: 'record', pack: known.pack, parsed: parsed.event };
	};
}
