// What the import tests share: a county of three square townships, files on disk, and one call.
import { sql } from 'kysely';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Database } from '../../src/lib/server/db/database';
import { importFiles, type ImportResult } from '../../src/lib/server/import/import';
import { importOptions, type ImportReport } from '../../src/lib/schema/import';

export const county = { code: '350125', name: '永泰县', epsg: 4549, demo: false };
export const registerCounty = (db: Database) =>
	sql`SELECT app.add_county(${county.code}, ${county.name}, ${county.epsg}, false)`.execute(db);

export const fixture = (name: string) => fileURLToPath(new URL(`files/${name}`, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'fairlot-import-test-'));
export function written(name: string, content: string | Uint8Array): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

const rectangle = (west: number, south: number, east: number, north: number) => ({
	type: 'Polygon',
	coordinates: [
		[
			[west, south],
			[east, south],
			[east, north],
			[west, north],
			[west, south]
		]
	]
});

export interface Square {
	code: string;
	name: string;
	west: number;
	east: number;
}
export const squares: Square[] = [
	{ code: '350125100', name: '樟城镇', west: 118.8, east: 118.9 },
	{ code: '350125104', name: '城峰镇', west: 118.9, east: 119 },
	{ code: '350125103', name: '葛岭镇', west: 119, east: 119.1 }
];

export function townshipFile(name: string, list: readonly Square[]): string {
	const features = list.map(({ code, name, west, east }) => ({
		type: 'Feature',
		properties: { XZQDM: `${code}000`, XZQMC: name },
		geometry: rectangle(west, 25.8, east, 25.95)
	}));
	return written(name, JSON.stringify({ type: 'FeatureCollection', features }));
}

let clock = Date.parse('2026-01-01T00:00:00Z');

/** Every call is a minute after the one before. */
export function run(
	db: Database,
	kind: string,
	files: string | string[],
	options: Record<string, unknown> = {}
): Promise<ImportResult> {
	clock += 60_000;
	return importFiles(db, {
		county,
		files: [files].flat(),
		options: v.parse(importOptions, { kind, ...options }),
		at: new Date(clock),
		actor: 'operator'
	});
}

export async function reported(...call: Parameters<typeof run>): Promise<ImportReport> {
	const result = await run(...call);
	if (!result.ok) throw new Error(JSON.stringify(result.failure));
	return result.report;
}

export const counts = ({ rows, added, changed, unchanged, refusedRows }: ImportReport) => ({
	rows,
	added,
	changed,
	unchanged,
	refusedRows
});
