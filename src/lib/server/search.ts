// Ctrl-K: targets, parties and townships by code or by part of a name. An exact code comes first, then a name's beginning.
import { sql } from 'kysely';
import type { TargetKind } from '../core/model';
import type { Database } from './db/database';

export interface Found {
	targets: { code: string; name: string; kind: TargetKind; township: string }[];
	parties: { uscc: string; name: string }[];
	townships: { code: string; name: string }[];
}

const most = 8;

/** What the user typed is text, not a pattern. */
const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&');

export async function search(db: Database, county: string, query: string): Promise<Found> {
	const text = query.normalize('NFC').trim().slice(0, 64);
	if (text === '') return { targets: [], parties: [], townships: [] };
	const within = `%${escaped(text)}%`;
	const start = `${escaped(text)}%`;
	const order = (code: string) =>
		sql`ORDER BY (${sql.ref(code)} ILIKE ${text}) DESC, (name ILIKE ${start}) DESC, ${sql.ref(code)} COLLATE "C" LIMIT ${sql.lit(most)}`;
	const [targets, parties, townships] = await Promise.all([
		sql<Found['targets'][number]>`SELECT code, name, kind, township FROM app.current_target
			WHERE county = ${county} AND (code ILIKE ${within} OR name ILIKE ${within}) ${order('code')}`.execute(db),
		sql<Found['parties'][number]>`SELECT uscc, name FROM app.party
			WHERE county = ${county} AND removed_at IS NULL AND (uscc ILIKE ${within} OR name ILIKE ${within}) ${order('uscc')}`.execute(
			db
		),
		sql<Found['townships'][number]>`SELECT code, name FROM app.current_township
			WHERE county = ${county} AND (code ILIKE ${start} OR name ILIKE ${within}) ${order('code')}`.execute(db)
	]);
	return { targets: targets.rows, parties: parties.rows, townships: townships.rows };
}
