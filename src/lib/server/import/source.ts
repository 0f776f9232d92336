// A file as an import sees it: a header, and features one after another with their source coordinates.
import type { Extent, SourceCrs } from '../../core/geo/crs';
import type { SevenParameters } from '../../core/geo/datum';
import type { Shape } from '../../core/geo/shape';
import type { FailureReason, ImportFailure } from '../../core/registry/failure';
import type { Columns } from '../../core/registry/fields';
import type { Refusal } from '../../core/registry/reason';

export interface Feature {
	/** Physical line of a text table, else number of the feature from 1. */
	line: number;
	values: (string | null)[];
	/** In source coordinates; null where there is none. */
	shape: Shape | null;
	/** What the reader found wrong with it; any refusal refuses the row. */
	refused: Found[];
	warned: Found[];
}

/** A finding about a feature: its line and field are those of the geometry where none are named. */
export type Found = Pick<Refusal, 'rule' | 'values'> & Partial<Pick<Refusal, 'line' | 'field'>>;

export interface Features {
	ok: true;
	/** Null where the file has no geometry. */
	crs: SourceCrs | null;
	overruledCrs: string | null;
	/** In source coordinates as they stand; null where they are not of one system, or none are. */
	extent: Extent | null;
	/** The system that the file itself names. */
	declaredCrs: string | null;
	rows: AsyncIterable<Feature> | Iterable<Feature>;
}

export interface Source {
	ok: true;
	/** As people call it: Shapefile, CSV, 界址点坐标. */
	format: string;
	header: string[];
	/** So many of the first columns serve fields only and become no attributes. */
	unkept?: number;
	/** The format has no place for attributes of other names: those that a target has stay. */
	keepsOthers?: boolean;
	/** Whether the file types a column as a number, by column; empty where it types none. */
	numeric: boolean[];
	encoding: string | null;
	/** About how many features there are, for progress. */
	size: number;
	/** `columns`: which one holds what, so that a table knows its geometry. */
	features(columns: Columns): Promise<Features | Failed>;
}

export interface Failed {
	ok: false;
	failure: ImportFailure;
}

export const failedBy =
	(file: string) =>
	(reason: FailureReason, values: ImportFailure['values'] = {}): Failed => ({
		ok: false,
		failure: { reason, file, values }
	});

export interface SourceOptions {
	crs: number | null;
	swapped: boolean;
	/** What leads from an old datum to CGCS2000, where the user has it. */
	datum: SevenParameters | null;
	encoding: string | null;
	layer: string | null;
	/** Where temporary files go. */
	folder: string;
}
