// The shape of a manifest read from a file, before any value of it is trusted: every key there, no other, each list a
// list (protocol, §7). Invariant: what passes can be walked as a Manifest without a check at each step.

import { canonical } from '../bytes/canonical';
import type { Result } from '../model';
import type { Manifest } from './manifest';

export interface Difference {
	reason: 'differs';
	/** Where: `plan.frame.root`, `selected[3].mass`, `frame["P28"].cell`; `commitment` and `manifestHash` too. */
	path: string;
	/** Recomputed value; undefined when there should be none. */
	expected: unknown;
	/** Value found; undefined when it is missing. */
	found: unknown;
	/** Why, when the values themselves do not say. */
	because?: string;
}

/** A shape: a kind of value, a list of one shape, a map of one shape, or an object of named shapes. */
type Shape = 'any' | 'text' | 'number' | { list: Shape } | { map: Shape } | { keys: Record<string, Shape> };

const any = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'any' as const]));

const MANIFEST: Shape = {
	keys: {
		v: 'any',
		plan: {
			keys: {
				...any(
					'v',
					'plan',
					'kind',
					'seq',
					'prev',
					'sampleSize',
					'minPerTownship',
					'h3Resolution',
					'grid',
					'crs'
				),
				...any('publicFrame', 'substitutes', 'nonceCommit', 'entropy', 'revealBy', 'closeBy', 'verifier'),
				frame: { keys: any('size', 'root', 'excludedRoot') },
				allocation: { list: { keys: { township: 'text', size: 'number', mass: 'number' } } }
			}
		},
		commitment: 'text',
		entropy: 'any',
		seed: 'text',
		seedSource: 'text',
		assurance: 'any',
		selected: {
			list: { keys: { serial: 'number', id: 'text', township: 'text', cell: 'text', mass: 'number' } }
		},
		substitutes: { map: { list: 'text' } }
	}
};

export const inside = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);

function misfit(shape: Shape, found: unknown, path: string): Difference | null {
	const differs = (at: string, expected: unknown, because: string): Difference => ({
		reason: 'differs',
		path: at,
		expected,
		found: at === path ? found : (found as Record<string, unknown>)[at.slice(inside(path, '').length)],
		because
	});
	if (shape === 'any') return null;
	if (shape === 'text') return typeof found === 'string' ? null : differs(path, '', 'not text');
	if (shape === 'number') return typeof found === 'number' ? null : differs(path, 0, 'not a number');
	if ('list' in shape) {
		if (!Array.isArray(found)) return differs(path, [], 'not a list');
		return firstOf(found.entries(), ([i, item]) => misfit(shape.list, item, `${path}[${i}]`));
	}
	if (typeof found !== 'object' || found === null || Array.isArray(found))
		return differs(path, {}, 'not an object');
	if ('map' in shape)
		return firstOf(Object.entries(found), ([key, item]) => misfit(shape.map, item, inside(path, key)));
	const { keys } = shape;
	const stranger = Object.keys(found).find((key) => !Object.hasOwn(keys, key));
	if (stranger !== undefined) return differs(inside(path, stranger), undefined, 'unknown');
	return firstOf(Object.entries(keys), ([key, member]) =>
		Object.hasOwn(found, key)
			? misfit(member, (found as Record<string, unknown>)[key], inside(path, key))
			: differs(inside(path, key), null, 'missing')
	);
}

function firstOf<T>(items: Iterable<T>, check: (item: T) => Difference | null): Difference | null {
	for (const item of items) {
		const difference = check(item);
		if (difference) return difference;
	}
	return null;
}

/** `found` as a manifest, or the first place where it has not the shape of one. */
export function checkShape(found: unknown): Result<{ manifest: Manifest }, Difference> {
	const difference = misfit(MANIFEST, found, '');
	if (difference) return { ok: false, ...difference };
	try {
		canonical(found, '');
	} catch (error) {
		const [path, because] = (error as Error).message.split(/: (?=[^:]*$)/);
		return {
			ok: false,
			reason: 'differs',
			path: path!.replace(/^\./, ''),
			expected: undefined,
			found: undefined,
			because: because!
		};
	}
	return { ok: true, manifest: found as Manifest };
}
