// 抽查计划: what is to be drawn from and how many; kept as decided, so that a draw can point at it for ever.
// Invariant: a plan and its ledger entry appear together; no statement here changes a plan once it is saved.
import { sql, type Transaction } from 'kysely';
import type { TargetKind } from '../core/model';
import { multipliers, type Multipliers } from '../core/plan/weights';
import { decodeArea, encodeArea, type Area } from '../map/area-param';
import type { AreaRule, PlanSpec } from '../schema/plan';
import type { Database } from './db/database';
import type { DB } from './db/schema';
import { areaGeometry, type Scope } from './frame';
import type { PlanSize } from './frozen';
import { append } from './ledger';

export interface Plan extends Scope, PlanSize {
	name: string;
	h3Resolution: number;
	grid: number;
	substitutes: number;
	multipliers: Multipliers;
}

export interface SavedPlan extends Plan {
	id: string;
	/** The task of an annual plan it comes from, and what that decides about its frame. */
	task: { year: number; number: number; batch: number; title: string } | null;
	exempt: boolean;
	blacklistedOnly: boolean;
	exclusions: Record<string, string>;
	createdAt: Date;
}

export function planOf(form: PlanSpec & { name?: string }): Plan {
	const area = form.area === '' ? null : decodeArea(form.area);
	return {
		name: form.name ?? '',
		kind: form.kind,
		area: area && JSON.stringify({ type: 'MultiPolygon', coordinates: area }),
		areaRule: form.areaRule,
		townships: form.townships.length === 0 ? null : [...new Set(form.townships)].sort(),
		sampleSize: form.sizeBy === 'number' ? form.sampleSize : null,
		ratioPercent: form.sizeBy === 'ratio' ? form.ratioPercent : null,
		minPerTownship: form.minPerTownship,
		h3Resolution: form.h3Resolution,
		grid: form.grid,
		substitutes: form.substitutes,
		multipliers: multipliers({
			A: form.weightA,
			B: form.weightB,
			C: form.weightC,
			D: form.weightD,
			blacklist: form.takeBlacklist ? 'take' : form.weightBlacklist
		})
	};
}

/** The form that would save this plan; weights as multiples of grade B's. */
export function specOf(plan: Plan): PlanSpec {
	const { B, blacklist } = plan.multipliers;
	const unit = B === 'take' ? 1 : B;
	const times = (weight: number | 'take') => (weight === 'take' ? 1 : weight / unit);
	const outline = plan.area && (JSON.parse(plan.area) as { coordinates: Area }).coordinates;
	return {
		kind: plan.kind,
		area: outline ? encodeArea(outline) : '',
		areaRule: plan.areaRule,
		townships: [...(plan.townships ?? [])],
		sizeBy: plan.sampleSize === null ? 'ratio' : 'number',
		ratioPercent: plan.ratioPercent ?? 5,
		sampleSize: plan.sampleSize ?? 1,
		minPerTownship: plan.minPerTownship,
		h3Resolution: plan.h3Resolution,
		grid: plan.grid,
		substitutes: plan.substitutes,
		weightA: times(plan.multipliers.A),
		weightB: 1,
		weightC: times(plan.multipliers.C),
		weightD: times(plan.multipliers.D),
		weightBlacklist: times(blacklist),
		takeBlacklist: blacklist === 'take'
	};
}

/** A scope that names nothing real; the field is the form's. */
export type ScopeError =
	{ field: 'area'; reason: 'area_empty' } | { field: 'townships'; reason: 'unknown'; code: string };

/** Whether the drawn outline encloses anything and every township exists. */
export async function scopeError(db: Database, county: string, scope: Scope): Promise<ScopeError | null> {
	if (scope.area !== null) {
		const { rows } = await sql<{
			empty: boolean;
		}>`SELECT ST_IsEmpty(${areaGeometry(scope.area)}) AS empty`.execute(db);
		if (rows[0]?.empty !== false) return { field: 'area', reason: 'area_empty' };
	}
	if (scope.townships === null) return null;
	const known = new Set((await townshipNames(db, county)).map(({ code }) => code));
	const code = scope.townships.find((township) => !known.has(township));
	return code === undefined ? null : { field: 'townships', reason: 'unknown', code };
}

export const townshipNames = (db: Database, county: string) =>
	db
		.selectFrom('app.current_township')
		.where('county', '=', county)
		.select(['code', 'name'])
		.orderBy('code')
		.execute();

/** Saves the plan and appends to the ledger, together or not at all; returns the plan's id. */
export const savePlan = (db: Database, county: string, plan: Plan, at: Date, actor = 'operator') =>
	db.transaction().execute((trx) => insertPlan(trx, county, plan, at, actor));

