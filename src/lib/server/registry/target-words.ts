// What one looks for among the targets: in their code, their name, their party's. Rare words are found by their pairs of
// characters, which an index holds; words that many have, by reading on in the order of the list until a page of them is
// there. That index gathers all it has of a word before it gives the first row, so a large directory is asked by a sample
// first whether the word is common; the answer decides how the rows are found, never which.
import { sql } from 'kysely';
import type { Database } from '../db/database';
import { rowsOf } from './as-of';
import { containing, type ListView, type Sql, type Words } from './list';

/** Above this many rows, or parties, a word is common. */
const COMMON = 3000;
const COMMON_PARTIES = 1000;
/** Rows counted of a common word. */
const MOST_OF_COMMON = 1000;
/** A sample is worth its pages above so many rows; it has about as many rows, of which so many make a word common. */
const LARGE = 100_000;
const SAMPLE = 1000;
const COMMON_IN_SAMPLE = 20;

/** Letters of ASCII only, as the index folds them whatever the database's locale. */
const folded = (text: string) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const words = (name: Sql) => sql`upper((t.code || E'\n' || ${name}) COLLATE "C")`;

/** All pairs of the text, or its only character at the beginning of one. */
function pairQuery(text: string): string {
	const characters = [...text];
	const quoted = (pair: string) => `'${pair.replace(/['\\]/g, '$&$&')}'`;
	return characters.length === 1
		? `${quoted(text)}:*`
		: characters
				.slice(1)
				.map((next, i) => quoted(characters[i]! + next))
				.join(' & ');
}

export async function targetMatches(
	kind: string,
	view: ListView,
	given: string,
	db: Database
): Promise<Words> {
	const text = folded(given);
	const holds = sql`strpos(${words(sql`t.name`)}, ${text}) > 0`;
	const paired = sql`app.pairs(${words(sql`left(t.name, 200)`)}) @@ ${pairQuery(text)}::tsquery`;
	const parties = sql`SELECT f.uscc AS code FROM ${rowsOf('party', view)} AS f
		WHERE ${containing(given, [sql`f.name`, sql`f.uscc`])}`;
	// OFFSET 0: an index of all that is current, of whose number the planner knows nothing, is of no help here.
	const own = sql`SELECT v.code FROM (SELECT t.code, t.valid FROM app.target_version AS t WHERE t.county = ${view.county}
		AND t.kind = ${kind} AND ${paired} AND ${holds} OFFSET 0) AS v
		WHERE ${view.on ? sql`v.valid @> ${view.on}::timestamptz` : sql`upper_inf(v.valid)`}`;
	const codes = async (query: Sql, most: number) => {
		const { rows } = await sql<{ code: string }>`${query} LIMIT ${most + 1}`.execute(db);
		return rows.length > most ? null : rows.map(({ code }) => code);
	};
	const byParty = await codes(parties, COMMON_PARTIES);
	const asked = byParty !== null && !(await commonInSample(db, kind, view, holds));
	const byOwn = asked ? await codes(own, COMMON) : null;
	return byOwn
		? { rows: sql`t.code = ANY (${byOwn}) OR t.party = ANY (${byParty})` }
		: {
				rows: sql`${holds} OR t.party IN (${parties})`,
				common: { most: MOST_OF_COMMON, beyond: asked }
			};
}

/** Of pages of the table taken at random, the same ones each time; past versions among them count as well. */
async function commonInSample(
	db: Database,
	kind: string,
	{ county }: ListView,
	holds: Sql
): Promise<boolean> {
	const { rows: known } = await sql<{ size: number }>`SELECT coalesce(sum(rows), 0)::integer AS size
		FROM app.target_tally WHERE county = ${county} AND kind = ${kind}`.execute(db);
	const { size } = known[0]!;
	if (size < LARGE) return false;
	const { rows } = await sql<{ holding: number }>`SELECT count(*)::integer AS holding FROM app.target AS t
		TABLESAMPLE SYSTEM (${sql.lit((100 * SAMPLE) / size)}) REPEATABLE (1)
		WHERE t.county = ${county} AND t.kind = ${kind} AND ${holds}`.execute(db);
	return rows[0]!.holding >= COMMON_IN_SAMPLE;
}
