// Superseding targets: the range of the current version ends at the instant of the import, a new one begins there.
import { sql, type RawBuilder } from 'kysely';
import { cellOf, wholeMetres } from '../../core/geo/cell';
import { zoneOfCrs } from '../../core/geo/zone';
import type { Hash, TargetKind } from '../../core/model';
import { rowTree } from './row-tree';
import type { Run } from './run';

const BATCH = 1000;

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
	id: number;
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
	const { rows: counted } = await sql<{ n: number }>`
		SELECT count(*) AS n FROM import_row WHERE fate IN ('added', 'changed')`.execute(trx);
	const total = counted[0]?.n ?? 0;
	const tree = rowTree();
	if (total === 0) return tree.root();
	await sql`
		UPDATE app.target AS t SET valid = tstzrange(lower(t.valid), ${at}) FROM import_row AS r
		WHERE r.fate = 'changed' AND t.county = ${county.code} AND t.code = r.code AND upper_inf(t.valid)`.execute(
		trx
	);
	await sql`CREATE INDEX ON import_row ((code COLLATE "C"))`.execute(trx);
	let after = '';
	for (let done = 0; done < total;) {
		run.step('writing', done, total);
		const { rows } = await sql<Changed>`
			SELECT id, code, COALESCE(${kind}, kind) AS kind, name, party, status, township, area_m2,
				ST_X(point) AS lon, ST_Y(point) AS lat,
				encode(sha256(ST_AsBinary(geom, 'NDR')), 'hex') AS geometry,
				encode(sha256(convert_to(attributes::text, 'UTF8')), 'hex') AS attributes
			FROM import_row WHERE fate IN ('added', 'changed') AND code COLLATE "C" > ${after}
			ORDER BY code COLLATE "C" LIMIT ${BATCH}`.execute(trx);
		const located = rows.map(({ id, lon, lat, area_m2, ...row }) => {
			const cell = cellOf([lon, lat]);
			const { xM, yM } = wholeMetres([lon, lat], meridian);
			tree.add({ ...row, areaM2: Math.round(area_m2), cell, xM, yM });
			return { id, kind: row.kind, cell, x_m: xM, y_m: yM };
		});
		await sql`
			INSERT INTO app.target (county, code, kind, name, party, geom, point, x_m, y_m, area_m2, cell, township,
				status, attributes, import, valid)
			SELECT ${county.code}, r.code, l.kind, r.name, r.party, r.geom, r.point, l.x_m, l.y_m, r.area_m2, l.cell,
				r.township, r.status, r.attributes, ${importId}, tstzrange(${at}, NULL)
			FROM json_to_recordset(${JSON.stringify(located)}::json)
				AS l(id bigint, kind text, cell text, x_m integer, y_m integer)
			JOIN import_row AS r ON r.id = l.id`.execute(trx);
		done += rows.length;
		after = rows.at(-1)?.code ?? after;
		if (rows.length === 0) throw new Error('fewer rows than counted');
	}
	return tree.root();
}
