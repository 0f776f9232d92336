// The reading half of an import, for a worker thread: files → checked rows in EPSG:4490, written as lines of JSON for
// the database half. Every line is a batch: 'R' and an array of rows, 'X' of refusals, 'W' of warnings.
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ImportFailure } from '../../core/registry/failure';
import { resolveColumns, type ImportKind } from '../../core/registry/fields';
import type { Named } from '../../core/registry/match';
import type { Cells } from '../../core/registry/validate';
import { MAX_FEATURES, MAX_VERTICES, type ImportOptions } from '../../schema/import';
import { fingerprint, readableInputs, type GivenFile, type Input } from './inputs';
import { mappingOf } from './mapping';
import { movement, placed, readers, verticesOf } from './read';
import { rowBuilder, told } from './row';
import { ROWS_PER_BATCH } from './stage';

export interface PrepareInput {
	kind: ImportKind;
	county: string;
	files: string[];
	options: Pick<
		ImportOptions,
		'crs' | 'datum' | 'gcj02' | 'swapped' | 'encoding' | 'layer' | 'mapping' | 'mappings'
	>;
	townships: Named[];
	offices: Named[];
	/** An empty folder for this import alone. */
	folder: string;
	/** No bounds of an upload. */
	large: boolean;
}

export interface PreparedFile extends GivenFile {
	format: string;
	rows: number;
	crs: string | null;
	encoding: string | null;
	overruledCrs: string | null;
}

export type Prepared =
	| {
			ok: true;
			path: string;
			/** Of each file, its columns. */
			headers: string[][];
			/** Every row as it stands in its file: `file line values`, the values as JSON. */
			valuesPath: string;
			given: GivenFile[];
			files: PreparedFile[];
			rows: number;
	  }
	| { ok: false; failure: ImportFailure };

export async function prepare(
	input: PrepareInput,
	progress: (done: number, total: number) => void
): Promise<Prepared> {
	const { folder } = input;
	const found = await readableInputs(input.files, folder);
	if (!found.ok) return found;
	const given = await Promise.all(input.files.map(fingerprint));
	const path = join(folder, 'prepared.ndjson');
	const valuesPath = join(folder, 'values.ndjson');
	const [rows, values] = await Promise.all([opened(path), opened(valuesPath)]);
	try {
		const written = await write(input, found.inputs, given, rows, values, progress);
		return written.ok ? { ...written, path, valuesPath, given } : written;
	} finally {
		// A refusal leaves them half written; the folder goes with them.
		rows.destroy();
		values.destroy();
	}
}

async function opened(path: string): Promise<WriteStream> {
	const out = createWriteStream(path);
	await once(out, 'open');
	return out;
}

type Failed = Extract<Prepared, { ok: false }>;
type Written = Pick<Extract<Prepared, { ok: true }>, 'ok' | 'headers' | 'files' | 'rows'>;

async function write(
	input: PrepareInput,
	inputs: readonly Input[],
	given: readonly GivenFile[],
	out: WriteStream,
	values: WriteStream,
	progress: (done: number, total: number) => void
): Promise<Written | Failed> {
	const { kind, folder, options } = input;
	const bounded = kind !== 'road' && !input.large;
	const writer = batchWriter(out);
	const files: PreparedFile[] = [];
	const headers: string[][] = [];
	let rows = 0;
	let vertices = 0;
	for (const { path: file, name, reader, given: from } of inputs) {
		const source = await readers[reader](file, name, { ...options, folder });
		if (!source.ok) return source;
		const columns = resolveColumns(kind, source.header, mappingOf(options, source.header));
		if (!columns.ok) {
			const named = { field: columns.field, names: columns.names.slice(0, 40).join('、') };
			return { ok: false, failure: { reason: columns.reason, file: name, values: named } };
		}
		// Corners, of which a feature has many, come one to a row.
		const most = columns.columns.has('corner') ? MAX_VERTICES : MAX_FEATURES;
		if (bounded && rows + source.size > most) return tooMuch(name);
		const features = await source.features(columns.columns);
		if (!features.ok) return features;
		const move = features.crs && movement(features.crs, options.gcj02);
		const build = rowBuilder(
			input,
			source,
			columns.rest.filter((at) => at >= (source.unkept ?? 0))
		);
		let count = 0;
		for await (const feature of features.rows) {
			const cells: Cells = {
				file: name,
				line: feature.line,
				has: (field) => columns.columns.has(field),
				get: (field) => feature.values[columns.columns.get(field) ?? -1] ?? ''
			};
			values.write(`${files.length} ${feature.line} ${JSON.stringify(feature.values)}\n`);
			const outcome = build(cells, feature.values, placed(feature, move));
			if (outcome.value) writer.add('R', outcome.value);
			for (const refusal of outcome.refused) writer.add('X', refusal);
			for (const warning of outcome.warned) writer.add('W', warning);
			for (const warning of feature.warned) writer.add('W', told(cells, warning));
			vertices += verticesOf(feature);
			if (bounded && (rows + count >= MAX_FEATURES || vertices > MAX_VERTICES)) return tooMuch(name);
			if (++count % ROWS_PER_BATCH === 0) {
				await writer.drained();
				if (values.writableNeedDrain) await once(values, 'drain');
				progress(count, source.size);
			}
		}
		if (count === 0) return { ok: false, failure: { reason: 'empty', file: name, values: {} } };
		rows += count;
		headers.push(source.header);
		files.push({
			...given[from]!,
			name,
			format: source.format,
			rows: count,
			crs: features.crs?.name ?? null,
			encoding: source.encoding,
			overruledCrs: features.overruledCrs
		});
	}
	values.end();
	await Promise.all([writer.end(), once(values, 'close')]);
	return { ok: true, headers, files, rows };
}

const tooMuch = (file: string): Failed => ({
	ok: false,
	failure: { reason: 'over_limits', file, values: { features: MAX_FEATURES, vertices: MAX_VERTICES } }
});

function batchWriter(out: WriteStream) {
	const batches = new Map<string, unknown[]>();
	const flush = (type: string) => {
		const batch = batches.get(type) ?? [];
		if (batch.length > 0) out.write(`${type}${JSON.stringify(batch)}\n`);
		batches.set(type, []);
	};
	return {
		add(type: 'R' | 'X' | 'W', value: unknown) {
			const batch = batches.get(type) ?? [];
			batches.set(type, batch);
			if (batch.push(value) >= ROWS_PER_BATCH) flush(type);
		},
		/** Waits until the file has caught up, so that memory stays bounded. */
		async drained() {
			if (out.writableNeedDrain) await once(out, 'drain');
		},
		async end() {
			for (const type of batches.keys()) flush(type);
			out.end();
			await once(out, 'close');
		}
	};
}
