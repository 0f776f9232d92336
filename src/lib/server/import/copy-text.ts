// Reads PostgreSQL's COPY text format (COPY, "File Formats"): tabs between columns, \N for null, backslash escapes.
import { linesOf } from './lines';

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const unescaped = (text: string) =>
	text.includes('\\') ? text.replace(/\\(.)/g, (_, next: string) => escapes[next] ?? next) : text;

/** The first value is the header; then one array per row, null where the value is null. */
export async function* copyRows(path: string): AsyncGenerator<(string | null)[]> {
	let inside = false;
	for await (const line of linesOf(path)) {
		if (!inside) {
			const copy = /^COPY .*? \((.*)\) FROM STDIN;$/.exec(line)?.[1];
			if (copy === undefined) continue;
			inside = true;
			yield [...copy.matchAll(/"((?:[^"]|"")*)"/g)].map((match) => match[1]!.replaceAll('""', '"'));
		} else if (line === '\\.') return;
		else yield line.split('\t').map((value) => (value === '\\N' ? null : unescaped(value)));
	}
}
