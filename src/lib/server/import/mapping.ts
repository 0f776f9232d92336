// Which column holds which field, told by hand: for all files of an import, or for those of one header alone.
import { createHash } from 'node:crypto';
import type { ImportOptions } from '../../schema/import';

/** Of files with these columns: by it the choices made for the last one are found again. */
export const sourceOf = (header: readonly string[]): string =>
	createHash('sha256').update(JSON.stringify(header)).digest('hex');

/** What was chosen for files with these columns, else for all. */
export function mappingOf(
	{ mapping, mappings }: Pick<ImportOptions, 'mapping' | 'mappings'>,
	header: readonly string[]
): Readonly<Record<string, string>> {
	const source = sourceOf(header);
	return Object.hasOwn(mappings, source) ? mappings[source]! : mapping;
}
