// The small directories in an undo: rows that the import added are taken out, rows it changed get their earlier content,
// from the versions that triggers keep. A party that a target's past still names stays, marked as removed.
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { DB } from '../db/schema';
import { Refused, type Counted, type UndoneImport } from './undo-outcome';

/** In the order in which rows can be taken out: what refers comes before what it refers to. */
const tables = {
	blacklist_period: { key: `t.uscc || ' ' || lower(t.during)`, columns: ['during', 'source'] },
	inspector: {
		key: 't.code',
		columns: [
			...['name', 'office', 'home_townships', 'scopes', 'lead', 'certificate', 'issuer', 'certificate_valid']
		]
	},
	item: {
		key: 't.code',
		columns: [
			...['name', 'kind', 'content', 'basis', 'method', 'category', 'scopes', 'minutes', 'source', 'valid'],
			...['body', 'departments', 'notice_days', 'template']
		]
	},
	office: { key: 't.code', columns: ['name', 'townships', 'point', 'department'] },
	party: {
		key: 't.uscc',
		columns: ['name', 'credit_grade', 'address', 'contact_masked', 'hours', 'removed_at']
	}
} as const;

/** What stands on a row `u` that is to be taken out. */
const inUse: Record<string, (county: string) => RawBuilder<boolean>> = {
	office: (
		county
	) => sql`EXISTS (SELECT FROM app.inspector i WHERE i.county = ${county} AND i.office = u.code)
		OR EXISTS (SELECT FROM app.day_route r WHERE r.county = ${county} AND r.office = u.code)
		OR EXISTS (SELECT FROM auth."user" a WHERE a.office = u.code)`,
	inspector: (
		county
	) => sql`EXISTS (SELECT FROM app.crew_inspector c WHERE c.county = ${county} AND c.inspector = u.code)
		OR EXISTS (SELECT FROM app.absence a WHERE a.county = ${county} AND a.inspector = u.code)
		OR EXISTS (SELECT FROM app.recusal_case c WHERE c.county = ${county} AND c.inspector = u.code)
		OR EXISTS (SELECT FROM app.recusal c WHERE c.county = ${county} AND c.inspector = u.code)`,
	item: (county) =>
		sql`EXISTS (SELECT FROM app.task k WHERE k.county = ${county} AND u.code = ANY (k.items))`,
	party: (county) =>
		sql`EXISTS (SELECT FROM app.current_target t WHERE t.county = ${county} AND t.party = u.code)`
};

export async function restoreKept(
	trx: Transaction<DB>,
	county: string,
	at: Date,
	{ id, kind }: UndoneImport
): Promise<Counted> {
	// brought: what the import wrote; before: what stood there, null where nothing did; now: what stands there.
	await sql`CREATE TEMP TABLE undo_kept ON COMMIT DROP AS
		SELECT v.directory, v.code, v.content AS brought, p.content AS before, c.content AS now
		FROM app.directory_version v
		LEFT JOIN app.directory_version p ON p.county = v.county AND p.directory = v.directory AND p.code = v.code
			AND upper(p.valid) = lower(v.valid)
		LEFT JOIN app.directory_version c ON c.county = v.county AND c.directory = v.directory AND c.code = v.code
			AND upper_inf(c.valid)
		WHERE v.county = ${county} AND v.import = ${id}`.execute(trx);
	await refuseUsed(trx, county, kind);
	let ended = 0;
	let restored = 0;
	for (const [name, { key, columns }] of Object.entries(tables)) {
		const table = sql.table(`app.${name}`);
		// A party that came with targets and was changed since stays as it is now.
		const row = sql`undo_kept AS u WHERE u.directory = ${name} AND u.now = u.brought AND t.county = ${county}
			AND ${sql.raw(key)} = u.code`;
		const end =
			name === 'party'
				? sql`UPDATE app.party AS t SET removed_at = ${at} FROM ${row} AND u.before IS NULL
					AND NOT EXISTS (SELECT FROM app.current_target g WHERE g.county = t.county AND g.party = t.uscc)`
				: sql`DELETE FROM ${table} AS t USING ${row} AND u.before IS NULL`;
		const back = sql`UPDATE ${table} AS t SET (${sql.join(columns.map((column) => sql.id(column)))}) =
				(SELECT ${sql.join(columns.map((column) => sql.ref(`b.${column}`)))}
				FROM jsonb_populate_record(NULL::${table}, u.before) AS b)
			FROM ${row} AND u.before IS NOT NULL`;
		ended += Number((await end.execute(trx)).numAffectedRows ?? 0);
		restored += Number((await back.execute(trx)).numAffectedRows ?? 0);
	}
	await sql`DROP TABLE undo_kept`.execute(trx);
	return { ended, restored };
}

/** What stands in the way: rows that changed again, rows that the import added and something now stands on. */
async function refuseUsed(trx: Transaction<DB>, county: string, kind: string): Promise<void> {
	type Used = { code: string | null; count: number };
	const counted = sql`SELECT min(u.code) AS code, count(*)::integer AS count FROM undo_kept AS u`;
	const own = kind === 'party' ? ['party', 'blacklist_period'] : [kind];
	const { rows: later } = await sql<Used>`${counted}
		WHERE u.directory = ANY (${own}) AND u.now IS DISTINCT FROM u.brought`.execute(trx);
	if (later[0]?.code)
		throw new Refused({ ok: false, reason: 'changed_later', code: later[0].code, count: later[0].count });
	const standing = inUse[kind];
	if (!standing) return;
	const { rows: used } = await sql<Used>`${counted}
		WHERE u.directory = ${kind} AND u.before IS NULL
			AND (${standing(county)})`.execute(trx);
	if (used[0]?.code)
		throw new Refused({ ok: false, reason: 'in_use', code: used[0].code, count: used[0].count });
}
