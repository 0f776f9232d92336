// A batch of an approved task becomes plans of draws, one for each kind it covers, and stays tied to them: the draws of
// these plans are the task's, its exclusions and the limit apply to their frames.
import type { TargetKind } from '../../core/model';
import type { AnnualProblem } from '../../schema/annual';
import { planForm } from '../../schema/plan';
import { insertPlan, planOf } from '../plan';
import * as v from 'valibot';
import { readAnnual } from './reading';
import { change, refuse, type Annual } from './step';

const kindWords: Record<TargetKind, string> = { mining_right: '采矿权', land_parcel: '用地' };

/** Ids of the plans, in the order of the kinds. */
export const makePlans = (
	annual: Annual,
	task: number,
	batch: number
): Promise<{ ok: true; plans: string[] } | AnnualProblem> =>
	change(annual, ['approved', 'published'], async ({ trx, note }) => {
		const { county, year, actor, at } = annual;
		const of = (await readAnnual(trx, county, year))?.tasks.find(({ number }) => number === task);
		const wanted = of?.batches.find(({ number }) => number === batch);
		if (!of || !wanted) return refuse('', of ? 'no_batch' : 'no_task');
		if (wanted.plans.length > 0) return refuse('', 'has_plan');
		const plans: string[] = [];
		for (const kind of of.kinds) {
			const suffix = [
				...(of.kinds.length > 1 ? [kindWords[kind]] : []),
				...(wanted.blacklisted ? ['黑名单加抽'] : [])
			];
			const name = `${year}年${of.title}第${batch}批${suffix.length > 0 ? `（${suffix.join('，')}）` : ''}`;
			const plan = await insertPlan(
				trx,
				county,
				planOf(v.parse(planForm, { ...of.spec, kind, name })),
				at,
				actor
			);
			const items = of.items.filter((item) => item.kind === kind);
			await trx
				.insertInto('app.task_plan')
				.values({
					...{ county, plan, year, task, batch, kind, blacklisted: wanted.blacklisted },
					// 重点 items are not limited; one item of the general kind makes the visit one that is.
					exempt: items.every(({ category }) => category === 'priority')
				})
				.execute();
			plans.push(plan);
		}
		await note('planned', { task, batch, plans });
		return { ok: true, plans };
	});
