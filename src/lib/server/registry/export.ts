// A directory as a file: the list as it is shown (a workbook with a 合计 row, or text for Excel), or in the columns of
// its import, every row of the filter, so that what leaves can come back. Each is noted in the ledger before it begins.
import { sql } from 'kysely';
import { csvText } from '../../core/registry/csv';
import { fieldsOf } from '../../core/registry/fields';
import type { Database } from '../db/database';
import { append } from '../ledger';
import { workbook } from '../workbook';
import { importColumns, type SheetKind } from './import-columns';
import { columnsOf, countList, keyBatches, shownRows, type ListQuery } from './listing';
import { listOf } from './lists';

/** Rows of a list as it is shown; whoever needs more takes the import columns, which are streamed. */
export const MOST_SHOWN = 100_000;

interface ExportNote {
	at: Date;
	actor: string;
	/** What the file is of. */
	format: string;
	/** Query of the page. */
	address: string;
	rows: number;
}

export const noteExport = (db: Database, county: string, list: string, note: ExportNote): Promise<number> =>
	db.transaction().execute((trx) => {
		const { at, actor, format, address, rows } = note;
		const query = address.slice(0, 1000);
		return append(trx, county, {
			...{ type: 'directory.exported', at: at.toISOString(), actor, list, format, query, rows }
		});
	});

/** The list as the page shows it, all its pages; null: too long. */
export async function shownSheet(db: Database, county: string, query: ListQuery) {
	const { total, sums } = await countList(db, county, query);
	if (total > MOST_SHOWN) return null;
	const columns = columnsOf(listOf(query.list, { ...query, county }), query);
	return { columns, sums, total, rows: await shownRows(db, county, query) };
}

/** A column's title as the reader knows it; either is recognised when the file comes back. */
const titleOf = (kind: SheetKind, field: string, english: boolean): string =>
	(english
		? undefined
		: fieldsOf[kind].find(({ name }) => name === field)?.aliases.find((alias) => /[一-龥]/.test(alias))) ??
	field;

/** The titles, then every row in the columns of the import, a part at a time. */
async function* importTable(
	db: Database,
	county: string,
	kind: SheetKind,
	query: ListQuery,
	english: boolean
): AsyncGenerator<(string | number)[][]> {
	const attributes = await attributeNames(db, county, kind, query);
	const fields = Object.keys(importColumns(kind, { county, on: query.on }).columns);
	yield [[...fields.map((field) => titleOf(kind, field, english)), ...attributes]];
	for await (const rows of importRows(db, county, kind, query))
		yield rows.map(({ cells, attributes: own }) => [
			...fields.map((field) => cells[field] ?? ''),
			...attributes.map((name) => own?.[name] ?? '')
		]);
}

/** As text with a byte order mark. */
export async function* importSheet(...asked: Parameters<typeof importTable>): AsyncGenerator<string> {
	let first = true;
	for await (const rows of importTable(...asked)) {
		const text = csvText(rows);
		yield first ? text : text.slice(1);
		first = false;
	}
}

/** As a workbook; for directories without outlines, which no cell could hold. */
export async function importBook(...asked: Parameters<typeof importTable>) {
	const all: (string | number)[][] = [];
	for await (const part of importTable(...asked)) all.push(...part);
	const [head = [], ...rows] = all;
	return workbook([{ name: asked[2], widths: head.map(() => 20), head: head.map(String), rows }]);
}

/** Features in longitude and latitude of CGCS2000, with the fields of the import as properties. */
export async function* features(
	db: Database,
	county: string,
	kind: SheetKind,
	query: ListQuery
): AsyncGenerator<string> {
	yield '{"type":"FeatureCollection","features":[';
	let first = true;
	for await (const rows of importRows(db, county, kind, query)) {
		const lines = rows.map(({ cells, attributes, geometry }) => {
			const { wkt: _wkt, lon: _lon, lat: _lat, ...fields } = cells;
			const properties = { ...attributes, ...fields };
			return JSON.stringify({ type: 'Feature', properties, geometry });
		});
		yield `${first ? '' : ','}\n${lines.join(',\n')}`;
		first = false;
	}
	yield '\n]}\n';
}

interface ImportLine {
	cells: Record<string, string | null>;
	attributes: Record<string, string | number> | null;
	geometry: unknown;
}

/** Every row found, as an import reads it, a batch at a time. */
export async function* importRows(
	db: Database,
	county: string,
	kind: SheetKind,
	query: ListQuery
): AsyncGenerator<ImportLine[]> {
	const { columns, from, key } = importColumns(kind, { county, on: query.on });
	const shown = Object.entries(columns).flatMap(([name, value]) => [sql.lit(name), value]);
	const target = kind === 'mining_right' || kind === 'land_parcel';
	const geometry = target || kind === 'township' ? sql`t.geom` : kind === 'office' ? sql`t.point` : null;
	for await (const keys of keyBatches(db, county, query)) {
		const { rows } = await sql<ImportLine>`SELECT json_build_object(${sql.join(shown)}) AS cells,
				${target ? sql`t.attributes` : sql`NULL`} AS attributes,
				${geometry ? sql`ST_AsGeoJSON(${geometry}, 15, 0)::json` : sql`NULL`} AS geometry
			FROM ${from} AND ${key} = ANY (${keys}) ORDER BY ${key}`.execute(db);
		yield rows;
	}
}

/** Names of the attributes that any row found has. */
async function attributeNames(
	db: Database,
	county: string,
	kind: SheetKind,
	query: ListQuery
): Promise<string[]> {
	if (kind !== 'mining_right' && kind !== 'land_parcel') return [];
	const { from, key } = importColumns(kind, { county, on: query.on });
	const found = new Set<string>();
	for await (const keys of keyBatches(db, county, query)) {
		const { rows } = await sql<{
			name: string;
		}>`SELECT DISTINCT jsonb_object_keys(t.attributes) AS name FROM ${from}
			AND ${key} = ANY (${keys})`.execute(db);
		for (const { name } of rows) found.add(name);
	}
	return [...found].sort();
}
