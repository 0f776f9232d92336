// Many results taken a step further at once, each by the step itself and in a transaction of its own: a batch of two hundred
// quiet parcels is not opened two hundred times. What is refused is told by its number, the rest is done.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { Measure, Severity } from '../../core/posting/state';
import type { Database } from '../db/database';
import { byUrgency } from './board';
import { readClocks } from './clocks';
import { factsOf, resultDocument, type PublicDocument } from './public-document';
import { open, placed, readRows, type BoardRow } from './row';
import type { Acting, Refusal, StepOutcome } from './step';
import type { PublicResult } from '../../core/posting/redact';

export const severalSteps = ['approve', 'post', 'close'] as const;
export type SeveralStep = (typeof severalSteps)[number];

interface Finding {
	itemName: string;
	severity: Severity;
	measure: Measure;
	text: string;
}
export interface SeveralRow extends BoardRow {
	findings: Finding[];
	/** What goes out when it is published. */
	shown: PublicDocument<PublicResult> | null;
}

/** At once on a page. */
const MOST = 50;

/** Those that wait for the step, the most urgent first. office: of that one only; null: of all. */
export async function readSeveral(
	db: Database,
	county: string,
	step: SeveralStep,
	at: Date,
	office: string | null = null
) {
	const clocks = await readClocks(db, county);
	const today = dayInChina(at);
	const waiting = (await readRows(db, county, open))
		.map((row) => placed(row, clocks, today))
		.filter((row) => row.waits === step && (office === null || row.officeCode === office))
		.sort(byUrgency);
	const rows = waiting.slice(0, MOST);
	const { rows: findings } = await sql<Finding & { result: number }>`
		SELECT f.result, i.name AS "itemName", f.severity, f.measure, f.text FROM app.result_finding f
		JOIN app.item i ON i.county = f.county AND i.code = f.item
		WHERE f.county = ${county} AND f.result = ANY (${rows.map(({ id }) => id)}::integer[])
		ORDER BY f.result, f.number`.execute(db);
	const made: SeveralRow[] = [];
	for (const row of rows)
		made.push({
			...row,
			findings: findings.filter(({ result }) => result === row.id),
			shown: step === 'post' ? resultDocument(await factsOf(db, county, row.id)) : null
		});
	return { rows: made, total: waiting.length };
}

/** One after the other; a refusal of one keeps nothing of the others back. */
export async function takeSeveral(
	acting: Acting,
	ids: readonly number[],
	take: (acting: Acting, id: number) => Promise<StepOutcome>
): Promise<{ done: number; refused: (Refusal & { id: number })[] }> {
	const refused: (Refusal & { id: number })[] = [];
	for (const id of ids) {
		const outcome = await take(acting, id);
		if (!outcome.ok) refused.push({ ...outcome, id });
	}
	return { done: ids.length - refused.length, refused };
}
