// What the public sends: a report, a party's way in, what it files. Messages are codes, with a limit after a colon.
import * as v from 'valibot';
import { leaks } from '../core/posting/redact';

// eslint-disable-next-line no-control-regex
const visible = (value: string) => !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(value);

/** Line breaks are part of what somebody writes; nothing else that cannot be seen is. */
const written = (most: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.normalize('NFC'),
		v.transform((value) => value.replace(/\r\n?/g, '\n')),
		v.minLength(1, 'empty'),
		v.maxLength(most, `most:${most}`),
		v.check(visible, 'text')
	);
const line = (most: number) =>
	v.pipe(
		written(most),
		v.transform((value) => value.replace(/\s+/g, ' '))
	);

export const reportForm = v.object({
	place: line(60),
	// Whoever reports is not to be known; numbers of people are kept out of the register.
	matter: v.pipe(
		written(600),
		v.check((value) => leaks(value).every(({ leak }) => leak === 'address' || leak === 'corner'), 'personal')
	),
	target: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.normalize('NFC'),
		v.maxLength(64, 'most:64'),
		v.check(visible, 'text')
	)
});

export const appealForm = v.object({
	posting: v.pipe(v.optional(v.string(), ''), v.regex(/^[1-9][0-9]{0,8}$/, 'posting'), v.transform(Number)),
	kind: v.picklist(['objection', 'appeal'], 'empty'),
	statement: written(2000)
});

export const recusalForm = v.object({ inspector: line(40), grounds: written(300) });

/** Parsed, or the code of what is wrong with each field, and what those fields held: no other is said again. */
export function formOf<S extends v.ObjectSchema<v.ObjectEntries, undefined>>(
	schema: S,
	data: FormData
):
	| { ok: true; output: v.InferOutput<S> }
	| { ok: false; wrong: Record<string, string>; given: Record<string, string> } {
	const given = Object.fromEntries(
		[...data].flatMap(([name, value]) =>
			typeof value === 'string' && name in schema.entries ? [[name, value]] : []
		)
	);
	const result = v.safeParse(schema, given);
	if (result.success) return { ok: true, output: result.output };
	const wrong: Record<string, string> = {};
	for (const issue of result.issues) wrong[v.getDotPath(issue) ?? ''] ??= issue.message;
	return { ok: false, wrong, given };
}
