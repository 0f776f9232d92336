// The form by which rows are changed by hand, on the list and on a row's page: fields are `field.<name>`.
import { fail, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Refusal } from '$lib/core/registry/reason';
import { changeForm, isEditable } from '$lib/schema/directory';
import { actorOf } from '$lib/server/account';
import { changeRows } from '$lib/server/registry/edit';

/** Why nothing was saved; `refused`: the rules that rows break, the code of the row as their file. */
export interface ChangeProblem {
	reason: string;
	code?: string;
	field?: string;
	refused?: Refusal[];
}

export async function changeAction(
	{ request, locals }: Pick<RequestEvent, 'request' | 'locals'>,
	list: string
) {
	const form = await request.formData();
	const fields = [...form].flatMap(([name, value]) =>
		name.startsWith('field.') ? [[name.slice(6), String(value).trim()] as const] : []
	);
	const given = v.safeParse(changeForm, {
		codes: form.getAll('code').map(String),
		fields: Object.fromEntries(fields),
		note: String(form.get('note') ?? '')
	});
	const kept = Object.fromEntries(fields);
	const failed = (problem: ChangeProblem) => fail(400, { kept, problem });
	if (!given.success) return failed({ reason: given.issues[0].message });
	if (!isEditable(list)) return failed({ reason: 'field', field: list });
	const call = { ...given.output, county: locals.county, list, at: new Date(), actor: actorOf(locals) };
	const changed = await changeRows(locals.db, call);
	return changed.ok ? { changed } : failed(changed);
}
