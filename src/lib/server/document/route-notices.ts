// 行政检查通知书 of day routes: one for each visit that has a day, in the order of the routes, with its items and, once the
// crews are drawn, those who come.
import { sql } from 'kysely';
import type { Call } from '../../core/burden/calls';
import type { RouteItem, RouteView } from '../../schema/route';
import { yearInChina, callsOfYear } from '../burden/limit';
import { bureauOf, type County } from '../county';
import { crewsOf } from '../crew/route-crew';
import type { Database } from '../db/database';
import { keyText } from '../route/draft';
import { ruleOn } from '../rule';
import { dayWords, yearOf } from './fact-words';
import { drawnBy, noticePaper, type Notice } from './inspection-notice';

export type RouteNotices =
	| { ok: true; body: Buffer }
	/** trial: it calls nobody. void: its list no longer does. */
	| { ok: false; reason: 'trial' | 'void' };

/** @param at the instant printed on the papers */
export async function routeNotices(
	db: Database,
	county: County,
	view: RouteView,
	at: Date
): Promise<RouteNotices> {
	const draw = await db
		.selectFrom('app.draw as d')
		.leftJoin('app.ceremony as c', (join) =>
			join.onRef('c.county', '=', 'd.county').onRef('c.draw', '=', 'd.id')
		)
		.where('d.county', '=', county.code)
		.where('d.id', '=', view.draw.id)
		.select(['d.seq', 'd.commitment', 'd.assurance', 'd.state', 'd.drawn_at', 'c.frozen_at'])
		.executeTakeFirstOrThrow();
	if (draw.assurance === 'trial') return { ok: false, reason: 'trial' };
	if (draw.state === 'void' || draw.state === 'aborted') return { ok: false, reason: 'void' };
	const { seq, commitment, assurance } = draw;
	const head = {
		...{ bureau: bureauOf(county), demo: county.demo, kind: view.draw.kind },
		...{ date: dayWords(at), year: yearOf(at) },
		yearCap: (await ruleOn(db, county.code, 'year_cap', at))?.value ?? null,
		drawnBy:
			seq === null || commitment === null
				? '经上级机关随机抽取'
				: drawnBy(view.draw.planName, seq, commitment, assurance)
	};
	const crews = await crewsOf(db, county.code, view.series);
	const ranks = await ranksOf(db, county.code, view.draw.id);
	const year = yearInChina((draw.frozen_at ?? draw.drawn_at)!);
	const nth = placesInYear(await callsOfYear(db, county.code, year), view.draw.id);
	const items = new Map(view.items.map((item) => [item.code, item]));
	const visits = new Map(view.visits.map((visit) => [visit.number, visit]));
	const notices = view.routes.flatMap((route) =>
		route.stops.map(({ visit }): Notice => {
			const { party, uscc, targets, items: due } = visits.get(visit)!;
			return {
				party,
				targets: targets.map((target) => ({ ...target, rank: ranks.get(target.code) ?? 0 })),
				day: dayWords(new Date(`${route.day}T04:00:00Z`)),
				items: itemsText(due.map((code) => items.get(code)!)),
				inspectors: crews.get(keyText(route)) ?? [],
				nth: nth.get(uscc ?? '')
			};
		})
	);
	return { ok: true, body: await noticePaper(head, notices) };
}

/** Those of one basis together, with it behind them. */
function itemsText(items: readonly RouteItem[]): string {
	const names = new Map<string, string[]>();
	for (const { name, basis } of items) names.set(basis, [...(names.get(basis) ?? []), name]);
	return [...names].map(([basis, of]) => `${of.join('、')}（${basis}）`).join('；');
}

/** Ranks of the substitutes that stand in for a drawn target. */
async function ranksOf(db: Database, county: string, draw: number): Promise<Map<string, number>> {
	const { rows } = await sql<{ code: string; rank: number }>`SELECT target AS code, rank FROM app.drawn
		WHERE county = ${county} AND draw = ${draw} AND rank > 0`.execute(db);
	return new Map(rows.map(({ code, rank }) => [code, rank]));
}

/** Which batch of its year the draw is for each party, of those the limit counts; absent where it counts for none. */
function placesInYear(calls: ReadonlyMap<string, readonly Call[]>, draw: number): Map<string, number> {
	return new Map(
		[...calls].flatMap(([party, batches]) => {
			const counted = batches.filter(({ exempt, state }) => !exempt && state === 'called');
			const place = counted.findIndex((call) => call.draw === draw);
			return place < 0 ? [] : [[party, place + 1] as const];
		})
	);
}
