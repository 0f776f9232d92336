// Frames and exclusions as CSV (protocol, §2): UTF-8, a byte order mark dropped, LF or CRLF, no quoting, nothing
// trimmed. Invariant: parse(format(frame)) is the same frame; whatever is not exactly so is refused with its line,
// field and reason, never repaired.

import type { Result } from '../model';
import {
	frameRow,
	makeExcluded,
	makeFrame,
	type Excluded,
	type Frame,
	type FrameRow,
	type RowError
} from './frame';

export interface CsvError {
	reason:
		RowError['reason'] | 'not_utf8' | 'header' | 'field_count' | 'not_degrees' | 'outside_zone' | 'comma';
	/** From 1, the header's line; 0 when it concerns the file. */
	line: number;
	field: string;
	value: string;
}

const COLUMNS = ['id', 'township', 'cell', 'x_m', 'y_m'];
const OPTIONAL = ['weight', 'take', 'salt'];

interface Table {
	header: string[];
	records: string[][];
}

/** Lines split into fields under a header of the required columns and some of the optional, in that order. */
export function parseTable(
	source: string | Uint8Array,
	required: readonly string[],
	optional: readonly string[]
): Result<Table, CsvError> {
	let text: string;
	try {
		text = typeof source === 'string' ? source : new TextDecoder('utf-8', { fatal: true }).decode(source);
	} catch {
		return { ok: false, reason: 'not_utf8', line: 0, field: '', value: '' };
	}
	const lines = (text.startsWith('\ufeff') ? text.slice(1) : text).split('\n');
	if (lines.at(-1) === '') lines.pop();
	const records = lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line).split(','));
	const header = records.shift() ?? [];
	const expected = [...required, ...optional.filter((column) => header.includes(column))];
	if (header.join() !== expected.join())
		return { ok: false, reason: 'header', line: 1, field: '', value: header.join() };
	const bad = records.findIndex((record) => record.length !== header.length);
	if (bad >= 0)
		return {
			ok: false,
			reason: 'field_count',
			line: bad + 2,
			field: '',
			value: String(records[bad]!.length)
		};
	return { ok: true, header, records };
}

/** A whole number, or NaN for the row's own rule to refuse. `+ 0` turns −0 into 0. */
export const wholeNumber = (text: string) => (/^-?[0-9]+$/.test(text) ? Number(text) + 0 : NaN);

/** A refused row as its line of the file, the value as it stands there. */
export function atLine(error: RowError, { header, records }: Table): CsvError {
	const raw = records[error.row]?.[header.indexOf(error.field)];
	return { reason: error.reason, line: error.row + 2, field: error.field, value: raw ?? String(error.value) };
}

/** Whether a file is a raw frame, in degrees, rather than a frozen one. */
export function isRawCsv(source: Uint8Array): boolean {
	const start = new TextDecoder().decode(source.subarray(0, 16));
	return start.startsWith('id,lon,');
}

/** A frozen frame: `id,township,cell,x_m,y_m[,weight][,take][,salt]`; an absent column is 1, 0, "". */
export function parseFrameCsv(source: string | Uint8Array): Result<{ frame: Frame }, CsvError> {
	const table = parseTable(source, COLUMNS, OPTIONAL);
	if (!table.ok) return table;
	const [weight, take, salt] = OPTIONAL.map((column) => table.header.indexOf(column)) as [
		number,
		number,
		number
	];
	const rows = table.records.map((record) => ({
		id: record[0]!,
		township: record[1]!,
		cell: record[2]!,
		x: wholeNumber(record[3]!),
		y: wholeNumber(record[4]!),
		weight: weight < 0 ? 1 : wholeNumber(record[weight]!),
		take: (take < 0 ? 0 : wholeNumber(record[take]!)) as FrameRow['take'],
		salt: salt < 0 ? '' : record[salt]!
	}));
	const made = makeFrame(rows);
	if (made.ok) return made;
	const field = made.field === 'x' || made.field === 'y' ? `${made.field}_m` : made.field;
	return { ok: false, ...atLine({ ...made, field }, table) };
}

/** Targets left out: `id,reason[,salt]`. */
export function parseExcludedCsv(source: string | Uint8Array): Result<{ excluded: Excluded[] }, CsvError> {
	const table = parseTable(source, ['id', 'reason'], ['salt']);
	if (!table.ok) return table;
	const made = makeExcluded(
		table.records.map(([id, reason, salt]) => ({ id: id!, reason: reason!, salt: salt ?? '' }))
	);
	return made.ok ? made : { ok: false, ...atLine(made, table) };
}

/** The frame as CSV with every column; fails only when a text holds a comma, which this format cannot carry. */
export function formatFrameCsv(frame: Frame): Result<{ csv: string }, CsvError> {
	const lines = [[...COLUMNS, ...OPTIONAL].join()];
	for (let i = 0; i < frame.size; i++) {
		const { id, township, cell, x, y, weight, take, salt } = frameRow(frame, i);
		for (const [field, value] of Object.entries({ id, township, cell })) {
			if (value.includes(',')) return { ok: false, reason: 'comma', line: i + 2, field, value };
		}
		lines.push([id, township, cell, x, y, weight, take, salt].join());
	}
	return { ok: true, csv: `${lines.join('\n')}\n` };
}
