// What a planner may ask of day routes, and what the answers are. A message is a code, with its limit after a colon.
import * as v from 'valibot';
import { isDay } from '../core/calendar/year';
import type { TargetKind } from '../core/model';
import type { Reason } from '../core/route/reason';
import { whole } from './whole';

const decimal = (least: number, most: number) =>
	v.pipe(v.number('number'), v.minValue(least, `least:${least}`), v.maxValue(most, `most:${most}`));
/** A day of the calendar, 2026-07-01. */
const day = v.pipe(v.string(), v.check(isDay, 'day'));

export const travelProviders = ['great_circle', 'roads', 'osrm', 'valhalla'] as const;
export type TravelProvider = (typeof travelProviders)[number];
export type Fallback = 'timeout' | 'unanswered' | 'nonsense' | 'no_roads';

/** Everything a plan of routes depends on beside the draw and the registry. Minutes count from midnight. */
export const routeSettings = v.pipe(
	v.object({
		startsOn: day,
		/** The day on which parties are told of their visits; items that need notice count from it. */
		noticeOn: v.optional(day),
		/** Working days. */
		days: whole(1, 60),
		/** Which days those are, by the calendar when the plan was made; empty until then. */
		onDays: v.pipe(v.array(day), v.maxLength(60, 'most:60')),
		teamsPerOffice: whole(1, 20),
		dayFromMin: whole(0, 1439),
		dayToMin: whole(1, 1440),
		lunchFromMin: whole(0, 1439),
		lunchToMin: whole(0, 1439),
		/** 0: no break. */
		lunchMin: whole(0, 240),
		maxVisits: whole(1, 50),
		setupMin: whole(0, 240),
		/** Items a team looks into side by side: their minutes are divided by this. */
		atOnce: whole(1, 10),
		/** Targets of one party closer than this, in metres, are one visit. */
		joinM: whole(0, 5000),
		/** None: every item due for the kind. */
		items: v.pipe(v.array(v.string()), v.maxLength(200, 'most:200')),
		provider: v.picklist(travelProviders, 'choice'),
		detour: decimal(1, 5),
		kmPerHour: decimal(5, 120),
		mountainFactor: decimal(1, 5),
		mountainTownships: v.pipe(v.array(v.string()), v.maxLength(1000, 'most:1000')),
		/** What using a team for a day costs, in minutes of driving. */
		teamDayMin: whole(0, 1440),
		seed: whole(0, 2 ** 32 - 1),
		/** Steps of the search; 0: as many as suit the number of visits. */
		iterations: whole(0, 20_000_000)
	}),
	v.forward(
		v.check(({ dayFromMin, dayToMin }) => dayFromMin < dayToMin, 'after_start'),
		['dayToMin']
	),
	v.forward(
		v.check(({ lunchFromMin, lunchToMin }) => lunchFromMin <= lunchToMin, 'after_start'),
		['lunchToMin']
	)
);
export type RouteSettings = v.InferOutput<typeof routeSettings>;

export const planRequest = v.object({ draw: whole(1, 999_999_999), settings: routeSettings });

/** A team of an office on a day. */
export const vehicleKey = v.object({ day, office: v.string(), team: whole(1, 20) });
export type VehicleKey = v.InferOutput<typeof vehicleKey>;

const visit = whole(1, 1_000_000);
const reason = v.pipe(
	v.string(),
	v.trim(),
	v.normalize('NFC'),
	v.minLength(1, 'empty'),
	v.maxLength(200, 'most_characters:200'),
	// eslint-disable-next-line no-control-regex
	v.regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'text')
);

/** What a stop keeps in a new solution: its team and day, or also its order among those that keep theirs. */
export const stopLocks = ['route', 'order'] as const;
export type StopLock = (typeof stopLocks)[number];

export const routeChange = v.variant('type', [
	/** position among the stops that are there without it, from 1; to null: taken off. */
	v.object({
		type: v.literal('move'),
		visit,
		to: v.nullable(v.object({ ...vehicleKey.entries, position: whole(1, 51) }))
	}),
	v.object({ type: v.literal('lock_stop'), visit, lock: v.nullable(v.picklist(stopLocks)) }),
	v.object({ type: v.literal('lock_day'), ...vehicleKey.entries, locked: v.boolean() }),
	v.object({
		type: v.literal('split'),
		visit,
		targets: v.pipe(v.array(v.string()), v.minLength(1, 'empty')),
		reason
	}),
	v.object({ type: v.literal('join'), visit, other: visit, reason }),
	/** Brings in who is called since a substitute was granted. */
	v.object({ type: v.literal('follow') }),
	v.object({ type: v.literal('undo') }),
	v.object({ type: v.literal('redo') })
]);
export type RouteChange = v.InferOutput<typeof routeChange>;

