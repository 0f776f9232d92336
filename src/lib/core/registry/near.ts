// Names that are probably one: the same after folding, or one character apart (one replaced, left out or put in).
// Invariant: pairs that differ in a number only are left out (一号矿 and 二号矿 are two). O(n · length) buckets: two
// names within one edit share the text that is left when the right character of each is taken away.

import { compareUtf8 } from '../bytes/compare';

export interface Named {
	code: string;
	name: string;
}
export type NearPair = [Named, Named];

/** Blanks, brackets and width do not make another name. */
const folded = (name: string) => name.normalize('NFKC').replace(/[\s()·.,、，。-]/g, '');
/** Numbers and letters count things: what differs in nothing else is a row of them. */
const counting = /^[0-9A-Za-z一二三四五六七八九十百甲乙丙丁戊己庚辛东西南北上下前后]?$/;

/** Pairs in the order of their codes, at most `most`. */
export function nearPairs(rows: readonly Named[], most: number): NearPair[] {
	const sorted = [...rows].sort((a, b) => compareUtf8(a.code, b.code));
	const names = sorted.map(({ name }) => [...folded(name)]);
	const buckets = new Map<string, number[]>();
	const found = new Map<string, NearPair>();
	for (const [i, name] of names.entries()) {
		const whole = name.join('');
		const keys = new Set([
			whole,
			...name.map((_, k) => [...name.slice(0, k), ...name.slice(k + 1)].join(''))
		]);
		for (const key of keys) {
			const others = buckets.get(key) ?? [];
			for (const j of others) {
				if (found.has(`${j} ${i}`) || !near(names[j]!, name)) continue;
				found.set(`${j} ${i}`, [sorted[j]!, sorted[i]!]);
				if (found.size === most) return [...found.values()];
			}
			others.push(i);
			buckets.set(key, others);
		}
	}
	return [...found.values()];
}

/** Whether one edit, not of a number, leads from one to the other. */
function near(a: readonly string[], b: readonly string[]): boolean {
	let start = 0;
	while (start < a.length && start < b.length && a[start] === b[start]) start++;
	let end = 0;
	while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
	const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
	if (left.length === 0 && right.length === 0) return true;
	return (
		left.length <= 1 && right.length <= 1 && !(counting.test(left.join('')) && counting.test(right.join('')))
	);
}
