// A plan of routes while it is worked on: visits, who goes where in which order, and what is left over. Pure: the ground it
// stands on (targets, offices, travel, settings) is loaded once and given.
// Invariant of every function here: each target stays in exactly one visit, each visit on one route or left over.
import { compareUtf8 } from '../../core/bytes/compare';
import type { Locks, Problem, Routes, Vehicle } from '../../core/route/problem';
import { mergeVisits, type DueItem, type DueTarget, type Visit } from '../../core/visit/merge';
import type { LeftOverReason, RouteItem, RouteSettings, StopLock, VehicleKey } from '../../schema/route';
import type { CalledDraw, CalledTarget } from './called';
import type { MetredTravel, Office, Places } from './places';

export interface DueCheck extends RouteItem {
	/** The first day its notice allows; null: any. */
	notBefore: string | null;
}

export interface Ground {
	draw: CalledDraw;
	targets: ReadonlyMap<string, CalledTarget>;
	offices: readonly Office[];
	items: readonly DueCheck[];
	settings: RouteSettings;
	places: Places;
	travel: MetredTravel;
	vehicles: readonly VehicleKey[];
}

export interface DraftVisit {
	number: number;
	/** null: the registry names no party. */
	party: string | null;
	/** The target whose point one drives to. */
	standsAt: string;
	targets: string[];
	items: string[];
	setupMin: number;
	serviceMin: number;
	/** Why a planner split or joined it. */
	byHand: string | null;
}
export interface DraftStop {
	visit: number;
	lock: StopLock | null;
}
export interface DraftRoute extends VehicleKey {
	locked: boolean;
	stops: DraftStop[];
}
export interface Draft {
	visits: DraftVisit[];
	/** Those with stops, and empty days that are locked. */
	routes: DraftRoute[];
	leftOver: { visit: number; reason: LeftOverReason }[];
}

/** Teams × days, a day after the other: of two alike the solver uses the earlier. */
export function vehiclesOf(
	{ onDays, teamsPerOffice }: RouteSettings,
	offices: readonly Office[]
): VehicleKey[] {
	return onDays.flatMap((day) =>
		Array.from({ length: teamsPerOffice }, (_, team) => team + 1).flatMap((team) =>
			offices.map(({ code }) => ({ day, office: code, team }))
		)
	);
}

function dueTarget(ground: Ground, { code, uscc, xM, yM, hours }: CalledTarget): DueTarget {
	const items = ground.items.map(({ code: item, minutes, scopes }): DueItem => ({
		...{ item, minutes, setupMin: ground.settings.setupMin, scope: scopes.join('+') },
		department: 'natural_resources'
	}));
	// A target without a known party is called on alone.
	return { target: code, party: uscc ?? `target ${code}`, xM, yM, parcel: null, items, hours };
}

/** These targets as visits, numbered from `first`. */
export function visitsOf(ground: Ground, codes: readonly string[], first: number): DraftVisit[] {
	const due = codes.map((code) => dueTarget(ground, ground.targets.get(code)!));
	return mergeVisits(due, ground.settings.joinM).map((visit, i) =>
		draftVisit(ground, visit, first + i, null)
	);
}

/** One visit of exactly these targets of one party, as a planner wants it. */
export function visitByHand(
	ground: Ground,
	codes: readonly string[],
	number: number,
	why: string | null
): DraftVisit {
	const due = codes.map((code) => ({ ...dueTarget(ground, ground.targets.get(code)!), parcel: 'by hand' }));
	return draftVisit(ground, mergeVisits(due, 0)[0]!, number, why);
}

function draftVisit(ground: Ground, visit: Visit, number: number, byHand: string | null): DraftVisit {
	const { targets, xM, yM } = visit;
	const standsAt = targets.find((code) => {
		const target = ground.targets.get(code)!;
		return target.xM === xM && target.yM === yM;
	})!;
	return {
		number,
		party: ground.targets.get(standsAt)!.uscc,
		standsAt,
		targets: [...targets],
		items: visit.items.map(({ item }) => item),
		setupMin: visit.setupMin,
		serviceMin: Math.ceil(visit.marginalMin / ground.settings.atOnce),
		byHand
	};
}

/** The first day on which the notice its items need has run out; null: any day. */
export function notBefore({ items }: Pick<Ground, 'items'>, visit: DraftVisit): string | null {
	const days = items.flatMap(({ code, notBefore: day }) => (day && visit.items.includes(code) ? [day] : []));
	return days.sort().at(-1) ?? null;
}

