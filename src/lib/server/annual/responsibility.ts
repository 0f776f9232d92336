// 责任分解: who does which step by when, and who said that it is done.
import { sql } from 'kysely';
import type { AnnualProblem, StepForm } from '../../schema/annual';
import { append } from '../ledger';
import { change, refuse, type Annual } from './step';

export const addStep = (
	annual: Annual,
	{ unit, step, due, task }: StepForm
): Promise<{ ok: true } | AnnualProblem> =>
	change(annual, ['draft'], async ({ trx, note }) => {
		const { county, year } = annual;
		const of = task === '' ? null : Number(task);
		const known =
			of === null ||
			(await trx
				.selectFrom('app.task')
				.where('county', '=', county)
				.where('year', '=', year)
				.where('number', '=', of)
				.select('number')
				.executeTakeFirst());
		if (!known) return refuse('task', 'no_task');
		const { number } = await trx
			.selectFrom('app.responsibility')
			.where('county', '=', county)
			.where('year', '=', year)
			.select(sql<number>`coalesce(max(number), 0) + 1`.as('number'))
			.executeTakeFirstOrThrow();
		await trx
			.insertInto('app.responsibility')
			.values({ county, year, number, task: of, unit, step, due })
			.execute();
		await note('step_added', { number, task: of, unit, step, due });
		return { ok: true };
	});

export const removeStep = (annual: Annual, number: number): Promise<{ ok: true } | AnnualProblem> =>
	change(annual, ['draft'], async ({ trx, note }) => {
		const { numDeletedRows } = await trx
			.deleteFrom('app.responsibility')
			.where('county', '=', annual.county)
			.where('year', '=', annual.year)
			.where('number', '=', number)
			.executeTakeFirstOrThrow();
		if (numDeletedRows !== 1n) return refuse('', 'no_task');
		await note('step_removed', { number });
		return { ok: true };
	});

/** At any time; once, and it stays. */
export function markDone(
	{ db, county, year, actor, at }: Annual,
	number: number
): Promise<{ ok: true } | AnnualProblem> {
	return db.transaction().execute(async (trx) => {
		const { numUpdatedRows } = await trx
			.updateTable('app.responsibility')
			.set({ done_by: actor, done_at: at })
			.where('county', '=', county)
			.where('year', '=', year)
			.where('number', '=', number)
			.where('done_at', 'is', null)
			.executeTakeFirstOrThrow();
		if (numUpdatedRows !== 1n) return refuse('', 'closed');
		await append(trx, county, { type: 'annual.step_done', at: at.toISOString(), actor, year, number });
		return { ok: true };
	});
}
