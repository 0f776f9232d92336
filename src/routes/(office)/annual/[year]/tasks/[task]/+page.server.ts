import { error, redirect } from '@sveltejs/kit';
import { getHexagonAreaAvg } from 'h3-js';
import { setError, superValidate } from 'sveltekit-superforms';
import { valibot } from 'sveltekit-superforms/adapters';
import { fail } from '@sveltejs/kit';
import { taskForm, type TaskForm } from '$lib/schema/annual';
import { areaRules } from '$lib/schema/plan';
import { actorOf } from '$lib/server/account';
import { readAnnual, type Task } from '$lib/server/annual/reading';
import { saveTask } from '$lib/server/annual/task';
import { townshipNames } from '$lib/server/plan';
import { whyText } from '../../../annual-text';
import { yearIn } from '../../../year-of';
import type { Actions, PageServerLoad } from './$types';

/** As a new plan of draws begins: 5 %, three substitutes, A ×0.5 to D ×4; one batch in the year's second quarter. */
const begun = (year: number): TaskForm => ({
	...{ area: '', areaRule: 'intersects', townships: [], sizeBy: 'ratio', ratioPercent: 5, sampleSize: 10 },
	...{ minPerTownship: 1, h3Resolution: 7, grid: 1, substitutes: 3, takeBlacklist: false },
	...{ weightA: 0.5, weightB: 1, weightC: 2, weightD: 4, weightBlacklist: 4 },
	...{ title: '', items: [], departments: [], responsible: '', exclusions: [] },
	batches: [{ from: `${year}-04-01`, to: `${year}-06-30`, blacklisted: false }]
});
const formOf = ({ title, items, departments, responsible, spec, batches, exclusions }: Task): TaskForm => ({
	...spec,
	...{ title, items: items.map(({ code }) => code), departments, responsible, exclusions },
	batches: batches.map(({ from, to, blacklisted }) => ({ from, to, blacklisted }))
});
const numberIn = (text: string) => {
	if (text === 'new') return null;
	if (!/^[1-9][0-9]{0,5}$/.test(text)) error(404, 'no such task');
	return Number(text);
};

export const load: PageServerLoad = async ({ params, url, locals: { db, county } }) => {
	const year = yearIn(params.year);
	const annual = await readAnnual(db, county.code, year);
	if (!annual || annual.state !== 'draft') redirect(303, `/annual/${year}`);
	const number = numberIn(params.task);
	const task = annual.tasks.find((one) => one.number === number);
	if (number !== null && !task) error(404, 'no such task');
	const initial = task ? formOf(task) : begun(year);
	// From the map: what was drawn there, into a task that is being written.
	const area = url.searchParams.get('area');
	const rule = areaRules.find((known) => known === url.searchParams.get('rule'));
	if (area !== null) Object.assign(initial, { area, ...(rule && { areaRule: rule }) });
	const items = await db
		.selectFrom('app.item')
		.where('county', '=', county.code)
		.select(['code', 'name', 'kind', 'category', 'basis'])
		.orderBy('code')
		.execute();
	return {
		...{ year, number, items, title: task?.title ?? null },
		form: await superValidate(initial, valibot(taskForm), { errors: false }),
		townships: await townshipNames(db, county.code),
		cellAreasKm2: [4, 5, 6, 7, 8, 9].map((resolution) => ({
			resolution,
			area: getHexagonAreaAvg(resolution, 'km2')
		}))
	};
};

export const actions: Actions = {
	default: async ({ request, params, locals }) => {
		const form = await superValidate(request, valibot(taskForm));
		if (!form.valid) return fail(400, { form });
		const annual = {
			...{ db: locals.db, county: locals.county.code, year: yearIn(params.year) },
			...{ actor: actorOf(locals), at: new Date() }
		};
		const outcome = await saveTask(annual, numberIn(params.task), form.data);
		// What the registry knows better than the form is said under the form's own message.
		if (!outcome.ok) return setError(form, '', `${outcome.field}\u001f${whyText(outcome)}`);
		redirect(303, `/annual/${params.year}`);
	}
};
