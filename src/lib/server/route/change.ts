// A planner's change: the version in front of them is opened, changed and saved as the next one. Going back makes the
// version before current again; going forward the one that was left last.
import type { ChangeAnswer, RouteChange } from '../../schema/route';
import type { Transaction } from 'kysely';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import type { Draft, Ground } from './draft';
import { edit, follow } from './edit';
import { loadBase } from './ground';
import { openVersion } from './open-version';
import { isCurrent, type Planning } from './planning';
import { timed } from './timed';
import { travelSources } from './roads';
import { findTravel } from './travel';
import { lockCounty, saveVersion, setState, unlessFixed, type VersionFacts } from './version';

export type Asking = Pick<Planning, 'actor' | 'at' | 'servers'>;

export async function changeRoutes(
	db: Database,
	county: string,
	series: number,
	{ version, change }: { version: number; change: RouteChange },
	asking: Asking
): Promise<ChangeAnswer> {
	if (change.type === 'undo' || change.type === 'redo')
		return step(db, county, series, version, change.type, asking);
	const opened = await openVersion(db, county, series, version);
	if (!opened.ok) return opened;
	const { plan, ground, draft, whole } = opened;
	const facts = {
		...{ provider: plan.provider, fallback: plan.fallback, seed: plan.seed, iterations: 0 },
		...{ ...asking, supersedes: { id: plan.id, series } }
	};
	if (change.type === 'follow') {
		const loaded = await loadBase(db, county, plan.draw, plan.settings);
		if (!loaded.ok) return loaded;
		const sources = await travelSources(db, county, plan.settings, asking.servers);
		const { travel, ...found } = await findTravel(loaded.base.places, plan.settings, sources);
		const now: Ground = { ...loaded.base, travel };
		return save(db, county, now, follow(now, draft), {
			...facts,
			...found,
			change: 'followed',
			reason: null
		});
	}
	if (!whole) return { ok: false, problem: { reason: 'targets_changed' } };
	const edited = edit(ground, draft, change);
	if (!edited.ok) return edited;
	return save(db, county, ground, edited.draft, { ...facts, change: edited.change, reason: edited.reason });
}

async function save(
	db: Database,
	county: string,
	ground: Ground,
	draft: Draft,
	facts: VersionFacts
): Promise<ChangeAnswer> {
	const times = timed(ground, draft);
	if (!times) return { ok: false, problem: { reason: 'does_not_fit' } };
	return unlessFixed(
		db.transaction().execute(async (trx) => {
			await lockCounty(trx, county);
			if (!(await isCurrent(trx, county, facts.supersedes!.id)))
				return { ok: false, problem: { reason: 'outdated' } } as const;
			const { id } = await saveVersion(trx, county, ground, draft, times, facts);
			return { ok: true, version: id } as const;
		})
	);
}

/** The versions before and after the current one; null: there is none. */
export async function neighbours(db: Database, county: string, id: number) {
	const before = await db
		.selectFrom('app.route_plan')
		.where('county', '=', county)
		.where('id', '=', id)
		.select('supersedes')
		.executeTakeFirst();
	const after = await db
		.selectFrom('app.route_plan')
		.where('county', '=', county)
		.where('supersedes', '=', id)
		.select('id')
		.orderBy('id', 'desc')
		.executeTakeFirst();
	return { undo: before?.supersedes ?? null, redo: after?.id ?? null };
}

async function step(
	db: Database,
	county: string,
	series: number,
	version: number,
	way: 'undo' | 'redo',
	{ actor, at }: Asking
): Promise<ChangeAnswer> {
	try {
		return await unlessFixed(
			db.transaction().execute((trx) => stepInside(trx, county, series, version, way, actor, at))
		);
	} catch (error) {
		// Checked at COMMIT: since that version a substitute was granted, so it would miss a target.
		if ((error as { code?: string }).code === 'FL001')
			return { ok: false, problem: { reason: 'targets_changed' } };
		throw error;
	}
}

async function stepInside(
	trx: Transaction<DB>,
	county: string,
	series: number,
	version: number,
	way: 'undo' | 'redo',
	actor: string,
	at: Date
): Promise<ChangeAnswer> {
	await lockCounty(trx, county);
	if (!(await isCurrent(trx, county, version))) return { ok: false, problem: { reason: 'outdated' } };
	const to = (await neighbours(trx, county, version))[way];
	if (to === null)
		return { ok: false, problem: { reason: way === 'undo' ? 'nothing_to_undo' : 'nothing_to_redo' } };
	await setState(trx, county, version, 'set_aside');
	await setState(trx, county, to, 'current');
	await append(trx, county, {
		...{ type: 'route.changed', at: at.toISOString(), actor },
		...{ plan: to, series, change: way, before: version }
	});
	return { ok: true, version: to };
}
