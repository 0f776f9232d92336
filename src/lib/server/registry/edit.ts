// Rows of a directory changed by hand, one or many: judged by the same rules as an import, kept as new versions, and
// noted as a change that can be taken back like one. One transaction with its ledger entry.
import { sql, type Transaction } from 'kysely';
import type { Json } from '../../core/bytes/canonical';
import { compareUtf8 } from '../../core/bytes/compare';
import type { Refusal } from '../../core/registry/reason';
import { editable, MOST_FOUND, type EditableList } from '../../schema/directory';
import type { County } from '../county';
import { changeOne } from '../db/change-one';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { rowTree } from '../import/row-tree';
import { append } from '../ledger';
import { nameChange } from './change';
import { judge, type Judged } from './edit-judge';
import { writeRows } from './edit-write';
import { cellsOf } from './import-columns';
import { keysFound, type ListQuery } from './listing';

/** Every row that a list finds, and how many whoever changes them was told there are. */
export interface FoundRows {
	query: ListQuery;
	count: number;
}

interface ChangeCall {
	county: County;
	list: EditableList;
	rows: readonly string[] | FoundRows;
	/** Field → what it shall be, as in a cell of an import; of the fields that may be changed. */
	fields: Readonly<Record<string, string>>;
	/** What it is for. */
	note: string;
	at: Date;
	actor: string;
}

export type Changed =
	| { ok: true; changed: number; unchanged: number; import: number | null; ledgerSeq: number | null }
	| { ok: false; reason: 'unknown'; code: string }
	| { ok: false; reason: 'field'; field: string }
	| { ok: false; reason: 'clock_behind' | 'too_many_found' | 'past' }
	/** Rows came or went since their number was told. */
	| { ok: false; reason: 'found_moved'; found: number }
	/** `file` of each is the code of its row. */
	| { ok: false; reason: 'refused'; refused: Refusal[] };

export const changeRows = (db: Database, call: ChangeCall): Promise<Changed> =>
	db.transaction().execute((trx) => change(trx, call));

async function change(trx: Transaction<DB>, call: ChangeCall): Promise<Changed> {
	const { county, list, fields, note, at, actor } = call;
	const foreign = Object.keys(fields).find((name) => !(editable[list] as readonly string[]).includes(name));
	if (foreign !== undefined) return { ok: false, reason: 'field', field: foreign };
	await sql`SELECT FROM app.county WHERE code = ${county.code} FOR NO KEY UPDATE`.execute(trx);
	const named = await rowsNamed(trx, call);
	if (!('codes' in named)) return named;
	const codes = [...new Set(named.codes)].sort(compareUtf8);
	const before = await cellsOf(trx, county.code, list, codes);
	const missing = codes.find((code) => !before.has(code));
	if (missing !== undefined) return { ok: false, reason: 'unknown', code: missing };
	const wanted = codes
		.map((code) => ({ code, cells: { ...before.get(code)!, ...fields } }))
		.filter(({ code, cells }) => Object.keys(fields).some((name) => cells[name] !== before.get(code)![name]));
	const none = { ok: true, changed: 0, unchanged: codes.length, import: null, ledgerSeq: null } as const;
	if (wanted.length === 0) return none;
	const judged = await judge(trx, county.code, list, wanted);
	if (judged.refused.length > 0) return { ok: false, reason: 'refused', refused: judged.refused };
	if (
		await tooLate(
			trx,
			county.code,
			list,
			wanted.map(({ code }) => code),
			at
		)
	)
		return { ok: false, reason: 'clock_behind' };
	return record(trx, call, judged.rows, codes.length, note, actor);
}

/** The rows are looked for once no other change of the county can come between. */
async function rowsNamed(
	trx: Transaction<DB>,
	{ county, list, rows }: ChangeCall
): Promise<{ codes: readonly string[] } | (Changed & { ok: false })> {
	if (!('query' in rows)) return { codes: rows };
	if (rows.query.on !== null) return { ok: false, reason: 'past' };
	const codes = await keysFound(trx, county.code, { ...rows.query, list }, MOST_FOUND);
	if (codes === null) return { ok: false, reason: 'too_many_found' };
	if (codes.length !== rows.count) return { ok: false, reason: 'found_moved', found: codes.length };
	return { codes };
}

/** A version that begins at or after this instant is there already: the clock of this server is behind. */
async function tooLate(
	trx: Transaction<DB>,
	county: string,
	list: EditableList,
	codes: string[],
	at: Date
): Promise<boolean> {
	const { rows } =
		list === 'mining_right' || list === 'land_parcel'
			? await sql`SELECT 1 FROM app.current_target WHERE county = ${county} AND code = ANY (${codes}) AND lower(valid) >= ${at}`.execute(
					trx
				)
			: await sql`SELECT 1 FROM app.directory_version WHERE county = ${county} AND directory = ${list}
				AND code = ANY (${codes}) AND upper_inf(valid) AND lower(valid) >= ${at}`.execute(trx);
	return rows.length > 0;
}

async function record(
	trx: Transaction<DB>,
	{ county, list, fields, at }: ChangeCall,
	rows: Judged[],
	asked: number,
	note: string,
	actor: string
): Promise<Changed> {
	const tree = rowTree();
	for (const { value } of rows) tree.add(value as Record<string, Json>);
	const [changed, unchanged, root] = [rows.length, asked - rows.length, tree.root()];
	const { id } = await trx
		.insertInto('app.import')
		.values({
			...{ county: county.code, kind: list, files: '[]', root, created_at: at, created_by: actor },
			report: JSON.stringify({ added: 0, changed, unchanged, refusedRows: 0 }),
			options: JSON.stringify({ note })
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	await nameChange(trx, { import: id, at });
	await writeRows(trx, county.code, list, rows, { import: id, at });
	const ledgerSeq = await append(trx, county.code, {
		...{ type: 'directory.changed', at: at.toISOString(), actor, import: id, kind: list },
		...{ codes: rows.map(({ code }) => code), fields: Object.keys(fields).sort(), note, root }
	});
	await changeOne(trx.updateTable('app.import').set({ ledger_seq: ledgerSeq }).where('id', '=', id));
	return { ok: true, changed, unchanged, import: id, ledgerSeq };
}
