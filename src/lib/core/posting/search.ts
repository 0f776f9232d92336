// The list of public postings, searched and narrowed as its page asks; what is counted of it by township and cell. A county
// has some thousand postings, which fit in memory: one pass answers in about a millisecond. Invariant: whatever the filter,
// the order of the rows is kept.

import { isDay } from '../calendar/year';
import { outcomes, type Outcome } from './state';

export type PostingKind = 'result' | 'penalty';

export interface PostingRow {
	number: number;
	kind: PostingKind;
	/** Of which check. */
	result: number;
	/** Days in China. */
	postedOn: string;
	checkedOn: string;
	party: string | null;
	partyName: string | null;
	target: string;
	targetKind: 'mining_right' | 'land_parcel';
	township: string;
	townshipName: string;
	/** H3, resolution 7. */
	cell: string;
	items: string[];
	outcome: Outcome;
	/** Of a penalty: number of its document, last day of its publicity, day of credit repair. */
	documentNumber: string | null;
	endsOn: string | null;
	repairedOn: string | null;
}

/** Everything as it stands in the address; '' where it does not matter. */
export interface PostingFilter {
	q: string;
	township: string;
	item: string;
	kind: '' | PostingKind;
	outcome: '' | Outcome;
	from: string;
	to: string;
	page: number;
}

export const PAGE = 30;

/** What makes no sense is left out, so that an address somebody typed shows something. */
export function postingFilter(params: URLSearchParams): PostingFilter {
	const text = (name: string, most: number) =>
		(params.get(name) ?? '').trim().normalize('NFC').slice(0, most);
	const choice = <T extends string>(name: string, known: readonly T[]): '' | T =>
		known.find((one) => one === params.get(name)) ?? '';
	const day = (name: string) => (isDay(params.get(name) ?? '') ? params.get(name)! : '');
	const page = params.get('page') ?? '';
	return {
		...{ q: text('q', 80), township: text('township', 12), item: text('item', 120) },
		...{ kind: choice('kind', ['result', 'penalty']), outcome: choice('outcome', outcomes) },
		...{ from: day('from'), to: day('to'), page: /^[1-9][0-9]{0,4}$/.test(page) ? Number(page) : 1 }
	};
}

/** q: part of a name, code or document number in either case, or the number of a posting. */
export function searchPostings<Row extends PostingRow>(
	rows: readonly Row[],
	{ q, township, item, kind, outcome, from, to, page }: PostingFilter
): { rows: Row[]; total: number; page: number; pages: number } {
	const wanted = q.toLowerCase();
	const holds = (text: string | null) => text !== null && text.toLowerCase().includes(wanted);
	const found = rows.filter(
		(row) =>
			(township === '' || row.township === township) &&
			(kind === '' || row.kind === kind) &&
			(outcome === '' || row.outcome === outcome) &&
			(item === '' || row.items.includes(item)) &&
			(from === '' || row.postedOn >= from) &&
			(to === '' || row.postedOn <= to) &&
			(q === '' ||
				String(row.number) === q ||
				holds(row.partyName) ||
				holds(row.target) ||
				holds(row.party) ||
				holds(row.documentNumber))
	);
	const pages = Math.max(1, Math.ceil(found.length / PAGE));
	const shown = Math.min(page, pages);
	return { rows: found.slice((shown - 1) * PAGE, shown * PAGE), total: found.length, page: shown, pages };
}

export interface Tally {
	results: number;
	/** Results with something found. */
	problems: number;
	penalties: number;
	numbers: number[];
}

/** What is posted under each key of a row. */
export function tallied(rows: readonly PostingRow[], key: (row: PostingRow) => string): Map<string, Tally> {
	const tallies = new Map<string, Tally>();
	for (const row of rows) {
		let tally = tallies.get(key(row));
		if (!tally) tallies.set(key(row), (tally = { results: 0, problems: 0, penalties: 0, numbers: [] }));
		if (row.kind === 'penalty') tally.penalties++;
		else tally.results++;
		if (row.kind === 'result' && !['none_found', 'unreachable'].includes(row.outcome)) tally.problems++;
		tally.numbers.push(row.number);
	}
	return tallies;
}
