// 备案: the lottery of crews for day routes as they stand is computed in a worker thread and kept: the portfolio from which
// the ticket will draw, with who is meant by each name. Nothing is drawn and nothing public yet. Rules of a redo are those
// of the targets (../ceremony/freeze.ts). A shortage is an answer; no rule gives way.
import type { Transaction } from 'kysely';
import { canonical } from '../../core/bytes/canonical';
import type { CrewLottery } from '../../core/crew/document';
import type { LotteryStep } from '../../core/crew/lottery';
import type { CrewProblem } from '../../core/crew/problem';
import type { CrewRefusal, CrewRules } from '../../schema/crew-draw';
import {
	barredRedo,
	earlierDraws,
	wrongSettings,
	wrongTimes,
	type CeremonySettings
} from '../ceremony/freeze';
import { refused, sign, type Acting } from '../ceremony/step';
import type { CrewOutcome, CrewTask } from '../crew.worker';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import { isCurrent } from '../route/planning';
import { lockCounty } from '../route/version';
import { ruleOn } from '../rule';
import { runWorker } from '../workers';
import { gatherCrews, type Gathered } from './gather';
import { crewTables } from './tables';

export interface CrewRunning {
	onProgress?: (progress: { step: 'gather' | LotteryStep | 'save'; done: number }) => void;
	/** Aborted: rejects with its reason, nothing is kept. */
	signal?: AbortSignal;
}
export interface CrewAsked {
	rules: CrewRules;
	ceremony: CeremonySettings;
	/** A rehearsal with made-up names: no number, nobody's seat, not in the ledger. */
	trial: boolean;
}

/** Minutes that no county needs; thirty inspectors take seconds. */
const TIMEOUT_MS = 900_000;

export async function prepareCrews(
	acting: Acting,
	series: number,
	asked: CrewAsked,
	{ onProgress, signal }: CrewRunning = {}
): Promise<{ ok: true; draw: number } | CrewRefusal> {
	const { db, county, at, actor } = acting;
	const { ceremony, rules, trial } = asked;
	const wrong = (await wrongSettings(acting, ceremony)) ?? wrongTimes(acting, ceremony);
	if (wrong) return wrong;
	const least = (await ruleOn(db, county.code, 'inspectors_least', at))?.value ?? 2;
	if (rules.seats < least)
		return { ok: false, reason: 'problem', field: 'seats', advice: `at least ${least} inspectors go` };
	const earlier = trial ? null : await earlierDraws(db, county.code, series, crewTables);
	const barred = earlier && barredRedo(earlier, ceremony);
	if (barred) return barred;
	onProgress?.({ step: 'gather', done: 0 });
	const gathered = await gatherCrews(db, county.code, series, rules);
	if (!gathered.ok) return gathered;
	if (!trial && gathered.draw.assurance === 'trial') return { ok: false, reason: 'trial_list' };
	const held = await holdLottery(gathered.problem, {
		...(onProgress && { onProgress }),
		...(signal && { signal })
	});
	if (!held.ok) return held;

	onProgress?.({ step: 'save', done: 0 });
	const outcome = await db.transaction().execute(async (trx) => {
		await lockCounty(trx, county.code);
		if (!(await isCurrent(trx, county.code, gathered.routes)))
			return { ok: false, reason: 'routes_changed' } as const;
		const now = earlier && (await earlierDraws(trx, county.code, series, crewTables));
		if (now && (now.held || now.redoOf !== earlier.redoOf)) return refused('already_held');
		const draw = await saveLottery(trx, acting, series, asked, gathered, held.lottery, now?.redoOf ?? null);
		const { routesHash, rosterHash, rulesHash, portfolio } = held.lottery.plan;
		if (!trial)
			await append(trx, county.code, {
				...{ type: 'crew.frozen', at: at.toISOString(), actor, crew: draw, series, routes: gathered.routes },
				witnesses: ceremony.witnesses.map(({ account, body }) => ({ account, body })),
				...{ level: ceremony.level, redoOf: now?.redoOf ?? null },
				...{ routesHash, rosterHash, rulesHash, portfolio: { ...portfolio } }
			});
		signal?.throwIfAborted();
		return { ok: true as const, draw };
	});
	if (outcome.ok) await sign(acting);
	return outcome;
}

