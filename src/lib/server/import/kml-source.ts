// KML, always in degrees of WGS 84; the content of a .kmz comes here too.
import { readKml } from '../../core/geo/kml';
import { readText } from './encoding';
import { extentOf } from './table-features';
import { failedBy, type Failed, type Source, type SourceOptions } from './source';

export async function openKml(path: string, name: string, options: SourceOptions): Promise<Source | Failed> {
	const fail = failedBy(name);
	const decoded = await readText(path, options.encoding);
	if (!decoded.ok) return fail('text_encoding', { encoding: decoded.encoding });
	const placemarks = readKml(decoded.text);
	if (placemarks.length === 0) return fail('empty');
	const header = [...new Set(placemarks.flatMap(({ properties }) => [...properties.keys()]))];
	return {
		ok: true,
		format: 'KML',
		header,
		numeric: [],
		encoding: decoded.encoding,
		size: placemarks.length,
		features: () =>
			Promise.resolve({
				ok: true,
				crs: { kind: 'geographic', name: 'WGS 84' },
				overruledCrs: null,
				extent: extentOf(placemarks),
				declaredCrs: 'WGS 84',
				rows: placemarks.map(({ properties, shape }, i) => ({
					line: i + 1,
					values: header.map((key) => properties.get(key) ?? null),
					shape,
					refused: [],
					warned: []
				}))
			})
	};
}
