// What comes back from the platforms: a party's grade and its time on the list of serious violations, as rows of a table.
// Both change the weight in the next draw. Invariant: nothing without a source and a first day.

import { isDay } from '../calendar/year';
import type { CreditGrade } from '../model';
import { checkUscc } from '../registry/codes';
import { readCsv } from '../registry/csv';
import { unescaped } from './message';

export interface StandingRow {
	line: number;
	uscc: string;
	/** Days; `to` the last one, '' open. */
	grade: { grade: CreditGrade; from: string; to: string } | null;
	blacklist: { from: string; to: string } | null;
	source: string;
}

/** The head of the file, in any order. */
export const standingColumns = [
	...['统一社会信用代码', '信用等级', '等级起始日', '等级截止日'],
	...['列入严重失信名单日期', '移出日期', '来源']
] as const;
const [USCC, GRADE, GRADE_FROM, GRADE_TO, LISTED, REMOVED, SOURCE] = standingColumns;

export type StandingReason = 'columns' | 'uscc' | 'grade' | 'day' | 'order' | 'source' | 'nothing' | 'twice';
export interface StandingProblem {
	line: number;
	column: string;
	reason: StandingReason;
}

const grades = ['A', 'B', 'C', 'D'];
/** 2026/7/1 and 2026.7.1 are what spreadsheets make of a day. */
const dayText = (text: string) =>
	text.replace(
		/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
		(_, year: string, month: string, day: string) =>
			`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
	);

interface Given {
	line: number;
	/** As it stands there, by the name of the column. */
	cell(name: string): string;
}

export function readStandings(text: string): { rows: StandingRow[]; problems: StandingProblem[] } {
	const [head, ...records] = readCsv(text);
	const at = new Map(head?.fields.map((name, i) => [name.trim(), i]));
	const absent = standingColumns.filter((name) => !at.has(name));
	if (absent.length > 0)
		return { rows: [], problems: [{ line: 1, column: absent.join('、'), reason: 'columns' }] };
	return checked(records.map(({ line, fields }) => ({ line, cell: (name) => fields[at.get(name)!] ?? '' })));
}

/** Members of a platform's answer, in the order of the columns. */
const members = ['uscc', 'grade', 'from', 'to', 'listed', 'removed', 'source'] as const;

/** `{"standings": [{…}]}`, or `<standings><party …/></standings>` with the same as attributes. null: it cannot be read. */
export function standingsAnswer(
	format: 'json' | 'xml',
	text: string
): { rows: StandingRow[]; problems: StandingProblem[] } | null {
	const given = format === 'json' ? listOf(text) : partiesOf(text);
	return (
		given &&
		checked(
			given.map((one, i) => ({
				line: i + 1,
				cell: (name) => String(one[members[standingColumns.indexOf(name as never)]!] ?? '')
			}))
		)
	);
}

type Members = Partial<Record<(typeof members)[number], unknown>>;
function listOf(text: string): Members[] | null {
	try {
		const { standings } = JSON.parse(text) as { standings?: unknown };
		return Array.isArray(standings) ? standings.map((one) => (one ?? {}) as Members) : null;
	} catch {
		return null;
	}
}

const partiesOf = (xml: string): Members[] | null =>
	/<standings(?:\s[^<>]*)?(?:\/>|>[\s\S]*<\/standings>)/.test(xml)
		? [...xml.matchAll(/<party((?: [a-z]+="[^"<]*")*)\s*\/>/g)].map(([, attributes = '']) =>
				Object.fromEntries(
					[...attributes.matchAll(/([a-z]+)="([^"<]*)"/g)].map(([, name, value]) => [name, unescaped(value!)])
				)
			)
		: null;

function checked(given: readonly Given[]): { rows: StandingRow[]; problems: StandingProblem[] } {
	const rows: StandingRow[] = [];
	const problems: StandingProblem[] = [];
	const seen = new Set<string>();
	for (const { line, cell: raw } of given) {
		const cell = (name: string) => raw(name).trim().normalize('NFC');
		const day = (name: string) => dayText(cell(name));
		const wrong = (column: string, reason: StandingReason) => void problems.push({ line, column, reason });
		const uscc = cell(USCC).toUpperCase();
		const [grade, source, listed] = [cell(GRADE).toUpperCase(), cell(SOURCE), day(LISTED)];
		const before = problems.length;
		if (['malformed', 'wrong'].includes(checkUscc(uscc))) wrong(USCC, 'uscc');
		else if (seen.has(uscc)) wrong(USCC, 'twice');
		seen.add(uscc);
		if (source === '' || source.length > 200) wrong(SOURCE, 'source');
		if (grade === '' && listed === '') wrong(GRADE, 'nothing');
		if (grade !== '' && !grades.includes(grade)) wrong(GRADE, 'grade');
		for (const [needed, first, last] of [
			[grade !== '', GRADE_FROM, GRADE_TO],
			[listed !== '', LISTED, REMOVED]
		] as const) {
			const [from, to] = [day(first), day(last)];
			if (from === '' ? needed || to !== '' : !isDay(from)) wrong(first, 'day');
			else if (to !== '' && !isDay(to)) wrong(last, 'day');
			else if (to !== '' && to < from) wrong(last, 'order');
		}
		if (problems.length > before) continue;
		rows.push({
			...{ line, uscc, source },
			grade: grade ? { grade: grade as CreditGrade, from: day(GRADE_FROM), to: day(GRADE_TO) } : null,
			blacklist: listed ? { from: listed, to: day(REMOVED) } : null
		});
	}
	return { rows, problems };
}
