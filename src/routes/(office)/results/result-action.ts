// A step of a result as a form action: the form is read and its shape checked, and whoever publishes or takes off has
// confirmed who they are. A refusal goes back to the form it came from.
import { fail, type Action, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { ResultProblem } from '$lib/schema/result';
import { actorOf } from '$lib/server/account';
import { refusedStatus } from '$lib/server/caller';
import { requireElevated } from '$lib/server/elevated';
import type { Acting, StepOutcome } from '$lib/server/result/step';

export const actingIn = ({ locals }: Pick<RequestEvent, 'locals'>): Acting => ({
	...{ db: locals.db, county: locals.county.code, actor: actorOf(locals), at: new Date() }
});

/** Fields of a form; `lists` may be given several times. */
export async function fieldsOf(
	request: Request,
	lists: readonly string[] = []
): Promise<Record<string, string | string[]>> {
	const data = await request.formData();
	const texts = Object.fromEntries([...data].map(([name, value]) => [name, String(value)]));
	return { ...texts, ...Object.fromEntries(lists.map((name) => [name, data.getAll(name).map(String)])) };
}

/** Parsed, or the first field that is wrong. */
export function parsed<S extends v.GenericSchema>(
	schema: S,
	given: unknown
): { ok: true; output: v.InferOutput<S> } | ResultProblem {
	const result = v.safeParse(schema, given);
	if (result.success) return { ok: true, output: result.output };
	const [issue] = result.issues;
	return { ok: false, reason: 'form', field: v.getDotPath(issue) ?? '', at: issue.message };
}

/** form: the action's name. confirmed: the password was given within ten minutes. */
export function resultAction<S extends v.GenericSchema>(
	form: string,
	schema: S,
	work: (acting: Acting, id: number, given: v.InferOutput<S>) => Promise<StepOutcome>,
	{ confirmed = false, lists = [] }: { confirmed?: boolean; lists?: readonly string[] } = {}
): Action {
	return async (event) => {
		if (confirmed) requireElevated(event, new Date());
		const given = await fieldsOf(event.request, lists);
		const checked = parsed(schema, given);
		const outcome: StepOutcome | ResultProblem = checked.ok
			? await work(actingIn(event), Number(event.params.id), checked.output)
			: checked;
		if (outcome.ok) return { form, problem: null, given: {} };
		return fail(await refusedStatus(event, outcome.reason), { form, problem: outcome, given });
	};
}
