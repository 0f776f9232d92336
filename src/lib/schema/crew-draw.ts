// What crosses the wire about crews by lot: rules and forms, what is in the way, and how far a lottery is.
import * as v from 'valibot';
import type { LotteryStep } from '../core/crew/lottery';
import type { Fault } from '../core/crew/explain';
import { LEAST_SIZE } from '../core/crew/problem';
import type { Shortage } from '../core/crew/shortage';
import { isDay } from '../core/calendar/year';
import { freezeForm, type CeremonyRefusal } from './ceremony';
import { whole } from './whole';

/** Rules a planner may set; nobody inspects a home township whatever they are. */
export const crewRules = v.object({
	seats: whole(2, 6),
	differentOffices: v.picklist(['all', 'two', 'off'], 'choice'),
	restSamePair: v.boolean(),
	/** Most days of one inspector in these routes; null: no bound. */
	cap: v.nullable(whole(1, 100)),
	/** K */
	size: whole(LEAST_SIZE, 2000),
	/** 部门 that send at least one inspector of their own on every route. */
	departments: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(40))), v.maxLength(5, 'most:5'))
});
export type CrewRules = v.InferOutput<typeof crewRules>;
export const usualRules: CrewRules = {
	...{ seats: 2, differentOffices: 'all', restSamePair: true, cap: null, size: 400, departments: [] }
};

/** trial: a rehearsal with made-up names. */
export const crewRequest = v.object({
	series: whole(1, 999_999_999),
	trial: v.boolean(),
	rules: crewRules,
	ceremony: freezeForm
});

export type CrewRefusal =
	| CeremonyRefusal
	/** No lawful pairing: what is short. Nothing was relaxed. names: of routes. */
	| { ok: false; reason: 'short'; shortages: Shortage[] }
	| { ok: false; reason: 'unsolved'; because: string }
	/** The roster or the routes are not a problem of crews: the field and what to do. */
	| { ok: false; reason: 'problem'; field: string; advice: string }
	| {
			ok: false;
			reason:
				| 'no_routes'
				| 'routes_empty'
				| 'routes_behind'
				| 'routes_changed'
				| 'roster_changed'
				| 'trial_list'
				| 'other_underway';
	  }
	/** The crews open when the last route is driven. */
	| { ok: false; reason: 'still_out'; until: string }
	/** Everybody of the seat's order is kept away. */
	| { ok: false; reason: 'nobody_left'; passed: Passed[] }
	| {
			ok: false;
			reason: 'no_such_seat' | 'next_changed' | 'no_such_inspector' | 'no_such_party' | 'known_already';
	  };

/** Somebody before the replacement in the order of a seat, and what keeps them away. */
export interface Passed {
	alias: string;
	faults: Fault[];
}

export type CrewEvent =
	| { type: 'progress'; step: 'gather' | LotteryStep | 'save'; done: number }
	| { type: 'done'; draw: number }
	| { type: 'refused'; refusal: CrewRefusal };

const day = v.pipe(v.string(), v.check(isDay, 'day'));
const text = (most: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.normalize('NFC'),
		v.minLength(1, 'empty'),
		v.maxLength(most, `most_characters:${most}`)
	);

/** Days of an inspector, away or back. */
export const absenceForm = v.object({
	inspector: text(64),
	from: day,
	to: day,
	away: v.picklist(['true', 'false'], 'choice'),
	reason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100, 'most_characters:100')), '')
});
export const recusalWays = ['declared', 'applied', 'ordered'] as const;
export type RecusalWay = (typeof recusalWays)[number];
export const recusalForm = v.object({
	inspector: text(64),
	uscc: text(18),
	way: v.picklist(recusalWays, 'choice'),
	grounds: text(200)
});

export const replacementReasons = [
	...(['absent', 'ill', 'recused', 'certificate', 'left', 'duty', 'other'] as const)
];
export type ReplacementReason = (typeof replacementReasons)[number];
export const replacementForm = v.object({
	route: text(64),
	seat: whole(1, 20),
	reason: v.picklist(replacementReasons, 'choice'),
	evidence: text(500)
});
