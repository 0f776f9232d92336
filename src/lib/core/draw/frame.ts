// The sampling frame (protocol, §2): the rows that can be drawn, validated, sorted by the UTF-8 bytes of their ids and
// kept in columns. Townships and cells are dictionaries sorted the same way, so that a row's township and cell are
// small integers whose order is the order of the codes and the draw never touches text.
// Invariant: a Frame exists only if every rule of §2 holds; equal sets of rows give equal Frames in any input order.

import { isCanonicalText } from '../bytes/canonical';
import { compareUtf8 } from '../bytes/compare';
import { isHex } from '../bytes/hex';
import type { Result } from '../model';

/** One target as it is committed and hashed. */
export interface FrameRow {
	id: string;
	township: string;
	cell: string;
	/** East and north, whole metres in the plan's CRS, no zone prefix. */
	x: number;
	y: number;
	/** Whole number ≥ 1. */
	weight: number;
	/** 1 = certainly drawn. */
	take: 0 | 1;
	/** 16 random bytes in hex, or "". */
	salt: string;
}

/** One target left out of the frame, and why. */
export interface Excluded {
	id: string;
	reason: string;
	salt: string;
}

export interface Frame {
	readonly size: number;
	readonly ids: readonly string[];
	/** Codes in use, by UTF-8 bytes, and for each row its place among them. */
	readonly townships: readonly string[];
	readonly townshipOf: Int32Array;
	readonly cells: readonly string[];
	readonly cellOf: Int32Array;
	readonly x: Float64Array;
	readonly y: Float64Array;
	readonly weight: Float64Array;
	readonly take: Uint8Array;
	readonly salts: readonly string[];
}

/** Why a row was refused. `row` counts the rows given from 0; readers of files turn it into a line. */
export interface RowError {
	reason:
		| 'not_text'
		| 'not_nfc'
		| 'length'
		| 'control_character'
		| 'reserved'
		| 'duplicate'
		| 'not_whole'
		| 'below_one'
		| 'not_zero_or_one'
		| 'not_hex'
		| 'extent';
	row: number;
	field: string;
	value: unknown;
}

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** The rule of ids, and of township and cell codes: null when it holds. */
function textError(value: unknown): RowError['reason'] | null {
	if (typeof value !== 'string') return 'not_text';
	if (!isCanonicalText(value)) return 'not_nfc';
	if (CONTROL.test(value)) return 'control_character';
	if (value === '' || (value.length > 64 && Array.from(value).length > 64)) return 'length';
	return value === '__proto__' ? 'reserved' : null;
}

const saltError = (value: unknown) => (value === '' || isHex(value, 16) ? null : 'not_hex');
const wholeError = (value: unknown) => (Number.isSafeInteger(value) ? null : 'not_whole');

const rowRules: { [K in keyof FrameRow]: (value: unknown) => RowError['reason'] | null } = {
	id: textError,
	township: textError,
	cell: textError,
	x: wholeError,
	y: wholeError,
	weight: (value) => wholeError(value) ?? ((value as number) < 1 ? 'below_one' : null),
	take: (value) => (value === 0 || value === 1 ? null : 'not_zero_or_one'),
	salt: saltError
};
const excludedRules: { [K in keyof Excluded]: (value: unknown) => RowError['reason'] | null } = {
	id: textError,
	reason: (value) => (value === '' ? null : textError(value)),
	salt: saltError
};

/** The first broken rule of `rows`, duplicates of `id` included. */
function firstError<T extends { id: string }>(
	rows: readonly T[],
	rules: { [K in keyof T]: (value: unknown) => RowError['reason'] | null }
): RowError | null {
	const fields = Object.keys(rules) as (keyof T & string)[];
	const seen = new Set<string>();
	for (const [i, row] of rows.entries()) {
		for (const field of fields) {
			const reason = rules[field](row[field]);
			if (reason) return { reason, row: i, field, value: row[field] };
		}
		if (seen.size === seen.add(row.id).size)
			return { reason: 'duplicate', row: i, field: 'id', value: row.id };
	}
	return null;
}

/** Distinct values by UTF-8 bytes, and the place of each row's value among them. */
function dictionary(values: readonly string[]): [codes: string[], of: Int32Array] {
	const codes = [...new Set(values)].sort(compareUtf8);
	const place = new Map(codes.map((code, i) => [code, i]));
	return [codes, Int32Array.from(values, (value) => place.get(value)!)];
}

/** Rows in any order to a frame; the first row that breaks a rule of §2, with the field and the reason. */
export function makeFrame(rows: readonly FrameRow[]): Result<{ frame: Frame }, RowError> {
	const error = firstError(rows, rowRules);
	if (error) return { ok: false, ...error };
	const sorted = [...rows].sort((a, b) => compareUtf8(a.id, b.id));
	for (const field of ['x', 'y'] as const) {
		let least = Infinity;
		for (const row of rows) least = Math.min(least, row[field]);
		const far = rows.findIndex((row) => row[field] - least >= 2 ** 26);
		if (far >= 0) return { ok: false, reason: 'extent', row: far, field, value: rows[far]![field] };
	}
	const [townships, townshipOf] = dictionary(sorted.map((row) => row.township));
	const [cells, cellOf] = dictionary(sorted.map((row) => row.cell));
	const frame: Frame = {
		size: sorted.length,
		ids: sorted.map((row) => row.id),
		townships,
		townshipOf,
		cells,
		cellOf,
		x: Float64Array.from(sorted, (row) => row.x + 0),
		y: Float64Array.from(sorted, (row) => row.y + 0),
		weight: Float64Array.from(sorted, (row) => row.weight),
		take: Uint8Array.from(sorted, (row) => row.take),
		salts: sorted.map((row) => row.salt)
	};
	return { ok: true, frame };
}

/** Row `i` of a frame as it is hashed. */
export const frameRow = (frame: Frame, i: number): FrameRow => ({
	id: frame.ids[i]!,
	township: frame.townships[frame.townshipOf[i]!]!,
	cell: frame.cells[frame.cellOf[i]!]!,
	x: frame.x[i]!,
	y: frame.y[i]!,
	weight: frame.weight[i]!,
	take: frame.take[i] as 0 | 1,
	salt: frame.salts[i]!
});

/** The rows left out, validated (ids unique) and sorted by id. */
export function makeExcluded(rows: readonly Excluded[]): Result<{ excluded: Excluded[] }, RowError> {
	const error = firstError(rows, excludedRules);
	if (error) return { ok: false, ...error };
	const excluded = rows.map(({ id, reason, salt }) => ({ id, reason, salt }));
	return { ok: true, excluded: excluded.sort((a, b) => compareUtf8(a.id, b.id)) };
}
