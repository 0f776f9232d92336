// The current version of a series: what its pages show, and with travel times the ground it can be worked on.
import type { RouteProblem } from '../../schema/route';
import type { Database } from '../db/database';
import { calledCodes } from './called';
import type { Draft, Ground } from './draft';
import { loadBase, travelOf, type Base } from './ground';
import type { Timed } from './timed';
import { currentPlan, readVersion, type CurrentPlan } from './version-reading';

interface Shown {
	plan: CurrentPlan;
	base: Base;
	draft: Draft;
	times: Timed['routes'];
	/** Nobody was replaced since: the version still holds exactly those who are called. */
	whole: boolean;
}
type Opened<T> = ({ ok: true } & T) | { ok: false; problem: RouteProblem };

/** version: the one the planner has in front of them. */
export async function showVersion(
	db: Database,
	county: string,
	series: number,
	version?: number
): Promise<Opened<Shown>> {
	const plan = await currentPlan(db, county, series);
	if (!plan) return { ok: false, problem: { reason: 'no_plan' } };
	if (version !== undefined && plan.id !== version) return { ok: false, problem: { reason: 'outdated' } };
	const { draft, times } = await readVersion(db, county, plan.id);
	const codes = draft.visits.flatMap(({ targets }) => targets);
	const loaded = await loadBase(db, county, plan.draw, plan.settings, codes);
	if (!loaded.ok) return loaded;
	const called = new Set(await calledCodes(db, county, plan.draw));
	const whole = called.size === codes.length && codes.every((code) => called.has(code));
	return { ok: true, plan, base: loaded.base, draft, times, whole };
}

export async function openVersion(
	db: Database,
	county: string,
	series: number,
	version?: number
): Promise<Opened<Shown & { ground: Ground }>> {
	const shown = await showVersion(db, county, series, version);
	if (!shown.ok) return shown;
	const travel = await travelOf(db, county, shown.base, shown.plan);
	return { ...shown, ground: { ...shown.base, travel } };
}
