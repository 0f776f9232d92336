// The portfolio as it is published: whole pairings in canonical order under one root, and the hashes of what they were
// made from. Invariant: the same pairings, in whatever order they were found, have the same root.

import { canonical, canonicalBytes } from '../bytes/canonical';
import { compareUtf8 } from '../bytes/compare';
import { toHex } from '../bytes/hex';
import { taggedHash } from '../bytes/sha256';
import { rowsRoot } from '../draw/root';
import type { Hash } from '../model';
import type { Pairings } from './pairings';
import type { CrewProblem } from './problem';

/** One whole pairing: for each route the inspectors who go, by their UTF-8 bytes. Seat k is the k-th of them, from 1. */
export type Pairing = Record<string, string[]>;

export interface ProblemHashes {
	routesHash: Hash;
	rosterHash: Hash;
	rulesHash: Hash;
}

/** H(TAG(tag) ‖ JCS(value)). */
export const hashOf = (tag: string, value: unknown) => toHex(taggedHash(tag, canonicalBytes(value))) as Hash;

/** Hashes of a problem in canonical order. Rules include the history and K. */
export const problemHashes = ({ inspectors, routes, rules, history, size }: CrewProblem): ProblemHashes => ({
	routesHash: hashOf('fairlot/crew/routes/1', routes),
	rosterHash: hashOf('fairlot/crew/roster/1', inspectors),
	rulesHash: hashOf('fairlot/crew/rules/1', { ...rules, history, size })
});

/** Pairings by the UTF-8 bytes of their canonical JSON; the same one may come several times. */
export const orderPortfolio = (pairings: readonly Pairing[]): Pairing[] =>
	pairings
		.map((pairing) => ({ pairing, text: canonical(pairing) }))
		.sort((a, b) => compareUtf8(a.text, b.text))
		.map(({ pairing }) => pairing);

export const portfolioRoot = (portfolio: readonly Pairing[]): Hash => rowsRoot(portfolio);

/** The pairings found, as they are published. */
export function portfolioOf({ roster, K, S, crew }: Pairings): Pairing[] {
	const { problem, R, seats } = roster;
	return orderPortfolio(
		Array.from({ length: K }, (_, t) =>
			Object.fromEntries(
				problem.routes.map(({ id }, r) => {
					const from = (t * R + r) * S;
					const members = Array.from(crew.subarray(from, from + seats[r]!)).sort((a, b) => a - b);
					return [id, members.map((i) => problem.inspectors[i]!.id)];
				})
			)
		)
	);
}
