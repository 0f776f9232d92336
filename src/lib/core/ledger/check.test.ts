import { describe, expect, it } from 'vitest';
import { canonicalBytes } from '../bytes/canonical';
import { isCanonicalObject, openCheck, type LedgerFault, type LedgerRow } from './check';
import { leafHash, treeRoot } from './tree';

const row = (seq: number, note = `entry ${seq}`): LedgerRow => {
	const bytes = canonicalBytes({ note });
	return { seq, bytes, leafHash: leafHash(bytes) };
};
const ledger = (size: number) => Array.from({ length: size }, (_, i) => row(i + 1));
const headOf = (rows: LedgerRow[]) => ({
	size: rows.length,
	root: treeRoot(rows.map((entry) => entry.leafHash))
});

/** The first fault of the rows, each stored and outside checkpoint compared at its size. */
function run(rows: LedgerRow[], stored: LedgerRow[][] = [], outside: LedgerRow[][] = []): LedgerFault | null {
	const check = openCheck();
	for (const entry of rows) {
		const fault = check.entry(entry);
		if (fault) return fault;
		for (const [kind, heads] of [
			['stored', stored],
			['outside', outside]
		] as const) {
			for (const signed of heads.filter(({ length }) => length === check.size)) {
				const differs = check.checkpoint(headOf(signed), kind, `${kind} ${check.size}`);
				if (differs) return differs;
			}
		}
	}
	return check.head(rows.length);
}

describe('check of a ledger', () => {
	const rows = ledger(12);
	const upTo = (size: number) => rows.slice(0, size);

	it('finds nothing in a whole one', () => {
		expect(run(rows, [upTo(4), upTo(9), rows], [upTo(9)])).toBeNull();
	});

	it('names a gap, a repeated number and a number before the first', () => {
		expect(run([...upTo(4), ...rows.slice(6)])).toEqual({
			reason: 'missing',
			seq: 5,
			through: 6,
			by: 'entry 7'
		});
		expect(run([...upTo(4), row(4), ...rows.slice(4)])).toEqual({ reason: 'out_of_place', seq: 4 });
		expect(run([row(0), ...rows])).toEqual({ reason: 'out_of_place', seq: 0 });
	});

	it('names an entry whose hash or form is not its own', () => {
		expect(run(rows.with(6, { ...rows[6]!, bytes: canonicalBytes({ note: 'else' }) }))).toEqual({
			reason: 'leaf_hash',
			seq: 7
		});
		const bytes = new TextEncoder().encode('{"note": "entry 7"}');
		expect(run(rows.with(6, { seq: 7, bytes, leafHash: leafHash(bytes) }))).toEqual({
			reason: 'not_canonical',
			seq: 7
		});
	});

	it('narrows a rewritten entry down to between two checkpoints', () => {
		const rewritten = rows.with(6, row(7, 'else'));
		expect(run(rewritten, [upTo(4), upTo(6), upTo(9), rows])).toEqual({
			reason: 'root',
			seq: 7,
			through: 9,
			by: 'stored 9'
		});
	});

	it('does not let stored checkpoints vouch for what an outside one denies', () => {
		const fork = [...upTo(4), ...Array.from({ length: 8 }, (_, i) => row(i + 5, `new ${i}`))];
		const later = [fork.slice(0, 4), fork.slice(0, 8), fork];
		expect(run(fork, later)).toBeNull();
		expect(run(fork, later, [upTo(2), upTo(10)])).toEqual({
			reason: 'root',
			seq: 3,
			through: 10,
			by: 'outside 10'
		});
	});

	it('compares the counter with the last entry', () => {
		const check = openCheck();
		for (const entry of upTo(5)) check.entry(entry);
		expect(check.head(5)).toBeNull();
		expect(check.head(8)).toMatchObject({ reason: 'missing', seq: 6, through: 8 });
		expect(check.head(3)).toEqual({ reason: 'beyond_head', seq: 4, through: 5 });
		expect(check.head(null)).toEqual({ reason: 'beyond_head', seq: 1, through: 5 });
		expect(check.beyond(120, 'paper')).toEqual({ reason: 'missing', seq: 6, through: 120, by: 'paper' });
	});

	it('takes as canonical only what canonical JSON gives back', () => {
		const text = (value: string) => isCanonicalObject(new TextEncoder().encode(value));
		expect(text('{"a":1,"b":"永"}')).toBe(true);
		for (const bad of [
			'{"b":1,"a":2}',
			'{"a":1.0}',
			'{"a":-0}',
			'{"a":1,"a":1}',
			'{"a":"\\u6c38"}',
			'\ufeff{}',
			'[1]',
			'1',
			''
		])
			expect(text(bad)).toBe(false);
		expect(isCanonicalObject(Uint8Array.of(0x7b, 0xff, 0x7d))).toBe(false);
	});
});
