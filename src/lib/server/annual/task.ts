// 抽查任务: saved as the form gives it while its plan is a draft. An item that is not in force on the first day of a batch is
// refused (二(一): what law does not provide for is not inspected), and so is a target nobody knows.
import { sql, type Transaction } from 'kysely';
import type { AnnualProblem, TaskForm } from '../../schema/annual';
import type { DB } from '../db/schema';
import { planOf, scopeError } from '../plan';
import { change, refuse, type Annual } from './step';

const cite = (list: readonly string[]) => list.slice(0, 5).join('、');

/** number: the task to change; null: a new one. */
export const saveTask = (
	annual: Annual,
	number: number | null,
	form: TaskForm
): Promise<{ ok: true; number: number } | AnnualProblem> =>
	change(annual, ['draft'], async ({ trx, note }) => {
		const { county, year } = annual;
		const kinds = await kindsOf(trx, annual, form);
		if (!Array.isArray(kinds)) return kinds;
		const wrong = await wrongScope(trx, annual, form);
		if (wrong) return wrong;
		const own = number ?? (await nextTask(trx, annual));
		const kept = await plannedBatches(trx, annual, own);
		if (kept.some((batch) => batch > form.batches.length)) return refuse('batches', 'has_plan');
		const { title, items, departments, responsible, batches, exclusions, ...spec } = form;
		const row = {
			...{ title, kinds, items, departments: [...new Set(departments)], responsible },
			...{ lead_department: departments[0]!, spec: JSON.stringify(spec) }
		};
		if (number === null)
			await trx
				.insertInto('app.task')
				.values({ county, year, number: own, ...row })
				.execute();
		else {
			const { numUpdatedRows } = await trx
				.updateTable('app.task')
				.set(row)
				.where('county', '=', county)
				.where('year', '=', year)
				.where('number', '=', own)
				.executeTakeFirstOrThrow();
			if (numUpdatedRows !== 1n) return refuse('', 'no_task');
		}
		await replaceBatches(trx, annual, own, batches);
		await replaceExclusions(trx, annual, own, exclusions);
		await edited(trx, annual);
		await note('task_saved', {
			...{ task: own, title, kinds, items, departments: row.departments, responsible },
			batches: batches.map((batch) => ({ ...batch })),
			exclusions: exclusions.map((exclusion) => ({ ...exclusion })),
			// Ratios and weights are not whole numbers, so they enter as the text they were saved as.
			spec: row.spec
		});
		return { ok: true, number: own };
	});

/** The kinds of the items, all of them in force when a batch begins. */
async function kindsOf(
	trx: Transaction<DB>,
	{ county, year }: Annual,
	{ items, batches, departments }: TaskForm
): Promise<string[] | AnnualProblem> {
	const outside = batches.findIndex(({ from }) => Number(from.slice(0, 4)) !== year);
	if (outside >= 0) return refuse(`batches.${outside}.from`, 'year', String(year));
	if (new Set(departments).size < departments.length) return refuse('departments', 'twice');
	const rows = await trx
		.selectFrom('app.item')
		.where('county', '=', county)
		.where('code', 'in', items)
		.select(['code', 'name', 'kind'])
		.select(
			sql<boolean>`NOT EXISTS (SELECT FROM unnest(${batches.map(({ from }) => from)}::date[]) d WHERE NOT valid @> d)`.as(
				'holds'
			)
		)
		.execute();
	const unknown = items.filter((code) => !rows.some((row) => row.code === code));
	if (unknown.length > 0) return refuse('items', 'item_unknown', cite(unknown));
	const gone = rows.filter(({ holds }) => !holds);
	if (gone.length > 0)
		return refuse('items', 'item_not_in_force', cite(gone.map(({ code, name }) => `${code} ${name}`)));
	return [...new Set(rows.map(({ kind }) => kind))].sort().reverse();
}

