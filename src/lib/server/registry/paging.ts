// Pages of a list by what their neighbours hold: a page begins after, or ends before, the row that was seen last, so the
// database goes to it by an index, however deep it lies, and no row is missed or seen twice because others came or went.
import { sql } from 'kysely';
import * as v from 'valibot';
import type { Database } from '../db/database';
import { fromOf, sortOf, type List, type Sql } from './list';

/** A row's place in its order: what it is sorted by, and its key; of rows that have nothing to be sorted by, the key. */
type Place = string[];
/** null: the first page. at null: the last one. */
export type Cursor = { way: 'after' | 'before'; at: Place | null } | null;

const placeText = v.array(v.pipe(v.string(), v.maxLength(2000)));
const written = (place: Place) => Buffer.from(JSON.stringify(place)).toString('base64url');
export const LAST = 'end';

/** What an address says; anything else is the first page. */
export function readCursor(after: string, before: string): Cursor {
	const [way, text] = after === '' ? (['before', before] as const) : (['after', after] as const);
	if (text === '') return null;
	if (text === LAST) return { way: 'before', at: null };
	try {
		return { way, at: v.parse(placeText, JSON.parse(Buffer.from(text, 'base64url').toString())) };
	} catch {
		return null;
	}
}

export interface KeyPage {
	keys: string[];
	/** Where the pages beside it are; null: there is none. */
	previous: string | null;
	next: string | null;
}

interface Asked {
	sort: string;
	descending: boolean;
	size: number;
	cursor: Cursor;
}

/** scope: further conditions on the rows. */
export async function keyPage(db: Database, list: List, scope: Sql, asked: Asked): Promise<KeyPage> {
	const { size, cursor } = asked;
	const back = cursor?.way === 'before';
	const found = await rowsFrom(db, list, scope, asked);
	// A place that leads nowhere, or to less than a page at the beginning: the first page.
	if (found === null || (cursor?.at && found.length <= (back ? size : 0)))
		return keyPage(db, list, scope, { ...asked, cursor: null });
	const rows = found.slice(0, size);
	if (back) rows.reverse();
	const more = found.length > size;
	const [before, after] = back ? [more, cursor.at !== null] : [cursor !== null, more];
	return {
		keys: rows.map(({ key }) => key),
		previous: before && rows[0] ? written(rows[0].place) : null,
		next: after && rows[0] ? written(rows.at(-1)!.place) : null
	};
}

interface Row {
	key: string;
	place: Place;
}

/** One row more than a page, away from the cursor; null: the cursor is of no such list. */
async function rowsFrom(
	db: Database,
	list: List,
	scope: Sql,
	{ sort, descending, size, cursor }: Asked
): Promise<Row[] | null> {
	const { by, join, empty } = sortOf(list, sort);
	const back = cursor?.way === 'before';
	const at = cursor?.at ?? null;
	const [order, beyond] = descending === back ? [sql`ASC`, sql`>`] : [sql`DESC`, sql`<`];
	const tuple = (values: readonly unknown[]) => sql`(${sql.join(values)})`;
	const filled = empty ? sql`AND ${by[0]!} IS NOT NULL` : sql``;
	const parts = [
		{ from: sql`${fromOf(list, join)} ${filled}`, order: [...by, list.key], place: [...by, list.key] }
	];
	if (empty)
		parts.push({
			from: sql`${fromOf(list, empty.join)} AND ${empty.when}`,
			order: [...empty.by, list.key],
			place: [list.key]
		});
	const read = async ({ from, order: columns, place }: (typeof parts)[number], past: Place | null) => {
		const reached = past ? sql`AND ${tuple(place)} ${beyond} ${tuple(past)}` : sql``;
		// The same of what a joined table gives alone, whose index leads to it.
		const near = past && join && place.length > 1;
		const joined = near ? sql`AND ${tuple(by)} ${beyond}= ${tuple(past.slice(0, -1))}` : sql``;
		const { rows } =
			await sql<Row>`SELECT ${list.key} AS key, ARRAY[${sql.join(place.map((one) => sql`(${one})::text`))}] AS place
			FROM ${from} ${scope} ${reached} ${joined}
			ORDER BY ${sql.join(columns.map((one) => sql`${one} ${order}`))} LIMIT ${size + 1 - found.length}`.execute(
				db
			);
		return rows;
	};
	const found: Row[] = [];
	if (back) parts.reverse();
	const first = at === null ? 0 : parts.findIndex(({ place }) => place.length === at.length);
	if (first < 0) return null;
	try {
		for (const [i, part] of parts.slice(first).entries()) {
			found.push(...(await read(part, i === 0 ? at : null)));
			if (found.length > size) break;
		}
	} catch (error) {
		// What an address gives as a number or a day need not be one (class 22, data exception).
		if (at !== null && /^22/.test((error as { code?: string }).code ?? '')) return null;
		throw error;
	}
	return found;
}
