// A problem of crews as a file holds it (core/crew/README.md, §1). What may be left out has a default; every message
// says what to do. Whatever the file calls a name is text to the lottery; the core checks ids and sums.
import * as v from 'valibot';
import { isDay } from '../core/calendar/year';
import { isCanonicalText } from '../core/bytes/canonical';
import { LEAST_SIZE, type CrewProblem } from '../core/crew/problem';

const text = v.pipe(
	v.string('write it as text in quotes'),
	v.nonEmpty('leave it out rather than empty'),
	v.maxLength(200, 'at most 200 characters'),
	v.check(isCanonicalText, 'normalise the text to NFC')
);
const list = v.optional(v.array(text, 'write a list of texts, [] for none'), []);
const day = v.pipe(
	v.string('write the day as YYYY-MM-DD'),
	v.regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'write the day as YYYY-MM-DD'),
	v.check(isDay, 'there is no such day')
);
const whole = (least: number, most: number) =>
	v.pipe(
		v.number(`a whole number of ${least} to ${most}`),
		v.integer(`a whole number of ${least} to ${most}`),
		v.minValue(least, `a whole number of ${least} to ${most}`),
		v.maxValue(most, `a whole number of ${least} to ${most}`)
	);
const truth = v.boolean('write true or false');
const cap = v.optional(v.nullable(whole(0, 1_000_000)), null);

const inspector = v.strictObject({
	id: text,
	office: text,
	department: v.optional(v.pipe(v.string('write it as text in quotes'), v.maxLength(200)), ''),
	home: list,
	scopes: list,
	lead: v.optional(truth, false),
	certificate: v.strictObject({ from: day, to: day }),
	absent: v.optional(v.array(day, 'write a list of days, [] for none'), []),
	recused: list,
	cap
});

const route = v.strictObject({
	id: text,
	day,
	townships: list,
	parties: list,
	scopes: list,
	departments: list,
	seats: v.optional(whole(2, 20), 2),
	load: v.optional(whole(1, 1_000_000), 1)
});

const rules = v.strictObject({
	crossArea: v.optional(truth, true),
	differentOffices: v.optional(v.picklist(['all', 'two', 'off'], 'write "all", "two" or "off"'), 'all'),
	restSamePair: v.optional(truth, true),
	cap
});

const crewProblem = v.strictObject({
	inspectors: v.pipe(
		v.array(inspector, 'write a list of inspectors'),
		v.maxLength(5000, 'at most 5,000 inspectors')
	),
	routes: v.pipe(v.array(route, 'write a list of routes'), v.maxLength(2000, 'at most 2,000 routes')),
	rules: v.optional(rules, {}),
	history: v.optional(
		v.array(v.tuple([text, text], 'a pair is a list of two ids'), 'write a list of pairs'),
		[]
	),
	size: v.optional(whole(LEAST_SIZE, 10_000), 400)
});

export type CrewFileError = { ok: false; reason: 'bad_value'; field: string; advice: string };

/** A problem from JSON with its defaults, or the first thing wrong: where, and what to do. */
export function parseCrewProblem(given: unknown): { ok: true; problem: CrewProblem } | CrewFileError {
	if (Array.isArray(given)) return { ok: false, reason: 'bad_value', field: '', advice: 'write an object' };
	const parsed = v.safeParse(crewProblem, given, { abortEarly: true });
	if (parsed.success) return { ok: true, problem: parsed.output };
	const issue = parsed.issues[0];
	const field = (issue.path ?? []).reduce(
		(path, { key }) =>
			typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`,
		''
	);
	const known = issue.type === 'strict_object';
	const advice = known
		? issue.expected === 'never'
			? 'not a key of this file: leave it out'
			: issue.received === 'undefined'
				? 'missing: write it'
				: 'write an object'
		: issue.message;
	return { ok: false, reason: 'bad_value', field, advice };
}
