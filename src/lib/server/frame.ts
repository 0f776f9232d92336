// 名录快照: the registry as it stands at one instant, turned into the rows of a frame (protocol §2).
// Cell and township come from the unrounded point; the rounding to the grid is the last step and is part of the data.
import { randomBytes } from 'node:crypto';
import { cellToParent } from 'h3-js';
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Excluded, FrameRow } from '../core/draw/frame';
import { toGrid } from '../core/draw/freeze';
import type { CreditGrade, TargetKind } from '../core/model';
import { weightOf, type Multipliers } from '../core/plan/weights';
import type { AreaRule } from '../schema/plan';
import type { Database } from './db/database';
import type { DB } from './db/schema';
import { YEAR_CAP, yearLimit } from './burden/limit';
import type { LimitedRows, YearLimit } from './frozen';

/** Which targets a plan is about. */
export interface Scope {
	kind: TargetKind;
	/** GeoJSON in EPSG:4490; null: the whole county. */
	area: string | null;
	areaRule: AreaRule;
	/** null: all of them. */
	townships: readonly string[] | null;
	/** Only targets of parties that are blacklisted on the day: an extra batch for them. */
	blacklistedOnly?: boolean;
}

/** What turns a target into a row. */
export interface Freeze {
	h3Resolution: number;
	/** Metres that x and y are rounded to. */
	grid: number;
	multipliers: Multipliers;
	/** False for a preview: "" instead of 16 random bytes. */
	salted: boolean;
	/** Its items are 重点 alone: the yearly limit leaves them alone. */
	exempt?: boolean;
	/** What its task leaves out, with the reason. */
	exclusions?: Readonly<Record<string, string>>;
}

/** 相交 / 包含 / 中心点, for the alias `t` of app.target. */
export function meetsArea(area: RawBuilder<unknown>, rule: AreaRule): RawBuilder<boolean> {
	if (rule === 'intersects') return sql`ST_Intersects(t.geom, ${area})`;
	if (rule === 'contains') return sql`ST_CoveredBy(t.geom, ${area})`;
	return sql`ST_Intersects(t.point, ${area})`;
}

/** A drawn outline as valid surfaces in the storage CRS; empty when nothing of it encloses anything. */
export const areaGeometry = (geojson: string): RawBuilder<unknown> =>
	sql`ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(${geojson}), 4490)), 3))`;

/** Targets of the scope as they were at `at`, in one snapshot of the registry. */
export function freeze(
	db: Database,
	county: string,
	scope: Scope,
	how: Freeze,
	at: Date
): Promise<LimitedRows> {
	return db
		.transaction()
		.setIsolationLevel('repeatable read')
		.setAccessMode('read only')
		.execute(async (trx) => {
			const { full, ...limit } = await yearLimit(trx, county, how.exempt ?? false, at);
			return limitedRows(await loadTargets(trx, county, scope, at), how, limit, full);
		});
}

interface TargetRow {
	code: string;
	party: string | null;
	township: string;
	cell: string;
	x_m: number;
	y_m: number;
	status: 'active' | 'suspended' | 'closed';
	grade: CreditGrade | null;
	blacklisted: boolean;
}

/** A target that came into the frame or left it between two instants; status: what it is now, null when it is gone. */
export interface FrameChange {
	code: string;
	name: string;
	added: boolean;
	status: TargetRow['status'] | null;
}

/** Additions to and removals from what a scope can draw, by code. */
export async function scopeChanges(
	db: Database,
	county: string,
	scope: Scope,
	from: Date,
	to: Date
): Promise<FrameChange[]> {
	const { rows } = await sql<FrameChange>`
		WITH area AS MATERIALIZED (SELECT ${scopeArea(scope)} AS geom),
			was AS (SELECT t.code, t.name FROM app.target t WHERE ${inScope(county, scope, from)} AND t.status = 'active'),
			now AS (SELECT t.code, t.name, t.status FROM app.target t WHERE ${inScope(county, scope, to)})
		SELECT coalesce(now.code, was.code) AS code, coalesce(now.name, was.name) AS name, was.code IS NULL AS added,
			now.status
		FROM was FULL JOIN now USING (code)
		WHERE (was.code IS NOT NULL) <> coalesce(now.status = 'active', false)
		ORDER BY coalesce(now.code, was.code) COLLATE "C"`.execute(db);
	return rows;
}

