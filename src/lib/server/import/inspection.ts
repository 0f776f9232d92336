// The inspection of uploaded files for the page: the worker's findings, and what is remembered of the same columns.
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
		const sources = found.files.flatMap(({ source }) => (source === '' ? [] : [source]));
		const remembered = await rememberedOptions(db, county, options.kind, sources);
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

/** By the headers of the files, the first one's first. */
async function rememberedOptions(
	db: Database,
	county: string,
	kind: ImportKind,
	sources: readonly string[]
): Promise<Inspection['remembered']> {
	type Kept = Partial<Omit<ImportOptions, 'kind'>>;
	const { rows } = await sql<{ source: string; first: boolean; options: Kept }>`
		SELECT DISTINCT ON (s.source) s.source, i.source = s.source AS first, i.options
		FROM unnest(${[...sources]}::text[]) AS s(source) JOIN app.import AS i
			ON i.county = ${county} AND i.kind = ${kind} AND i.undone_at IS NULL
			AND (i.source = s.source OR jsonb_exists(i.options -> 'mappings', s.source))
		ORDER BY s.source, i.id DESC`.execute(db);
	if (rows.length === 0) return null;
	const mappings = rows.flatMap(({ source, first, options }) => {
		const own = options.mappings?.[source] ?? (first ? options.mapping : undefined);
		return own && Object.keys(own).length > 0 ? [[source, own] as const] : [];
	});
	const read = rows.find(({ source }) => source === sources[0])?.options;
	const { crs = null, encoding = null, gcj02 = false, swapped = false } = read ?? {};
	return { crs, encoding, gcj02, swapped, mappings: Object.fromEntries(mappings) };
}
