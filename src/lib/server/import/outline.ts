// Repair of staged outlines: whatever ST_IsValid refuses is rebuilt from its rings (shells united, holes taken out), of
// which only surfaces stay; what has no surface then is refused. Works on a table with id, file, line, geom and fate.
import { sql, type Transaction } from 'kysely';
import type { Refusal, Rule } from '../../core/registry/reason';
import type { DB } from '../db/schema';
import type { Findings } from './stage';

export async function repairOutlines(trx: Transaction<DB>, table: string, findings: Findings): Promise<void> {
	const rows = sql.table(table);
	const { rows: repaired } = await sql<{ file: string; line: number; value: string; empty: boolean }>`
		UPDATE ${rows} AS r
		SET geom = fixed.geom, fate = CASE WHEN ST_Area(fixed.geom) > 0 THEN NULL ELSE 'refused' END
		FROM (
			SELECT id, ST_IsValidReason(geom) AS value,
				ST_Multi(ST_CollectionExtract(ST_MakeValid(geom, 'method=structure keepcollapsed=false'), 3)) AS geom
			FROM ${rows} WHERE fate IS NULL AND NOT (ST_IsValid(geom) AND ST_Area(geom) > 0)
		) AS fixed
		WHERE fixed.id = r.id
		RETURNING r.file, r.line, fixed.value, r.fate IS NOT NULL AS empty`.execute(trx);
	for (const { file, line, value, empty } of repaired) {
		const rule: Rule = empty ? 'geometry_empty' : 'geometry_repaired';
		const finding: Refusal = { file, line, field: 'geometry', rule, values: { value } };
		(empty ? findings.refused : findings.warned).push(finding);
	}
}

/** Refuses every row whose code stood in an earlier one. */
export async function refuseDuplicates(
	trx: Transaction<DB>,
	table: string,
	findings: Findings
): Promise<void> {
	const rows = sql.table(table);
	const { rows: repeated } = await sql<{ file: string; line: number; code: string; first: number }>`
		UPDATE ${rows} AS r SET fate = 'refused'
		FROM (
			SELECT id, first_value(line) OVER same AS first, row_number() OVER same AS number
			FROM ${rows} WINDOW same AS (PARTITION BY code ORDER BY id)
		) AS d
		WHERE d.id = r.id AND d.number > 1 AND r.fate IS NULL
		RETURNING r.file, r.line, r.code, d.first`.execute(trx);
	for (const { file, line, code, first } of repeated) {
		findings.refused.push({
			file,
			line,
			field: 'code',
			rule: 'duplicate',
			values: { line: first, value: code }
		});
	}
}
