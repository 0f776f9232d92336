// 检查对象: staging, checks, township, comparison with the current versions, and new versions of what changed.
// Every statement is over all rows at once; the main thread sees only batches, for the cell and the tree.
import { sql } from 'kysely';
import { isGcj02Offset } from '../../core/geo/crs-evidence';
import type { Rule } from '../../core/registry/reason';
import { refuseDuplicates, repairOutlines } from './outline';
import { placeRows } from './place';
import type { Counts, Run } from './run';
import { ROWS_PER_BATCH, stage } from './stage';
import { clockBehind, writeVersions } from './version';

const TABLE = 'import_row';

export async function importTargets(run: Run): Promise<Counts> {
	const { trx, county, options, findings } = run;
	await createTargetStage(run);
	let staged = 0;
	await stage(
		run.path,
		findings,
		(batch) =>
			sql`
			INSERT INTO import_row (file, line, code, name, party, party_given, party_name, status, attributes, attributes_kept, geom)
			SELECT file, line, code, name, party, party_given, party_name, status, attributes, attributes_kept, geom::geometry
			FROM json_to_recordset(${batch}::json) AS r(file text, line integer, code text, name text, party text,
				party_given boolean, party_name text, status text, attributes jsonb, attributes_kept boolean, geom text)`.execute(
				trx
			),
		() => run.step('staging', (staged += ROWS_PER_BATCH), run.rows)
	);
	run.step('checking');
	await refuseDuplicates(trx, TABLE, findings);
	await refuse(
		run,
		'code',
		'kind_conflict',
		sql`r.code`,
		sql`
		EXISTS (SELECT FROM app.current_target t WHERE t.county = ${county.code} AND t.code = r.code AND t.kind <> ${options.kind})`
	);
	await repairOutlines(trx, TABLE, findings);
	run.step('placing');
	await placeRows(trx, county.code, TABLE);
	await settleOutside(run);
	const partiesAdded = await settleParties(run);
	run.step('checking');
	const counts = await compare(run);
	const offset = await knownOffset(run);
	await clockBehind(
		run,
		sql`
		SELECT t.valid FROM app.current_target t JOIN import_row r ON r.code = t.code
		WHERE t.county = ${county.code} AND r.fate = 'changed'`
	);
	const root = await writeVersions(run, options.kind === 'mining_right' ? 'mining_right' : 'land_parcel');
	return { ...counts, partiesAdded, offset, root };
}

/**
 * By how many metres known targets would move, in the middle: a whole layer that moves as one is in another system.
 * Null under three of them.
 */
async function knownOffset({ trx, county }: Run): Promise<Counts['offset']> {
	const { rows } = await sql<{ n: number; east: number; north: number; lon: number; lat: number }>`
		SELECT count(*)::integer AS n,
			percentile_cont(0.5) WITHIN GROUP (ORDER BY (ST_X(p.new) - ST_X(p.old)) * cos(radians(ST_Y(p.old))) * 111320) AS east,
			percentile_cont(0.5) WITHIN GROUP (ORDER BY (ST_Y(p.new) - ST_Y(p.old)) * 110800) AS north,
			avg(ST_X(p.old)) AS lon, avg(ST_Y(p.old)) AS lat
		FROM import_row AS r JOIN app.current_target AS t ON t.county = ${county.code} AND t.code = r.code,
			LATERAL (SELECT ST_Centroid(r.geom) AS new, ST_Centroid(t.geom) AS old) AS p
		WHERE r.fate IN ('changed', 'unchanged')`.execute(trx);
	const { n, east, north, lon, lat } = rows[0]!;
	if (n < 3) return null;
	const [eastM, northM] = [Math.round(east * 10) / 10, Math.round(north * 10) / 10];
	return { count: n, eastM, northM, gcj02: isGcj02Offset(eastM, northM, [lon, lat]) };
}

/** fate: null while undecided, then refused, added, changed or unchanged. away_m: metres outside every township. */
export const createTargetStage = ({ trx }: Pick<Run, 'trx'>) =>
	sql`
	CREATE TEMP TABLE import_row (
		id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
		file text,
		line integer,
		code text NOT NULL,
		kind text,
		name text,
		party text,
		party_given boolean,
		party_name text,
		status text,
		attributes jsonb,
		attributes_kept boolean,
		geom geometry(MultiPolygon, 4490) NOT NULL,
		point geometry(Point, 4490),
		area_m2 double precision,
		township text,
		away_m double precision,
		fate text
	) ON COMMIT DROP`.execute(trx);

