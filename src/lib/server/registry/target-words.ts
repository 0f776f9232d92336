// What one looks for among the targets: in their code, their name, their party's. Rare words are found by their pairs of
// characters, which an index holds; words that many have, by reading on until a page of them is there.
import { sql } from 'kysely';
import type { Database } from '../db/database';
import { rowsOf } from './as-of';
import { containing, type ListView, type Sql, type Words } from './list';

/** Above this many rows, or parties, a word is common. */
const COMMON = 3000;
const COMMON_PARTIES = 1000;
/** Rows counted of a common word. */
const MOST_OF_COMMON = 1000;

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
	const held = await codes(parties, COMMON_PARTIES);
	const found = held && (await codes(own, COMMON));
	return found
		? { rows: sql`t.code = ANY (${found}) OR t.party = ANY (${held})` }
		: { rows: sql`${holds} OR t.party IN (${parties})`, most: MOST_OF_COMMON };
}
