// 模拟: what a plan would do before it is held. Reads the registry and past draws, writes nothing.
import { availableParallelism } from 'node:os';
import { sql } from 'kysely';
import { bandOf } from '../core/study/band';
import { drawnAfter } from '../core/study/outlook';
import { figureNames, OVERDUE_MONTHS, type Facts, type FigureName } from '../core/study/simulate';
import { M } from '../core/draw/masses';
import type { PlanProblem } from '../schema/draw';
import type { FrontierPoint, StudyRequest, StudyResult } from '../schema/study';
import type { Database } from './db/database';
import { blacklistedOn, freeze } from './frame';
import type { Plan } from './plan';
import { frontierDraws, type FrontierPart, type StudyPart, type StudyTask } from './study-task';
import { visits } from './visited';
import { runWorker } from './workers';

const FRONTIER_RATIOS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25];
const OUTLOOK_ROUNDS = 10;
const TIMEOUT_MS = 900_000;

export interface StudyRun {
	onProgress?: (done: number, total: number) => void;
	/** The figures, as soon as they stand; the frontier follows. */
	onResult?: (result: StudyResult) => void;
	signal?: AbortSignal;
}
export type StudyOutcome =
	| { ok: false; problem: PlanProblem }
	| { ok: true; result: StudyResult; frontier: FrontierPoint[]; perRatio: number };

/** Simulates `plan` on the registry as it is at `at`, in as many threads as the machine has, four at most. */
export async function studyPlan(
	db: Database,
	county: string,
	plan: Plan,
	request: Omit<StudyRequest, 'spec' | 'plan'>,
	at: Date,
	run: StudyRun = {}
): Promise<StudyOutcome> {
	const { limit, ...frozen } = await freeze(db, county, plan, { ...plan, salted: false }, at);
	if (frozen.rows.length === 0) return { ok: false, problem: { reason: 'empty' } };
	const { facts, parties } = await factsOf(
		db,
		county,
		frozen.rows.map(({ id }) => id),
		at
	);
	const threads = Math.min(4, availableParallelism());
	const perRatio = frontierDraws(frozen.rows.length);
	const total = request.draws + (request.frontier ? FRONTIER_RATIOS.length * perRatio : 0);
	let done = 0;
	const ask = <Out>(share: Partial<StudyTask>) =>
		runWorker<StudyTask, Out>(
			'study',
			{ ...frozen, facts, plan, ...request, from: 0, to: perRatio, ratios: [], ...share },
			{
				timeoutMs: TIMEOUT_MS,
				onProgress: (draws) => run.onProgress?.((done += draws as number), total),
				...(run.signal && { signal: run.signal })
			}
		);
	const bounds = Array.from({ length: threads + 1 }, (_, k) => Math.floor((k * request.draws) / threads));
	const shares = await Promise.all(bounds.slice(1).map((to, k) => ask<StudyPart>({ from: bounds[k]!, to })));
	const studies: (StudyPart & { ok: true })[] = [];
	for (const share of shares) {
		if (!share.ok) return share;
		studies.push(share);
	}
	const result: StudyResult = {
		...together(studies, facts, parties, frozen.rows.length),
		limit: { allowed: limit.allowed, parties: limit.full.length }
	};
	run.onResult?.(result);
	if (!request.frontier) return { ok: true, result, frontier: [], perRatio };
	const ratios = FRONTIER_RATIOS.filter((ratio) => (frozen.rows.length * ratio) / 100 > 1);
	const dealt = Array.from({ length: threads }, (_, k) => ratios.filter((_, i) => i % threads === k));
	const parts = await Promise.all(
		dealt.filter((list) => list.length > 0).map((list) => ask<FrontierPart>({ ratios: list }))
	);
	const frontier = [...parts.flatMap(({ points }) => points), ownPoint(result)];
	return { ok: true, result, frontier: frontier.sort((p, q) => p.sampleSize - q.sampleSize), perRatio };
}

function ownPoint({ figures, sampleSize, size }: StudyResult): FrontierPoint {
	const { cells, overdueLeft, personDays, travelM } = figures;
	return {
		ratioPercent: (100 * sampleSize) / size,
		sampleSize,
		cells,
		overdueLeft,
		personDays,
		travelM,
		own: true
	};
}

