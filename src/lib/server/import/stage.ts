// From the prepared lines to staging rows, batch by batch, so that neither thread holds the whole file.
import { setImmediate as breathe } from 'node:timers/promises';
import type { Refusal } from '../../core/registry/reason';
import { linesOf } from './lines';

/** Rows to a line of the prepared file: some 300 KB, which neither thread takes long over. */
export const ROWS_PER_BATCH = 500;

export interface Findings {
	refused: Refusal[];
	warned: Refusal[];
}

/** Gives every batch of rows, as JSON text, to `insert`; refusals and warnings go to `findings`. */
export async function stage(
	path: string,
	findings: Findings,
	insert: (rows: string) => Promise<unknown>,
	staged: () => void
): Promise<void> {
	for await (const line of linesOf(path)) {
		if (line[0] === 'R') await insert(line.slice(1));
		else {
			const batch = JSON.parse(line.slice(1)) as Refusal[];
			for (const finding of batch) (line[0] === 'X' ? findings.refused : findings.warned).push(finding);
		}
		staged();
		await breathe();
	}
}

/** The same into memory, for the kinds that are small: rows of one county, not of its parcels. */
export async function stagedRows<T>(path: string, findings: Findings): Promise<T[]> {
	const rows: T[] = [];
	await stage(
		path,
		findings,
		async (batch) => void rows.push(...(JSON.parse(batch) as T[])),
		() => undefined
	);
	return rows;
}
