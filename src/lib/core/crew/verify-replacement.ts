// Replacements made after the draw, checked: each one took the seat by the seat's own order, nobody was passed over who
// could have gone, and the pairing stayed lawful. Needs a document that verified (verify.ts).
// Invariant: like the rest of the verifier it shares no code with what makes replacements.

import type { Difference } from '../draw/manifest-shape';
import type { Result } from '../model';
import type { CrewDocument } from './document';
import type { Pairing } from './portfolio';
import { brokenRule } from './verify-rules';
import { differs } from './verify-step';

/** One replacement as it was recorded, in the order they were made. */
export interface ReplacementRecord {
	route: string;
	/** From 1, as the drawn pairing lists the route's crew. */
	seat: number;
	gone: string;
	taken: string;
	/** Everyone who had fallen out by then, `gone` included. */
	out: readonly string[];
}

/** The pairing in force after all replacements, or the first that is not as it should be. */
export function verifyReplacements(
	{ problem, drawn, replacements }: CrewDocument,
	records: readonly ReplacementRecord[]
): Result<{ pairing: Pairing }, Difference> {
	if (!drawn || !replacements)
		return { ok: false, ...differs('drawn', undefined, drawn, 'nothing is drawn yet') };
	let pairing: Pairing = drawn;
	for (const [at, { route, seat, gone, taken, out }] of records.entries()) {
		const path = `replacements[${at}]`;
		const crew: readonly string[] = pairing[route] ?? [];
		const order = replacements[route]?.[seat - 1];
		if (!order || crew[seat - 1] !== gone)
			return { ok: false, ...differs(`${path}.gone`, crew[seat - 1], gone, 'not in that seat') };
		if (!out.includes(gone)) return { ok: false, ...differs(`${path}.out`, gone, out, 'has not fallen out') };
		const now: Pairing = pairing;
		const first = order
			.filter((id) => !crew.includes(id) && !out.includes(id))
			.map((id) => ({ id, next: { ...now, [route]: crew.map((one, k) => (k === seat - 1 ? id : one)) } }))
			.find(({ next }) => brokenRule(next, problem) === null);
		if (first?.id !== taken)
			return {
				ok: false,
				...differs(`${path}.taken`, first?.id ?? null, taken, 'not the first of the order who may')
			};
		pairing = first.next;
	}
	return { ok: true, pairing };
}
