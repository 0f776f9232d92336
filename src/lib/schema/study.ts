// What a study is asked and what it tells: one plan simulated, and the same plan at other ratios beside it.
import * as v from 'valibot';
import type { Band } from '../core/study/band';
import type { FigureName } from '../core/study/simulate';
import type { PlanProblem } from './draw';
import { planSpec } from './plan';

export const studyRequest = v.object({
	spec: planSpec,
	/** The saved plan it was made from: what its task decides about the frame holds here too. */
	plan: v.optional(v.pipe(v.string(), v.uuid())),
	/** Whole draws; the same seed gives the same figures. */
	draws: v.pipe(v.number(), v.integer(), v.minValue(20), v.maxValue(5000)),
	seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
	/** Visits one crew makes in a day. */
	perDay: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
	/** Also the frontier: the same plan at other ratios. */
	frontier: v.boolean()
});
export type StudyRequest = v.InferOutput<typeof studyRequest>;

export interface StudyResult {
	draws: number;
	size: number;
	/** 频次上限: parties left out because their year is used up. */
	limit: { allowed: number | null; parties: number };
	sampleSize: number;
	figures: Record<FigureName, Band>;
	/** What each figure is out of, where that is a number: townships, cells, overdue, blacklisted, parties. */
	totals: { townships: number; cells: number; overdue: number; blacklisted: number; parties: number };
	townships: { code: string; size: number; band: Band }[];
	/** Share of the targets drawn at least once after 1, 2, … rounds with these chances. */
	drawnAfter: number[];
	/** Draws of 20 equal classes of chance from 0 to 1: how many targets have it. */
	chances: number[];
}

/** The plan at another ratio: what is covered and what it costs. */
export interface FrontierPoint {
	ratioPercent: number;
	sampleSize: number;
	cells: Band;
	overdueLeft: Band;
	personDays: Band;
	travelM: Band;
	/** The plan as asked. */
	own: boolean;
}

export type StudyEvent =
	| { type: 'progress'; done: number; total: number }
	| { type: 'result'; result: StudyResult }
	| { type: 'frontier'; points: FrontierPoint[]; draws: number }
	| { type: 'problem'; problem: PlanProblem }
	/** Refused: this account's own simulation runs still, or others use what the server has. */
	| { type: 'busy'; reason: 'own' | 'server' };
