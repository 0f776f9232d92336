// Land parcels as the corner list that surveyors and approvals exchange (界址点坐标 .txt), in the county's own zone.
import { boundaryBlock, boundaryHeader } from '../../core/geo/boundary-parcel';
import { writeBlock, writeBoundaryText } from '../../core/geo/boundary-text';
import { zoneNumber, zoneOfCrs } from '../../core/geo/zone';
import type { County } from '../county';
import type { Database } from '../db/database';
import { importRows } from './export';
import type { ListQuery } from './listing';

/** With a byte order mark, a part at a time. day: of the file. */
export async function* cornerList(
	db: Database,
	county: County,
	query: ListQuery,
	day: string
): AsyncGenerator<string> {
	let zone = zoneOfCrs(`EPSG:${county.epsg}`)?.zone;
	let first = true;
	for await (const rows of importRows(db, county.code, 'land_parcel', query)) {
		const parcels = rows.map(({ cells, attributes, geometry }) => {
			const said = (name: string) => String(attributes?.[name] ?? '');
			const { coordinates } = geometry as { coordinates: number[][][][] };
			return {
				...{ code: cells.code ?? '', name: cells.name ?? '' },
				...{ sheet: said('图幅号'), use: said('地块用途'), landClass: said('地类编码') },
				polygons: coordinates.map((rings) => rings.map((points) => Float64Array.from(points.flat())))
			};
		});
		zone ??= zoneNumber(parcels[0]!.polygons[0]![0]![0]!);
		const begun = zone;
		if (first)
			yield `\ufeff${writeBoundaryText({ header: boundaryHeader(begun, county.name, day), blocks: [] })}`;
		yield parcels.map((parcel) => writeBlock(boundaryBlock(parcel, begun))).join('');
		first = false;
	}
}
