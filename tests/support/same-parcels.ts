// The same made-up parcels in every format that a bureau is handed, written by GDAL's own programs, and read back.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync, openSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SevenParameters } from '../../src/lib/core/geo/datum';
import { areaM2 } from '../../src/lib/core/geo/area';
import { metresBetween } from '../../src/lib/core/route/great-circle';
import { newFolder, polygonsOf, preparedRows, type PreparedRow } from './prepared';

export const hasGdal =
	spawnSync('ogr2ogr', ['--version']).status === 0 && spawnSync('zip', ['-v']).status === 0;

interface Parcel {
	code: string;
	name: string;
	holder: string;
	ring: [number, number][];
}

/** Parcels of four to seven corners over both zones of the county, counter-clockwise. */
function parcels(count: number): Parcel[] {
	return Array.from({ length: count }, (_, i) => {
		const [lon, lat] = [118.3 + ((i * 37) % 900) / 1000, 25.7 + ((i * 61) % 300) / 1000];
		const corners = 4 + (i % 4);
		const ring = Array.from({ length: corners }, (_, k): [number, number] => {
			const angle = (2 * Math.PI * k) / corners + i;
			const size = 0.0004 + (i % 7) * 0.0001 + (k % 2) * 0.0001;
			return [round(lon + size * Math.cos(angle)), round(lat + size * Math.sin(angle))];
		});
		return {
			code: `350125001001GB${String(10_000 + i)}W00000000`,
			name: `永泰第${i}号地块`,
			holder: `权利人喆镕${i % 9}`,
			ring: [...ring, ring[0]!]
		};
	});
}
const round = (degrees: number) => Math.round(degrees * 1e9) / 1e9;

const ogr = (...args: string[]) => promisify(execFile)('ogr2ogr', args);

interface Case {
	file: string;
	options?: object;
	/** What the format can carry besides the code. */
	names: boolean;
}

/** Of Xian 1980 in these files; PROJ's `+towgs84` turns the vector. No real ones. */
const SEVEN: SevenParameters = {
	...{ dx: 21.5, dy: -43.25, dz: 17.75, rx: 0.42, ry: -0.81, rz: 1.36, scale: 3.2 },
	rotation: 'position_vector'
};

