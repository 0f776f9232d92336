// The files of geodata/: what is known of the county. Found from this module upwards, so the same code runs from the
// sources, from a test and from the built server.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LonLat } from '../../core/model';

export interface Seat {
	code: string;
	name: string;
	point: LonLat;
}

/** One township of the sketch: ring of its only polygon, first corner repeated at the end. */
export interface SketchTownship {
	code: string;
	name: string;
	ring: LonLat[];
}

export const SKETCH_FILE = 'yongtai_sketch.geojson';

export function geodataPath(file: string): string {
	let folder = dirname(fileURLToPath(import.meta.url));
	for (;;) {
		const path = join(folder, 'geodata', file);
		if (existsSync(path)) return path;
		if (folder === dirname(folder)) throw new Error(`geodata/${file} is missing from this installation`);
		folder = dirname(folder);
	}
}

const read = (file: string) => readFileSync(geodataPath(file), 'utf8');

/** The 21 seats in code order, under the names of the official division list. */
export function readSeats(): Seat[] {
	const names = JSON.parse(read('divisions_350125.json')) as { code: string; name: string }[];
	const { features } = JSON.parse(read('yongtai_seats.geojson')) as {
		features: { properties: { code: string }; geometry: { coordinates: [number, number] } }[];
	};
	const points = new Map(features.map((f) => [f.properties.code, f.geometry.coordinates]));
	return names.map(({ code, name }) => ({ code, name, point: points.get(code)! }));
}

export function readSketch(): SketchTownship[] {
	const { features } = JSON.parse(read(SKETCH_FILE)) as {
		features: {
			properties: { layer: string; code: string; name: string };
			geometry: { coordinates: LonLat[][] };
		}[];
	};
	return features
		.filter((f) => f.properties.layer === 'township')
		.map((f) => ({ code: f.properties.code, name: f.properties.name, ring: f.geometry.coordinates[0]! }));
}

/** The rows of items.csv, one record per line keyed by the header; the file has no quoted fields. */
export function readItems(): Record<string, string>[] {
	const [header, ...lines] = read('items.csv').trimEnd().split('\n');
	const keys = header!.split(',');
	return lines.map((line) => {
		const values = line.split(',');
		if (values.length !== keys.length)
			throw new Error(`items.csv: ${line.slice(0, 20)} has ${values.length} fields`);
		return Object.fromEntries(keys.map((key, i) => [key, values[i]!]));
	});
}