/** The shares of a study, in the order of their draws, as its figures. */
function together(
	shares: readonly (StudyPart & { ok: true })[],
	facts: Facts,
	parties: number,
	size: number
): Omit<StudyResult, 'limit'> {
	const { mass, parts } = shares[0]!;
	const columns = (name: FigureName) =>
		Float64Array.from(shares.flatMap(({ study }) => [...study.figures[name]]));
	const count = (flags: ArrayLike<number>, counts: (n: number) => boolean) =>
		Array.from(flags).reduce((sum, n) => sum + Number(counts(n)), 0);
	const chances = new Array<number>(20).fill(0);
	for (const a of mass) chances[Math.min(19, Math.floor((20 * a) / M))]!++;
	const perDraw = parts.townships.length;
	return {
		draws: shares.reduce((sum, { study }) => sum + study.draws, 0),
		size,
		sampleSize: Math.round(mass.reduce((sum, a) => sum + a / M, 0)),
		figures: Object.fromEntries(
			figureNames.map((name) => [name, bandOf(columns(name))])
		) as StudyResult['figures'],
		totals: {
			townships: perDraw,
			cells: parts.cells,
			overdue: count(facts.monthsSince, (months) => months < 0 || months >= OVERDUE_MONTHS),
			blacklisted: count(facts.blacklisted, (is) => is === 1),
			parties
		},
		townships: parts.townships.map((code, t) => ({
			code,
			size: parts.sizes[t]!,
			band: bandOf(
				Int32Array.from(
					shares.flatMap(({ study }) =>
						Array.from({ length: study.draws }, (_, k) => study.townships[k * perDraw + t]!)
					)
				)
			)
		})),
		drawnAfter: drawnAfter(mass, OUTLOOK_ROUNDS),
		chances
	};
}

interface FactRow {
	code: string;
	party: string | null;
	months: number | null;
	blacklisted: boolean;
	office: string | null;
	office_m: number | null;
}

/** What is known of the targets `codes` (in UTF-8 order) at `at`; what a visit is, says visited.ts. */
async function factsOf(
	db: Database,
	county: string,
	codes: readonly string[],
	at: Date
): Promise<{ facts: Facts; parties: number }> {
	const { rows } = await sql<FactRow>`
		WITH visited AS (SELECT v.target, age((${at}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date,
				(max(v.drawn_at) AT TIME ZONE 'Asia/Shanghai')::date) AS since FROM (${visits(county)}) v GROUP BY v.target)
		SELECT t.code, t.party, o.code AS office,
			(extract(year FROM visited.since) * 12 + extract(month FROM visited.since))::integer AS months,
			${blacklistedOn(at)} AS blacklisted,
			ST_Distance(t.point::geography, o.point::geography)::integer AS office_m
		FROM app.current_target t
		LEFT JOIN visited ON visited.target = t.code
		LEFT JOIN LATERAL (SELECT code, point FROM app.office
			WHERE county = t.county AND townships @> ARRAY[t.township] ORDER BY code LIMIT 1) o ON true
		WHERE t.county = ${county} AND t.code = ANY(${[...codes]})
		ORDER BY t.code COLLATE "C"`.execute(db);
	const areas = await sql<{ office: string; area_m2: number }>`
		SELECT o.code AS office, sum(ST_Area(s.geom::geography))::double precision AS area_m2
		FROM app.office o JOIN app.current_township s ON s.county = o.county AND s.code = ANY(o.townships)
		WHERE o.county = ${county} GROUP BY o.code ORDER BY o.code`.execute(db);
	const offices = new Map(areas.rows.map(({ office }, k) => [office, k]));
	const known = new Map(rows.map((row) => [row.code, row]));
	const parties = new Map<string, number>();
	const n = codes.length;
	const facts: Facts = {
		monthsSince: new Int32Array(n).fill(-1),
		blacklisted: new Uint8Array(n),
		party: new Int32Array(n).fill(-1),
		office: new Int32Array(n).fill(-1),
		officeM: new Int32Array(n),
		officeAreaM2: Float64Array.from(areas.rows, ({ area_m2 }) => area_m2)
	};
	codes.forEach((code, i) => {
		const row = known.get(code);
		if (!row) return;
		if (row.party !== null) {
			if (!parties.has(row.party)) parties.set(row.party, parties.size);
			facts.party[i] = parties.get(row.party)!;
		}
		facts.monthsSince[i] = row.months ?? -1;
		facts.blacklisted[i] = Number(row.blacklisted);
		facts.office[i] = offices.get(row.office ?? '') ?? -1;
		facts.officeM[i] = row.office_m ?? 0;
	});
	return { facts, parties: parties.size };
}
