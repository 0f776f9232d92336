// A result enters: from a phone record an office accepts, or typed in from paper. One row with its findings and one entry of
// the ledger. A target whose result was withdrawn gets its correction the same way.
import { sql, type Transaction } from 'kysely';
import { isDay } from '../../core/calendar/year';
import { fits, type Measure, type Outcome, type Problem, type Severity } from '../../core/posting/state';
import type { DB } from '../db/schema';
import { append } from '../ledger';

export interface Found {
	/** Number of the batch. */
	draw: string;
	target: string;
	checkedOn: string;
	inspectors: { name: string; certificate: string }[];
	outcome: Outcome;
	findings: { item: string; severity: Severity; text: string; measure: Measure; rectifyBy?: string | null }[];
	source: 'field' | 'paper';
	/** Of the phone record; null: paper. */
	record: string | null;
}

export type RecordReason =
	Problem | 'other_office' | 'not_called' | 'exists' | 'inspectors' | 'checked_on' | 'item_unknown';
export type RecordOutcome = { ok: true; id: number } | { ok: false; field: string; reason: RecordReason };

const refuse = (field: string, reason: RecordReason): RecordOutcome => ({ ok: false, field, reason });

/** `by`: the account. Writes nothing when it refuses; the caller's transaction commits what it wrote. */
export async function recordResult(
	trx: Transaction<DB>,
	county: string,
	found: Found,
	by: string,
	at: Date
): Promise<RecordOutcome> {
	const { target, checkedOn, inspectors, outcome, findings, source, record } = found;
	const draw = /^[1-9][0-9]{0,8}$/.test(found.draw) ? Number(found.draw) : 0;
	const { rows } = await sql<{ drawnOn: string; party: string | null; township: string }>`
		SELECT (d.drawn_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "drawnOn", t.party, t.township
		FROM app.draw d JOIN app.target t ON t.county = d.county AND t.code = ${target}
		WHERE d.county = ${county} AND d.id = ${draw}::integer AND d.state IN ('drawn', 'revealed')
			AND d.assurance <> 'trial' AND ${target} IN (SELECT app.called(d.county, d.id))
		ORDER BY t.valid DESC LIMIT 1`.execute(trx);
	const called = rows[0];
	if (!called) return refuse('target', 'not_called');
	const today = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
	if (!isDay(checkedOn) || checkedOn < called.drawnOn || checkedOn > today)
		return refuse('checkedOn', 'checked_on');
	// 行政处罚法第四十二条: two at least, each with a certificate of their own.
	const certificates = new Set(inspectors.map(({ certificate }) => certificate.trim()));
	if (certificates.size < 2 || certificates.has('')) return refuse('inspectors', 'inspectors');
	const problem = fits(outcome, findings, checkedOn);
	if (problem) return refuse('findings', problem);
	const { rows: unknown } = await sql<{ item: string }>`
		SELECT item FROM unnest(${findings.map(({ item }) => item)}::text[]) AS item
		WHERE NOT EXISTS (SELECT FROM app.item i WHERE i.county = ${county} AND i.code = item)`.execute(trx);
	if (unknown.length > 0) return refuse('findings', 'item_unknown');
	// Numbers of a county one after the other: two at once wait for each other.
	await sql`SELECT pg_advisory_xact_lock(hashtext('app.result'))`.execute(trx);
	const { rows: known } = await sql<{ id: number; state: string }>`
		SELECT id, state FROM app.result WHERE county = ${county} AND draw = ${draw} AND target = ${target}
		ORDER BY id DESC LIMIT 1`.execute(trx);
	const before = known[0];
	if (before && before.state !== 'withdrawn') return refuse('target', 'exists');
	const { rows: numbered } = await sql<{ id: number }>`
		SELECT coalesce(max(id), 0) + 1 AS id FROM app.result WHERE county = ${county}`.execute(trx);
	const id = numbered[0]!.id;
	await trx
		.insertInto('app.result')
		.values({
			...{ county, id, draw, target, party: called.party, township: called.township, checked_on: checkedOn },
			...{ inspectors: JSON.stringify(inspectors), outcome, source, record, corrects: before?.id ?? null },
			...{ recorded_by: by, recorded_at: at }
		})
		.execute();
	if (findings.length > 0)
		await trx
			.insertInto('app.result_finding')
			.values(
				findings.map(({ item, severity, text, measure, rectifyBy }, i) => ({
					...{ county, result: id, number: i + 1, item, severity, text, measure },
					rectify_by: measure === 'ordered' ? (rectifyBy ?? null) : null
				}))
			)
			.execute();
	await append(trx, county, {
		...{ type: 'result.recorded', at: at.toISOString(), actor: by, id, draw, target, checkedOn, outcome },
		...{
			source,
			record,
			corrects: before?.id ?? null,
			inspectors: inspectors.map(({ certificate }) => certificate)
		},
		findings: findings.map(({ item, severity, measure }) => ({ item, severity, measure }))
	});
	return { ok: true, id };
}
