// What crosses the boundary of an import: its options as given on the command line or the page, and its report.
import * as v from 'valibot';
import { parameterLimit, type parameterNames } from '../core/geo/datum';
import type { Candidate } from '../core/geo/crs-evidence';
import type { ImportFailure } from '../core/registry/failure';
import { importKinds, type ImportKind } from '../core/registry/fields';
import type { Refusal } from '../core/registry/reason';

const text = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));

const figure = (name: (typeof parameterNames)[number]) =>
	v.pipe(v.number(), v.minValue(-parameterLimit[name]), v.maxValue(parameterLimit[name]));
const sevenParameters = v.object({
	...{ dx: figure('dx'), dy: figure('dy'), dz: figure('dz') },
	...{ rx: figure('rx'), ry: figure('ry'), rz: figure('rz'), scale: figure('scale') },
	rotation: v.picklist(['coordinate_frame', 'position_vector'])
});

export const importOptions = v.object({
	kind: v.picklist(importKinds),
	/** EPSG number of the source coordinates; null: from the file. */
	crs: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1024), v.maxValue(32767)), null),
	/** From Xian 1980 or Beijing 1954 to CGCS2000; used for files on those, and kept nowhere. */
	datum: v.nullish(sevenParameters, null),
	/** The coordinates are in GCJ-02 (高德, 腾讯): they are put back before they are stored. */
	gcj02: v.optional(v.boolean(), false),
	/** North and east are exchanged in the file. */
	swapped: v.optional(v.boolean(), false),
	/** Encoding of .dbf and .csv; null: found out. */
	encoding: v.nullish(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{2,20}$/)), null),
	/** Field → column. */
	mapping: v.optional(v.record(v.string(), v.string()), {}),
	/** The same of files with a header of their own, by its digest, in place of the one for all. */
	mappings: v.optional(
		v.record(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), v.record(v.string(), v.string())),
		{}
	),
	/** Layer of a file with several. */
	layer: v.nullish(text(200), null),
	/** What happens to a target outside every township: refused, or kept and counted to the nearest. */
	outside: v.optional(v.picklist(['refuse', 'keep']), 'refuse'),
	/** Of a boundary layer: where it is from, under what licence, 审图号. */
	provenance: v.nullish(text(500), null),
	licence: v.nullish(text(200), null),
	reviewNumber: v.nullish(text(100), null),
	dryRun: v.optional(v.boolean(), false)
});
export type ImportOptions = v.InferOutput<typeof importOptions>;

export interface ReportedRow extends Refusal {
	/** In words. */
	reason: string;
}

export interface ReportedFile {
	name: string;
	sha256: string;
	bytes: number;
	format: string;
	rows: number;
	crs: string | null;
	encoding: string | null;
	/** The declared system that the eastings' own zone prefix contradicted. */
	overruledCrs: string | null;
}

/** rows = added + changed + unchanged + the rows refused. */
export interface ImportReport {
	kind: ImportKind;
	county: string;
	dryRun: boolean;
	/** False for a dry run, and where nothing was allowed in. */
	committed: boolean;
	files: ReportedFile[];
	rows: number;
	added: number;
	changed: number;
	unchanged: number;
	refusedRows: number;
	/** One entry per fault; a row may have several. */
	refused: ReportedRow[];
	warned: ReportedRow[];
	/** Townships that the new layer no longer has. */
	closed: number;
	/** Targets that a new township layer moved to another township. */
	reassigned: number;
	/** Parties added because a target names them. */
	partiesAdded: number;
	/** How far known targets would move, in the middle: from three of them on. */
	offset: { count: number; eastM: number; northM: number; gcj02: boolean } | null;
	/** Ellipsoidal area of the township layer, whole m². */
	areaM2: number | null;
	/** Merkle root (RFC 6962) of the changed rows. */
	root: string;
	/** Number of the import and of its ledger entry; null unless committed. */
	importId: number | null;
	ledgerSeq: number | null;
}

/** What the import page takes in at once. */
export const MAX_UPLOAD_BYTES = 50 * 2 ** 20;
export const MAX_FILES = 20;
/** What all archives of one import may hold together, and what their layers may (roads apart). */
export const MAX_UNPACKED_BYTES = 300 * 2 ** 20;
export const MAX_FEATURES = 200_000;
export const MAX_VERTICES = 5_000_000;
/** Reading takes seconds; a file that keeps a reader busy for so long is made to. */
export const READING_MS = 5 * 60_000;
/** Refused rows that the page shows; all of them are in the download. */
export const SHOWN_ROWS = 200;

/** What a file is, before any of it is imported. */
export interface InspectedFile {
	name: string;
	format: string;
	encoding: string | null;
	header: string[];
	/** Digest of the header: files with the same one are mapped together. */
	source: string;
	/** Of the first rows, by column. */
	samples: string[][];
	/** Field → column, as it would be taken. */
	columns: Record<string, string>;
	/** Required fields without a column. */
	missing: string[];
	features: number;
	/** Of outlines, the holes in them, their corners; features that the reader refuses. */
	outlines: number;
	holes: number;
	corners: number;
	refused: number;
	/** Sums over the features that state an area. */
	statedM2: number | null;
	computedM2: number;
	crs: string | null;
	declaredCrs: string | null;
	candidates: Candidate[];
	failure: ImportFailure | null;
}

export interface Inspection {
	files: InspectedFile[];
	/** How the last import with the columns of the first file was read, and how each header here was mapped last. */
	remembered: Pick<ImportOptions, 'mappings' | 'crs' | 'gcj02' | 'swapped' | 'encoding'> | null;
	failure: ImportFailure | null;
}

/** A run as the page sees it. The lists of its report are cut to SHOWN_ROWS. */
export interface ImportStatus {
	state: 'ready' | 'running' | 'done' | 'cancelled' | 'broken';
	progress: { phase: string; done: number; total: number } | null;
	report: ImportReport | null;
	failure: ImportFailure | null;
}
