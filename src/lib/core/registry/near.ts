// Names that are probably one: the same after folding, or one character apart (one replaced, left out or put in).
// Invariant: pairs that differ in a number only are left out (一号矿 and 二号矿 are two), and so are three or more names
// that differ in one place: a series of names, not a slip. O(n · length) buckets: two names within one edit share the
// text that is left when the right character of each is taken away.

import { compareUtf8 } from '../bytes/compare';

export interface Named {
	code: string;
	name: string;
}
type NearPair = [Named, Named];

/** Blanks, brackets and width do not make another name. */
const folded = (name: string) => name.normalize('NFKC').replace(/[\s()·.,、，。-]/g, '');
/** Numbers and letters count things: what differs in nothing else is a row of them. */
const counting = /^[0-9A-Za-z一二三四五六七八九十百甲乙丙丁戊己庚辛东西南北上下前后]?$/;

/** Pairs in the order of their codes, at most `most`. */
export function nearPairs(rows: readonly Named[], most: number): NearPair[] {
	const sorted = [...rows].sort((a, b) => compareUtf8(a.code, b.code));
	const names = sorted.map(({ name }) => [...folded(name)]);
	const buckets = new Map<string, number[]>();
	for (const [i, name] of names.entries())
		for (const key of keysOf(name)) {
			const bucket = buckets.get(key);
			if (bucket) bucket.push(i);
			else buckets.set(key, [i]);
		}
	const found = new Map<string, [number, number]>();
	for (const bucket of buckets.values()) {
		const series = new Set(bucket.map((i) => names[i]!.join(''))).size > 2;
		for (const [k, j] of bucket.entries())
			for (const i of bucket.slice(k + 1)) {
				const [a, b] = [names[j]!, names[i]!];
				if (a.join('') === b.join('') || (!series && near(a, b))) found.set(`${j} ${i}`, [j, i]);
			}
	}
	return [...found.values()]
		.sort((a, b) => a[0] - b[0] || a[1] - b[1])
		.slice(0, most)
		.map(([j, i]) => [sorted[j]!, sorted[i]!]);
}

/** The name, and what is left of it without each of its characters. */
const keysOf = (name: readonly string[]): Set<string> =>
	new Set([name.join(''), ...name.map((_, k) => [...name.slice(0, k), ...name.slice(k + 1)].join(''))]);

/** Whether one edit, not of a number, leads from one to the other. */
function near(a: readonly string[], b: readonly string[]): boolean {
	let start = 0;
	while (start < a.length && start < b.length && a[start] === b[start]) start++;
	let end = 0;
	while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
	const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
	return (
		left.length <= 1 && right.length <= 1 && !(counting.test(left.join('')) && counting.test(right.join('')))
	);
}
