import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { value } from '../../../../tests/support/value';
import { makeExcluded, makeFrame, type Excluded, type FrameRow } from './frame';
import { parseFrameCsv } from './frame-csv';
import { frameRow } from './frame';
import type { Manifest } from './manifest';
import { firstDifference, verify } from './verify';

const golden = (name: string) =>
	readFileSync(new URL(`../../../../tests/golden/${name}`, import.meta.url), 'utf8');
const ceremony = JSON.parse(golden('golden_ceremony.json'));
const edge = JSON.parse(golden('golden_edge.json')).edge;
const plain = value(parseFrameCsv(golden('golden_frame.csv'))).frame;
const cases: {
	name: string;
	rows: FrameRow[];
	excluded: Excluded[];
	expected: { manifest: Manifest; manifestHash: string };
}[] = [
	{
		name: 'plain',
		rows: plain.ids.map((_, i) => frameRow(plain, i)),
		excluded: [],
		expected: JSON.parse(golden('golden_expected.json'))
	},
	{ name: 'ceremony', rows: ceremony.frame, excluded: ceremony.excluded, expected: ceremony.expected },
	{ name: 'edge', rows: edge.frame, excluded: edge.excluded, expected: edge.expected }
];

type Step = string | number;
/** Every value inside `value` that is not an object or a list with something in it, with the way to it. */
function leaves(value: unknown, steps: Step[] = []): Step[][] {
	if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [steps];
	return Object.entries(value).flatMap(([key, member]) =>
		leaves(member, [...steps, Array.isArray(value) ? Number(key) : key])
	);
}
const show = (steps: Step[]) =>
	steps.reduce<string>(
		(path, step) => (typeof step === 'number' ? `${path}[${step}]` : path ? `${path}.${step}` : step),
		''
	);

/** A copy with the value at `steps` replaced. */
function changed<T>(root: T, steps: Step[], change: (value: unknown) => unknown): T {
	const copy = structuredClone(root);
	const last = steps.at(-1)!;
	let at = copy as Record<Step, unknown>;
	for (const step of steps.slice(0, -1)) at = at[step] as Record<Step, unknown>;
	at[last] = change(at[last]);
	return copy;
}

/** Another value that could well stand there. */
function other(value: unknown): unknown {
	if (typeof value === 'number') return value + 1;
	if (typeof value === 'boolean') return !value;
	if (value === null) return 'x';
	if (Array.isArray(value)) return ['x'];
	const text = String(value);
	return /^[0-9a-f]{32,}$/.test(text) ? `${text[0] === '0' ? '1' : '0'}${text.slice(1)}` : `${text}x`;
}

