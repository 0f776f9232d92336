// 对账: what a platform says it has against what it confirmed. Invariant: keys come in the order of their bytes, each in one
// list at most.

import { compareUtf8 } from '../bytes/compare';
import type { Held } from './message';

export interface Differences {
	/** Confirmed once, and not there. */
	missing: string[];
	/** There, and never sent from here. */
	extra: string[];
	/** There with another content. */
	different: string[];
}

/** confirmed: read before the platform was asked; sent: every key there is, read after it answered. */
export function differences(
	confirmed: readonly Held[],
	sent: ReadonlySet<string>,
	theirs: readonly Held[]
): Differences {
	const there = new Map(theirs.map(({ key, digest }) => [key, digest]));
	const keys = (list: readonly Held[]) => [...new Set(list.map(({ key }) => key))].sort(compareUtf8);
	return {
		missing: keys(confirmed.filter(({ key }) => !there.has(key))),
		extra: keys(theirs.filter(({ key }) => !sent.has(key))),
		different: keys(confirmed.filter(({ key, digest }) => (there.get(key) ?? digest) !== digest))
	};
}
