// The lottery of crews takes seconds and its solver blocks: one thread for each.
import { describeLottery, type CrewLottery } from '../core/crew/document';
import { aimedAt, lottery, type LotteryError } from '../core/crew/lottery';
import type { CrewProblem } from '../core/crew/problem';
import type { CrewTerms } from '../core/crew/ticket';
import type { PlanError } from '../core/draw/plan';
import { openSolver } from './highs';
import { serve } from './worker-side';

export interface CrewTask {
	problem: CrewProblem;
	/** Null: a rehearsal. */
	terms: Partial<CrewTerms> | null;
}
export type CrewOutcome =
	| { ok: true; lottery: CrewLottery; programme: ReturnType<typeof aimedAt> }
	| ({ ok: false } & (LotteryError | PlanError));

serve(async ({ problem, terms }: CrewTask, progress): Promise<CrewOutcome> => {
	const held = lottery(problem, await openSolver(), progress);
	if (!held.ok) return held;
	const described = describeLottery(held, terms ?? {});
	return described.ok ? { ok: true, lottery: described.lottery, programme: aimedAt(held) } : described;
});
