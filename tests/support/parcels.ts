// Land parcels of a large import, as GeoJSON in EPSG:4528: seeded, inside the sketch of the demonstration county, with
// 6 to 24 corners, a tenth of them with a holder. Invariant: the same `size` gives the same file.
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { polygon } from '@turf/helpers';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { toPlane } from '../../src/lib/core/geo/zone';
import { organisationCheckCharacter, usccCheckCharacter } from '../../src/lib/core/registry/codes';
import { readSketch } from '../../src/lib/server/demo/geodata';
import { random } from '../../src/lib/server/demo/random';

const head = (name: string) =>
	`{"type":"FeatureCollection","name":"${name}","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4528"}},"features":[\n`;

export async function writeParcels(path: string, size: number): Promise<void> {
	const { unit, int, between } = random('bench parcels');
	const townships = readSketch().map(({ ring }) => ({
		area: polygon([ring.map(([lon, lat]) => [lon, lat])]),
		west: Math.min(...ring.map(([lon]) => lon)),
		east: Math.max(...ring.map(([lon]) => lon)),
		south: Math.min(...ring.map(([, lat]) => lat)),
		north: Math.max(...ring.map(([, lat]) => lat))
	}));
	const out = createWriteStream(path);
	out.write(head('parcels'));
	for (let i = 0; i < size; i++) {
		const { area, west, east, south, north } = townships[i % townships.length]!;
		let point: [number, number];
		do point = [between(west, east), between(south, north)];
		while (!booleanPointInPolygon(point, area));
		const centre = toPlane(point, 120);
		const radius = between(8, 90);
		const corners = 6 + int(19);
		const ring = Array.from({ length: corners }, (_, k) => {
			const angle = (2 * Math.PI * k) / corners;
			const r = radius * between(0.75, 1);
			return [40e6 + centre.x + r * Math.cos(angle), centre.y + r * Math.sin(angle)];
		});
		const body = `MA3${String(i % 900).padStart(5, '0')}`;
		const seventeen = `91350125${body}${organisationCheckCharacter(body)}`;
		const holder =
			i % 10 === 0 ? { TYSHXYDM: seventeen + usccCheckCharacter(seventeen), QLR: `第${i % 900}号企业` } : {};
		const properties = {
			BDCDYH: `350125${String(1 + (i % 21)).padStart(3, '0')}${String(1 + Math.floor(i / 21 / 99999)).padStart(3, '0')}GB${String(Math.floor(i / 21) % 99999).padStart(5, '0')}W00000000`,
			DKMC: `永泰县${i + 1}号地块`,
			YT: ['工业用地', '城镇住宅用地', '商服用地', '采矿用地'][int(4)],
			MJ: Math.round(unit() * 1e6) / 100,
			...holder
		};
		const feature = {
			type: 'Feature',
			properties,
			geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] }
		};
		if (!out.write(`${JSON.stringify(feature)}${i + 1 < size ? ',' : ''}\n`)) await once(out, 'drain');
	}
	out.end(']}\n');
	await once(out, 'close');
}
