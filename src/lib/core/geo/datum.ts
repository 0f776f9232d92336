// The datums before CGCS2000: Xian 1980 and Beijing 1954, tens of metres off. Only seven local parameters lead from one
// to the other (布尔莎模型), which the surveying authority gives out and which are not public: they are used and not kept.
// Source: IOGP Guidance Note 7-2, 4.3.3 "Helmert 7-parameter transformations" (coordinate frame rotation, EPSG method
// 9607, which is the Bursa model of Chinese practice; position vector, 9606, turns the other way), and 4.1.1.
// Parcels have no heights: both surfaces are taken at height 0, which a height of 500 m changes by millimetres.

import type { LonLat } from '../model';

/** Semi-major axis in metres, and flattening. */
export interface Ellipsoid {
	a: number;
	f: number;
}
export const CGCS2000: Ellipsoid = { a: 6378137, f: 1 / 298.257222101 };

export const oldDatums = ['xian_1980', 'beijing_1954'] as const;
export type OldDatum = (typeof oldDatums)[number];
export const datumNames: Record<OldDatum, string> = {
	xian_1980: 'Xian 1980',
	beijing_1954: 'Beijing 1954'
};
/** IAG 1975 and Krassowsky 1940. */
export const ellipsoidOf: Record<OldDatum, Ellipsoid> = {
	xian_1980: { a: 6378140, f: 1 / 298.257 },
	beijing_1954: { a: 6378245, f: 1 / 298.3 }
};

/** From what a file calls its datum or its system; null for any other. */
export function oldDatumIn(name: string): OldDatum | null {
	if (/Xian|西安|1980|^80国家/i.test(name)) return 'xian_1980';
	return /Beijing|北京|1954|Pulkovo|Krassovsky|Krasovsky/i.test(name) ? 'beijing_1954' : null;
}

/** An old system by its EPSG number: Gauss–Krüger of 3° or 6°, with prefix or without, or degrees. */
export interface OldSystem {
	datum: OldDatum;
	/** null: degrees. */
	plane: { centralMeridian: number; falseEast: number } | null;
}

/** Blocks of EPSG numbers: the first, the zone it is, degrees of a zone, whether eastings carry its number. */
const blocks: readonly [first: number, zone: number, degrees: 3 | 6, prefixed: boolean, datum: OldDatum][] = [
	[2327, 13, 6, true, 'xian_1980'],
	[2338, 13, 6, false, 'xian_1980'],
	[2349, 25, 3, true, 'xian_1980'],
	[2370, 25, 3, false, 'xian_1980'],
	[2401, 25, 3, true, 'beijing_1954'],
	[2422, 25, 3, false, 'beijing_1954'],
	[21413, 13, 6, true, 'beijing_1954'],
	[21453, 13, 6, false, 'beijing_1954'],
	[21473, 13, 6, false, 'beijing_1954']
];

export function oldSystemOf(epsg: number): OldSystem | null {
	if (epsg === 4610) return { datum: 'xian_1980', plane: null };
	if (epsg === 4214) return { datum: 'beijing_1954', plane: null };
	for (const [first, zone, degrees, prefixed, datum] of blocks) {
		const own = zone + epsg - first;
		if (epsg < first || epsg >= first + (degrees === 3 ? 21 : 11)) continue;
		const centralMeridian = degrees === 3 ? 3 * own : 6 * own - 3;
		return { datum, plane: { centralMeridian, falseEast: (prefixed ? own * 1e6 : 0) + 500_000 } };
	}
	return null;
}

/** From an old datum to CGCS2000. */
export interface SevenParameters {
	/** Metres. */
	dx: number;
	dy: number;
	dz: number;
	/** Seconds of arc. */
	rx: number;
	ry: number;
	rz: number;
	/** Parts per million. */
	scale: number;
	/** Which way the rotations turn: the frame (布尔莎, EPSG 9607) or the vector (EPSG 9606, `towgs84` of PROJ). */
	rotation: 'coordinate_frame' | 'position_vector';
}
export const parameterNames = ['dx', 'dy', 'dz', 'rx', 'ry', 'rz', 'scale'] as const;
type ParameterName = (typeof parameterNames)[number];

/** Beyond these a figure is in another unit, or of another transformation. */
export const parameterLimit: Record<ParameterName, number> = {
	...{ dx: 1000, dy: 1000, dz: 1000, rx: 60, ry: 60, rz: 60, scale: 100 }
};

const words: Record<ParameterName | 'rotation', RegExp> = {
	dx: /^(dx|tx|Δx|x平移|平移x|x平移量)$/i,
	dy: /^(dy|ty|Δy|y平移|平移y|y平移量)$/i,
	dz: /^(dz|tz|Δz|z平移|平移z|z平移量)$/i,
	rx: /^(rx|wx|ωx|εx|x旋转|旋转x|x旋转量)$/i,
	ry: /^(ry|wy|ωy|εy|y旋转|旋转y|y旋转量)$/i,
	rz: /^(rz|wz|ωz|εz|z旋转|旋转z|z旋转量)$/i,
	scale: /^(m|k|s|scale|ppm|尺度|尺度因子|尺度参数|比例)$/i,
	rotation: /^(rotation|旋转方向|模型|model|method)$/i
};

