// Reads PostgreSQL's COPY text format (COPY, "File Formats"): tabs between columns, \N for null, backslash escapes, a
// backslash before a real tab or line break keeping it inside its value, which is how GDAL writes them.
import { linesOf } from './lines';

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const unescaped = (text: string) =>
	text.includes('\\') ? text.replace(/\\(.)/gs, (_, next: string) => escapes[next] ?? next) : text;

/** Whether the character after this text is escaped: the text ends with an odd number of backslashes. */
const isOpen = (text: string) => text.endsWith('\\') && /\\*$/.exec(text)![0].length % 2 === 1;

/** Lines joined, and columns split, where the separator is not escaped. */
async function* records(path: string): AsyncGenerator<string> {
	let open = '';
	for await (const line of linesOf(path)) {
		const record = open + line;
		if (isOpen(record)) open = `${record}\n`;
		else {
			open = '';
			yield record;
		}
	}
}

function columnsOf(record: string): (string | null)[] {
	const columns: string[] = [];
	let open: string | null = null;
	for (const part of record.split('\t')) {
		const column: string = open === null ? part : `${open}\t${part}`;
		open = isOpen(column) ? column : null;
		if (open === null) columns.push(column);
	}
	return columns.map((column) => (column === '\\N' ? null : unescaped(column)));
}

/** The first value is the header; then one array per row, null where the value is null. */
export async function* copyRows(path: string): AsyncGenerator<(string | null)[]> {
	let inside = false;
	for await (const record of records(path)) {
		if (!inside) {
			const copy = /^COPY .*? \((.*)\) FROM STDIN;$/.exec(record)?.[1];
			if (copy === undefined) continue;
			inside = true;
			yield [...copy.matchAll(/"((?:[^"]|"")*)"/g)].map((match) => match[1]!.replaceAll('""', '"'));
		} else if (record === '\\.') return;
		else yield columnsOf(record);
	}
}
