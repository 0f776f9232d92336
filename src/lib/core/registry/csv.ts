// Comma-separated text as RFC 4180 says: quoted fields may hold commas, quotes (doubled) and line breaks.
// Invariant: `line` is the physical line on which a record begins, 1 for the first, so that a person finds the row in
// an editor. Tolerated: a byte order mark, LF or CRLF or CR, tabs or semicolons as separators, blank lines (skipped).

export interface CsvRecord {
	line: number;
	fields: string[];
}

/** The separator that occurs most often in the first line. */
function separatorOf(text: string): string {
	const first = /^[^\r\n]*/.exec(text)![0];
	const count = (separator: string) => first.split(separator).length;
	return [',', '\t', ';'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

export function* readCsv(source: string): Generator<CsvRecord> {
	const text = source.replace(/^\ufeff/, '');
	const separator = separatorOf(text);
	let line = 1;
	let at = 0;
	while (at < text.length) {
		const record: CsvRecord = { line, fields: [] };
		for (let open = true; open;) {
			let field = '';
			if (text[at] === '"') {
				at++;
				for (;;) {
					const quote = text.indexOf('"', at);
					const end = quote < 0 ? text.length : quote;
					field += text.slice(at, end);
					at = end + 1;
					if (text[at] !== '"') break;
					field += '"';
					at++;
				}
				line += field.match(/\r\n|\n|\r/g)?.length ?? 0;
			}
			const start = at;
			while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
			record.fields.push(field + text.slice(start, at));
			open = text[at] === separator;
			if (open) at++;
		}
		if (text[at] === '\r' && text[at + 1] === '\n') at++;
		at++;
		line++;
		if (record.fields.some((field) => field.trim() !== '')) yield record;
	}
}

/**
 * One field for a file that Excel opens: quoted where needed, and a leading = + - @ or tab made harmless with an
 * apostrophe, because Excel would run it as a formula.
 */
export function csvField(value: string | number): string {
	const text = String(value);
	const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** UTF-8 with a byte order mark and CRLF: what Excel reads as Chinese without asking. */
export const csvText = (rows: readonly (readonly (string | number)[])[]) =>
	`\ufeff${rows.map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;
