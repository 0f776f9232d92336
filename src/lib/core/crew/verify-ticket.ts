// Seed, ticket, the drawn pairing and the order of replacement of each seat, recomputed (protocol, §9).

import { canonicalBytes } from '../bytes/canonical';
import { fromHex, isHex, toHex } from '../bytes/hex';
import { sha256 } from '../bytes/sha256';
import { stream } from '../bytes/stream';
import { checkEntropy } from '../draw/entropy';
import { completePlan } from '../draw/plan';
import { firstDifference } from '../draw/verify';
import { mayNot } from './verify-rules';
import { differs, hash, type Step } from './verify-step';

export const seeded: Step = ({ plan, commitment, entropy, seed, seedSource }) => {
	const kind = seed === null ? null : entropy === null ? 'given' : 'ceremony';
	if (seedSource !== kind) return differs('seedSource', kind, seedSource);
	if (seed === null) return entropy === null ? null : differs('entropy', null, entropy, 'there is no seed');
	if (!isHex(seed, 32)) return differs('seed', undefined, seed, 'not 32 bytes in hex');
	if (entropy === null) return null;
	const { nonceCommit, entropy: wanted } = plan;
	const like = completePlan({ sampleSize: 0, nonceCommit, entropy: wanted });
	const checked = like.ok ? checkEntropy(like.plan, entropy) : like;
	if (!checked.ok)
		return differs(
			['entropy', checked.field].filter(Boolean).join('.'),
			undefined,
			undefined,
			checked.reason
		);
	const expected = hash('fairlot/crew/seed/1', fromHex(commitment), canonicalBytes(entropy));
	return expected === seed ? null : differs('seed', expected, seed);
};

export const drawnRight: Step = ({ problem, portfolio, seed, ticket, drawn, replacements }) => {
	if (seed === null)
		return firstDifference(
			{ ticket: null, drawn: null, replacements: null },
			{ ticket, drawn, replacements }
		);
	const bytes = fromHex(seed);
	const place = stream(bytes, 'crew').int(portfolio.length);
	const orders = Object.fromEntries(
		problem.routes.map((route) => {
			const may = problem.inspectors.filter((who) => mayNot(who, route, problem) === null);
			const order = (k: number) => {
				const keyed = may.map(({ id }) => {
					const key = toHex(sha256(bytes, `\0replace\0${route.id}\0${k}\0${id}`));
					return { id, key };
				});
				return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ id }) => id);
			};
			return [route.id, Array.from({ length: route.seats }, (_, k) => order(k + 1))];
		})
	);
	const expected = { ticket: place, drawn: portfolio[place]!, replacements: orders };
	return firstDifference(expected, { ticket, drawn, replacements });
};
