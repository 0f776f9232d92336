// A form of these pages that was not accepted: what was wrong with which field.
import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import type { AnnualProblem } from '$lib/schema/annual';

/** The fields of a form as text. */
export const fieldsOf = async (request: Request): Promise<Record<string, string>> =>
	Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]));

/** Parsed, or the first field that is wrong. */
export function parsed<S extends v.GenericSchema>(
	schema: S,
	given: Record<string, string>
): { ok: true; output: v.InferOutput<S> } | AnnualProblem {
	const result = v.safeParse(schema, given);
	if (result.success) return { ok: true, output: result.output };
	const [issue] = result.issues;
	return { ok: false, reason: 'form', field: v.getDotPath(issue) ?? '', at: issue.message };
}

/** form: which of the page's forms it was. */
export const refused = (form: string, problem: AnnualProblem, given: Record<string, string> = {}) =>
	fail(400, { form, problem, given });
