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

test('as brute force finds them', () => {
	const letters = ['山', '水', '石', '土'];
	const names = Array.from({ length: 120 }, (_, i) =>
		Array.from({ length: 3 + (i % 3) }, (_, k) => letters[(i * 7 + k * (i % 5) + (i >> 3)) % 4]!).join('')
	);
	const apart = (a: string, b: string): number =>
		a === '' || b === ''
			? a.length + b.length
			: a[0] === b[0]
				? apart(a.slice(1), b.slice(1))
				: 1 + Math.min(apart(a.slice(1), b), apart(a, b.slice(1)), apart(a.slice(1), b.slice(1)));
	let expected = 0;
	for (let i = 0; i < names.length; i++)
		for (let j = 0; j < i; j++) if (apart(names[i]!, names[j]!) <= 1) expected++;
	const found = nearPairs(
		names.map((name, i) => ({ code: String(1000 + i), name })),
		1e6
	);
	expect(found).toHaveLength(expected);
	expect(
		nearPairs(
			names.map((name, i) => ({ code: String(i), name })),
			5
		)
	).toHaveLength(5);
});