/** Writes all of them; one process of ogr2ogr each. */
export async function sameParcels(count: number): Promise<{ folder: string; list: Parcel[]; cases: Case[] }> {
	const folder = newFolder();
	const at = (name: string) => join(folder, name);
	const list = parcels(count);
	const features = list.map(({ code, name, holder, ring }) => ({
		type: 'Feature',
		properties: { BDCDYH: code, DKMC: name, QLR: holder },
		geometry: { type: 'Polygon', coordinates: [ring] }
	}));
	const source = at('source.geojson');
	const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } };
	writeFileSync(source, JSON.stringify({ type: 'FeatureCollection', name: 'source', crs, features }));
	const lines = 'SELECT ST_ExteriorRing(geometry) AS geometry, BDCDYH AS Layer FROM source';
	const text =
		'SELECT BDCDYH AS 不动产单元号, DKMC AS 地块名称, QLR AS 权利人, AsWKT(geometry, 9) AS wkt FROM source';
	const systems = [4528, 4549, 4527, 4548, 4490];
	const { dx, dy, dz, rx, ry, rz, scale } = SEVEN;
	const xian = [
		...['+proj=tmerc +lat_0=0 +lon_0=120 +k=1 +x_0=40500000 +y_0=0 +a=6378140 +rf=298.257 +units=m +no_defs'],
		`+towgs84=${[dx, dy, dz, rx, ry, rz, scale].join(',')}`
	].join(' ');
	await Promise.all([
		...systems.map((epsg) => ogr('-t_srs', `EPSG:${epsg}`, at(`地块${epsg}.gpkg`), source)),
		ogr('-s_srs', 'EPSG:4326', '-t_srs', xian, at('moved.gpkg'), source).then(() =>
			ogr('-a_srs', 'EPSG:2364', at('地块2364.gpkg'), at('moved.gpkg'))
		),
		ogr('-f', 'ESRI Shapefile', '-lco', 'ENCODING=GBK', '-t_srs', 'EPSG:4528', at('shape'), source),
		ogr('-f', 'OpenFileGDB', '-t_srs', 'EPSG:4549', at('parcels.gdb'), source),
		ogr('-f', 'KML', at('parcels.kml'), source),
		ogr('-f', 'DXF', '-t_srs', 'EPSG:4528', '-dialect', 'sqlite', '-sql', lines, at('parcels.dxf'), source),
		ogr('-f', 'CSV', '-lco', 'GEOMETRY=AS_WKT', '-t_srs', 'EPSG:4527', at('parcels.csv'), source),
		ogr('-f', 'XLSX', '-dialect', 'sqlite', '-sql', text, at('parcels.xlsx'), source)
	]);
	// As ArcMap in China leaves it: GBK, no .cpg, no language byte; once without .prj too.
	rmSync(at('shape/source.cpg'));
	const dbf = openSync(at('shape/source.dbf'), 'r+');
	writeSync(dbf, Buffer.of(0), 0, 1, 29);
	closeSync(dbf);
	cpSync(at('shape'), at('bare'), { recursive: true });
	rmSync(at('bare/source.prj'));
	execFileSync('zip', ['-qrX', at('shape.zip'), 'shape'], { cwd: folder });
	execFileSync('zip', ['-qrX', at('gdb.zip'), 'parcels.gdb'], { cwd: folder });
	const corners = list.flatMap(({ code, name, holder, ring }) =>
		ring.map(([lon, lat], i) => [code, name, holder, `J${i + 1}`, lon, lat].join(','))
	);
	writeFileSync(at('corners.csv'), `编号,名称,权利人,点号,经度,纬度\n${corners.join('\n')}\n`);
	const whole = (file: string): Case => ({ file: at(file), names: true });
	const cases = [
		...systems.map((epsg) => whole(`地块${epsg}.gpkg`)),
		{ ...whole('地块2364.gpkg'), options: { datum: SEVEN } },
		...['shape.zip', 'bare/source.shp', 'gdb.zip', 'parcels.kml'].map(whole),
		...['parcels.csv', 'parcels.xlsx', 'corners.csv'].map(whole),
		{ file: at('parcels.dxf'), options: { mapping: { code: 'Layer' } }, names: false }
	];
	return { folder, list, cases };
}

/** What differs between the parcels and what was read of them; empty where nothing does. */
export async function differences(
	list: readonly Parcel[],
	{ file, options, names }: Case
): Promise<string[]> {
	const { rows, refused } = await preparedRows('land_parcel', file, options);
	const byCode = new Map(rows.map((row) => [row.code, row]));
	const found = refused.slice(0, 3).map((refusal) => JSON.stringify(refusal));
	for (const parcel of list) {
		const row = byCode.get(parcel.code);
		const wrong = row ? difference(parcel, row, names) : 'is not there';
		if (wrong) found.push(`${parcel.code} ${wrong}`);
	}
	return found;
}

function difference({ name, holder, ring }: Parcel, row: PreparedRow, names: boolean): string | null {
	const polygons = polygonsOf(row);
	const outer = polygons[0]?.[0];
	if (polygons.length !== 1 || !outer || outer.length !== 2 * ring.length) return 'has another form';
	const points = ring.map((_, i): [number, number] => [outer[2 * i]!, outer[2 * i + 1]!]);
	const apart = Math.max(
		...ring.map((corner) => Math.min(...points.map((point) => metresBetween(corner, point))))
	);
	if (apart > 0.01) return `is ${apart} m away`;
	const stated = areaM2([[Float64Array.from(ring.flat())]]);
	if (Math.abs(areaM2(polygons) / stated - 1) > 1e-6) return 'has another area';
	if (names && row.name !== name) return `is called ${row.name}`;
	const kept = row.party_name ?? row.attributes.QLR;
	return names && kept !== holder ? `belongs to ${kept}` : null;
}