/** Jobs are the visits in their order, vehicles those of the ground. Notice given is a skill: a day on which it has run
 *  out has it. */
export function problemOf(ground: Ground, visits: readonly DraftVisit[]): Problem {
	const firstDays = [...new Set(ground.items.flatMap(({ notBefore: day }) => day ?? []))];
	const { settings, places, travel } = ground;
	const { lunchMin, lunchFromMin, lunchToMin, dayFromMin, dayToMin, maxVisits, teamDayMin } = settings;
	const breaks =
		lunchMin === 0
			? []
			: [{ id: 'lunch', serviceS: lunchMin * 60, windows: [[lunchFromMin * 60, lunchToMin * 60] as const] }];
	return {
		jobs: visits.map((visit) => ({
			id: visit.number,
			place: places.target.get(visit.standsAt)!,
			serviceS: (visit.setupMin + visit.serviceMin) * 60,
			setupS: 0,
			windows: ground.targets
				.get(visit.standsAt)!
				.hours.map(({ fromMin, toMin }) => [fromMin * 60, toMin * 60] as const),
			skills: [notBefore(ground, visit)].flatMap((day) => (day ? firstDays.indexOf(day) : [])),
			...{ priority: 0, delivery: [], pickup: [] }
		})),
		vehicles: ground.vehicles.map((key, v): Vehicle => ({
			id: v,
			start: places.office.get(key.office)!,
			end: places.office.get(key.office)!,
			window: [dayFromMin * 60, dayToMin * 60],
			...{ breaks, capacity: [], maxTasks: maxVisits, maxTravelS: Infinity },
			skills: firstDays.flatMap((day, skill) => (day <= key.day ? skill : [])),
			fixed: teamDayMin * 60,
			perHour: 3600
		})),
		travel
	};
}

/** By day, office, team. */
export const byKey = (p: VehicleKey, q: VehicleKey): number =>
	compareUtf8(p.day, q.day) || compareUtf8(p.office, q.office) || p.team - q.team;
export const keyText = ({ day, office, team }: VehicleKey): string => `${day} ${office} ${team}`;

/** Places of the draft's visits on the vehicles of the ground. */
export function routesOf(ground: Ground, { visits, routes }: Draft): Routes {
	const job = new Map(visits.map(({ number }, j) => [number, j]));
	const stops = new Map(
		routes.map((route) => [keyText(route), route.stops.map(({ visit }) => job.get(visit)!)])
	);
	return ground.vehicles.map((key) => stops.get(keyText(key)) ?? []);
}

export function locksOf(ground: Ground, { visits, routes }: Draft): Locks {
	const job = new Map(visits.map(({ number }, j) => [number, j]));
	const vehicle = new Map(ground.vehicles.map((key, v) => [keyText(key), v]));
	const locked = routes.flatMap((route) => route.stops.map((stop) => ({ ...stop, route })));
	const of = (kind: StopLock) => locked.filter(({ lock }) => lock === kind);
	return {
		vehicle: new Map(of('route').map(({ visit, route }) => [job.get(visit)!, vehicle.get(keyText(route))!])),
		order: new Set(of('order').map(({ visit }) => job.get(visit)!)),
		day: new Set(routes.filter(({ locked: day }) => day).map((route) => vehicle.get(keyText(route))!))
	};
}

/** A solution as a draft; what was locked before stays so. */
export function draftOf(
	ground: Ground,
	before: Draft,
	routes: Routes,
	leftOver: readonly { job: number; reason: LeftOverReason }[]
): Draft {
	const { visits } = before;
	const lock = new Map(before.routes.flatMap(({ stops }) => stops.map((stop) => [stop.visit, stop.lock])));
	const locked = new Set(before.routes.filter((route) => route.locked).map(keyText));
	const shown = ground.vehicles.flatMap((key, v): DraftRoute[] => {
		const stops = (routes[v] ?? []).map((job) => {
			const { number } = visits[job]!;
			return { visit: number, lock: lock.get(number) ?? null };
		});
		const isLocked = locked.has(keyText(key));
		return stops.length > 0 || isLocked ? [{ ...key, locked: isLocked, stops }] : [];
	});
	return {
		visits,
		routes: shown.sort(byKey),
		leftOver: leftOver.map(({ job, reason }) => ({ visit: visits[job]!.number, reason }))
	};
}
