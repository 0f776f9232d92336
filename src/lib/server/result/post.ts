// 公示: what the allow-list lets through becomes a document with a permanent number. While the batch's list is closed it
// carries the proof that its target is on it (protocol §4): the row, its path, and the root of the sealed statement.
import { sql } from 'kysely';
import { canonical, canonicalBytes } from '../../core/bytes/canonical';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import { selectedRows, type Manifest } from '../../core/draw/manifest';
import { inclusionProof, leafHash } from '../../core/ledger/tree';
import { leaks, publicResult, type ResultRecord } from '../../core/posting/redact';
import { changeOne } from '../db/change-one';
import type { Database } from '../db/database';
import { dueOf, readClocks } from './clocks';
import { refuse, step, type Acting, type StepOutcome } from './step';

interface Facts extends Omit<ResultRecord, 'findings' | 'draw'> {
	findings: (ResultRecord['findings'][number] & { item: string })[];
	seq: number | null;
	commitment: string | null;
	name: string;
	manifest: string | null;
	closed: boolean;
}

export const post = (acting: Acting, id: number): Promise<StepOutcome> =>
	step(acting, id, ['approved'], async ({ trx, result, set, note }) => {
		const { county, actor, at } = acting;
		const facts = await factsOf(trx, county, id);
		const { seq, commitment, name, manifest, closed, ...record } = facts;
		const document = publicResult({ ...record, draw: { seq, commitment, name } });
		const text = canonical({ ...document });
		// The allow-list lets no free text through; codes and names of a directory are searched all the same.
		if (leaks(text).length > 0) return refuse('personal');
		const { rows } = await sql<{ number: number }>`
			SELECT coalesce(max(number), 0) + 1 AS number FROM app.posting WHERE county = ${county}`.execute(trx);
		const number = rows[0]!.number;
		const due = dueOf(await readClocks(trx, county), 'posting_result', String(result.checked_on));
		const documentHash = toHex(sha256(new TextEncoder().encode(text)));
		const proof = closed && manifest ? proofOf(JSON.parse(manifest) as Manifest, result.target) : null;
		await set({ state: 'posted', posted_by: actor, posted_at: at });
		await trx
			.insertInto('app.posting')
			.values({
				...{ county, number, kind: 'result', result: id, penalty: null, draw: result.draw },
				...{ party: document.party?.uscc || null, party_name: document.party?.name ?? null },
				...{ target: document.target.code, target_kind: document.target.kind, cell: document.target.cell },
				...{ township: document.target.township, township_name: document.target.townshipName },
				...{ items: [...new Set(facts.findings.map(({ itemName }) => itemName))], outcome: document.outcome },
				...{ checked_on: document.checkedOn, document: text, document_hash: documentHash },
				...{ proof: proof && JSON.stringify(proof), due, posted_by: actor, posted_at: at }
			})
			.execute();
		if (result.corrects !== null) await replace(trx, county, result.corrects, number);
		await note('posted', { number, documentHash });
		return { ok: true };
	});

async function replace(db: Database, county: string, corrected: number, number: number): Promise<void> {
	const before = await db
		.selectFrom('app.posting')
		.where('county', '=', county)
		.where('result', '=', corrected)
		.where('kind', '=', 'result')
		.select('number')
		.executeTakeFirst();
	if (before)
		await changeOne(
			db
				.updateTable('app.posting')
				.set({ replaced_by: number })
				.where('county', '=', county)
				.where('number', '=', before.number)
		);
}

async function factsOf(db: Database, county: string, id: number): Promise<Facts> {
	const { rows } = await sql<Facts>`
		SELECT CASE WHEN p.uscc IS NOT NULL THEN jsonb_build_object('uscc', p.uscc, 'name', p.name) END AS party,
			jsonb_build_object('code', t.code, 'kind', t.kind, 'township', t.township,
				'townshipName', coalesce(w.name, t.township), 'cell', t.cell) AS target,
			r.checked_on::text AS "checkedOn", r.outcome, r.inspectors, d.seq, d.commitment, l.name, d.manifest,
			c.draw IS NOT NULL AND c.revealed_at IS NULL AS closed,
			(SELECT coalesce(jsonb_agg(jsonb_build_object('item', f.item, 'itemName', i.name, 'severity', f.severity,
				'measure', f.measure, 'text', '') ORDER BY f.number), '[]') FROM app.result_finding f
				JOIN app.item i ON i.county = f.county AND i.code = f.item
				WHERE f.county = r.county AND f.result = r.id) AS findings
		FROM app.result r
		JOIN app.draw d ON d.county = r.county AND d.id = r.draw
		JOIN app.plan l ON l.county = d.county AND l.id = d.plan
		LEFT JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		LEFT JOIN app.party p ON p.county = r.county AND p.uscc = r.party
		JOIN LATERAL (SELECT * FROM app.target t WHERE t.county = r.county AND t.code = r.target
			ORDER BY t.valid DESC LIMIT 1) t ON true
		LEFT JOIN app.current_township w ON w.county = r.county AND w.code = t.township
		WHERE r.county = ${county} AND r.id = ${id}`.execute(db);
	return rows[0]!;
}

/** null: the target stands in for one that was drawn, so it has no row of its own in the tree. */
export function proofOf(manifest: Manifest, target: string) {
	const rows = selectedRows(manifest);
	const index = rows.findIndex(({ id }) => id === target);
	if (index < 0) return null;
	const leaves = rows.map((row) => leafHash(canonicalBytes(row)));
	return {
		...{ v: manifest.v, commitment: manifest.commitment, row: rows[index]!, index, size: rows.length },
		proof: inclusionProof(leaves, index).map(toHex)
	};
}
