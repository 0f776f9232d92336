// The list of postings against a plain reading of each filter, over postings made up from a seed; counts that add up.
import { expect, test } from 'vitest';
import { sha256 } from '../bytes/sha256';
import { stream } from '../bytes/stream';
import { PAGE, postingFilter, searchPostings, tallied, type PostingRow } from './search';
import { outcomes } from './state';

const rng = stream(sha256('postings'), 'search');
const pick = <T>(list: readonly T[]): T => list[rng.int(list.length)]!;
const rows: PostingRow[] = Array.from({ length: 400 }, (_, i) => ({
	...{ number: 400 - i, kind: pick(['result', 'penalty'] as const), result: i, outcome: pick(outcomes) },
	...{ postedOn: `2026-0${1 + rng.int(9)}-1${rng.int(10)}`, checkedOn: '2026-01-01' },
	...{ party: pick(['91350100M000100Y43', null]), partyName: pick(['甲Ab公司', '乙矿业', null]) },
	...{ target: `C${rng.int(1000)}`, targetKind: pick(['mining_right', 'land_parcel'] as const) },
	...{ township: pick(['350125100', '350125101']), townshipName: 't', cell: pick(['a', 'b', 'c']) },
	...{ items: pick([[], ['界桩'], ['界桩', '越界']]), documentNumber: pick([null, '罚〔2026〕7号']) },
	...{ endsOn: null, repairedOn: null }
}));
const found = (query: string) => {
	const filter = postingFilter(new URLSearchParams(query));
	const numbers: number[] = [];
	for (let page = 1; ; page++) {
		const answer = searchPostings(rows, { ...filter, page });
		numbers.push(...answer.rows.map(({ number }) => number));
		expect(answer.rows.length).toBeLessThanOrEqual(PAGE);
		if (page === answer.pages) {
			expect(numbers).toHaveLength(answer.total);
			return numbers;
		}
	}
};
const plainly = (wanted: (row: PostingRow) => boolean) => rows.filter(wanted).map(({ number }) => number);

test('each filter alone and all together, every page, in the order of the list', () => {
	expect(found('')).toEqual(plainly(() => true));
	expect(found('q=aB公')).toEqual(plainly(({ partyName }) => partyName === '甲Ab公司'));
	expect(found('q=m000100')).toEqual(plainly(({ party }) => party !== null));
	expect(found('q=〔2026〕7')).toEqual(plainly(({ documentNumber }) => documentNumber !== null));
	expect(found('q=17')).toEqual(plainly(({ number, target }) => number === 17 || target.includes('17')));
	expect(found('item=越界&kind=penalty')).toEqual(
		plainly(({ items, kind }) => items.includes('越界') && kind === 'penalty')
	);
	expect(found('township=350125101&outcome=case&from=2026-03-01&to=2026-06-12')).toEqual(
		plainly(
			({ township, outcome, postedOn }) =>
				township === '350125101' && outcome === 'case' && postedOn >= '2026-03-01' && postedOn <= '2026-06-12'
		)
	);
});

test('an address that makes no sense shows the list; a page beyond the last is the last', () => {
	expect(found('kind=x&outcome=y&from=2026-02-31&page=0')).toHaveLength(400);
	expect(searchPostings(rows, postingFilter(new URLSearchParams('page=99999')))).toMatchObject({
		page: 14,
		pages: 14
	});
	expect(searchPostings([], postingFilter(new URLSearchParams()))).toEqual({
		rows: [],
		total: 0,
		page: 1,
		pages: 1
	});
});

test('counts by cell add up, and name every posting once', () => {
	const tallies = [...tallied(rows, ({ cell }) => cell).values()];
	const sum = (of: 'results' | 'penalties') => tallies.reduce((total, tally) => total + tally[of], 0);
	expect([sum('results'), sum('penalties')]).toEqual(
		(['result', 'penalty'] as const).map((kind) => plainly((row) => row.kind === kind).length)
	);
	expect(tallies.flatMap(({ numbers }) => numbers).sort((a, b) => b - a)).toEqual(
		rows.map(({ number }) => number)
	);
	for (const { problems, results } of tallies) expect(problems).toBeLessThanOrEqual(results);
});
