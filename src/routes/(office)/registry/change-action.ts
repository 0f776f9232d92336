// The form by which rows are changed by hand, on the list and on a row's page: fields are `field.<name>`, rows are named by
// their codes, or are all that the list of the page finds.
import { fail, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Refusal } from '$lib/core/registry/reason';
import { changeFoundForm, changeForm, isEditable } from '$lib/schema/directory';
import { actorOf } from '$lib/server/account';
import { changeRows } from '$lib/server/registry/edit';
import type { ListQuery } from '$lib/server/registry/listing';

/** Why nothing was saved; `refused`: the rules that rows break, the code of the row as their file. */
export interface ChangeProblem {
	reason: string;
	code?: string;
	field?: string;
	found?: number;
	refused?: Refusal[];
}

export async function changeAction(
	{ request, locals }: Pick<RequestEvent, 'request' | 'locals'>,
	list: string,
	query: ListQuery | null = null
) {
	const form = await request.formData();
	const fields = [...form].flatMap(([name, value]) =>
		name.startsWith('field.') ? [[name.slice(6), String(value).trim()] as const] : []
	);
	const kept = Object.fromEntries(fields);
	const said = { fields: kept, note: String(form.get('note') ?? '') };
	const given =
		query && form.has('found')
			? v.safeParse(changeFoundForm, { ...said, found: String(form.get('found')) })
			: v.safeParse(changeForm, { ...said, codes: form.getAll('code').map(String) });
	const failed = (problem: ChangeProblem) => fail(400, { kept, problem });
	if (!given.success) return failed({ reason: given.issues[0].message });
	if (!isEditable(list)) return failed({ reason: 'field', field: list });
	const { fields: wanted, note } = given.output;
	const rows = 'codes' in given.output ? given.output.codes : { query: query!, count: given.output.found };
	const changed = await changeRows(locals.db, {
		...{ county: locals.county, list, rows, fields: wanted, note, at: new Date(), actor: actorOf(locals) }
	});
	return changed.ok ? { changed } : failed(changed);
}
