// What crosses the wire about a draw held in public: its steps, the forms of each, and why a step is refused.
import * as v from 'valibot';
import type { EntropyLevel } from '../core/draw/plan';
import type { RuleKey } from '../core/rule/catalogue';
import { trialForm, type PlanProblem, type TrialProgress } from './draw';
import { whole } from './whole';

export const drawStates = ['frozen', 'announced', 'locked', 'drawn', 'revealed', 'void', 'aborted'] as const;
export type DrawState = (typeof drawStates)[number];

export const levels = ['L1', 'L2', 'L3'] as const satisfies readonly EntropyLevel[];

/** A public value to come, known to a whole country: the shape of each result as the protocol writes patterns. */
export const lotteries = [
	{ name: '福彩3D', pattern: '[0-9]{3}' },
	{ name: '体彩排列3', pattern: '[0-9]{3}' },
	{ name: '体彩排列5', pattern: '[0-9]{5}' },
	{ name: '体彩7星彩', pattern: '[0-9]{8}' },
	{ name: '福彩双色球', pattern: '[0-9]{14}' }
] as const;

export type CeremonyReason =
	| 'no_such_draw'
	| 'wrong_state'
	| 'embedded_level'
	| 'witness_count'
	| 'witness_role'
	| 'same_body'
	| 'body_missing'
	| 'is_witness'
	| 'not_witness'
	| 'already_held'
	| 'redo_level'
	| 'redo_consent'
	/** A public frame is rounded to 100 m at least. */
	| 'public_grid'
	/** A redo over the same frame publishes it, or does not, as before. */
	| 'frame_fixed'
	/** No value of `rule` holds on the day. */
	| 'rule_missing'
	/** A paper record waits for its witnesses. */
	| 'paper_open'
	| 'paper_missing'
	| 'paper_times'
	| 'paper_count'
	| 'digits_differ'
	| 'beacon_needed'
	| 'beacon_passed'
	| 'beacon_early'
	| 'beacon_pattern'
	| 'beacon_signature'
	| 'beacon_missing'
	| 'deadlines'
	| 'notice'
	| 'notice_short'
	| 'hash_first'
	| 'hash_differs'
	| 'already_given'
	| 'nonce_lost'
	| 'frame_differs'
	| 'unsigned'
	| 'already_signed'
	| 'self_decision'
	| 'open_request'
	| 'no_request'
	| 'list_out'
	/** An office asks for its own townships only. */
	| 'other_office';

/** A refused step: nothing was written. field: that of the form, where one is to blame; until: when it may be tried. */
export type CeremonyRefusal =
	| { ok: false; reason: CeremonyReason; field?: string; until?: string; rule?: RuleKey; least?: number }
	| { ok: false; reason: 'plan'; problem: PlanProblem }
	/** A field of the form; message: a code, with its limit after a colon. */
	| { ok: false; reason: 'form'; field: string; message: string };

/** One line of the answer to a draw: how far it is, and at last how it ended. */
export type DrawEvent =
	({ type: 'progress' } & TrialProgress) | { type: 'done' } | { type: 'refused'; refusal: CeremonyRefusal };

const text = (most: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.normalize('NFC'),
		v.minLength(1, 'empty'),
		v.maxLength(most, `most_characters:${most}`)
	);
const optional = (most: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.maxLength(most, `most_characters:${most}`),
		v.transform((value) => value || null)
	);
/** As a date-and-time field gives it, in China's time: 2026-03-12T15:00. */
const instant = v.pipe(
	v.string(),
	v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, 'instant'),
	v.transform((value) => new Date(`${value}+08:00`)),
	v.check((value) => !Number.isNaN(value.getTime()), 'instant')
);

export const freezeForm = v.object({
	level: v.picklist(levels, 'choice'),
	witness1: text(64),
	body1: text(50),
	witness2: optional(64),
	body2: optional(50),
	noticeMinutes: whole(0, 43_200),
	revealHours: whole(1, 24 * 30),
	closeDays: whole(1, 366),
	beaconKind: v.optional(v.picklist(['lottery', 'drand'], 'choice'), 'lottery'),
	/** The name of the lottery among `lotteries`, and its issue number. */
	lottery: v.optional(
		v.picklist(
			lotteries.map(({ name }) => name),
			'choice'
		),
		'福彩3D'
	),
	issue: optional(32),
	beaconAfter: v.optional(
		v.union(
			[
				v.pipe(
					v.literal(''),
					v.transform(() => null)
				),
				instant
			],
			'instant'
		),
		''
	),
	superiorConsent: optional(200),
	framePermission: optional(200)
});
export type FreezeForm = v.InferOutput<typeof freezeForm>;

/** Digits under a hash first: salt and hash are made in the witness's own browser. */
export const hashForm = v.object({ hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'hash')) });

export const digitsForm = v.pipe(
	v.object({
		...trialForm.entries,
		salt: v.optional(v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^([0-9a-f]{32})?$/, 'salt')), '')
	}),
	v.forward(
		v.check(({ digits, again }) => digits === again, 'differs'),
		['again']
	)
);

const noDigits = v.optional(v.union([v.literal(''), trialForm.entries.digits]), '');

/** A paper sheet as it is typed in: each witness's digits twice; '' of a second witness there is not. */
export const paperForm = v.pipe(
	v.object({
		...{ reason: text(500), cutAt: instant, drawnAt: instant, signed: text(200), corrects: whole(0, 100) },
		...{ digits1: trialForm.entries.digits, again1: trialForm.entries.digits },
		...{ digits2: noDigits, again2: noDigits },
		scan: v.optional(v.pipe(v.string(), v.regex(/^([0-9a-f]{64})?$/, 'hash')), '')
	}),
	v.forward(
		v.check(({ digits1, again1 }) => digits1 === again1, 'differs'),
		['again1']
	),
	v.forward(
		v.check(({ digits2, again2 }) => digits2 === again2, 'differs'),
		['again2']
	)
);
export type PaperForm = v.InferOutput<typeof paperForm>;

/** A witness types the digits from the sheet once more. */
export const confirmForm = v.object({ number: whole(1, 100), digits: trialForm.entries.digits });

export const beaconForm = v.pipe(
	v.object({ value: text(64), again: text(64), evidence: text(300) }),
	v.forward(
		v.check(({ value, again }) => value === again, 'differs'),
		['again']
	)
);

export const statementForm = v.object({ statement: text(2000) });
export const endForm = v.object({ reason: text(2000), frameError: v.optional(v.boolean(), false) });
export const decisionForm = v.object({
	id: whole(1, 2 ** 31 - 1),
	decision: v.picklist(['approved', 'refused'], 'choice')
});

export const substitutionReasons = [
	'closed',
	'not_found',
	'suspended',
	'merged',
	'beyond_power',
	'other'
] as const;
export type SubstitutionReason = (typeof substitutionReasons)[number];
export const substitutionForm = v.object({
	serial: whole(1, 1_000_000),
	reason: v.picklist(substitutionReasons, 'choice'),
	evidence: text(2000)
});
