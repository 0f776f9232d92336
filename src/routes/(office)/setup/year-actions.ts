// The forms of working days and rules, for the set-up and for the page of rules: what is wrong, or null once it is saved.
import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { readCalendar } from '$lib/core/calendar/year';
import { calendarForm, ruleForm } from '$lib/schema/setup';
import { actorOf } from '$lib/server/account';
import { saveYear, shippedYears } from '$lib/server/calendar';
import { saveRules } from '$lib/server/rule';
import type { SetupProblem } from '$lib/server/setup/county';

type Problem = Omit<SetupProblem, 'ok'>;
type Event = Pick<RequestEvent, 'request' | 'locals'>;

const setting = ({ locals }: Event) => ({
	...{ db: locals.db, county: locals.county.code, actor: actorOf(locals), at: new Date() }
});

/** The first thing a form did not hold, by its field; of rows the place and the field. */
export function unreadField([issue]: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): Problem {
	const [field = '', place, inside = ''] = (v.getDotPath(issue) ?? '').split('.');
	return { field: place === undefined ? field : `${place}.${inside}`, reason: issue.message };
}

/** A year that comes with the program, or one that was typed. */
export async function takeCalendar(event: Event): Promise<Problem | null> {
	const form = Object.fromEntries(await event.request.formData());
	const offered = shippedYears().find(({ year }) => String(year) === form.offered);
	const given = v.safeParse(calendarForm, form);
	if (offered) await saveYear(setting(event), offered);
	else if (!given.success) return unreadField(given.issues);
	else {
		const typed = readCalendar(given.output.days, given.output.year, given.output.source);
		if (!typed.ok) return { field: 'days', ...typed };
		await saveYear(setting(event), typed.calendar);
	}
	return null;
}

/** Values of rules from a day on, each with its source. */
export async function takeRules(event: Event): Promise<Problem | null> {
	const form = await event.request.formData();
	const [values, sources] = [form.getAll('value'), form.getAll('source')];
	const rows = form.getAll('key').map((key, i) => ({ key, value: values[i], source: sources[i] }));
	const given = v.safeParse(ruleForm, { from: form.get('from'), rows });
	if (!given.success) return unreadField(given.issues);
	const result = await saveRules(setting(event), given.output);
	return result.ok ? null : result;
}