async function holdLottery(
	problem: CrewProblem,
	{ onProgress, signal }: CrewRunning
): Promise<{ ok: true; lottery: CrewLottery } | CrewRefusal> {
	const held = await runWorker<CrewTask, CrewOutcome>(
		'crew',
		{ problem, terms: null },
		{
			timeoutMs: TIMEOUT_MS,
			onProgress: (value) => onProgress?.(value as { step: LotteryStep; done: number }),
			...(signal && { signal })
		}
	);
	if (held.ok) return held;
	if (held.reason === 'short' || held.reason === 'unsolved') return held;
	return {
		ok: false,
		reason: 'problem',
		field: held.field,
		advice: 'advice' in held ? held.advice : held.reason
	};
}

async function saveLottery(
	trx: Transaction<DB>,
	{ county: { code: county }, actor, at }: Acting,
	series: number,
	{ ceremony, trial }: CrewAsked,
	gathered: Gathered,
	{ plan, commitment: _, v: __, ...lottery }: CrewLottery,
	redoOf: number | null
): Promise<number> {
	const { last } = await trx
		.selectFrom('app.crew_draw')
		.where('county', '=', county)
		.select(({ fn, lit }) => fn.coalesce(fn.max('id'), lit(0)).as('last'))
		.executeTakeFirstOrThrow();
	const draw = last + 1;
	const of = { county, draw };
	await trx
		.insertInto('app.crew_draw')
		.values({
			...{ county, id: draw, series, routes: gathered.routes, last_day: gathered.lastDay, state: 'frozen' },
			...{ assurance: trial ? 'trial' : ceremony.level, routes_hash: plan.routesHash },
			...{ roster_hash: plan.rosterHash, rules_hash: plan.rulesHash },
			...{ portfolio_size: plan.portfolio.size, portfolio_root: plan.portfolio.root }
		})
		.execute();
	const { beacon } = ceremony;
	await trx
		.insertInto('app.crew_ceremony')
		.values({
			...{ ...of, operator: actor, frozen_at: at, redo_of: redoOf, notice_minutes: ceremony.noticeMinutes },
			...{ reveal_by: ceremony.revealBy, close_by: ceremony.closeBy },
			superior_consent: ceremony.superiorConsent,
			...(beacon && {
				...{ beacon_kind: beacon.kind, beacon_source: beacon.source },
				...{ beacon_pattern: beacon.pattern, beacon_after: beacon.after }
			})
		})
		.execute();
	await trx
		.insertInto('app.crew_witness')
		.values(ceremony.witnesses.map((one, i) => ({ ...of, place: i + 1, ...one })))
		.execute();
	await trx
		.insertInto('app.crew_lottery')
		.values({ ...of, lottery: canonical(lottery) })
		.execute();
	await trx
		.insertInto('app.crew_inspector')
		.values(
			[...gathered.inspectors].map(([alias, code]) => ({
				...{ ...of, alias, inspector: trial ? null : code },
				name: trial ? `演习${alias.slice(1)}` : gathered.names.get(code)!
			}))
		)
		.execute();
	if (gathered.parties.size > 0)
		await trx
			.insertInto('app.crew_party')
			.values([...gathered.parties].map(([alias, uscc]) => ({ ...of, alias, uscc })))
			.execute();
	await trx
		.insertInto('app.crew_route')
		.values(
			lottery.problem.routes.map(({ id: route, day, seats, townships, parties }) => ({
				...{ ...of, route, day, seats, townships: [...townships], parties: [...parties] }
			}))
		)
		.execute();
	return draw;
}
