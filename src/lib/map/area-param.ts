// A drawn area as a URL parameter: every ring a run of zigzag differences in 10⁻⁵ degree (about a metre), six bits a
// character from the URL-safe alphabet, "." between rings, "~" between polygons. Rings are stored open and read closed.

/** GeoJSON MultiPolygon coordinates: polygons of rings of [lon, lat], degrees EPSG:4490. */
export type Area = [lon: number, lat: number][][][];

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const scale = 1e5;
const longest = 16_000;

export function encodeArea(area: Area): string {
	return area.map((rings) => rings.map(encodeRing).join('.')).join('~');
}

/** null for text that is not an area: a foreign alphabet, a ring of fewer than 3 points, a place off the globe. */
export function decodeArea(text: string): Area | null {
	if (text === '' || text.length > longest) return null;
	const area: Area = [];
	for (const polygon of text.split('~')) {
		const rings = polygon.split('.').map(decodeRing);
		if (!rings.every((ring) => ring !== null)) return null;
		area.push(rings);
	}
	return area;
}

function encodeRing(ring: readonly (readonly [number, number])[]): string {
	let text = '';
	let x = 0;
	let y = 0;
	const first = ring[0];
	const last = ring.at(-1);
	const closed = ring.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
	for (const [lon, lat] of closed ? ring.slice(0, -1) : ring) {
		const nextX = Math.round(lon * scale);
		const nextY = Math.round(lat * scale);
		text += encodeNumber(nextX - x) + encodeNumber(nextY - y);
		x = nextX;
		y = nextY;
	}
	return text;
}

/** Five bits a character, the lowest first; the sixth says that more follow. */
function encodeNumber(value: number): string {
	let rest = value < 0 ? -2 * value - 1 : 2 * value;
	let text = '';
	while (rest >= 32) {
		text += alphabet.charAt(32 + (rest & 31));
		rest >>>= 5;
	}
	return text + alphabet.charAt(rest);
}

function decodeRing(text: string): [number, number][] | null {
	const numbers: number[] = [];
	let value = 0;
	let shift = 0;
	for (const character of text) {
		const bits = alphabet.indexOf(character);
		if (bits < 0 || shift > 25) return null;
		value |= (bits & 31) << shift;
		shift += 5;
		if (bits >= 32) continue;
		numbers.push(value & 1 ? -((value + 1) >>> 1) : value >>> 1);
		value = shift = 0;
	}
	if (shift !== 0 || numbers.length % 2 !== 0 || numbers.length < 6) return null;
	const ring: [number, number][] = [];
	let x = 0;
	let y = 0;
	for (let k = 0; k < numbers.length; k += 2) {
		x += numbers[k] ?? 0;
		y += numbers[k + 1] ?? 0;
		if (Math.abs(x) > 180 * scale || Math.abs(y) > 90 * scale) return null;
		ring.push([x / scale, y / scale]);
	}
	ring.push([...(ring[0] as [number, number])]);
	return ring;
}