const scopeArea = ({ area }: Scope) => (area === null ? sql`NULL` : areaGeometry(area));

/** Targets `t` of the scope as they were at `at`; the drawn area is the one row of `area`. */
function inScope(county: string, scope: Scope, at: Date): RawBuilder<boolean> {
	const { kind, area, areaRule, townships, blacklistedOnly } = scope;
	const within = area === null ? sql`true` : meetsArea(sql`(SELECT geom FROM area)`, areaRule);
	const inTownship = townships === null ? sql`true` : sql`t.township = ANY(${[...townships]})`;
	const listed = blacklistedOnly ? blacklistedOn(at) : sql`true`;
	return sql`t.county = ${county} AND t.kind = ${kind} AND t.valid @> ${at}::timestamptz AND ${inTownship} AND ${within}
		AND ${listed}`;
}

/** Whether the party of target `t` is blacklisted: "today" of a period is the day in China on which `at` falls. */
export const blacklistedOn = (at: Date): RawBuilder<boolean> =>
	sql`EXISTS (SELECT FROM app.blacklist_period b WHERE b.county = t.county AND b.uscc = t.party
		AND b.during @> (${at}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date)`;

async function loadTargets(
	trx: Transaction<DB>,
	county: string,
	scope: Scope,
	at: Date
): Promise<TargetRow[]> {
	const { rows } = await sql<TargetRow>`
		WITH area AS MATERIALIZED (SELECT ${scopeArea(scope)} AS geom)
		SELECT t.code, t.party, t.township, t.cell, t.x_m, t.y_m, t.status, p.credit_grade AS grade,
			${blacklistedOn(at)} AS blacklisted
		FROM app.target t LEFT JOIN app.party p ON p.county = t.county AND p.uscc = t.party
		WHERE ${inScope(county, scope, at)}
		ORDER BY t.code COLLATE "C"`.execute(trx);
	return rows;
}

/**
 * Only what is active can be inspected, and a party no more often than the limit allows; everything else of the scope is
 * named with its reason.
 */
function limitedRows(
	targets: readonly TargetRow[],
	how: Freeze,
	limit: YearLimit,
	full: ReadonlySet<string>
): LimitedRows {
	const salt = saltSource(how.salted ? targets.length : 0);
	const cellOf = parents(how.h3Resolution);
	const rows: FrameRow[] = [];
	const excluded: Excluded[] = [];
	const leftOut = new Set<string>();
	const reasonOf = ({ code, status, party }: TargetRow): string | null => {
		if (status !== 'active') return status;
		const reason = how.exclusions?.[code];
		if (reason !== undefined) return reason;
		if (party === null || !full.has(party)) return null;
		leftOut.add(party);
		return YEAR_CAP;
	};
	for (const target of targets) {
		const reason = reasonOf(target);
		if (reason !== null) {
			excluded.push({ id: target.code, reason, salt: salt() });
			continue;
		}
		const { weight, take } = weightOf(how.multipliers, target.grade ?? 'B', target.blacklisted);
		rows.push({
			id: target.code,
			township: target.township,
			cell: cellOf(target.cell),
			x: toGrid(target.x_m, how.grid),
			y: toGrid(target.y_m, how.grid),
			weight,
			take,
			salt: salt()
		});
	}
	return { rows, excluded, limit: { ...limit, full: [...leftOut].sort() } };
}

/** Cells at a coarser resolution; few distinct ones, so each is computed once. */
function parents(resolution: number): (cell: string) => string {
	const known = new Map<string, string>();
	return (cell) => {
		let parent = known.get(cell);
		if (parent === undefined) known.set(cell, (parent = cellToParent(cell, resolution)));
		return parent;
	};
}

/** 16 random bytes at a time in hex, `count` of them from one read; "" when none were asked for. */
function saltSource(count: number): () => string {
	const bytes = randomBytes(16 * count);
	let at = 0;
	return () => bytes.toString('hex', at, (at += 16));
}
