// The sketch as GeoJSON text: one feature for the outline, one for each township, all marked 示意.
import { sketchRings } from './township-cells';
import { toLonLat, type PlanePoint } from './plane';
import type { Seat } from './geodata';

export const SKETCH_PROVENANCE =
	'示意：由 21 个乡镇驻地点位、公开的四至和总面积生成的示意界线，非法定行政区划界线，不得作为权属、管辖依据';

const ringText = (ring: readonly PlanePoint[]) => {
	const corners = ring.map(toLonLat);
	return [...corners, corners[0]!].map(([lon, lat]) => `[${lon},${lat}]`).join(',');
};

const featureText = (properties: object, ring: readonly PlanePoint[]) =>
	`{"type":"Feature","properties":${JSON.stringify(properties)},"geometry":{"type":"Polygon","coordinates":[[${ringText(ring)}]]}}`;

export function sketchText(seats: readonly Seat[]): string {
	const { outline, townships } = sketchRings(seats);
	const features = [
		featureText({ layer: 'county', code: '350125', name: '永泰县（示意）', sketch: true }, outline),
		...seats.map(({ code, name }, i) =>
			featureText({ layer: 'township', code, name, sketch: true }, townships[i]!)
		)
	];
	return `{"type":"FeatureCollection","name":"yongtai_sketch","provenance":"${SKETCH_PROVENANCE}","features":[\n${features.join(',\n')}\n]}\n`;
}
