import { expect, test } from 'vitest';
import { nearPairs } from './near';

const pairs = (...names: string[]) =>
	nearPairs(
		names.map((name, i) => ({ code: String(i), name })),
		100
	).map(([a, b]) => `${a.code}${b.code}`);

test('the same name, one replaced, left out or put in; blanks, width and brackets do not count', () => {
	expect(pairs('永泰石材有限公司', '永泰石材有限公司')).toEqual(['01']);
	expect(pairs('永泰（石材）有限公司', '永泰石材 有限公司')).toEqual(['01']);
	expect(pairs('永泰石材有限公司', '永泰石才有限公司', '永泰石材公司')).toEqual(['01']);
	expect(pairs('永泰石材有限公司', '永泰石材有限责公司')).toEqual(['01']);
	expect(pairs('甲公司', '甲乙丙公司')).toEqual([]);
});

test('what differs in a number only is not the same', () => {
	expect(pairs('长庆一号矿', '长庆二号矿', '长庆1号矿', '长庆号矿')).toEqual([]);
	expect(pairs('矿区12号', '矿区13号')).toEqual([]);
});

test('three names that differ in one place are a series', () => {
	expect(pairs('梧桐石材', '梧桐木材', '梧桐钢材')).toEqual([]);
	expect(pairs('梧桐石材', '梧桐木材', '梧桐钢材', '梧桐石材')).toEqual(['03']);
});

test('as brute force finds them, where no three share a place', () => {
	const letters = ['山', '水', '石', '土', '林', '田'];
	const names = Array.from({ length: 90 }, (_, i) =>
		Array.from({ length: 4 + (i % 3) }, (_, k) => letters[(i * 7 + k * (i % 11) + (i >> 2) * k) % 6]!).join(
			''
		)
	);
	const without = (name: string) => [...name].map((_, k) => name.slice(0, k) + name.slice(k + 1));
	const sharing = (key: string) =>
		new Set(names.filter((name) => name === key || without(name).includes(key))).size;
	const close = (a: string, b: string) =>
		a === b ||
		[a, ...without(a)].some(
			(key) => (key === b || without(b).includes(key)) && sharing(key) <= 2 && edits(a, b)
		);
	const edits = (a: string, b: string) =>
		a.length === b.length ? [...a].filter((letter, k) => letter !== b[k]).length === 1 : true;
	let expected = 0;
	for (let i = 0; i < names.length; i++)
		for (let j = 0; j < i; j++) if (close(names[i]!, names[j]!)) expected++;
	const rows = names.map((name, i) => ({ code: String(1000 + i), name }));
	expect(nearPairs(rows, 1e6)).toHaveLength(expected);
	expect(expected).toBeGreaterThan(5);
	expect(nearPairs(rows, 5)).toHaveLength(5);
});
