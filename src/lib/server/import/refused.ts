// The refused rows as they stand in their files, each with its reasons: what a person corrects and brings again.
import type { Refusal } from '../../core/registry/reason';
import { linesOf } from './lines';
import type { Prepared } from './prepare';

export interface RefusedTable {
	file: string;
	header: string[];
	rows: { line: number; values: (string | null)[]; reasons: Refusal[] }[];
}

/** Of all files together; more than anybody corrects by hand. */
const MAX_ROWS = 5000;

export async function refusedTables(
	{ files, headers, valuesPath }: Extract<Prepared, { ok: true }>,
	refused: readonly Refusal[]
): Promise<RefusedTable[]> {
	const reasons = new Map<string, Refusal[]>();
	for (const refusal of refused) {
		const key = `${files.findIndex(({ name }) => name === refusal.file)} ${refusal.row ?? refusal.line}`;
		if (reasons.size >= MAX_ROWS && !reasons.has(key)) continue;
		reasons.set(key, [...(reasons.get(key) ?? []), refusal]);
	}
	const tables = files.map(({ name }, i): RefusedTable => ({ file: name, header: headers[i]!, rows: [] }));
	if (reasons.size === 0) return [];
	for await (const text of linesOf(valuesPath)) {
		const key = /^\d+ \d+/.exec(text)?.[0] ?? '';
		const found = reasons.get(key);
		if (!found) continue;
		const [file, line] = key.split(' ').map(Number) as [number, number];
		const values = JSON.parse(text.slice(key.length + 1)) as (string | null)[];
		tables[file]!.rows.push({ line, values, reasons: found });
	}
	return tables.filter(({ rows }) => rows.length > 0);
}
