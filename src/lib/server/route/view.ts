// What the pages, the route book and the files show of a plan of routes.
import { sql } from 'kysely';
import { hoursText } from '../../core/registry/hours';
import type { RouteView, ViewRoute, ViewVisit } from '../../schema/route';
import type { Database } from '../db/database';
import { neighbours } from './change';
import { notBefore } from './draft';
import { effortsOf, loadOf, roundTrips } from './effort';
import { travelOf } from './ground';
import { showVersion } from './open-version';

/** Series of the county, newest first, each by its current version. */
export async function listRoutes(db: Database, county: string) {
	const { rows } = await sql<{
		series: number;
		version: number;
		draw: number;
		planName: string;
		kind: string;
		assurance: string;
		createdAt: Date;
		visits: number;
		routes: number;
		leftOver: number;
		metres: number;
		firstDay: string | null;
		lastDay: string | null;
	}>`SELECT r.series, r.id AS version, r.draw, p.name AS "planName", d.kind, d.assurance, r.created_at AS "createdAt",
			(SELECT count(*)::int FROM app.visit v WHERE v.county = r.county AND v.plan = r.id) AS visits,
			(SELECT count(*)::int FROM app.unassigned u WHERE u.county = r.county AND u.plan = r.id) AS "leftOver",
			n.routes, n.metres, n."firstDay", n."lastDay"
		FROM app.route_plan r
		JOIN app.draw d ON d.county = r.county AND d.id = r.draw
		JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		CROSS JOIN LATERAL (SELECT count(*)::int AS routes, coalesce(sum(metres), 0)::int8 AS metres,
			min(day) AS "firstDay", max(day) AS "lastDay" FROM app.day_route n
			WHERE n.county = r.county AND n.plan = r.id AND n.metres > 0) n
		WHERE r.county = ${county} AND r.state = 'current' ORDER BY r.series DESC`.execute(db);
	return rows;
}

/** The current version of a series; null: there is none, or its draw is gone. */
export async function routeView(db: Database, county: string, series: number): Promise<RouteView | null> {
	const shown = await showVersion(db, county, series);
	if (!shown.ok) return null;
	const { plan, base, draft, times, whole } = shown;
	const { undo, redo } = await neighbours(db, county, plan.id);
	const travel = plan.provider === 'great_circle' ? null : await travelOf(db, county, base, plan);
	const visits = draft.visits.map((visit): ViewVisit => {
		const stand = base.targets.get(visit.standsAt)!;
		const { number, setupMin, serviceMin, byHand, items } = visit;
		return {
			...{ number, setupMin, serviceMin, byHand, items },
			hours: hoursText(stand.hours),
			notBefore: notBefore(base, visit),
			...{ party: stand.party, uscc: visit.party, at: stand.at, township: stand.township },
			targets: visit.targets.map((code) => {
				const { name, serial, at } = base.targets.get(code)!;
				return { code, name, serial, at };
			})
		};
	});
	const routes = draft.routes.map((route, i): ViewRoute => {
		const { stops, ...time } = times[i]!;
		return {
			...{ number: i + 1, locked: route.locked, ...time },
			stops: stops.map((stop, k) => ({ ...stop, lock: route.stops[k]!.lock }))
		};
	});
	const { id, kind, assurance, planName } = base.draw;
	return {
		...{ series, version: plan.id, change: plan.change, createdAt: plan.createdAt, settings: plan.settings },
		...{ provider: plan.provider, fallback: plan.fallback, seed: plan.seed, iterations: plan.iterations },
		...{ matrixHash: plan.matrixHash, routesHash: plan.routesHash },
		draw: { id, kind, assurance, planName, departments: await departmentsOf(db, county, id) },
		...{ canUndo: undo !== null, canRedo: redo !== null, whole },
		offices: base.offices.map(({ code, name, at }) => ({ code, name, at })),
		items: [...base.items],
		vehicles: [...base.vehicles],
		...{ visits, routes, leftOver: draft.leftOver },
		comparison: effortsOf(base, draft, routes, roundTrips(base, travel)),
		load: loadOf(base, draft, routes)
	};
}

/** Who takes part in the visits: the departments of the task the draw belongs to. */
export async function departmentsOf(db: Database, county: string, draw: number): Promise<string[]> {
	const { rows } = await sql<{ departments: string[] }>`SELECT t.departments FROM app.draw d
		JOIN app.task_plan l ON l.county = d.county AND l.plan = d.plan
		JOIN app.task t ON t.county = l.county AND t.year = l.year AND t.number = l.task
		WHERE d.county = ${county} AND d.id = ${draw}`.execute(db);
	return rows[0]?.departments ?? [];
}
