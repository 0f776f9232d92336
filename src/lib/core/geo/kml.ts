// Keyhole Markup Language (OGC 07-147r2) as far as parcels need it: every Placemark with its name, description,
// ExtendedData and polygons or point. Read here because GDAL without libkml drops ExtendedData.
// Invariant: a Placemark that is not understood is one without geometry; heights are dropped. Bound: linear.

import type { Ring, Shape } from './shape';

export interface Placemark {
	properties: Map<string, string>;
	/** Degrees; null where it has none. */
	shape: Shape | null;
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const unescaped = (text: string) =>
	text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name: string) => {
		const code = decimal ? Number(decimal) : parseInt(String(hex), 16);
		if (decimal || hex) return code <= 0x10ffff ? String.fromCodePoint(code) : '';
		return entities[name] ?? whole;
	});

const TOKEN =
	/<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<(\/?)(?:\w+:)?(\w+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)|</g;
const NAME = /\bname\s*=\s*(?:"([^"]*)"|'([^']*)')/;

export function readKml(text: string): Placemark[] {
	const placemarks: Placemark[] = [];
	const open: string[] = [];
	let now: Placemark | null = null;
	let rings: Ring[] = [];
	let key = '';
	let said = '';
	for (const [, cdata, close, tag, attributes = '', empty, plain] of text.matchAll(TOKEN)) {
		if (cdata !== undefined) said += cdata;
		else if (plain !== undefined) said += unescaped(plain);
		else if (tag === undefined) continue;
		else if (!close) {
			said = '';
			if (tag === 'Placemark') now = { properties: new Map(), shape: null };
			if (tag === 'Polygon') rings = [];
			const named = NAME.exec(attributes);
			if (tag === 'Data' || tag === 'SimpleData') key = unescaped(named?.[1] ?? named?.[2] ?? '');
			if (!empty) open.push(tag);
		} else {
			if (open.at(-1) === tag) open.pop();
			const parent = open.at(-1);
			if (!now) continue;
			if ((tag === 'name' || tag === 'description') && parent === 'Placemark') {
				now.properties.set(tag, said.trim());
			} else if ((tag === 'SimpleData' || (tag === 'value' && parent === 'Data')) && key) {
				now.properties.set(key, said.trim());
			} else if (tag === 'coordinates') {
				const flat = coordinates(said);
				if (parent === 'LinearRing') {
					if (open.includes('innerBoundaryIs')) rings.push(flat);
					else rings.unshift(flat);
				} else if (parent === 'Point' && flat.length === 2) {
					now.shape ??= { type: 'POINT', polygons: [], lines: [], point: [flat[0]!, flat[1]!] };
				} else now.shape ??= { type: 'LINESTRING', polygons: [], lines: [flat], point: null };
			} else if (tag === 'Polygon' && rings.length > 0) {
				if (now.shape?.type !== 'POLYGON')
					now.shape = { type: 'POLYGON', polygons: [], lines: [], point: null };
				now.shape.polygons.push(rings);
			} else if (tag === 'Placemark') {
				placemarks.push(now);
				now = null;
			}
		}
	}
	return placemarks;
}

/** `lon,lat[,height]` separated by blanks; what is no number becomes NaN and is refused later. */
const coordinates = (text: string): Ring =>
	Float64Array.from(
		text
			.trim()
			.split(/\s+/)
			.flatMap((tuple) => {
				const [lon = '', lat = ''] = tuple.split(',');
				return [Number(lon || NaN), Number(lat || NaN)];
			})
	);
