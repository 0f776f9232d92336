// What crosses the wire about a draw: the digits that are typed, the preview of a plan, the course of a trial.
import * as v from 'valibot';
import type { RowError } from '../core/draw/frame';
import type { MassError } from '../core/draw/masses';
import type { PartShare } from '../core/draw/preview';
import type { Allocation, PlanError } from '../core/draw/plan';

/** Twenty decimal digits (protocol §4), typed twice; spaces are how people group them. */
const digits = v.pipe(
	v.string(),
	v.transform((text) => text.replace(/\s/g, '')),
	v.check((text) => !/[^0-9]/.test(text), 'not_digit'),
	v.check(
		(text) => text.length === 20,
		(issue) => `length:${String(issue.input).length}`
	)
);

export const trialForm = v.pipe(
	v.object({ digits, again: digits }),
	v.forward(
		v.check(({ digits, again }) => digits === again, 'differs'),
		['again']
	)
);
export type TrialForm = v.InferOutput<typeof trialForm>;

/** The first place, from 1, where two runs of digits differ; 0 when one only continues the other. */
export function firstDifference(a: string, b: string): number {
	for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return i + 1;
	return 0;
}

/** Why a plan cannot be drawn on its frame; `id` names the row of a RowError. */
export type PlanProblem = { reason: 'empty' } | MassError | PlanError | (RowError & { id: string });

export interface PlanPreview {
	/** Rows of the frame. */
	size: number;
	sampleSize: number;
	minPerTownship: number;
	excluded: { reason: string; count: number }[];
	/** 频次上限: the rule applied, and how many parties it leaves out. */
	limit: { year: number; allowed: number | null; exempt: boolean; parties: number };
	problem: PlanProblem | null;
	/** With a problem empty; masses are in units of 2⁻³⁰. */
	townships: Allocation[];
	/** The largest shares only. */
	cells: PartShare[];
	cellCount: number;
	/** Parts whose share is one or more: each is sure of a drawn target. */
	sureCells: number;
	leastMass: number;
	mostMass: number;
	suggested: { h3Resolution: number; minPerTownship: number };
}

export type TrialStep = 'freeze' | 'frame' | 'commit' | 'draw' | 'save';

export interface TrialProgress {
	step: TrialStep;
	done: number;
	total: number;
}

/** One line of the answer to a trial: where it is, and at last how it ended. */
export type TrialEvent =
	| ({ type: 'progress' } & TrialProgress)
	| { type: 'done'; draw: number }
	| { type: 'problem'; problem: PlanProblem };