/** The same within a transaction that does more. */
export async function insertPlan(
	trx: Transaction<DB>,
	county: string,
	plan: Plan,
	at: Date,
	actor: string
): Promise<string> {
	const { id } = await trx
		.insertInto('app.plan')
		.values({
			county,
			name: plan.name,
			kind: plan.kind,
			area: plan.area === null ? null : (areaGeometry(plan.area) as never),
			area_rule: plan.areaRule,
			townships: plan.townships === null ? null : [...plan.townships],
			sample_size: plan.sampleSize,
			ratio_percent: plan.ratioPercent,
			min_per_township: plan.minPerTownship,
			h3_resolution: plan.h3Resolution,
			grid: plan.grid,
			substitutes: plan.substitutes,
			multipliers: JSON.stringify(plan.multipliers),
			created_at: at
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	await append(trx, county, {
		type: 'plan.created',
		at: at.toISOString(),
		actor,
		plan: id,
		name: plan.name,
		kind: plan.kind,
		// Coordinates are not whole numbers, so the outline enters as the text it was given as.
		area: plan.area,
		areaRule: plan.areaRule,
		townships: plan.townships,
		sampleSize: plan.sampleSize,
		ratioPermille1000: plan.ratioPercent === null ? null : Math.round(plan.ratioPercent * 1000),
		minPerTownship: plan.minPerTownship,
		h3Resolution: plan.h3Resolution,
		grid: plan.grid,
		substitutes: plan.substitutes,
		multipliers: { ...plan.multipliers }
	});
	return id;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function readPlan(db: Database, county: string, id: string): Promise<SavedPlan | undefined> {
	if (!UUID.test(id)) return undefined;
	const row = await db
		.selectFrom('app.plan')
		.where('county', '=', county)
		.where('id', '=', id)
		.selectAll()
		.select(sql<string | null>`ST_AsGeoJSON(area, 15)`.as('area'))
		.executeTakeFirst();
	if (!row) return undefined;
	const task = await taskOf(db, county, id);
	return {
		id: row.id,
		name: row.name,
		kind: row.kind as TargetKind,
		area: row.area,
		areaRule: row.area_rule as AreaRule,
		townships: row.townships,
		sampleSize: row.sample_size,
		ratioPercent: row.ratio_percent === null ? null : Number(row.ratio_percent),
		minPerTownship: row.min_per_township,
		h3Resolution: row.h3_resolution,
		grid: row.grid,
		substitutes: row.substitutes,
		multipliers: row.multipliers as unknown as Multipliers,
		...task,
		createdAt: row.created_at
	};
}

/** What a task of an annual plan decides about the frame of a plan; a plan of its own is limited and leaves nobody out. */
async function taskOf(
	db: Database,
	county: string,
	plan: string
): Promise<Pick<SavedPlan, 'task' | 'exempt' | 'blacklistedOnly' | 'exclusions'>> {
	const link = await db
		.selectFrom('app.task_plan as l')
		.innerJoin('app.task as t', (join) =>
			join.onRef('t.county', '=', 'l.county').onRef('t.year', '=', 'l.year').onRef('t.number', '=', 'l.task')
		)
		.where('l.county', '=', county)
		.where('l.plan', '=', plan)
		.select(['l.year', 'l.task', 'l.batch', 'l.blacklisted', 'l.exempt', 't.title'])
		.executeTakeFirst();
	if (!link) return { task: null, exempt: false, blacklistedOnly: false, exclusions: {} };
	const { year, task: number, batch, title, blacklisted, exempt } = link;
	const left = await db
		.selectFrom('app.task_exclusion')
		.where('county', '=', county)
		.where('year', '=', year)
		.where('task', '=', number)
		.select(['target', 'reason'])
		.execute();
	return {
		task: { year, number, batch, title },
		exempt,
		blacklistedOnly: blacklisted,
		exclusions: Object.fromEntries(left.map(({ target, reason }) => [target, reason]))
	};
}

/** Newest first, each with how often it was drawn. */
export const listPlans = (db: Database, county: string) =>
	db
		.selectFrom('app.plan as p')
		.where('p.county', '=', county)
		.select([
			'p.id',
			'p.name',
			'p.kind',
			'p.area_rule as areaRule',
			'p.townships',
			'p.sample_size as sampleSize',
			'p.min_per_township as minPerTownship',
			'p.created_at as createdAt',
			sql<boolean>`p.area IS NOT NULL`.as('hasArea'),
			sql<number | null>`p.ratio_percent::double precision`.as('ratioPercent'),
			sql<number>`(SELECT count(*) FROM app.draw d WHERE d.county = p.county AND d.plan = p.id)`.as('draws')
		])
		.orderBy('p.created_at', 'desc')
		.orderBy('p.id')
		.execute();
