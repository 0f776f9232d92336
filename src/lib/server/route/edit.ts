// What a planner does to a draft, one change at a time: move, lock, split, join. Pure; the draft given is not changed.
// Invariant: each target stays in exactly one visit, each visit on one route or left over, and locked parts stay put.
import type { RouteChange, RouteProblem, VehicleKey } from '../../schema/route';
import {
	byKey,
	keyText,
	visitByHand,
	visitsOf,
	type Draft,
	type DraftRoute,
	type DraftVisit,
	type Ground
} from './draft';
import { cheapestSpot } from './spots';
import { timed } from './timed';
import type { ChangeKind } from './version';

export type EditOutcome =
	| { ok: true; draft: Draft; change: ChangeKind; reason: string | null }
	| { ok: false; problem: RouteProblem };
/** What changes the draft itself. */
export type DraftChange = Extract<
	RouteChange,
	{ type: 'move' | 'lock_stop' | 'lock_day' | 'split' | 'join' }
>;

const refused = (reason: Exclude<RouteProblem['reason'], 'unknown_target'>): EditOutcome => ({
	ok: false,
	problem: { reason }
});
const done = (draft: Draft, change: ChangeKind, reason: string | null = null): EditOutcome => ({
	ok: true,
	draft,
	change,
	reason
});

export function edit(ground: Ground, draft: Draft, change: DraftChange): EditOutcome {
	switch (change.type) {
		case 'move':
			return move(ground, draft, change);
		case 'lock_stop':
			return lockStop(draft, change);
		case 'lock_day':
			return lockDay(ground, draft, change);
		case 'split':
			return split(ground, draft, change);
		case 'join':
			return join(ground, draft, change);
	}
}

const routeWith = ({ routes }: Draft, visit: number) =>
	routes.find(({ stops }) => stops.some((stop) => stop.visit === visit));

/** On a locked day, or locked itself. */
function held(draft: Draft, visit: number): boolean {
	const route = routeWith(draft, visit);
	return Boolean(route && (route.locked || route.stops.find((stop) => stop.visit === visit)!.lock));
}

/** Without these visits on any route or list; days left empty are gone, unless they are locked. */
export function takenOff(draft: Draft, visits: readonly number[]): Draft {
	const gone = new Set(visits);
	return {
		visits: draft.visits,
		routes: draft.routes
			.map((route) => ({ ...route, stops: route.stops.filter(({ visit }) => !gone.has(visit)) }))
			.filter(({ stops, locked }) => stops.length > 0 || locked),
		leftOver: draft.leftOver.filter(({ visit }) => !gone.has(visit))
	};
}

/** The visit at a position of a team-day, which is opened if nobody uses it. */
function putAt(draft: Draft, visit: number, to: VehicleKey & { position: number }): Draft {
	const { day, office, team, position } = to;
	const stop = { visit, lock: null };
	const known = draft.routes.some((route) => keyText(route) === keyText(to));
	const routes: DraftRoute[] = known
		? draft.routes.map((route) =>
				keyText(route) === keyText(to)
					? {
							...route,
							stops: [...route.stops.slice(0, position - 1), stop, ...route.stops.slice(position - 1)]
						}
					: route
			)
		: [...draft.routes, { day, office, team, locked: false, stops: [stop] }];
	return { ...draft, routes: routes.sort(byKey) };
}

/** Where it costs least, the rest as it is; else left over with the reason. */
export function placed(ground: Ground, draft: Draft, visit: number): Draft {
	const found = cheapestSpot(
		ground,
		{ ...draft, leftOver: [...draft.leftOver, { visit, reason: 'no_room' }] },
		visit
	);
	if (found.spot) return putAt(draft, visit, found.spot);
	return { ...draft, leftOver: [...draft.leftOver, { visit, reason: found.reason }] };
}

function move(
	ground: Ground,
	draft: Draft,
	{ visit, to }: Extract<DraftChange, { type: 'move' }>
): EditOutcome {
	if (!draft.visits.some(({ number }) => number === visit)) return refused('no_such_visit');
	if (held(draft, visit)) return refused('locked');
	const off = takenOff(draft, [visit]);
	if (!to) return done({ ...off, leftOver: [...off.leftOver, { visit, reason: 'taken_off' }] }, 'moved');
	const target = off.routes.find((route) => keyText(route) === keyText(to));
	if (target?.locked) return refused('locked');
	if (!ground.vehicles.some((key) => keyText(key) === keyText(to))) return refused('does_not_fit');
	const moved = putAt(off, visit, to);
	return timed(ground, moved) ? done(moved, 'moved') : refused('does_not_fit');
}

