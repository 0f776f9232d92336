// Corner lists as text (core/geo/boundary-text): one feature per parcel or area, in degrees, whatever zone it came in.
import { parse } from 'node:path';
import { readBoundaryText, type BoundaryText } from '../../core/geo/boundary-text';
import { cornerSystem, type CornerSystem } from '../../core/geo/crs';
import { datumNames, oldDatumIn } from '../../core/geo/datum';
import type { Shape } from '../../core/geo/shape';
import { failedBy, type Feature, type Source, type SourceOptions } from './source';
import { crsFailure, moveCorners } from './table-features';

const FILE = '文件名';
const AREA = '面积平方米';

export function boundarySource(
	text: string,
	encoding: string,
	name: string,
	{ crs, datum }: Pick<SourceOptions, 'crs' | 'datum'>
): Source {
	const given = cornerSystem(crs, null, datum);
	const read = readBoundaryText(text, given.ok ? given.system.zone : null);
	const names = [...new Set(read.blocks.flatMap(({ properties }) => [...properties.keys()]))];
	return {
		ok: true,
		format: '界址点坐标',
		header: [FILE, AREA, ...names],
		unkept: 2,
		keepsOthers: true,
		numeric: [],
		encoding,
		size: read.blocks.length,
		features: () => {
			const declared = new Map(read.header).get('坐标系') ?? '';
			const asked = cornerSystem(crs, oldDatumIn(declared), datum);
			if (!asked.ok) {
				const { reason, values } = crsFailure(asked, null, crs);
				return Promise.resolve(failedBy(name)(reason, { ...values, ...(declared && { datum: declared }) }));
			}
			return Promise.resolve({
				ok: true,
				crs: { kind: 'geographic', name: systemOf(read, asked.system) },
				overruledCrs: null,
				extent: null,
				declaredCrs: declared || null,
				rows: featuresOf(read, parse(name).name, names, asked.system)
			});
		}
	};
}

function* featuresOf(
	{ blocks, faults }: BoundaryText,
	file: string,
	names: string[],
	system: CornerSystem
): Generator<Feature> {
	for (const stray of faults) {
		yield { line: stray.line, values: [file], shape: null, refused: [stray], warned: [] };
	}
	for (const block of blocks) {
		const shape: Shape = { type: 'POLYGON', polygons: block.polygons, lines: [], point: null };
		moveCorners(shape, block.unit, system);
		yield {
			line: block.line,
			values: [file, block.area, ...names.map((key) => block.properties.get(key) ?? null)],
			shape,
			refused: block.faults,
			warned: block.notes
		};
	}
}

function systemOf({ blocks }: BoundaryText, { metres: { old } }: CornerSystem): string {
	const zones = blocks.flatMap(({ unit, polygons }) =>
		unit === 'metre' && polygons[0] ? [Math.floor(polygons[0][0]![0]! / 1e6)] : []
	);
	const distinct = [...new Set(zones)].sort();
	const datum = old ? datumNames[old.datum] : 'CGCS2000';
	const name = distinct.length > 0 ? `${datum} 3° ${distinct.join('、')}` : old ? datum : 'EPSG:4490';
	return old ? `${name} → CGCS2000` : name;
}
