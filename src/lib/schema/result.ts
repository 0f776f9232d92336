// The forms of results: a step with its reason, a penalty's draft, a referral, a result typed in from paper. Messages are
// codes, with a limit after a colon, as in the other forms.
import * as v from 'valibot';
import { isDay } from '../core/calendar/year';
import { measures, outcomes, penaltyKinds, severities } from '../core/posting/state';

/** Text of one or several paragraphs. */
export const lines = (most: number, least = 1) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.normalize('NFC'),
		v.minLength(least, 'empty'),
		v.maxLength(most, `most_characters:${most}`),
		v.transform((value) => value.replace(/\r\n?/g, '\n')),
		// Line feeds are let through: facts are told in paragraphs.
		v.check((value) => !/[^\P{Cc}\n]/u.test(value), 'text')
	);
const day = v.pipe(v.string(), v.check(isDay, 'day'));
const number = v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,8}$/, 'choice'), v.transform(Number));
const choice = <const T extends readonly string[]>(of: T) => v.picklist(of, 'choice');

export const noForm = v.object({});
export const reasonForm = v.object({ reason: lines(300) });
export const closingForm = v.object({ closing: lines(300) });
/** Several results by their numbers. */
const several = {
	ids: v.pipe(v.array(number), v.minLength(1, 'several'), v.maxLength(200, 'most:200'))
};
export const severalForm = v.object(several);
export const severalClosingForm = v.object({ ...several, closing: lines(300) });
export const rectifyForm = v.object({ number, on: day });

/** In yuan as it was typed; becomes fen. */
const money = v.pipe(
	v.optional(v.string(), ''),
	v.trim(),
	v.regex(/^([0-9]{1,12}(\.[0-9]{1,2})?)?$/, 'money'),
	v.transform((yuan) => Math.round(Number(yuan || 0) * 100))
);

export const penaltyForm = v.object({
	documentNumber: lines(60),
	kinds: v.pipe(v.array(choice(penaltyKinds)), v.minLength(1, 'kinds')),
	facts: lines(2000),
	basis: lines(1000),
	content: lines(1000),
	fine: money,
	confiscated: money,
	violation: v.optional(lines(200, 0), ''),
	licence: v.optional(lines(200, 0), '')
});
const ofPenalty = { penalty: number };
export const penaltyOnlyForm = v.object(ofPenalty);
export const penaltyReviewForm = v.object({ ...ofPenalty, review: lines(1000) });
export const penaltyReasonForm = v.object({ ...ofPenalty, reason: lines(300) });
export const penaltyDayForm = v.object({ ...ofPenalty, on: day });
export const penaltyEndForm = v.object({ ...ofPenalty, endsOn: day });

export const proposalForm = v.object({
	recipient: choice(['department', 'police']),
	body: lines(60),
	crime: v.pipe(
		v.optional(v.string(), ''),
		v.transform((box) => box !== '')
	),
	matter: lines(1000),
	again: v.pipe(
		v.optional(v.string(), ''),
		v.regex(/^([1-9][0-9]{0,8})?$/, 'choice'),
		v.transform((text) => (text === '' ? null : Number(text)))
	)
});
const referralStep = <const T extends readonly string[]>(names: T) =>
	v.object({ referral: number, name: choice(names), text: v.optional(lines(500, 0), '') });
export const decisionForm = referralStep(['decide', 'decline']);
export const carryForm = referralStep(['send', 'receive', 'accept', 'giveBack']);

/** A result from paper: nothing of it has a default. */
export const resultForm = v.object({
	draw: v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,8}$/, 'choice')),
	target: v.pipe(v.string(), v.minLength(1, 'choice'), v.maxLength(64, 'choice')),
	checkedOn: day,
	outcome: choice(outcomes),
	inspectors: v.pipe(v.array(v.string()), v.maxLength(20, 'most:20')),
	findings: v.pipe(
		v.array(
			v.object({
				item: v.pipe(v.string(), v.minLength(1, 'choice')),
				severity: choice(severities),
				text: lines(1000),
				measure: choice(measures),
				rectifyBy: v.union(
					[
						v.pipe(
							v.literal(''),
							v.transform(() => null)
						),
						day
					],
					'day'
				)
			})
		),
		v.maxLength(50, 'most:50')
	)
});

export type ResultForm = v.InferOutput<typeof resultForm>;

export const answerForm = v.object({
	id: number,
	answer: lines(2000),
	upheld: v.pipe(
		choice(['yes', 'no']),
		v.transform((said) => said === 'yes')
	)
});

/** A step that was refused: the field where one is to blame; at: what was found there. */
export interface ResultProblem {
	ok: false;
	reason: string;
	field?: string;
	at?: string;
}
