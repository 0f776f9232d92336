// The arithmetic of a study on frozen rows: a range of its draws, or some of the ratios of its frontier. Pure, so that
// it runs in worker threads side by side.
import { taggedHash } from '../core/bytes/sha256';
import { makeFrame } from '../core/draw/frame';
import { masses } from '../core/draw/masses';
import { bandOf } from '../core/study/band';
import { simulate, type Facts, type Study } from '../core/study/simulate';
import type { PlanProblem } from '../schema/draw';
import type { FrontierPoint } from '../schema/study';
import { namedRow, sizeOf, type FrozenRows, type PlanSize } from './frozen';

export interface StudyTask extends FrozenRows {
	facts: Facts;
	plan: PlanSize;
	seed: number;
	perDay: number;
	/** Draws `from` … `to` − 1. */
	from: number;
	to: number;
	/** Ratios in percent, each simulated by `frontierDraws` draws. */
	ratios: number[];
}
export type StudyPart =
	| { ok: false; problem: PlanProblem }
	| {
			ok: true;
			study: Study;
			mass: Int32Array;
			parts: { cells: number; townships: string[]; sizes: number[] };
	  };
export type FrontierPart = { ok: true; points: FrontierPoint[] };

/** Enough for a mean and a rough band; fewer where a draw takes long. */
export const frontierDraws = (size: number): number => Math.max(10, Math.min(60, Math.round(600_000 / size)));

const seedOf = (seed: number) => taggedHash('fairlot/study/seed/1', String(seed));

/** `onDraw`: draws of `simulate` done since the last call, at most every 20 ms of work or so. */
export function studyRange(task: StudyTask, onDraw: (done: number) => void): StudyPart {
	const made = makeFrame(task.rows);
	if (!made.ok) return { ok: false, problem: namedRow(made, task.rows) };
	const { frame } = made;
	const shares = masses(frame, sizeOf(task.plan, frame.size));
	if (!shares.ok) return { ok: false, problem: shares };
	const study = simulate(frame, shares.mass, task.facts, seedOf(task.seed), task, onDraw);
	const { allocation, mass } = shares;
	return {
		ok: true,
		study,
		mass,
		parts: {
			cells: frame.cells.length,
			townships: allocation.map(({ township }) => township),
			sizes: allocation.map(({ size }) => size)
		}
	};
}

/** Ratios at which the plan is impossible, a minimum too large for it for one, are left out. */
export function studyFrontier(task: StudyTask, onDraw: (done: number) => void): FrontierPart {
	const made = makeFrame(task.rows);
	const points: FrontierPoint[] = [];
	if (!made.ok) return { ok: true, points };
	const range = { from: 0, to: frontierDraws(task.rows.length), perDay: task.perDay };
	for (const ratioPercent of task.ratios) {
		const size = sizeOf({ ...task.plan, sampleSize: null, ratioPercent }, made.frame.size);
		const shares = masses(made.frame, size);
		if (shares.ok) {
			const { figures } = simulate(made.frame, shares.mass, task.facts, seedOf(task.seed), range, onDraw);
			const { cells, overdueLeft, personDays, travelM } = figures;
			points.push({
				ratioPercent,
				sampleSize: size.sampleSize,
				cells: bandOf(cells),
				overdueLeft: bandOf(overdueLeft),
				personDays: bandOf(personDays),
				travelM: bandOf(travelM),
				own: false
			});
		}
	}
	return { ok: true, points };
}