for (const { name, rows, excluded: left, expected } of cases) {
	describe(`the ${name} golden draw`, () => {
		const { frame } = value(makeFrame(rows));
		const { excluded } = value(makeExcluded(left));
		const { manifest, manifestHash } = expected;
		const { commitment } = manifest;
		const check = (
			found: unknown,
			published: { commitment?: string; manifestHash?: string } = { commitment, manifestHash }
		) => verify({ manifest: found, frame, excluded, ...published });

		it('verifies, and says what a manifest alone proves', () => {
			expect(check(manifest)).toMatchObject({
				ok: true,
				selfConsistentOnly: false,
				commitment,
				manifestHash
			});
			expect(check(manifest, {})).toMatchObject({ ok: true, selfConsistentOnly: true });
			expect(check(manifest, { commitment: '0'.repeat(64) })).toMatchObject({ path: 'commitment' });
			expect(check(manifest, { manifestHash: '0'.repeat(64) })).toMatchObject({ path: 'manifestHash' });
		});

		it('finds and names every single changed value of the manifest', () => {
			const all = leaves(manifest);
			expect(all.length).toBeGreaterThan(100);
			for (const steps of all) {
				const path = show(steps);
				const result = check(changed(manifest, steps, other));
				if (result.ok) throw new Error(`${path} was not noticed`);
				// A decided value of the plan is bound by the commitment alone: then the plan is what is named. A seed
				// that was given is bound by the list.
				const around = (outer: string, inner: string) =>
					inner === outer || /^[.[]/.test(inner.slice(outer.length));
				const named =
					(path.startsWith(result.path) && around(result.path, path)) ||
					(result.path.startsWith(path) && around(path, result.path)) ||
					(path === 'seed' && /^(selected|substitutes)/.test(result.path));
				expect(named, `${path}: ${result.path}`).toBe(true);
			}
		});

		it('notices every one of them without anything published, too', () => {
			for (const steps of leaves(manifest))
				expect(check(changed(manifest, steps, other), {}).ok, show(steps)).toBe(false);
		});

		it('finds whatever is missing, null, of another kind, or too much', () => {
			for (const steps of leaves(manifest)) {
				for (let depth = 1; depth <= steps.length; depth++) {
					const path = steps.slice(0, depth);
					for (const wrong of [undefined, null, 0.5, 'x', [], {}, true, [null], { x: null }]) {
						const broken = changed(manifest, path, () => wrong);
						if (firstDifference(manifest, broken))
							expect(check(broken, {}).ok, `${show(path)} ${wrong}`).toBe(false);
					}
				}
			}
			expect(check({ ...manifest, extra: 1 })).toMatchObject({ path: 'extra', because: 'unknown' });
			expect(check({ ...manifest, plan: { ...manifest.plan, extra: 1 } })).toMatchObject({
				path: 'plan.extra'
			});
			for (const nothing of [null, undefined, 5, [], {}, 'x']) expect(check(nothing).ok).toBe(false);
		}, 30_000);

		it('finds every single changed value of the frame and of the exclusions', () => {
			rows.forEach((_, i) => {
				for (const field of Object.keys(rows[i]!)) {
					const twist = (old: unknown) =>
						field === 'salt' ? 'ef'.repeat(16) : field === 'take' ? 1 - Number(old) : other(old);
					const made = makeFrame(changed(rows, [i, field], twist));
					const result = verify({ manifest, excluded, frame: value(made).frame, commitment });
					if (result.ok) throw new Error(`row ${i} ${field} was not noticed`);
					expect(result.path).toMatch(/^(frame\[|plan\.frame\.)/);
				}
			});
			const listed = manifest.selected[0]!;
			const moved = rows.map((row) => (row.id === listed.id ? { ...row, cell: 'elsewhere' } : row));
			expect(verify({ manifest, excluded, frame: value(makeFrame(moved)).frame })).toMatchObject({
				path: `frame[${JSON.stringify(listed.id)}].cell`,
				expected: listed.cell,
				found: 'elsewhere'
			});
			const fewer = value(makeFrame(rows.filter(({ id }) => id !== listed.id))).frame;
			expect(verify({ manifest, excluded, frame: fewer })).toMatchObject({
				path: `frame[${JSON.stringify(listed.id)}]`
			});
			const added = [...left, { id: 'added', reason: 'x', salt: '' }];
			expect(verify({ manifest, frame, excluded: value(makeExcluded(added)).excluded })).toMatchObject({
				path: 'plan.frame.excludedRoot'
			});
		});
	});
}

describe('the first difference', () => {
	it('is found in lists, objects and values', () => {
		expect(firstDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBeNull();
		expect(firstDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toMatchObject({
			path: 'a[1].b',
			expected: 2,
			found: 3
		});
		expect(firstDifference({ a: [1] }, { a: [1, 2] })).toMatchObject({
			path: 'a[1]',
			expected: undefined,
			found: 2
		});
		expect(firstDifference({ a: 1 }, { a: 1, toString: 2 })).toMatchObject({ path: 'toString', found: 2 });
		expect(firstDifference([], {})).toMatchObject({ path: '' });
	});
});
