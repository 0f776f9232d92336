// 案件移交: the cases of this county that are open, as a file for the law-enforcement platform (EXCHANGE.md): one JSON to a
// case, the record of the phone beside it, and a manifest with the SHA-256 of everything.
import { strToU8, zipSync, type Zippable } from 'fflate';
import { sql } from 'kysely';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import type { Outcome } from '../../core/posting/state';
import { CASES, type ReplyState } from '../../schema/case-exchange';
import type { Database } from '../db/database';
import { archiveOf } from '../field/archive';
import { append } from '../ledger';
import type { Acting } from './step';

export const caseNumber = (county: string, result: number) => `${county}-${result}`;

export interface OpenCase {
	result: number;
	target: { code: string; kind: string; name: string; township: string };
	party: { uscc: string; name: string } | null;
	draw: { seq: number | null; name: string };
	checkedOn: string;
	outcome: Outcome;
	inspectors: { name: string; certificate: string }[];
	/** Of the phone; null: paper. */
	record: string | null;
	/** What the platform said last. */
	reply: { platform: string; number: string; state: ReplyState; on: string } | null;
}

/** Approved, not closed, and filed or with a finding that asks for it; the newest first. */
export async function openCases(db: Database, county: string): Promise<OpenCase[]> {
	const { rows } = await sql<OpenCase>`
		SELECT r.id AS result, jsonb_build_object('code', r.target, 'kind', t.kind, 'name', t.name, 'township', r.township)
				AS target,
			CASE WHEN p.uscc IS NOT NULL THEN jsonb_build_object('uscc', p.uscc, 'name', p.name) END AS party,
			jsonb_build_object('seq', d.seq, 'name', l.name) AS draw, r.checked_on::text AS "checkedOn", r.outcome,
			r.inspectors, r.record,
			(SELECT jsonb_build_object('platform', y.platform, 'number', y.number, 'state', y.state, 'on', y.happened_on)
				FROM app.case_reply y WHERE y.county = r.county AND y.result = r.id
				ORDER BY y.happened_on DESC, y.taken_at DESC, y.number DESC LIMIT 1) AS reply
		FROM app.result r
		JOIN app.draw d ON d.county = r.county AND d.id = r.draw
		JOIN app.plan l ON l.county = d.county AND l.id = d.plan
		LEFT JOIN app.party p ON p.county = r.county AND p.uscc = r.party
		JOIN LATERAL (SELECT kind, name FROM app.target t WHERE t.county = r.county AND t.code = r.target
			ORDER BY t.valid DESC LIMIT 1) t ON true
		WHERE r.county = ${county} AND r.state IN ('approved', 'posted') AND r.closed_at IS NULL
			AND (r.outcome = 'case' OR EXISTS (SELECT FROM app.result_finding f WHERE f.county = r.county AND f.result = r.id
				AND f.measure = 'case'))
		ORDER BY r.id DESC`.execute(db);
	return rows;
}

const findingsOf = async (db: Database, county: string, result: number) =>
	(
		await sql<Record<string, string | number | null>>`
		SELECT f.number, f.item, i.name AS "itemName", i.basis, f.severity, f.text, f.measure,
			f.rectify_by::text AS "rectifyBy"
		FROM app.result_finding f JOIN app.item i ON i.county = f.county AND i.code = f.item
		WHERE f.county = ${county} AND f.result = ${result} ORDER BY f.number`.execute(db)
	).rows;

const json = (value: unknown) => strToU8(`${JSON.stringify(value, null, '\t')}\n`);
const listed = (files: Record<string, Uint8Array>) =>
	Object.entries(files).map(([path, file]) => ({ path, size: file.length, sha256: toHex(sha256(file)) }));

/** null: there is no open case. */
export async function exportCases({ db, county, actor, at }: Acting): Promise<Uint8Array | null> {
	const cases = await openCases(db, county);
	if (cases.length === 0) return null;
	const files: Record<string, Uint8Array> = {};
	for (const { result, record, reply: _, ...facts } of cases) {
		const number = caseNumber(county, result);
		const archive = record === null ? null : await archiveOf(db, county, record);
		const attachments = archive ? { [`attachments/${number}/record.zip`]: archive } : {};
		const findings = await findingsOf(db, county, result);
		const content = { v: CASES, case: number, county, ...facts, findings, attachments: listed(attachments) };
		Object.assign(files, { [`cases/${number}.json`]: json(content) }, attachments);
	}
	const manifest = json({ v: CASES, county, exportedAt: at.toISOString(), files: listed(files) });
	await db.transaction().execute((trx) =>
		append(trx, county, {
			...{ type: 'case.exported', at: at.toISOString(), actor, manifest: toHex(sha256(manifest)) },
			cases: cases.map(({ result }) => result)
		})
	);
	const zip: Zippable = { 'manifest.json': manifest };
	// Archives are compressed already.
	for (const [path, file] of Object.entries(files))
		zip[path] = [file, { level: path.endsWith('.zip') ? 0 : 6 }];
	return zipSync(zip);
}