export type ParametersRead =
	| { ok: true; parameters: SevenParameters }
	/** `name`: which of the seven; `line` from 1, 0 where it is missing. */
	| { ok: false; name: ParameterName | 'rotation' | null; line: number; value: string };

/** A file of seven lines `DX = 12.345` (metres, seconds, ppm; units after the figure are passed over), or of seven bare
 *  numbers in that order. `模型 = 布尔莎` or `position_vector` says which way the rotations turn. */
export function readSevenParameters(text: string): ParametersRead {
	const given = new Map<ParameterName, number>();
	let rotation: SevenParameters['rotation'] = 'coordinate_frame';
	const lines = text.normalize('NFKC').split(/\r\n?|\n/);
	const bare = text.trim().split(/[\s,;，；]+/);
	if (bare.length === 7 && bare.every((part) => Number.isFinite(Number(part))))
		lines.splice(0, lines.length, ...bare.map((part, k) => `${parameterNames[k]}=${part}`));
	for (const [i, raw] of lines.entries()) {
		const line = raw.replace(/[#;].*$/, '').trim();
		if (line === '') continue;
		const [, key = '', value = ''] =
			/^([^=:\s(（[]+)\s*(?:[([（][^)\]）]*[)\]）])?\s*[=:\s]\s*(.+)$/.exec(line) ?? [];
		const name = (Object.keys(words) as (keyof typeof words)[]).find((each) => words[each].test(key));
		const wrong = { ok: false, name: name ?? null, line: i + 1, value: line.slice(0, 60) } as const;
		if (!name) return wrong;
		if (name === 'rotation') {
			if (/position|9606|位置矢量/i.test(value)) rotation = 'position_vector';
			else if (!/bursa|布尔莎|frame|9607|坐标框架|七参数/i.test(value)) return wrong;
			continue;
		}
		const figure = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?(?=$|[^\d.,])/i.exec(value.replace('−', '-'))?.[0];
		const number = Number(figure ?? NaN);
		if (!(Math.abs(number) <= parameterLimit[name]) || given.has(name)) return wrong;
		given.set(name, number);
	}
	const missing = parameterNames.find((name) => !given.has(name));
	if (missing) return { ok: false, name: missing, line: 0, value: '' };
	return {
		ok: true,
		parameters: { ...(Object.fromEntries(given) as Record<ParameterName, number>), rotation }
	};
}

const RAD = Math.PI / 180;

/** Degrees on an old datum, height 0, to degrees of CGCS2000. */
export function shiftOf(from: OldDatum, seven: SevenParameters): (place: LonLat) => LonLat {
	const turn = ((seven.rotation === 'coordinate_frame' ? 1 : -1) * RAD) / 3600;
	const [rx, ry, rz] = [seven.rx * turn, seven.ry * turn, seven.rz * turn];
	const by = 1 + seven.scale * 1e-6;
	const forth = geocentric(ellipsoidOf[from]);
	const back = geodetic(CGCS2000);
	return (place) => {
		const [x, y, z] = forth(place);
		return back([
			seven.dx + by * (x + rz * y - ry * z),
			seven.dy + by * (y - rz * x + rx * z),
			seven.dz + by * (z + ry * x - rx * y)
		]);
	};
}

type Vector = readonly [x: number, y: number, z: number];

/** Metres from the centre of the ellipsoid, of a point on it. */
const geocentric =
	({ a, f }: Ellipsoid) =>
	([lon, lat]: LonLat): Vector => {
		const e2 = f * (2 - f);
		const [sin, cos] = [Math.sin(lat * RAD), Math.cos(lat * RAD)];
		const n = a / Math.sqrt(1 - e2 * sin * sin);
		return [n * cos * Math.cos(lon * RAD), n * cos * Math.sin(lon * RAD), n * (1 - e2) * sin];
	};

/** Latitude by iteration to the last bit; some kilometres off the surface four steps are enough. */
const geodetic =
	({ a, f }: Ellipsoid) =>
	([x, y, z]: Vector): LonLat => {
		const e2 = f * (2 - f);
		const p = Math.hypot(x, y);
		let lat = Math.atan2(z, p * (1 - e2));
		for (let step = 0; step < 6; step++) {
			const sin = Math.sin(lat);
			const n = a / Math.sqrt(1 - e2 * sin * sin);
			lat = Math.atan2(z + e2 * n * sin, p);
		}
		return [Math.atan2(y, x) / RAD, lat / RAD];
	};
