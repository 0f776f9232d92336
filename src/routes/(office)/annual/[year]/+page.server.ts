import { may } from '$lib/server/access';
import { actorOf } from '$lib/server/account';
import { jointOf } from '$lib/server/annual/joint';
import * as plan from '$lib/server/annual/plan';
import { annualYears, readAnnual, superiorLists } from '$lib/server/annual/reading';
import { addStep, markDone, removeStep } from '$lib/server/annual/responsibility';
import { listTargeted, yearShares } from '$lib/server/annual/targeted';
import { removeTask } from '$lib/server/annual/task';
import { makePlans } from '$lib/server/annual/task-plan';
import { accountNames } from '$lib/server/ceremony/parts';
import { requireElevated } from '$lib/server/elevated';
import { publishForm, reasonForm, stepForm, type AnnualProblem } from '$lib/schema/annual';
import { redirect } from '@sveltejs/kit';
import { dayInChina } from '$lib/core/calendar/year';
import { fieldsOf, parsed, refused } from '../refusal';
import { thisYear, yearIn } from '../year-of';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ params, url, locals }) => {
	const { db, county, user } = locals;
	const year = yearIn(params.year);
	const at = new Date();
	const annual = await readAnnual(db, county.code, year);
	const people = [annual?.createdBy, annual?.submittedBy, annual?.approvedBy];
	const done = annual?.steps.map(({ doneBy }) => doneBy) ?? [];
	const chosen = (url.searchParams.get('tasks') ?? '').split(',').map(Number);
	const tasks = annual?.tasks.filter(({ number }) => chosen.includes(number)) ?? [];
	return {
		...{ year, annual, today: dayInChina(at), chosen: tasks.map(({ number }) => number) },
		years: [...new Set([...(await annualYears(db, county.code)), thisYear(), year])].sort((p, q) => q - p),
		names: await accountNames(
			db,
			[...people, ...done].flatMap((id) => id ?? [])
		),
		shares: await yearShares(db, county.code),
		superior: await superiorLists(db, county.code, year),
		targeted: await listTargeted(db, county.code, year, 1),
		// A second of work on a large registry: the page does not wait for it.
		joint: jointOf(db, county.code, tasks, at),
		mayPlan: user !== null && may(user, 'plan'),
		mayApprove: user !== null && may(user, 'approve'),
		mayAnswer: user !== null && may(user, 'answer')
	};
};

const acting = ({ locals, params }: RequestEvent) => ({
	...{ db: locals.db, county: locals.county.code, year: yearIn(params.year), actor: actorOf(locals) },
	at: new Date()
});

/** A change that needs nothing but a number, or a few fields. */
const step =
	(
		form: string,
		work: (event: RequestEvent, given: Record<string, string>) => Promise<{ ok: true } | AnnualProblem>
	) =>
	async (event: RequestEvent) => {
		const given = await fieldsOf(event.request);
		const outcome = await work(event, given);
		return outcome.ok ? { form, problem: null, given: {} } : refused(form, outcome, given);
	};
const numberOf = (given: Record<string, string>, field = 'number') =>
	/^[1-9][0-9]{0,6}$/.test(given[field] ?? '') ? Number(given[field]) : 0;
const reasoned =
	(work: (annual: ReturnType<typeof acting>, reason: string) => Promise<{ ok: true } | AnnualProblem>) =>
	(event: RequestEvent, given: Record<string, string>) => {
		const form = parsed(reasonForm, given);
		return form.ok ? work(acting(event), form.output.reason) : Promise.resolve(form);
	};

export const actions: Actions = {
	create: step('create', (event) => plan.createAnnual(acting(event))),
	submit: step('submit', (event) => plan.submitAnnual(acting(event))),
	approve: step('approve', (event) => plan.approveAnnual(acting(event))),
	giveBack: step('giveBack', reasoned(plan.returnAnnual)),
	reopen: step('reopen', reasoned(plan.reopenAnnual)),
	publish: step('publish', (event, given) => {
		requireElevated(event, new Date());
		const form = parsed(publishForm, given);
		if (!form.ok) return Promise.resolve(form);
		return plan.publishAnnual(acting(event), event.locals.county, form.output.filingNumber);
	}),
	removeTask: step('task', (event, given) => removeTask(acting(event), numberOf(given))),
	addStep: step('step', (event, given) => {
		const form = parsed(stepForm, given);
		return form.ok ? addStep(acting(event), form.output) : Promise.resolve(form);
	}),
	removeStep: step('step', (event, given) => removeStep(acting(event), numberOf(given))),
	markDone: step('step', (event, given) => markDone(acting(event), numberOf(given))),
	makePlan: async (event) => {
		const given = await fieldsOf(event.request);
		const outcome = await makePlans(acting(event), numberOf(given, 'task'), numberOf(given, 'batch'));
		if (!outcome.ok) return refused('task', outcome, given);
		redirect(303, `/plans/${outcome.plans[0]}`);
	}
};
