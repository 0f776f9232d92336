// A parcel as a block of the corner list that surveyors exchange: outlines in degrees become corners of one 3° zone.
// Invariant: read again (boundary-text.ts), every corner is the one that was given, to the nanodegree that imports keep:
// three decimals where a corner was surveyed in millimetres, as many as it takes, up to six, where it lies between them.

import { areaM2 } from './area';
import { rounded, toGeographic } from './crs';
import type { WrittenBlock } from './boundary-text';
import type { Ring } from './shape';
import { toPlane } from './zone';

export interface BoundaryParcel {
	code: string;
	name: string;
	/** 图幅号, 地块用途, 地类编码; '' where unknown. */
	sheet: string;
	use: string;
	landClass: string;
	/** Degrees, closed, each outline before its holes. */
	polygons: Ring[][];
}

const toDegrees = toGeographic({ kind: 'prefix', name: '' });
/** A comma, a full one as well, would end a column. */
const column = (text: string) => text.replace(/[,，\r\n]/g, ' ').trim();

/** What stands before the corners of every file. */
export const boundaryHeader = (zone: number, by: string, day: string): [key: string, value: string][] => [
	['数据产生单位', by],
	['数据产生日期', day],
	['坐标系', '2000国家大地坐标系'],
	['几度分带', '3'],
	['投影类型', '高斯克吕格'],
	['计量单位', '米'],
	['带号', String(zone)],
	['精度', '0.001'],
	['转换参数', ',,,,,,']
];

/** @param zone number of the 3° zone, which is put in front of every easting */
export function boundaryBlock(parcel: BoundaryParcel, zone: number): WrittenBlock {
	const corners: WrittenBlock['corners'][number][] = [];
	let number = 0;
	parcel.polygons.flat().forEach((points, i) => {
		const first = corners.length;
		for (let at = 0; at + 3 < points.length; at += 2)
			corners.push({ label: `J${++number}`, ring: i + 1, ...corner(points[at]!, points[at + 1]!, zone) });
		corners.push(corners[first]!);
	});
	const { code, name, sheet, use, landClass, polygons } = parcel;
	const area = (areaM2(polygons) / 10_000).toFixed(4);
	const named = [code, name, '面', sheet, use, landClass].map(column);
	return { columns: [String(corners.length), area, ...named], corners };
}

function corner(lon: number, lat: number, zone: number): { north: number; east: number } {
	const { x, y } = toPlane([lon, lat], 3 * zone);
	for (let decimals = 3; ; decimals++) {
		const east = Number((zone * 1e6 + x).toFixed(decimals));
		const north = Number(y.toFixed(decimals));
		const [backLon, backLat] = toDegrees(east, north);
		if (decimals === 6 || (backLon === rounded(lon) && backLat === rounded(lat))) return { north, east };
	}
}
