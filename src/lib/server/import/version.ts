// Superseding targets: the range of the current version ends at the instant of the import, a new one begins there.
import { sql, type RawBuilder } from 'kysely';
import { cellOf, wholeMetres } from '../../core/geo/cell';
import { zoneOfCrs } from '../../core/geo/zone';
import type { Hash, TargetKind } from '../../core/model';
import { rowTree } from './row-tree';
import type { Run } from './run';

/** Rows per statement: some 10 ms of the main thread, and few enough for the first ones, before the cells are compiled. */
const BATCH = 250;

/** The clock of this server is behind a version already written: nothing can begin before it. */
export class ClockBehind extends Error {
	constructor(readonly newest: Date) {
		super('clock behind');
	}
}

/** @throws ClockBehind when one of these ranges begins at or after the instant of the import */
export async function clockBehind({ trx, at }: Run, ranges: RawBuilder<unknown>): Promise<void> {
	const { rows } = await sql<{
		newest: Date | null;
	}>`SELECT max(lower(valid)) AS newest FROM (${ranges}) AS r`.execute(trx);
	const newest = rows[0]?.newest;
	if (newest && newest >= at) throw new ClockBehind(newest);
}

interface Changed {
	n: number;
	code: string;
	kind: string;
	name: string;
	party: string | null;
	status: string;
	township: string;
	area_m2: number;
	lon: number;
	lat: number;
	geometry: string;
	attributes: string;
}

/**
 * Writes the rows of import_row whose fate is added or changed, in the order of their codes, and answers their root.
 * kind: of all of them; null when each row has its own.
 */
export async function writeVersions(run: Run, kind: TargetKind | null): Promise<Hash> {
	const { trx, county, at, importId } = run;
	const meridian = zoneOfCrs(`EPSG:${county.epsg}`)?.centralMeridian;
	if (meridian === undefined) throw new Error(`county ${county.code}: EPSG:${county.epsg} is no zone of 3°`);
	const tree = rowTree();
	const total = await number(run, kind);
	await sql`
		UPDATE app.target AS t SET valid = tstzrange(lower(t.valid), ${at}) FROM import_row AS r
		WHERE r.fate = 'changed' AND t.county = ${county.code} AND t.code = r.code AND upper_inf(t.valid)`.execute(
		trx
	);
	for (let done = 0; done < total; done += BATCH) {
		run.step('writing', done, total);
		const batch = sql`v.n > ${done} AND v.n <= ${done + BATCH}`;
		const { rows } = await sql<Changed>`
			SELECT n, code, kind, name, party, status, township, area_m2, ST_X(point) AS lon, ST_Y(point) AS lat,
				encode(sha256(ST_AsBinary(geom, 'NDR')), 'hex') AS geometry,
				encode(sha256(convert_to(attributes::text, 'UTF8')), 'hex') AS attributes
			FROM import_version AS v WHERE ${batch} ORDER BY n`.execute(trx);
		const located = rows.map(({ n, lon, lat, area_m2, ...row }) => {
			const cell = cellOf([lon, lat]);
			const { xM, yM } = wholeMetres([lon, lat], meridian);
			tree.add({ ...row, areaM2: Math.round(area_m2), cell, xM, yM });
			return { n, cell, x_m: xM, y_m: yM };
		});
		await sql`
			INSERT INTO app.target (county, code, kind, name, party, geom, point, x_m, y_m, area_m2, cell, township,
				status, attributes, import, valid)
			SELECT ${county.code}, v.code, v.kind, v.name, v.party, v.geom, v.point, l.x_m, l.y_m, v.area_m2, l.cell,
				v.township, v.status, v.attributes, ${importId}, tstzrange(${at}, NULL)
			FROM json_to_recordset(${JSON.stringify(located)}::json) AS l(n bigint, cell text, x_m integer, y_m integer)
			JOIN import_version AS v ON v.n = l.n
			WHERE ${batch}`.execute(trx);
	}
	await sql`SELECT app.settle_tally(${county.code}, ${at})`.execute(trx);
	await sql`DROP TABLE import_version`.execute(trx);
	return tree.root();
}

/** The rows to write, measured, and numbered 1, 2, … in the order of their codes; answers how many. */
async function number({ trx }: Run, kind: TargetKind | null): Promise<number> {
	await sql`
		CREATE TEMP TABLE import_version ON COMMIT DROP AS
		SELECT row_number() OVER (ORDER BY code COLLATE "C") AS n, code, COALESCE(${kind}, kind) AS kind, name, party,
			status, township, attributes, geom, COALESCE(point, ST_PointOnSurface(geom)) AS point,
			COALESCE(area_m2, ST_Area(geom::geography)) AS area_m2
		FROM import_row WHERE fate IN ('added', 'changed')`.execute(trx);
	await sql`CREATE UNIQUE INDEX ON import_version (n)`.execute(trx);
	await sql`ANALYZE import_version (n)`.execute(trx);
	const { rows } = await sql<{ total: number }>`SELECT count(*) AS total FROM import_version`.execute(trx);
	return rows[0]?.total ?? 0;
}