function lockStop(draft: Draft, { visit, lock }: Extract<DraftChange, { type: 'lock_stop' }>): EditOutcome {
	const home = routeWith(draft, visit);
	if (!home) return refused('no_such_visit');
	const stops = home.stops.map((stop) => (stop.visit === visit ? { ...stop, lock } : stop));
	const routes = draft.routes.map((route) => (route === home ? { ...route, stops } : route));
	return done({ ...draft, routes }, 'locked');
}

function lockDay(
	ground: Ground,
	draft: Draft,
	{ day, office, team, locked }: Extract<DraftChange, { type: 'lock_day' }>
): EditOutcome {
	const key = { day, office, team };
	if (!ground.vehicles.some((vehicle) => keyText(vehicle) === keyText(key))) return refused('does_not_fit');
	const known = draft.routes.some((route) => keyText(route) === keyText(key));
	const routes = known
		? draft.routes.map((route) => (keyText(route) === keyText(key) ? { ...route, locked } : route))
		: [...draft.routes, { ...key, locked, stops: [] }];
	return done(
		{ ...draft, routes: routes.filter((route) => route.locked || route.stops.length > 0) },
		'locked'
	);
}

/** The first part stays where the visit was; the other goes where it costs least. */
function split(ground: Ground, draft: Draft, change: Extract<DraftChange, { type: 'split' }>): EditOutcome {
	const { visit, reason } = change;
	const whole = draft.visits.find(({ number }) => number === visit);
	if (!whole) return refused('no_such_visit');
	const leaving = new Set(change.targets);
	const [stays, leaves] = [
		whole.targets.filter((code) => !leaving.has(code)),
		whole.targets.filter((code) => leaving.has(code))
	];
	if (stays.length === 0 || leaves.length !== leaving.size) return refused('not_a_part');
	if (held(draft, visit)) return refused('locked');
	const number = Math.max(...draft.visits.map((other) => other.number)) + 1;
	const visits = [
		...draft.visits.map((other) => (other === whole ? visitByHand(ground, stays, visit, reason) : other)),
		visitByHand(ground, leaves, number, reason)
	];
	return done(placed(ground, inPlace(ground, { ...draft, visits }, visit), number), 'split', reason);
}

/** Both become the first, at its place if there is room. */
function join(ground: Ground, draft: Draft, change: Extract<DraftChange, { type: 'join' }>): EditOutcome {
	const { visit, other, reason } = change;
	const [first, second] = [visit, other].map((wanted) =>
		draft.visits.find(({ number }) => number === wanted)
	) as [DraftVisit | undefined, DraftVisit | undefined];
	if (!first || !second || first === second) return refused('no_such_visit');
	if (first.party === null || first.party !== second.party) return refused('other_party');
	if (held(draft, visit) || held(draft, other)) return refused('locked');
	const joined = visitByHand(ground, [...first.targets, ...second.targets], visit, reason);
	const off = takenOff(draft, [other]);
	const visits = off.visits.flatMap((each) => (each === first ? [joined] : each === second ? [] : [each]));
	return done(inPlace(ground, { ...off, visits }, visit), 'joined', reason);
}

/** A visit that has become another stays where it is, if its day still has room for it. */
function inPlace(ground: Ground, draft: Draft, visit: number): Draft {
	return timed(ground, draft) ? draft : placed(ground, takenOff(draft, [visit]), visit);
}

/** Visits of those who are called now: who is no longer called is gone, who is new goes where they cost least. */
export function follow(ground: Ground, before: Draft): Draft {
	const called = ground.targets;
	const known = new Set(before.visits.flatMap(({ targets }) => targets));
	const gone = before.visits.filter(({ targets }) => !targets.some((code) => called.has(code)));
	let draft = takenOff(
		before,
		gone.map(({ number }) => number)
	);
	const visits = before.visits
		.filter((visit) => !gone.includes(visit))
		.map((visit) => {
			const left = visit.targets.filter((code) => called.has(code));
			return left.length === visit.targets.length
				? visit
				: visitByHand(ground, left, visit.number, visit.byHand);
		});
	const added = visitsOf(
		ground,
		[...called.keys()].filter((code) => !known.has(code)),
		Math.max(0, ...before.visits.map(({ number }) => number)) + 1
	);
	draft = { ...draft, visits: [...visits, ...added] };
	// With other travel times a day may no longer be kept: its last stops give way until it is.
	const late: number[] = [];
	const routes = draft.routes.map((route) => {
		const stops = [...route.stops];
		while (!timed(ground, { ...draft, routes: [{ ...route, stops }] })) late.push(stops.pop()!.visit);
		return { ...route, stops };
	});
	draft = { ...draft, routes: routes.filter(({ stops, locked }) => stops.length > 0 || locked) };
	for (const number of [...late, ...added.map((visit) => visit.number)])
		draft = placed(ground, draft, number);
	return draft;
}
