// The shape of a crew document read from a file, before any value of it is trusted: every key there, no other, lists in
// canonical order. Invariant: what passes can be walked as a CrewDocument without a check at each step.

import { canonical } from '../bytes/canonical';
import { compareUtf8 } from '../bytes/compare';
import type { Difference } from '../draw/manifest-shape';
import type { Result } from '../model';
import type { CrewDocument } from './document';

type Shape =
	| 'any'
	| 'text'
	| 'day'
	| 'whole'
	| 'truth'
	| { list: Shape }
	/** Texts in ascending order, none twice. */
	| { set: 'text' | 'day' }
	| { map: Shape }
	| { keys: Record<string, Shape> }
	| { orNull: Shape };

const set: Shape = { set: 'text' };
const any = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'any' as const]));
const bound: Shape = {
	keys: {
		over: 'text',
		under: 'text',
		multipliers: { list: { keys: { row: { list: 'text' }, times: 'whole' } } }
	}
};
const pairing: Shape = { map: set };
const inspector: Shape = {
	keys: {
		...{ id: 'text', office: 'text', department: 'text', home: set, scopes: set, lead: 'truth' },
		...{ certificate: { keys: { from: 'day', to: 'day' } }, absent: { set: 'day' }, recused: set },
		cap: { orNull: 'whole' }
	}
};
const route: Shape = {
	keys: {
		...{ id: 'text', day: 'day', townships: set, parties: set, scopes: set, departments: set },
		...{ seats: 'whole', load: 'whole' }
	}
};
const DOCUMENT: Shape = {
	keys: {
		v: 'text',
		problem: {
			keys: {
				inspectors: { list: inspector },
				routes: { list: route },
				rules: {
					keys: {
						...{ crossArea: 'truth', differentOffices: 'text', restSamePair: 'truth' },
						cap: { orNull: 'whole' }
					}
				},
				history: { list: set },
				size: 'whole'
			}
		},
		plan: {
			keys: {
				...any('v', 'draw', 'seq', 'prev', 'routesHash', 'rosterHash', 'rulesHash'),
				portfolio: { keys: { size: 'whole', root: 'text' } },
				...any('nonceCommit', 'entropy', 'revealBy', 'closeBy', 'verifier')
			}
		},
		commitment: 'text',
		marginals: { map: { map: 'whole' } },
		work: { map: 'whole' },
		bounds: { keys: { workload: bound, chance: bound, hash: 'text' } },
		figures: { keys: any('smallestWorkload', 'workloadBound', 'largestChance', 'chanceBound') },
		portfolio: { list: pairing },
		...{ entropy: 'any', seed: { orNull: 'text' }, seedSource: 'any', ticket: 'any' },
		drawn: { orNull: pairing },
		replacements: { orNull: { map: { list: { list: 'text' } } } }
	}
};

const kinds = {
	text: (value: unknown) => typeof value === 'string',
	day: (value: unknown) => typeof value === 'string' && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value),
	whole: (value: unknown) => Number.isSafeInteger(value),
	truth: (value: unknown) => typeof value === 'boolean'
};

function misfit(shape: Shape, found: unknown, path: string): Difference | null {
	const differs = (at: string, because: string): Difference => ({
		reason: 'differs',
		path: at,
		expected: undefined,
		found: at === path ? found : undefined,
		because
	});
	const firstOf = <T>(items: Iterable<T>, look: (item: T) => Difference | null) => {
		for (const item of items) {
			const difference = look(item);
			if (difference) return difference;
		}
		return null;
	};
	if (shape === 'any') return null;
	if (typeof shape === 'string') return kinds[shape](found) ? null : differs(path, `not a ${shape}`);
	if ('orNull' in shape) return found === null ? null : misfit(shape.orNull, found, path);
	if ('list' in shape || 'set' in shape) {
		if (!Array.isArray(found)) return differs(path, 'not a list');
		const each = 'list' in shape ? shape.list : shape.set;
		const item = firstOf(found.entries(), ([i, value]) => misfit(each, value, `${path}[${i}]`));
		if (item || 'list' in shape) return item;
		const at = found.findIndex(
			(value, i) => i > 0 && compareUtf8(found[i - 1] as string, value as string) >= 0
		);
		return at < 0 ? null : differs(`${path}[${at}]`, 'not in ascending order, or twice');
	}
	if (typeof found !== 'object' || found === null || Array.isArray(found))
		return differs(path, 'not an object');
	const inside = (key: string) => (path === '' ? key : `${path}.${key}`);
	const record = found as Record<string, unknown>;
	if ('map' in shape) {
		return firstOf(Object.keys(record), (key) => misfit(shape.map, record[key], inside(key)));
	}
	const other = Object.keys(record).find((key) => !Object.hasOwn(shape.keys, key));
	if (other !== undefined) return differs(inside(other), 'not a key of this protocol');
	return firstOf(Object.entries(shape.keys), ([key, member]) =>
		Object.hasOwn(record, key) ? misfit(member, record[key], inside(key)) : differs(inside(key), 'missing')
	);
}

export function checkCrewShape(found: unknown): Result<{ document: CrewDocument }, Difference> {
	const difference = misfit(DOCUMENT, found, '');
	if (difference) return { ok: false, ...difference };
	try {
		canonical(found);
	} catch (error) {
		const [path, because] = (error as TypeError).message.split(/: (.*)/s);
		const at = path!.replace(/^\$\.?/, '');
		return {
			ok: false,
			reason: 'differs',
			path: at,
			expected: undefined,
			found: undefined,
			because: because!
		};
	}
	return { ok: true, document: found as CrewDocument };
}