/** `version`: the one the planner sees; another may have become current meanwhile. */
export const changeRequest = v.object({ version: whole(1, 999_999_999), change: routeChange });
export const solveRequest = v.object({
	version: whole(1, 999_999_999),
	iterations: whole(0, 20_000_000),
	seed: whole(0, 2 ** 32 - 1)
});

/** Why a visit is on no route. taken_off: by the planner. */
export type LeftOverReason = Reason | 'taken_off';

export type RouteProblem =
	/** No draw of this number has a list that may be acted on. */
	| { reason: 'no_draw' }
	| { reason: 'no_target' }
	/** Targets of a draw that the registry did not hold on its day. */
	| { reason: 'unknown_target'; target: string }
	| { reason: 'no_item' }
	| { reason: 'no_office' }
	| { reason: 'no_plan' }
	/** Somebody else has changed the plan since the page was opened. */
	| { reason: 'outdated' }
	| { reason: 'does_not_fit' }
	/** The stop or the day is locked. */
	| { reason: 'locked' }
	| { reason: 'no_such_visit' }
	| { reason: 'other_party' }
	| { reason: 'not_a_part' }
	| { reason: 'nothing_to_undo' }
	| { reason: 'nothing_to_redo' }
	| { reason: 'targets_changed' }
	/** Their crews are being drawn. */
	| { reason: 'fixed' };

export type RouteProgress =
	| { step: 'visits' | 'travel' | 'save' }
	/** costS: seconds of driving, team-days included. */
	| { step: 'solve'; iterations: number; done: number; costS: number; leftOver: number };

export type RouteEvent =
	| ({ type: 'progress' } & RouteProgress)
	| { type: 'done'; series: number; version: number }
	| { type: 'problem'; problem: RouteProblem };

export type ChangeAnswer = { ok: true; version: number } | { ok: false; problem: RouteProblem };

/** What a stop would cost at one place of a route. */
export interface Spot extends VehicleKey {
	/** Among the stops without it, from 1. */
	position: number;
	/** Of the whole plan, against where it is now. */
	moreS: number;
	moreM: number;
	fits: boolean;
}

export interface SpotsAnswer {
	visit: number;
	/** What the plan would save without the stop; null: it is on no route. */
	savingS: number | null;
	savingM: number | null;
	spots: Spot[];
	/** Team-days that cannot take it, with the first rule that bars it. */
	barred: (VehicleKey & { reason: Reason })[];
}

type At = readonly [lon: number, lat: number];

/** A version as its pages and files show it. Times are seconds of the day. */
export interface RouteView {
	series: number;
	version: number;
	/** departments: of the task of an annual plan it belongs to; none when it has no task. */
	draw: { id: number; kind: TargetKind; assurance: string; planName: string; departments: string[] };
	change: string;
	createdAt: Date;
	settings: RouteSettings;
	provider: TravelProvider;
	fallback: Fallback | null;
	matrixHash: string;
	routesHash: string;
	seed: number;
	iterations: number;
	canUndo: boolean;
	canRedo: boolean;
	/** False: a substitute was granted since, and the plan has to follow. */
	whole: boolean;
	offices: { code: string; name: string; at: At }[];
	/** Every team-day there is, used or not. */
	vehicles: VehicleKey[];
	items: RouteItem[];
	visits: ViewVisit[];
	routes: ViewRoute[];
	leftOver: { visit: number; reason: LeftOverReason }[];
	comparison: Effort[];
	load: (Effort & { office: string; teamDays: number })[];
}

/** An item that is due on the routes. */
export interface RouteItem {
	code: string;
	name: string;
	minutes: number;
	scopes: string[];
	basis: string;
	/** Working days of notice. */
	noticeDays: number;
}

export interface ViewVisit {
	number: number;
	party: string | null;
	uscc: string | null;
	at: At;
	township: string;
	targets: { code: string; name: string; serial: number; at: At }[];
	items: string[];
	/** 开放时间 of the party, '' for any. */
	hours: string;
	/** The first day its notice allows; null: any. */
	notBefore: string | null;
	setupMin: number;
	serviceMin: number;
	byHand: string | null;
}

export interface ViewRoute extends VehicleKey {
	number: number;
	locked: boolean;
	departsS: number;
	returnsS: number;
	rest: { fromS: number; minutes: number } | null;
	travelS: number;
	metres: number;
	stops: {
		visit: number;
		lock: StopLock | null;
		arrivalS: number;
		waitS: number;
		travelS: number;
		metres: number;
	}[];
}

/** each_check: every item of every target by a drive of its own from its office; each_target: every target so. */
export interface Effort {
	way: 'each_check' | 'each_target' | 'routes';
	visits: number;
	metres: number;
	travelS: number;
	/** Driving and work on site. */
	workS: number;
}
