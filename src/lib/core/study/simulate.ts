// What a plan would do, before it is chosen: whole draws with seeds of their own, by the very code that will draw.
// Draw r of a study uses the seed H("fairlot/study/1" ‖ 0 ‖ seed ‖ u64be r), so any range of draws can be computed
// anywhere and the figures are the same. Invariant: nothing here is an approximation of the draw; travel is (`tour`).

import { taggedHash } from '../bytes/sha256';
import { stream } from '../bytes/stream';
import { drawer } from '../draw/draw';
import type { Frame } from '../draw/frame';
import { partsOf } from '../draw/parts';
import { tourM } from './tour';

/** What is known of the rows of a frame beside what the draw knows; columns in frame order. */
export interface Facts {
	/** Whole months since the target was last drawn to be visited, −1: never. */
	monthsSince: Int32Array;
	blacklisted: Uint8Array;
	/** Place of the party among the parties; −1: not known. */
	party: Int32Array;
	/** Place of the office whose township it is; −1: none. */
	office: Int32Array;
	/** Metres as the crow flies to that office. */
	officeM: Int32Array;
	/** Ground in square metres that each office looks after, for the length of its tours. */
	officeAreaM2: Float64Array;
}

/** Targets not visited for this long are overdue. */
export const OVERDUE_MONTHS = 24;

/** Inspectors of a crew, at least. */
const CREW = 2;

export const figureNames = [
	'townships',
	'cells',
	'overdueLeft',
	'blacklisted',
	'parties',
	'mostAtOneParty',
	'travelM',
	'personDays'
] as const;
export type FigureName = (typeof figureNames)[number];

/** One figure of every draw, in the order of the draws, and how often each township and part was drawn from. */
export interface Study {
	draws: number;
	figures: Record<FigureName, Float64Array>;
	/** Draw after draw, the number drawn in each township of the frame. */
	townships: Int32Array;
	/** Over all draws, the number drawn in each part (township and cell), in the order of `partsOf`. */
	parts: Float64Array;
	/** Over all draws, how often each row was drawn. */
	rows: Int32Array;
}

export function studySeed(seed: Uint8Array, r: number): Uint8Array {
	const counter = new Uint8Array(8);
	new DataView(counter.buffer).setUint32(4, r);
	return taggedHash('fairlot/study/1', seed, counter);
}

/**
 * Draws `from` … `to` − 1 of the study of `seed` (32 bytes), r below 2³². `mass` is that of `masses()`; `perDay`:
 * visits one crew makes in a day. `onDraw` is called after each with the number done.
 */
export function simulate(
	frame: Frame,
	mass: Int32Array,
	facts: Facts,
	seed: Uint8Array,
	{ from, to, perDay }: { from: number; to: number; perDay: number },
	onDraw?: (done: number) => void
): Study {
	const draws = to - from;
	const parts = partsOf(frame);
	const partOf = new Int32Array(frame.size);
	for (let p = 0; p < parts.count; p++)
		for (let at = parts.starts[p]!; at < parts.starts[p + 1]!; at++) partOf[parts.rows[at]!] = p;
	const study: Study = {
		draws,
		figures: Object.fromEntries(
			figureNames.map((name) => [name, new Float64Array(draws)])
		) as Study['figures'],
		townships: new Int32Array(draws * frame.townships.length),
		parts: new Float64Array(parts.count),
		rows: new Int32Array(frame.size)
	};
	const overdue = facts.monthsSince.map((months) => Number(months < 0 || months >= OVERDUE_MONTHS));
	const allOverdue = overdue.reduce((sum, is) => sum + is, 0);
	const hold = drawer(frame);
	for (let k = 0; k < draws; k++) {
		const own = studySeed(seed, from + k);
		const drawn = hold(mass, (label) => stream(own, label));
		const inTownship = study.townships.subarray(k * frame.townships.length, (k + 1) * frame.townships.length);
		const cells = new Set<number>();
		const visitsOf = new Map<number, number>();
		let [late, black, most, lone] = [0, 0, 0, 0];
		for (const row of drawn) {
			inTownship[frame.townshipOf[row]!]!++;
			cells.add(frame.cellOf[row]!);
			study.parts[partOf[row]!]!++;
			study.rows[row]!++;
			late += overdue[row]!;
			black += facts.blacklisted[row]!;
			const party = facts.party[row]!;
			if (party < 0) lone++;
			const visits = party < 0 ? 1 : (visitsOf.get(party) ?? 0) + 1;
			if (party >= 0) visitsOf.set(party, visits);
			most = Math.max(most, visits);
		}
		const { figures } = study;
		figures.townships[k] = inTownship.reduce((count, n) => count + Number(n > 0), 0);
		figures.cells[k] = cells.size;
		figures.overdueLeft[k] = allOverdue - late;
		figures.blacklisted[k] = black;
		figures.parties[k] = visitsOf.size + lone;
		figures.mostAtOneParty[k] = most;
		figures.travelM[k] = tourM(drawn, facts, perDay);
		figures.personDays[k] = CREW * Math.ceil(figures.parties[k]! / perDay);
		onDraw?.(k + 1);
	}
	return study;
}
