// What a phone asks for beside its packs: messages, states of the records of its crews, events of other phones.
import { sql } from 'kysely';
import type { Database } from '../db/database';

export const EVENTS_MOST = 200;

export async function messagesOf(db: Database, county: string, inspector: string) {
	const { rows } = await sql<{
		id: number;
		at: Date;
		kind: string;
		route: string | null;
		day: string | null;
		hash: string | null;
		stop: string | null;
		text: string | null;
	}>`SELECT id, at, kind, route, day::text AS day, hash, stop, text FROM app.field_message
		WHERE county = ${county} AND inspector = ${inspector} ORDER BY id DESC LIMIT 50`.execute(db);
	return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function recordStates(db: Database, county: string, inspector: string) {
	const { rows } = await sql<{ stop: string; state: string; reason: string | null }>`
		SELECT r.stop, r.state, r.reason FROM app.field_record r
		JOIN app.field_pack p ON p.county = r.county AND p.hash = r.pack
		WHERE r.county = ${county} AND ${inspector} = ANY (p.crew) ORDER BY r.last_at DESC LIMIT 500`.execute(db);
	return rows;
}

/** Events of other devices at stops of the inspector's packs, after that number. */
export async function eventsAfter(
	db: Database,
	county: string,
	{ inspector, device, after }: { inspector: string; device: string; after: number }
) {
	const { rows } = await sql<{ number: number; written: Buffer }>`
		SELECT e.number, e.written FROM app.field_event e
		JOIN app.field_pack p ON p.county = e.county AND p.hash = e.pack
		WHERE e.county = ${county} AND ${inspector} = ANY (p.crew) AND e.device <> ${device} AND e.number > ${after}
			AND e.standing = 'record' ORDER BY e.number LIMIT ${EVENTS_MOST + 1}`.execute(db);
	const sent = rows.slice(0, EVENTS_MOST);
	return {
		events: sent.map(({ written }) => JSON.parse(written.toString('utf8')) as object),
		after: Number(sent.at(-1)?.number ?? after),
		more: rows.length > sent.length
	};
}
