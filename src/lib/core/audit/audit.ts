// The audit of past batches, whoever drew them: every test, and a verdict that says no more than they do.
// Levels: with three tests, p below 0.001 is a finding, below 0.01 a remark; a pattern that leaves targets without any
// chance is a finding by itself. "Nothing found" is not "proved fair", and with few drawn nothing is said.

import { findEveryKth, neverReachable, type EveryKth } from './every-kth';
import type { Batch } from './list';
import { pairingsOf, type Pairings } from './pairings';
import {
	byOffice,
	byPosition,
	byYear,
	neverDrawn,
	testUniformity,
	totals,
	type Uniformity
} from './uniformity';

export const FINDING = 0.001;
export const REMARK = 0.01;

export const testNames = ['position', 'office', 'registered'] as const;
export type TestName = (typeof testNames)[number];
export type Verdict = 'defect' | 'finding' | 'remark' | 'nothing' | 'too_few';

export interface Audit {
	batches: number;
	rows: number;
	drawn: number;
	verdict: Verdict;
	tests: Record<TestName, Uniformity>;
	everyKth: EveryKth[];
	/** No batch they stood in could have drawn them. */
	unreachable: string[];
	never: ReturnType<typeof neverDrawn>;
	pairings: Pairings | null;
}

export function auditOf(batches: readonly Batch[]): Audit {
	const found = batches.map(findEveryKth);
	const everyKth = found.filter((one) => one !== null);
	const tests = {
		position: testUniformity(batches, byPosition, true),
		office: testUniformity(batches, byOffice, false),
		registered: testUniformity(batches, byYear, true)
	};
	const values = Object.values(tests).flatMap((test) => (test.ok ? [test.p] : []));
	const least = Math.min(1, ...values);
	const verdict =
		everyKth.length > 0
			? 'defect'
			: values.length === 0
				? 'too_few'
				: least < FINDING
					? 'finding'
					: least < REMARK
						? 'remark'
						: 'nothing';
	return {
		...{ batches: batches.length, ...totals(batches), verdict, tests, everyKth },
		unreachable: neverReachable(batches, found),
		never: neverDrawn(batches),
		pairings: pairingsOf(batches)
	};
}
