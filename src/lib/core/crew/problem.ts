// The problem of crews: who may be drawn, the routes that need a crew, and the rules between them. Routes are fixed
// first and inspectors drawn for them after, so that neither side chooses the other.
// Invariant: a problem that passed `orderProblem` is in canonical order (ids and lists by their UTF-8 bytes), so equal
// problems have equal hashes; days are ISO dates, which sort as text; loads and caps are whole numbers of one unit.

import { isCanonicalText } from '../bytes/canonical';
import { compareUtf8 } from '../bytes/compare';
import type { Result } from '../model';

/** 执法人员. Ids are pseudonyms until the batch closes. */
export interface Inspector {
	id: string;
	/** 自然资源所, or whatever unit the inspector comes from. */
	office: string;
	/** The department that sends the inspector, when several go together; '' for the bureau itself. */
	department: string;
	/** Townships where the inspector is at home. */
	home: readonly string[];
	scopes: readonly string[];
	lead: boolean;
	/** First and last day on which the certificate holds. */
	certificate: { readonly from: string; readonly to: string };
	absent: readonly string[];
	/** Parties the inspector must not meet 回避, whether declared, applied for or ordered. */
	recused: readonly string[];
	/** Most work in this plan, in the unit of `load`; null: the rules' cap. */
	cap: number | null;
}

export interface Route {
	id: string;
	day: string;
	townships: readonly string[];
	parties: readonly string[];
	/** Each must be held by someone of the crew. */
	scopes: readonly string[];
	/** Each sends at least one of the crew. */
	departments: readonly string[];
	/** Inspectors wanted, ≥ 2 (行政处罚法 §42). */
	seats: number;
	/** What the route adds to each inspector's work: minutes, or 1 for a day. */
	load: number;
}

export interface Rules {
	/** Nobody inspects a home township. */
	crossArea: boolean;
	/** `all`: no two of a crew share an office; `two`: at least two offices; `off`. The same for a crew of two. */
	differentOffices: 'all' | 'two' | 'off';
	/** Nobody goes out with the same partner on two of their assignments in a row; `history` counts as the last one. */
	restSamePair: boolean;
	/** Most work for one inspector; null: no bound. */
	cap: number | null;
}

export interface CrewProblem {
	inspectors: readonly Inspector[];
	routes: readonly Route[];
	rules: Rules;
	/** Pairs who went out together on the last assignment before this plan. */
	history: readonly (readonly [string, string])[];
	/** K, the whole pairings in the portfolio. */
	size: number;
}

/** Fewest pairings from which a ticket is drawn. */
export const LEAST_SIZE = 200;
/** Needs of one route: a lead, its scopes and departments, one bit each. */
const MOST_NEEDS = 30;

export interface ProblemError {
	reason: 'empty' | 'bad_id' | 'duplicate' | 'too_few' | 'too_many' | 'order';
	/** Path inside the problem, e.g. `routes[3].seats`. */
	field: string;
	/** What to do about it. */
	advice: string;
}

/** 1–64 code points in NFC, no control characters: the rule for ids of the draw. */
export const isCrewId = (text: string) =>
	isCanonicalText(text) &&
	text !== '__proto__' &&
	[...text].length <= 64 &&
	// eslint-disable-next-line no-control-regex
	/^[^\u0000-\u001f\u007f-\u009f]+$/u.test(text);

const sorted = (list: readonly string[]) => [...new Set(list)].sort(compareUtf8);
const byId = (a: { id: string }, b: { id: string }) => compareUtf8(a.id, b.id);

/** The problem in canonical order, or the first thing wrong with it. */
export function orderProblem(given: CrewProblem): Result<{ problem: CrewProblem }, ProblemError> {
	const wrong = firstError(given);
	if (wrong) return { ok: false, ...wrong };
	const pairs = given.history.map(([a, b]) => (compareUtf8(a, b) < 0 ? [a, b] : [b, a]) as [string, string]);
	const history = [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()];
	return {
		ok: true,
		problem: {
			inspectors: given.inspectors
				.map((one) => ({
					...one,
					home: sorted(one.home),
					scopes: sorted(one.scopes),
					absent: sorted(one.absent),
					recused: sorted(one.recused)
				}))
				.sort(byId),
			routes: given.routes
				.map((route) => ({
					...route,
					townships: sorted(route.townships),
					parties: sorted(route.parties),
					scopes: sorted(route.scopes),
					departments: sorted(route.departments)
				}))
				.sort(byId),
			rules: given.rules,
			history: history.sort((p, q) => compareUtf8(p[0], q[0]) || compareUtf8(p[1], q[1])),
			size: given.size
		}
	};
}

const error = (reason: ProblemError['reason'], field: string, advice: string) => ({ reason, field, advice });

function firstError({ inspectors, routes, size }: CrewProblem): ProblemError | null {
	if (size < LEAST_SIZE) return error('too_few', 'size', `a portfolio has ${LEAST_SIZE} pairings or more`);
	for (const [name, list] of Object.entries({ inspectors, routes })) {
		if (list.length === 0) return error('empty', name, `name the ${name}: there are none`);
		const seen = new Set<string>();
		for (const [i, { id }] of list.entries()) {
			const field = `${name}[${i}].id`;
			if (!isCrewId(id)) return error('bad_id', field, '1 to 64 characters in NFC, none of them a control');
			if (seen.has(id)) return error('duplicate', field, `${id} is there twice: keep one`);
			seen.add(id);
		}
	}
	for (const [i, { certificate }] of inspectors.entries()) {
		if (certificate.to < certificate.from)
			return error('order', `inspectors[${i}].certificate.to`, 'the last day is not before the first');
	}
	for (const [i, { seats, scopes, departments }] of routes.entries()) {
		if (seats < 2) return error('too_few', `routes[${i}].seats`, 'at least two inspectors go');
		if (departments.length > seats)
			return error('too_few', `routes[${i}].seats`, `${departments.length} departments need a seat each`);
		if (1 + scopes.length + departments.length > MOST_NEEDS)
			return error('too_many', `routes[${i}].scopes`, `at most ${MOST_NEEDS - 1} scopes and departments`);
	}
	return null;
}