async function wrongScope(
	trx: Transaction<DB>,
	{ county }: Annual,
	form: TaskForm
): Promise<AnnualProblem | null> {
	const wrong = await scopeError(trx, county, planOf({ ...form, kind: 'mining_right' }));
	if (wrong?.field === 'area') return refuse('area', 'area_empty');
	if (wrong) return refuse('townships', 'township', wrong.code);
	const codes = form.exclusions.map(({ target }) => target);
	if (new Set(codes).size < codes.length) return refuse('exclusions', 'twice');
	if (codes.length === 0) return null;
	const { rows } = await sql<{ code: string }>`SELECT code FROM app.current_target
		WHERE county = ${county} AND code = ANY(${codes})`.execute(trx);
	const unknown = codes.filter((code) => !rows.some((row) => row.code === code));
	return unknown.length === 0 ? null : refuse('exclusions', 'target_unknown', cite(unknown));
}

async function nextTask(trx: Transaction<DB>, { county, year }: Annual): Promise<number> {
	const { number } = await trx
		.selectFrom('app.task')
		.where('county', '=', county)
		.where('year', '=', year)
		.select(sql<number>`coalesce(max(number), 0) + 1`.as('number'))
		.executeTakeFirstOrThrow();
	return number;
}

/** Batches that became plans already: they stay. */
async function plannedBatches(
	trx: Transaction<DB>,
	{ county, year }: Annual,
	task: number
): Promise<number[]> {
	const rows = await trx
		.selectFrom('app.task_plan')
		.where('county', '=', county)
		.where('year', '=', year)
		.where('task', '=', task)
		.select('batch')
		.execute();
	return rows.map(({ batch }) => batch);
}

async function replaceBatches(
	trx: Transaction<DB>,
	{ county, year }: Annual,
	task: number,
	batches: TaskForm['batches']
): Promise<void> {
	await trx
		.deleteFrom('app.task_batch')
		.where('county', '=', county)
		.where('year', '=', year)
		.where('task', '=', task)
		.where('number', '>', batches.length)
		.execute();
	await trx
		.insertInto('app.task_batch')
		.values(
			batches.map(({ from, to, blacklisted }, i) => ({
				...{ county, year, task, number: i + 1, from_day: from, to_day: to, blacklisted }
			}))
		)
		.onConflict((conflict) =>
			conflict.columns(['county', 'year', 'task', 'number']).doUpdateSet(({ ref }) => ({
				from_day: ref('excluded.from_day'),
				to_day: ref('excluded.to_day'),
				blacklisted: ref('excluded.blacklisted')
			}))
		)
		.execute();
}

async function replaceExclusions(
	trx: Transaction<DB>,
	{ county, year }: Annual,
	task: number,
	exclusions: TaskForm['exclusions']
): Promise<void> {
	await trx
		.deleteFrom('app.task_exclusion')
		.where('county', '=', county)
		.where('year', '=', year)
		.where('task', '=', task)
		.execute();
	if (exclusions.length === 0) return;
	await trx
		.insertInto('app.task_exclusion')
		.values(exclusions.map((exclusion) => ({ county, year, task, ...exclusion })))
		.execute();
}

/** Whoever changed it last is an author too, and cannot approve it. */
const edited = (trx: Transaction<DB>, { county, year, actor, at }: Annual) =>
	trx
		.updateTable('app.annual_plan')
		.set({ edited_by: actor, edited_at: at })
		.where('county', '=', county)
		.where('year', '=', year)
		.execute();

/** A task that never became a plan is taken back. */
export const removeTask = (annual: Annual, number: number): Promise<{ ok: true } | AnnualProblem> =>
	change(annual, ['draft'], async ({ trx, note }) => {
		if ((await plannedBatches(trx, annual, number)).length > 0) return refuse('', 'has_plan');
		const of = { county: annual.county, year: annual.year, task: number };
		for (const table of ['app.responsibility', 'app.task_batch', 'app.task_exclusion'] as const)
			await trx
				.deleteFrom(table)
				.where('county', '=', of.county)
				.where('year', '=', of.year)
				.where('task', '=', number)
				.execute();
		const { numDeletedRows } = await trx
			.deleteFrom('app.task')
			.where('county', '=', of.county)
			.where('year', '=', of.year)
			.where('number', '=', number)
			.executeTakeFirstOrThrow();
		if (numDeletedRows !== 1n) return refuse('', 'no_task');
		await edited(trx, annual);
		await note('task_removed', { task: number });
		return { ok: true };
	});
