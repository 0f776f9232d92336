// A form of these pages that was not accepted, and who acts.
import * as v from 'valibot';
import type { FieldProblem } from '$lib/schema/field';
import { actorOf } from '$lib/server/account';
import type { FieldActing } from '$lib/server/field/device';

export const actingOf = ({ locals }: { locals: App.Locals }): FieldActing => ({
	...{ db: locals.db, county: locals.county.code, actor: actorOf(locals), at: new Date() }
});

/** Parsed, or the first field that is wrong. */
export function parsed<S extends v.GenericSchema>(
	schema: S,
	given: unknown
): { ok: true; output: v.InferOutput<S> } | FieldProblem {
	const result = v.safeParse(schema, given);
	if (result.success) return { ok: true, output: result.output };
	const [issue] = result.issues;
	return { ok: false, reason: 'form', field: v.getDotPath(issue) ?? '', at: issue.message };
}

/** The fields of a form as text. */
export const fieldsOf = async (request: Request): Promise<Record<string, string>> =>
	Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]));
