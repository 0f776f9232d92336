// What a result is typed in from: the batches that lack some, the targets of one of them, its items and the inspectors.
import { sql } from 'kysely';
import type { TargetKind } from '../../core/model';
import type { Database } from '../db/database';

export interface MissingBatch {
	draw: number;
	name: string;
	kind: TargetKind;
	drawnOn: string;
	missing: number;
}

/** Batches with targets that have no result, the newest first. */
export async function missingBatches(db: Database, county: string): Promise<MissingBatch[]> {
	const { rows } = await sql<MissingBatch>`
		SELECT d.id AS draw, p.name, d.kind, (d.drawn_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "drawnOn",
			(c.called - coalesce(r.recorded, 0))::integer AS missing
		FROM app.draw d JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		JOIN LATERAL (SELECT count(*) AS called FROM app.called(d.county, d.id)) c ON true
		LEFT JOIN (SELECT draw, count(*) AS recorded FROM app.result
			WHERE county = ${county} AND state <> 'withdrawn' GROUP BY draw) r ON r.draw = d.id
		WHERE d.county = ${county} AND d.state IN ('drawn', 'revealed') AND d.assurance <> 'trial'
			AND c.called > coalesce(r.recorded, 0) ORDER BY d.id DESC`.execute(db);
	return rows;
}

export interface MissingTarget {
	code: string;
	name: string;
	partyName: string | null;
	/** The withdrawn result it corrects, and why that was taken off. */
	corrects: number | null;
	reason: string | null;
}

/** office: those in its townships only; null: all. */
export async function missingTargets(
	db: Database,
	county: string,
	draw: number,
	office: string | null
): Promise<MissingTarget[]> {
	const { rows } = await sql<MissingTarget>`
		SELECT c.code, t.name, p.name AS "partyName", r.id AS corrects, r.withdrawal_reason AS reason
		FROM app.called(${county}, ${draw}::integer) AS c (code)
		JOIN LATERAL (SELECT name, party, township FROM app.target t WHERE t.county = ${county} AND t.code = c.code
			ORDER BY t.valid DESC LIMIT 1) t ON true
		LEFT JOIN app.party p ON p.county = ${county} AND p.uscc = t.party
		LEFT JOIN LATERAL (SELECT id, state, withdrawal_reason FROM app.result r WHERE r.county = ${county}
			AND r.draw = ${draw}::integer AND r.target = c.code ORDER BY id DESC LIMIT 1) r ON true
		WHERE (r.id IS NULL OR r.state = 'withdrawn') AND (${office}::text IS NULL OR EXISTS (SELECT FROM app.office o
			WHERE o.county = ${county} AND o.code = ${office} AND t.township = ANY (o.townships)))
		ORDER BY c.code COLLATE "C"`.execute(db);
	return rows;
}

/** Items of a kind, and inspectors; whether a certificate held on the day is checked by whoever approves. */
export const itemsOf = (db: Database, county: string, kind: TargetKind) =>
	db
		.selectFrom('app.item')
		.where('county', '=', county)
		.where('kind', '=', kind)
		.select(['code', 'name'])
		.orderBy('code')
		.execute();

export const inspectorsOf = (db: Database, county: string) =>
	db
		.selectFrom('app.inspector')
		.where('county', '=', county)
		.select(['code', 'name', 'certificate', sql<string>`certificate_valid::text`.as('valid')])
		.orderBy('code')
		.execute();
