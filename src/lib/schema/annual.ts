// The forms of an annual plan: a task with its batches, a step somebody answers for, a targeted check. Messages are codes,
// with a limit after a colon, as in the other forms.
import * as v from 'valibot';
import { isDay } from '../core/calendar/year';
import { planSpec } from './plan';

export const annualStates = ['draft', 'submitted', 'approved', 'published'] as const;
export type AnnualState = (typeof annualStates)[number];

/** 投诉, 举报, 移送, 监测. */
export const channels = ['complaint', 'report', 'referral', 'monitoring'] as const;
export type Channel = (typeof channels)[number];

const text = (most: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.normalize('NFC'),
		v.minLength(1, 'empty'),
		v.maxLength(most, `most_characters:${most}`),
		// eslint-disable-next-line no-control-regex
		v.check((value) => !/[\u0000-\u001f\u007f-\u009f]/.test(value), 'text')
	);
const optional = (most: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.normalize('NFC'),
		v.maxLength(most, `most_characters:${most}`)
	);
const day = v.pipe(v.string(), v.check(isDay, 'day'));

/** Reasons a freeze gives by itself mean what they mean. */
const reason = v.pipe(
	text(60),
	v.check((given) => !['suspended', 'closed', 'year_cap'].includes(given), 'text')
);

const { kind: _, ...spec } = planSpec.entries;

export const taskForm = v.object({
	/** All but the name and the kind: a task draws from the kinds of its items. */
	...spec,
	title: text(60),
	items: v.pipe(v.array(v.string()), v.minLength(1, 'items'), v.maxLength(200, 'most:200')),
	/** Departments, the leading one first. */
	departments: v.pipe(v.array(text(40)), v.minLength(1, 'departments'), v.maxLength(20, 'most:20')),
	responsible: text(40),
	batches: v.pipe(
		v.array(
			v.pipe(
				v.object({ from: day, to: day, blacklisted: v.boolean() }),
				v.forward(
					v.check(({ from, to }) => from <= to, 'order'),
					['to']
				)
			)
		),
		v.minLength(1, 'batches'),
		v.maxLength(24, 'most:24')
	),
	exclusions: v.pipe(v.array(v.object({ target: text(64), reason })), v.maxLength(500, 'most:500'))
});
export type TaskForm = v.InferOutput<typeof taskForm>;

export const stepForm = v.object({
	unit: text(40),
	step: text(120),
	due: day,
	task: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{0,6}$/, 'choice')), '')
});
export type StepForm = v.InferOutput<typeof stepForm>;

export const reasonForm = v.object({ reason: text(300) });
export const publishForm = v.object({ filingNumber: text(60) });

export const targetedForm = v.object({
	channel: v.picklist(channels, 'choice'),
	receivedOn: day,
	reference: optional(60),
	/** 统一社会信用代码, where the party is known. */
	party: optional(18),
	target: optional(64),
	matter: text(300)
});
export type TargetedForm = v.InferOutput<typeof targetedForm>;

export const outcomeForm = v.object({
	id: v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,8}$/, 'choice'), v.transform(Number)),
	checkedOn: day,
	outcome: text(300)
});
export type OutcomeForm = v.InferOutput<typeof outcomeForm>;

/** A refused change: the field where one is to blame; at: what was found there. */
export interface AnnualProblem {
	ok: false;
	field: string;
	reason: AnnualReason;
	at?: string;
}
export type AnnualReason =
	| 'no_plan'
	| 'exists'
	| 'state'
	| 'no_task'
	| 'no_batch'
	| 'has_plan'
	| 'item_unknown'
	| 'item_not_in_force'
	| 'township'
	| 'area_empty'
	| 'year'
	| 'target_unknown'
	| 'twice'
	| 'own_plan'
	| 'party_unknown'
	| 'closed'
	| 'before'
	| 'form';
