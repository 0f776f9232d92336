// The inspection of uploaded files for the page: the worker's findings, and what is remembered of the same columns.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Box } from '../../core/geo/crs-evidence';
import type { ImportKind } from '../../core/registry/fields';
import { READING_MS, type ImportOptions, type Inspection } from '../../schema/import';
import type { Database } from '../db/database';
import { runWorker, WorkerTimeout } from '../workers';
import type { InspectInput, Inspected } from './inspect';

/** Of files with these columns: by it the choices made for the last one are found again. */
export const sourceOf = (header: readonly string[]): string =>
	createHash('sha256').update(JSON.stringify(header)).digest('hex');

export async function inspectFiles(
	db: Database,
	county: string,
	files: string[],
	options: ImportOptions,
	signal?: AbortSignal
): Promise<Inspection> {
	const folder = await mkdtemp(join(tmpdir(), 'fairlot-inspect-'));
	try {
		const input: InspectInput = { files, options, county: await countyBox(db, county), folder };
		const found = await runWorker<InspectInput, Inspected>('gdal', input, {
			keepMs: READING_MS,
			timeoutMs: READING_MS,
			...(signal && { signal })
		});
		if (!found.ok) return { files: [], remembered: null, failure: found.failure };
		const [first] = found.files;
		const remembered = first ? await rememberedOptions(db, county, options.kind, first.header) : null;
		return { files: found.files, remembered, failure: null };
	} catch (error) {
		if (!(error instanceof WorkerTimeout)) throw error;
		const values = { minutes: READING_MS / 60_000 };
		return { files: [], remembered: null, failure: { reason: 'deadline', file: '', values } };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function countyBox(db: Database, county: string): Promise<Box | null> {
	const { rows } = await sql<{ w: number | null; s: number; e: number; n: number }>`
		SELECT ST_XMin(b) AS w, ST_YMin(b) AS s, ST_XMax(b) AS e, ST_YMax(b) AS n
		FROM (SELECT ST_Extent(geom) AS b FROM app.current_township WHERE county = ${county}) AS x`.execute(db);
	const [row] = rows;
	return row?.w == null ? null : [row.w, row.s, row.e, row.n];
}

/** The county as a sketch of some hundred points; null while there are no townships. */
export async function countyOutline(
	db: Database,
	county: string
): Promise<{ box: Box; rings: number[][][] } | null> {
	const box = await countyBox(db, county);
	if (!box) return null;
	const { rows } = await sql<{ outline: { coordinates: number[][][][] } }>`
		SELECT ST_AsGeoJSON(ST_Multi(ST_SimplifyPreserveTopology(ST_Union(geom), 0.002)), 4)::json AS outline
		FROM app.current_township WHERE county = ${county}`.execute(db);
	return { box, rings: rows[0]!.outline.coordinates.flat() };
}

async function rememberedOptions(
	db: Database,
	county: string,
	kind: ImportKind,
	header: readonly string[]
): Promise<Inspection['remembered']> {
	const row = await db
		.selectFrom('app.import')
		.select('options')
		.where('county', '=', county)
		.where('kind', '=', kind)
		.where('source', '=', sourceOf(header))
		.where('undone_at', 'is', null)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	return (row?.options as Inspection['remembered'] | undefined) ?? null;
}
