// Reads one row of an import field by field and collects everything wrong with it, not only the first thing.
// Invariant: a row with a refusal yields no value; a warning never stops a row.

import { isIdentifier } from './codes';
import type { Refusal, Rule } from './reason';

export interface Cells {
	file: string;
	line: number;
	/** Whether the file has a column for the field. */
	has(field: string): boolean;
	/** Text of a field, '' where the column or the value is absent. */
	get(field: string): string;
}

export interface Outcome<T> {
	/** Null when anything was refused. */
	value: T | null;
	refused: Refusal[];
	warned: Refusal[];
}

/** Text as it is stored: NFC, without control characters, blanks at the ends removed. */
const clean = (text: string) =>
	text
		// eslint-disable-next-line no-control-regex
		.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
		.normalize('NFC')
		.trim();

export function rowReader(cells: Cells) {
	const refused: Refusal[] = [];
	const warned: Refusal[] = [];
	const note =
		(to: Refusal[]) =>
		(field: string, rule: Rule, values: Refusal['values'] = {}) => {
			to.push({ file: cells.file, line: cells.line, field, rule, values });
		};
	const refuse = note(refused);

	/** Cleaned text, at most `max` characters. */
	function text(field: string, max = 200): string {
		const value = clean(cells.get(field));
		if ([...value].length > max) refuse(field, 'text_long', { max });
		return value;
	}
	function required(field: string, max = 200): string {
		const value = text(field, max);
		if (value === '') refuse(field, 'missing');
		return value;
	}
	/** An id: trimmed at the ends, otherwise taken as it is or refused. */
	function code(field: string): string {
		const value = cells.get(field).trim();
		if (value === '') refuse(field, 'missing');
		else if (!isIdentifier(value)) refuse(field, 'code_form', { value: value.slice(0, 80) });
		return value;
	}
	/** One of a closed list, by any of its spellings. */
	function choice<T extends string>(field: string, spellings: Readonly<Record<T, readonly string[]>>): T {
		const value = text(field);
		const known = Object.entries(spellings) as [T, readonly string[]][];
		const found = known.find(([name, others]) => name === value.toLowerCase() || others.includes(value));
		if (found) return found[0];
		if (value === '') refuse(field, 'missing');
		else
			refuse(field, 'value_unknown', {
				value,
				choices: known.map(([name, others]) => others[0] ?? name).join('、')
			});
		return known[0]![0];
	}
	/** The same where the cell may be empty: null. */
	const optionalChoice = <T extends string>(
		field: string,
		spellings: Readonly<Record<T, readonly string[]>>
	) => (text(field) === '' ? null : choice(field, spellings));
	/** `YYYY-MM-DD`, also written with / . or 年月日; '' where absent. */
	function date(field: string): string {
		const value = text(field);
		if (value === '') return '';
		const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?([T ].*)?$/.exec(value);
		const day = parts ? `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}` : '';
		const instant = new Date(`${day}T00:00:00Z`);
		if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== day) {
			refuse(field, 'date_form', { value });
			return '';
		}
		return day;
	}
	/** A positive number; null where absent. */
	function positive(field: string): number | null {
		const value = text(field).replaceAll(',', '');
		if (value === '') return null;
		const number = Number(value);
		if (!(number > 0 && Number.isFinite(number))) refuse(field, 'number_form', { value });
		return number;
	}
	const finish = <T>(value: T): Outcome<T> => ({ value: refused.length > 0 ? null : value, refused, warned });

	return { text, required, code, choice, optionalChoice, date, positive, refuse, warn: note(warned), finish };
}
