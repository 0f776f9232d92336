// A version of a plan of routes read back as the draft it was, with its times.
import { sql } from 'kysely';
import type { Fallback, LeftOverReason, RouteSettings, StopLock, TravelProvider } from '../../schema/route';
import type { Database } from '../db/database';
import type { Draft, DraftRoute } from './draft';
import type { Timed } from './timed';
import type { ChangeKind } from './version';

const planRows = (db: Database, county: string) =>
	db
		.selectFrom('app.route_plan')
		.where('county', '=', county)
		.select([
			...(['id', 'series', 'draw', 'supersedes', 'change', 'reason', 'provider', 'fallback'] as const),
			...(['matrix_hash as matrixHash', 'settings', 'seed', 'iterations', 'cost as costS'] as const),
			...(['routes_hash as routesHash', 'created_by as createdBy', 'created_at as createdAt'] as const)
		]);

export async function currentPlan(db: Database, county: string, series: number) {
	const row = await planRows(db, county)
		.where('series', '=', series)
		.where('state', '=', 'current')
		.executeTakeFirst();
	return (
		row && {
			...row,
			change: row.change as ChangeKind,
			provider: row.provider as TravelProvider,
			fallback: row.fallback as Fallback | null,
			settings: row.settings as unknown as RouteSettings
		}
	);
}
export type CurrentPlan = NonNullable<Awaited<ReturnType<typeof currentPlan>>>;

const byCode = sql`target COLLATE "C"`;
const matches = ({ county, plan }: { county: string; plan: number }) =>
	sql<boolean>`county = ${county} AND plan = ${plan}`;

/** The draft and times of a version, as they were saved. */
export async function readVersion(
	db: Database,
	county: string,
	plan: number
): Promise<{ draft: Draft; times: Timed['routes'] }> {
	const ofPlan = { county, plan };
	const [visits, targets, routes, stops, leftOver] = [
		await db.selectFrom('app.visit').selectAll().where(matches(ofPlan)).orderBy('number').execute(),
		await db.selectFrom('app.visit_target').selectAll().where(matches(ofPlan)).orderBy(byCode).execute(),
		await db.selectFrom('app.day_route').selectAll().where(matches(ofPlan)).orderBy('number').execute(),
		await db
			.selectFrom('app.stop')
			.selectAll()
			.where(matches(ofPlan))
			.orderBy('route')
			.orderBy('position')
			.execute(),
		await db.selectFrom('app.unassigned').selectAll().where(matches(ofPlan)).orderBy('visit').execute()
	];
	const codes = new Map<number, string[]>(visits.map(({ number }) => [number, []]));
	for (const { target, visit } of targets) codes.get(visit)!.push(target);
	const stopsOf = new Map(routes.map(({ number }) => [number, [] as typeof stops]));
	for (const stop of stops) stopsOf.get(stop.route)!.push(stop);
	const draft: Draft = {
		visits: visits.map((visit) => ({
			number: visit.number,
			party: visit.party,
			standsAt: visit.stands_at,
			targets: codes.get(visit.number)!,
			items: visit.items,
			setupMin: visit.setup_min,
			serviceMin: visit.service_min,
			byHand: visit.by_hand
		})),
		routes: routes.map(({ day, office, team, locked, number }): DraftRoute => ({
			...{ day, office, team, locked },
			stops: stopsOf.get(number)!.map(({ visit, lock }) => ({ visit, lock: lock as StopLock | null }))
		})),
		leftOver: leftOver.map(({ visit, reason }) => ({ visit, reason: reason as LeftOverReason }))
	};
	const times = routes.map((route) => ({
		...{ day: route.day, office: route.office, team: route.team },
		...{
			departsS: route.departs_s,
			returnsS: route.returns_s,
			travelS: route.travel_s,
			metres: route.metres
		},
		rest: route.rest_s === null ? null : { fromS: route.rest_s, minutes: route.rest_min ?? 0 },
		stops: stopsOf.get(route.number)!.map((stop) => ({
			...{ visit: stop.visit, arrivalS: stop.arrival_s, waitS: stop.wait_s },
			...{ travelS: stop.travel_s, metres: stop.metres }
		}))
	}));
	return { draft, times };
}
