// A new township layer: it replaces the one before as a whole, and every target is assigned anew in the same
// transaction. A layer with a refused row is not taken at all, because a hole in the county would refuse good targets.
import { sql } from 'kysely';
import type { Hash } from '../../core/model';
import { refuseDuplicates, repairOutlines } from './outline';
import { placeRows } from './place';
import { rowTree } from './row-tree';
import type { Counts, Run } from './run';
import { stage } from './stage';
import { createTargetStage } from './target';
import { clockBehind, writeVersions } from './version';

const TABLE = 'import_township';

export async function importTownships(run: Run): Promise<Counts> {
	const { trx, county, findings, at } = run;
	await sql`
		CREATE TEMP TABLE import_township (
			id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			file text, line integer, code text NOT NULL, name text NOT NULL,
			geom geometry(MultiPolygon, 4490) NOT NULL, fate text
		) ON COMMIT DROP`.execute(trx);
	await stage(
		run.path,
		findings,
		(batch) =>
			sql`
			INSERT INTO import_township (file, line, code, name, geom)
			SELECT file, line, code, name, geom::geometry
			FROM json_to_recordset(${batch}::json) AS r(file text, line integer, code text, name text, geom text)`.execute(
				trx
			),
		() => run.step('staging')
	);
	run.step('checking');
	await refuseDuplicates(trx, TABLE, findings);
	await repairOutlines(trx, TABLE, findings);
	const layer = await compare(run);
	if (findings.refused.length > 0) return { ...layer, root: rowTree().root(), rejected: true };
	const gone = sql`
		SELECT t.code, t.valid FROM app.current_township AS t LEFT JOIN import_township AS n ON n.code = t.code
		WHERE t.county = ${county.code} AND (n.code IS NULL OR n.fate = 'changed')`;
	await clockBehind(run, gone);
	await sql`
		UPDATE app.township AS t SET valid = tstzrange(lower(t.valid), ${at}) FROM (${gone}) AS g
		WHERE t.county = ${county.code} AND t.code = g.code AND upper_inf(t.valid)`.execute(trx);
	if (layer.added + layer.changed + layer.closed === 0)
		return { ...layer, root: rowTree().root(), reassigned: 0 };
	const source = await boundarySource(run);
	await sql`
		INSERT INTO app.township (county, code, name, geom, area_m2, source, valid)
		SELECT ${county.code}, code, name, geom, ST_Area(geom::geography), ${source}, tstzrange(${at}, NULL)
		FROM import_township WHERE fate IN ('added', 'changed')`.execute(trx);
	const { reassigned, root: targets } = await reassign(run);
	return { ...layer, reassigned, root: await layerRoot(run, targets) };
}

/** Settles the fate of every row and counts. areaM2: of the whole new layer. */
async function compare({ trx, county }: Run) {
	await sql`
		UPDATE import_township AS r SET fate = CASE
			WHEN t.code IS NULL THEN 'added'
			WHEN t.geom = r.geom AND t.name = r.name THEN 'unchanged'
			ELSE 'changed'
		END
		FROM import_township AS own
		LEFT JOIN app.current_township AS t ON t.county = ${county.code} AND t.code = own.code
		WHERE own.id = r.id AND r.fate IS NULL`.execute(trx);
	const { rows } = await sql<{
		added: number;
		changed: number;
		unchanged: number;
		closed: number;
		areaM2: number;
	}>`
		SELECT count(*) FILTER (WHERE fate = 'added') AS added, count(*) FILTER (WHERE fate = 'changed') AS changed,
			count(*) FILTER (WHERE fate = 'unchanged') AS unchanged,
			round(COALESCE(sum(ST_Area(geom::geography)) FILTER (WHERE fate <> 'refused'), 0))::bigint AS "areaM2",
			(SELECT count(*) FROM app.current_township AS t WHERE t.county = ${county.code}
				AND NOT EXISTS (SELECT FROM import_township AS n WHERE n.code = t.code)) AS closed
		FROM import_township`.execute(trx);
	return rows[0]!;
}

async function boundarySource({ trx, county, options, provenance, at }: Run): Promise<number> {
	const { id } = await trx
		.insertInto('app.boundary_source')
		.values({
			county: county.code,
			layer: 'township',
			provenance: options.provenance ?? provenance,
			licence: options.licence,
			review_number: options.reviewNumber,
			sketch: false,
			created_at: at
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Every current target is placed in the new layer; the moved ones get a new version, outside ones the nearest. */
async function reassign(run: Run): Promise<{ reassigned: number; root: Hash }> {
	const { trx, county } = run;
	run.step('placing');
	await createTargetStage(run);
	await sql`
		INSERT INTO import_row (code, kind, name, party, status, attributes, geom, point, area_m2)
		SELECT code, kind, name, party, status, attributes, geom, point, area_m2
		FROM app.current_target WHERE county = ${county.code}`.execute(trx);
	await placeRows(trx, county.code, 'import_row');
	const { numAffectedRows } = await sql`
		UPDATE import_row AS r SET fate = 'changed' FROM app.current_target AS t
		WHERE t.county = ${county.code} AND t.code = r.code AND t.township <> r.township`.execute(trx);
	await clockBehind(
		run,
		sql`
		SELECT t.valid FROM app.current_target t JOIN import_row r ON r.code = t.code
		WHERE t.county = ${county.code} AND r.fate = 'changed'`
	);
	return { reassigned: Number(numAffectedRows ?? 0), root: await writeVersions(run, null) };
}

/** Root over the townships in the order of their codes, then one leaf with the root of the targets that moved. */
async function layerRoot({ trx, county }: Run, targets: Hash): Promise<Hash> {
	const { rows } = await sql<{ code: string; name: string; area_m2: number; geometry: string }>`
		SELECT code, name, area_m2, encode(sha256(ST_AsBinary(geom, 'NDR')), 'hex') AS geometry
		FROM app.current_township WHERE county = ${county.code} ORDER BY code COLLATE "C"`.execute(trx);
	const tree = rowTree();
	for (const { area_m2, ...row } of rows) tree.add({ ...row, areaM2: Math.round(area_m2) });
	tree.add({ reassigned: targets });
	return tree.root();
}
