// Text files: comma-separated tables, and corner lists (boundary-source.ts).
import { isBoundaryText } from '../../core/geo/boundary-text';
import { readCsv } from '../../core/registry/csv';
import { boundarySource } from './boundary-source';
import { readText } from './encoding';
import { failedBy, type Failed, type Source, type SourceOptions } from './source';
import { tableFeatures } from './table-features';

export async function openTable(
	path: string,
	name: string,
	options: SourceOptions
): Promise<Source | Failed> {
	const fail = failedBy(name);
	const decoded = await readText(path, options.encoding);
	if (!decoded.ok) return fail('text_encoding', { encoding: decoded.encoding });
	if (isBoundaryText(decoded.text)) return boundarySource(decoded.text, decoded.encoding, name, options);
	const [head, ...records] = readCsv(decoded.text);
	if (!head || records.length === 0) return fail('empty');
	const rows = records.map(({ line, fields }) => ({ line, values: fields }));

	return {
		ok: true,
		format: 'CSV',
		header: head.fields.map((field) => field.trim()),
		numeric: [],
		encoding: decoded.encoding,
		size: rows.length,
		features(columns) {
			const features = tableFeatures(rows, columns, options);
			return Promise.resolve(features.ok ? features : fail(features.failure.reason, features.failure.values));
		}
	};
}
