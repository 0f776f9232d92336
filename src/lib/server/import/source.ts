// A file as an import sees it: a header, and features one after another with their source coordinates.
import type { SourceCrs } from '../../core/geo/crs';
import type { Shape } from '../../core/geo/shape';
import type { ImportFailure } from '../../core/registry/failure';
import type { Columns } from '../../core/registry/fields';

export interface Feature {
	/** Physical line of a text table, else number of the feature from 1. */
	line: number;
	values: (string | null)[];
	/** In source coordinates; null where there is none. */
	shape: Shape | null;
	/** Geometry text that could not be read. */
	unreadable: string | null;
}

export interface Features {
	ok: true;
	/** Null where the file has no geometry. */
	crs: SourceCrs | null;
	overruledCrs: string | null;
	rows: AsyncIterable<Feature> | Iterable<Feature>;
}

export interface Source {
	ok: true;
	header: string[];
	/** Whether the file types a column as a number, by column. */
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

export interface SourceOptions {
	crs: number | null;
	encoding: string | null;
	layer: string | null;
	/** Where temporary files go. */
	folder: string;
}
