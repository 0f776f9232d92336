// Corner lists as text (core/geo/boundary-text): one feature per parcel or area, in degrees, whatever zone it came in.
import { parse } from 'node:path';
import { readBoundaryText, type BoundaryText } from '../../core/geo/boundary-text';
import { isOldDatum, toGeographic } from '../../core/geo/crs';
import { moveShape, type Shape } from '../../core/geo/shape';
import { zoneOfCrs } from '../../core/geo/zone';
import { failedBy, type Feature, type Source, type SourceOptions } from './source';

const FILE = '文件名';
const AREA = '面积平方米';

export function boundarySource(
	text: string,
	encoding: string,
	name: string,
	{ crs }: Pick<SourceOptions, 'crs'>
): Source {
	const read = readBoundaryText(text, (crs && zoneOfCrs(`EPSG:${crs}`)?.zone) || null);
	const names = [...new Set(read.blocks.flatMap(({ properties }) => [...properties.keys()]))];
	return {
		ok: true,
		format: '界址点坐标',
		header: [FILE, AREA, ...names],
		unkept: 2,
		numeric: [],
		encoding,
		size: read.blocks.length,
		features: () => {
			const datum = new Map(read.header).get('坐标系') ?? '';
			if (isOldDatum(datum)) return Promise.resolve(failedBy(name)('datum_old', { datum }));
			return Promise.resolve({
				ok: true,
				crs: { kind: 'geographic', name: systemOf(read) },
				overruledCrs: null,
				extent: null,
				declaredCrs: datum || null,
				rows: featuresOf(read, parse(name).name, names)
			});
		}
	};
}

function* featuresOf({ blocks, faults }: BoundaryText, file: string, names: string[]): Generator<Feature> {
	const move = toGeographic({ kind: 'prefix', name: '' });
	for (const stray of faults) {
		yield { line: stray.line, values: [file], shape: null, refused: [stray], warned: [] };
	}
	for (const block of blocks) {
		const shape: Shape = { type: 'POLYGON', polygons: block.polygons, lines: [], point: null };
		if (block.unit === 'metre') moveShape(shape, move);
		yield {
			line: block.line,
			values: [file, block.area, ...names.map((key) => block.properties.get(key) ?? null)],
			shape,
			refused: block.faults,
			warned: block.notes
		};
	}
}

function systemOf({ blocks }: BoundaryText): string {
	const zones = blocks.flatMap(({ unit, polygons }) =>
		unit === 'metre' && polygons[0] ? [Math.floor(polygons[0][0]![0]! / 1e6)] : []
	);
	const distinct = [...new Set(zones)].sort();
	return distinct.length > 0 ? `CGCS2000 3° ${distinct.join('、')}` : 'EPSG:4490';
}
