// The reading half of an import by itself, in its worker thread: no database.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { readWkb } from '../../src/lib/core/geo/wkb';
import type { Refusal } from '../../src/lib/core/registry/reason';
import { importOptions } from '../../src/lib/schema/import';
import type { PrepareInput, Prepared } from '../../src/lib/server/import/prepare';
import { runWorker } from '../../src/lib/server/workers';

export interface PreparedRow {
	line: number;
	code: string;
	name: string | null;
	party_name: string | null;
	attributes: Record<string, string | number>;
	geom: string;
}

export const newFolder = () => mkdtempSync(join(tmpdir(), 'fairlot-formats-'));

export function prepareFiles(kind: string, files: string[], options: object = {}): Promise<Prepared> {
	const parsed = v.parse(importOptions, { kind, ...options });
	const input: PrepareInput = {
		kind: parsed.kind,
		county: '350125',
		files,
		options: parsed,
		townships: [],
		offices: [],
		folder: newFolder(),
		large: false
	};
	return runWorker<PrepareInput, Prepared>('gdal', input, { keepMs: 60_000 });
}

/** Rows, refusals and warnings. @throws where the files as such are at fault */
export async function preparedRows(kind: string, files: string | string[], options: object = {}) {
	const prepared = await prepareFiles(kind, [files].flat(), options);
	if (!prepared.ok) throw new Error(JSON.stringify(prepared.failure));
	const batches = readFileSync(prepared.path, 'utf8').split('\n');
	const of = <T>(type: string) =>
		batches.filter((line) => line[0] === type).flatMap((line) => JSON.parse(line.slice(1)) as T[]);
	return {
		files: prepared.files,
		rows: of<PreparedRow>('R'),
		refused: of<Refusal>('X'),
		warned: of<Refusal>('W')
	};
}

export const polygonsOf = (row: PreparedRow) => readWkb(Buffer.from(row.geom, 'hex')).polygons;
