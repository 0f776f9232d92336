// A step of a draw as a form action: the form is read, its shape checked, and whoever does what cannot be undone has
// confirmed who they are. A refusal goes back to the page; a step done leads to it anew, so that reloading repeats nothing.
import { fail, redirect, type Action, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { CeremonyRefusal } from '../../schema/ceremony';
import type { CrewRefusal } from '../../schema/crew-draw';
import { pageOf, requireElevated } from '../elevated';
import { refusedStatus } from '../caller';
import { actingIn } from './acting';
import type { Acting } from './step';

const numbers = ['id', 'serial', 'noticeMinutes', 'revealHours', 'closeDays', 'corrects', 'number', 'seat'];
const boxes = ['frameError'];

/** Fields of a form: a ticked box is true, a number is one; text otherwise. */
function fieldsOf(form: FormData): Record<string, unknown> {
	const fields: Record<string, unknown> = Object.fromEntries(form);
	for (const box of boxes) if (box in fields) fields[box] = true;
	for (const name of numbers) if (name in fields) fields[name] = Number(fields[name] || NaN);
	return fields;
}

/** confirmed: the password was given within ten minutes. to: where a step done leads, by default back to the page; back:
 *  with what its address asks for. */
export function stepAction<S extends v.GenericSchema, Done extends object = object>(
	schema: S,
	step: (
		acting: Acting & { escrow: string | undefined },
		given: v.InferOutput<S>,
		draw: number,
		event: RequestEvent
	) => Promise<({ ok: true } & Done) | CrewRefusal>,
	{
		confirmed = false,
		back = false,
		to
	}: { confirmed?: boolean; back?: boolean; to?: (done: Done) => string } = {}
): Action {
	return async (event) => {
		const at = new Date();
		if (confirmed) requireElevated(event, at);
		const fields = fieldsOf(await event.request.formData());
		const parsed = v.safeParse(schema, fields);
		const outcome: ({ ok: true } & Done) | CrewRefusal = parsed.success
			? await step(actingIn(event.locals, at), parsed.output, Number(event.params.id), event)
			: formRefusal(parsed.issues[0]);
		if (!outcome.ok) return fail(await refusedStatus(event, outcome.reason), { refusal: outcome });
		redirect(303, to ? to(outcome) : back ? pageOf(event.url) : event.url.pathname);
	};
}

const formRefusal = (issue: v.BaseIssue<unknown>): CeremonyRefusal => ({
	ok: false,
	reason: 'form',
	field: v.getDotPath(issue)?.split('.')[0] ?? '',
	message: issue.message
});
