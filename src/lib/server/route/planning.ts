// From a draw to its day routes: targets → visits → travel → search → one transaction. And once more, keeping what the
// planner has locked. A caller that goes away cancels it, and nothing stays.
import { layOut } from '../../core/route/arena';
import type { Locks, Problem, Routes } from '../../core/route/problem';
import type { RouteProblem, RouteProgress, RouteSettings } from '../../schema/route';
import type { Database } from '../db/database';
import { draftOf, locksOf, problemOf, routesOf, visitsOf, type Draft, type Ground } from './draft';
import { loadBase } from './ground';
import { openVersion } from './open-version';
import { routeDays } from './route-days';
import { travelSources } from './roads';
import { runSearch, usualIterations } from './search';
import { stepsOf, timed } from './timed';
import { findTravel, type TravelServers } from './travel';
import { lockCounty, saveVersion, unlessFixed, type VersionFacts } from './version';

export interface Planning {
	actor: string;
	at: Date;
	servers: TravelServers;
	onProgress?: (progress: RouteProgress) => void;
	/** Aborted: rejects with its reason, nothing is saved. */
	signal?: AbortSignal;
}

export type PlanOutcome =
	{ ok: true; series: number; version: number } | { ok: false; problem: RouteProblem };

export async function planRoutes(
	db: Database,
	county: string,
	draw: number,
	asked: RouteSettings,
	options: Planning
): Promise<PlanOutcome> {
	const { onProgress, signal } = options;
	onProgress?.({ step: 'visits' });
	const onDays = await routeDays(db, county, asked.startsOn, asked.days);
	const settings = { ...asked, onDays };
	const loaded = await loadBase(db, county, draw, settings);
	if (!loaded.ok) return loaded;
	const { base } = loaded;
	onProgress?.({ step: 'travel' });
	const { travel, provider, fallback } = await findTravel(
		base.places,
		settings,
		await travelSources(db, county, settings, options.servers),
		signal
	);
	const ground: Ground = { ...base, travel };
	const visits = visitsOf(ground, [...base.targets.keys()], 1);
	const iterations = settings.iterations || usualIterations(visits.length);
	const empty: Draft = { visits, routes: [], leftOver: [] };
	return searchAndSave(db, county, ground, empty, options, {
		...{ provider, fallback, seed: settings.seed, iterations, change: 'planned', reason: null },
		supersedes: null
	});
}

/** A new solution that keeps the locked stops, orders and days; the rest starts from where it is. */
export async function solveAgain(
	db: Database,
	county: string,
	series: number,
	asked: { version: number; iterations: number; seed: number },
	options: Planning
): Promise<PlanOutcome> {
	options.onProgress?.({ step: 'visits' });
	const opened = await openVersion(db, county, series, asked.version);
	if (!opened.ok) return opened;
	const { plan, ground, draft } = opened;
	const iterations = asked.iterations || usualIterations(draft.visits.length);
	return searchAndSave(db, county, ground, draft, options, {
		...{ provider: plan.provider, fallback: plan.fallback, seed: asked.seed, iterations },
		...{ change: 'solved', reason: null, supersedes: { id: plan.id, series } }
	});
}

async function searchAndSave(
	db: Database,
	county: string,
	ground: Ground,
	from: Draft,
	{ actor, at, onProgress, signal }: Planning,
	facts: Omit<VersionFacts, 'actor' | 'at'>
): Promise<PlanOutcome> {
	const problem = problemOf(ground, from.visits);
	const locks = locksOf(ground, from);
	const start = standing(ground, problem, from, locks);
	if (!start) return { ok: false, problem: { reason: 'does_not_fit' } };
	const found = await runSearch(
		{
			problem,
			seed: facts.seed,
			iterations: facts.iterations,
			from: start,
			locks
		},
		{ ...(onProgress && { onProgress }), ...(signal && { signal }) }
	);
	if (!found.ok) throw new Error(`the routes saved before break a rule: ${JSON.stringify(found)}`);
	const draft = draftOf(ground, from, found.routes, found.leftOver);
	const times = timed(ground, draft);
	if (!times) throw new Error('the routes found break a rule');
	onProgress?.({ step: 'save' });
	return unlessFixed(
		db.transaction().execute(async (trx) => {
			await lockCounty(trx, county);
			if (facts.supersedes && !(await isCurrent(trx, county, facts.supersedes.id)))
				return { ok: false, problem: { reason: 'outdated' } } as const;
			const { id, series } = await saveVersion(trx, county, ground, draft, times, { ...facts, actor, at });
			signal?.throwIfAborted();
			return { ok: true, series, version: id } as const;
		})
	);
}

/** The routes to begin with: one that breaks a rule by now, since the directory was changed, is begun anew; null when a lock
 *  holds it. */
function standing(
	ground: Ground,
	problem: Problem,
	from: Draft,
	{ vehicle, order, day }: Locks
): Routes | null {
	const arena = layOut(problem);
	const routes = routesOf(ground, from).map((jobs, v) => {
		if (jobs.length === 0 || stepsOf(problem, arena, v, jobs)) return jobs;
		return day!.has(v) || jobs.some((job) => vehicle!.has(job) || order!.has(job)) ? null : [];
	});
	return routes.includes(null) ? null : (routes as Routes);
}

export async function isCurrent(db: Database, county: string, id: number): Promise<boolean> {
	const row = await db
		.selectFrom('app.route_plan')
		.where('county', '=', county)
		.where('id', '=', id)
		.select('state')
		.executeTakeFirst();
	return row?.state === 'current';
}
