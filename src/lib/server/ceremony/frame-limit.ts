// 频次上限 in a frame: a repeated one without parties that are full by now, a new one that others made out of date, and the
// rule as it was applied, kept with the draw.
import { sql, type Transaction } from 'kysely';
import { YEAR_CAP, yearLimit } from '../burden/limit';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import type { FrozenRows, LimitedRows, YearLimit } from '../frozen';
import type { Acting } from './step';

/** The frame of the draw that is repeated, without whoever has no visit left by now: they stand among the excluded. */
export async function repeatedFrame(
	{ db, county, at }: Pick<Acting, 'db' | 'county' | 'at'>,
	exempt: boolean,
	stored: FrozenRows
): Promise<LimitedRows> {
	const { full, ...limit } = await yearLimit(db, county.code, exempt, at);
	const owners = full.size === 0 ? new Map<string, string>() : await ownersOf(db, county.code, stored, at);
	const out = stored.rows.filter(({ id }) => full.has(owners.get(id) ?? ''));
	const left = new Set(out.map(({ id }) => id));
	return {
		rows: stored.rows.filter(({ id }) => !left.has(id)),
		excluded: [...stored.excluded, ...out.map(({ id, salt }) => ({ id, reason: YEAR_CAP, salt }))],
		limit: { ...limit, full: [...new Set(out.map(({ id }) => owners.get(id)!))].sort() }
	};
}

/** The parties of a frame's targets on a day. */
async function ownersOf(
	db: Database,
	county: string,
	{ rows }: FrozenRows,
	at: Date
): Promise<Map<string, string>> {
	const { rows: owned } = await sql<{ code: string; party: string }>`SELECT code, party FROM app.target
		WHERE county = ${county} AND code = ANY(${rows.map(({ id }) => id)}) AND party IS NOT NULL
			AND valid @> ${at}::timestamptz`.execute(db);
	return new Map(owned.map(({ code, party }) => [code, party]));
}

/** Whether the rows hold a target of a party that is full. */
export async function newlyFull(
	trx: Transaction<DB>,
	county: string,
	rows: FrozenRows,
	full: ReadonlySet<string>,
	at: Date
): Promise<boolean> {
	if (full.size === 0) return false;
	const owners = await ownersOf(trx, county, rows, at);
	return [...owners.values()].some((party) => full.has(party));
}

/** With the freeze: what the limit was, and whether it applied. */
export async function saveLimit(
	trx: Transaction<DB>,
	county: string,
	draw: number,
	{ year, allowed, source, exempt, full }: YearLimit & { full: string[] }
): Promise<void> {
	await trx
		.insertInto('app.draw_limit')
		.values({ county, draw, year, allowed, source, exempt, parties_full: full.length })
		.execute();
}