type Fragment = ReturnType<typeof sql>;

async function refuse({ trx, findings }: Run, field: string, rule: Rule, value: Fragment, when: Fragment) {
	const { rows } = await sql<{ file: string; line: number; value: string }>`
		UPDATE import_row AS r SET fate = 'refused' WHERE r.fate IS NULL AND ${when}
		RETURNING r.file, r.line, ${value} AS value`.execute(trx);
	for (const { file, line, value } of rows)
		findings.refused.push({ file, line, field, rule, values: { value } });
}

async function settleOutside({ trx, options, findings }: Run): Promise<void> {
	const keep = options.outside === 'keep';
	const { rows } = await sql<{ file: string; line: number; away_m: number }>`
		UPDATE import_row SET fate = ${keep ? null : 'refused'}::text
		WHERE fate IS NULL AND away_m IS NOT NULL RETURNING file, line, away_m`.execute(trx);
	rows.sort((a, b) => a.line - b.line);
	for (const { file, line, away_m } of rows) {
		const values = { km: (away_m / 1000).toFixed(1) };
		if (keep) findings.warned.push({ file, line, field: 'geometry', rule: 'outside_kept', values });
		else findings.refused.push({ file, line, field: 'geometry', rule: 'outside', values });
	}
}

/** A holder that the directory does not know is added when the row names it, else the row is refused. */
async function settleParties(run: Run): Promise<number> {
	const { trx, county } = run;
	await refuse(
		run,
		'party',
		'party_unknown',
		sql`r.party`,
		sql`
		r.party IS NOT NULL AND r.party_name IS NULL
		AND NOT EXISTS (SELECT FROM app.party p WHERE p.county = ${county.code} AND p.uscc = r.party AND p.removed_at IS NULL)`
	);
	const { numAffectedRows } = await sql`
		INSERT INTO app.party (county, uscc, name)
		SELECT DISTINCT ON (party) ${county.code}, party, party_name FROM import_row
		WHERE fate IS NULL AND party IS NOT NULL AND party_name IS NOT NULL
		ORDER BY party, id
		ON CONFLICT (county, uscc) DO UPDATE SET name = excluded.name, removed_at = NULL WHERE party.removed_at IS NOT NULL`.execute(
		trx
	);
	return Number(numAffectedRows ?? 0);
}

/** Fills in from the current version what the file has no say in, then settles every row's fate. */
async function compare({ trx, county }: Run) {
	await sql`
		UPDATE import_row AS r SET
			name = COALESCE(r.name, t.name, r.code),
			party = CASE WHEN r.party_given THEN r.party ELSE t.party END,
			status = COALESCE(r.status, t.status, 'active'),
			attributes = CASE WHEN r.attributes_kept THEN COALESCE(t.attributes, '{}') || r.attributes ELSE r.attributes END,
			fate = CASE
				WHEN t.code IS NULL THEN 'added'
				WHEN t.geom = r.geom AND t.name = COALESCE(r.name, t.name) AND t.township = r.township
					AND t.status = COALESCE(r.status, t.status) 
					AND t.attributes = CASE WHEN r.attributes_kept THEN t.attributes || r.attributes ELSE r.attributes END
					AND (NOT r.party_given OR t.party IS NOT DISTINCT FROM r.party) THEN 'unchanged'
				ELSE 'changed'
			END
		FROM import_row AS own LEFT JOIN app.current_target AS t ON t.county = ${county.code} AND t.code = own.code
		WHERE own.id = r.id AND r.fate IS NULL`.execute(trx);
	const { rows } = await sql<{ fate: 'added' | 'changed' | 'unchanged' | 'refused'; n: number }>`
		SELECT fate, count(*) AS n FROM import_row GROUP BY fate`.execute(trx);
	const count = (fate: string) => rows.find((row) => row.fate === fate)?.n ?? 0;
	return { added: count('added'), changed: count('changed'), unchanged: count('unchanged') };
}
