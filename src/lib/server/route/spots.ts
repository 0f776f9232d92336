// What a stop would cost anywhere else: the change of driving at every position of every team-day, the rest of the plan
// left as it is, and whether it fits there; or the first rule that bars it from the day. Pure.
import { layOut } from '../../core/route/arena';
import { whyNotAlone } from '../../core/route/reason';
import type { SpotsAnswer } from '../../schema/route';
import { keyText, problemOf, routesOf, type Draft, type Ground } from './draft';
import { stepsOf } from './timed';

export function spotsOf(ground: Ground, draft: Draft, visit: number): SpotsAnswer {
	const problem = problemOf(ground, draft.visits);
	const arena = layOut(problem);
	const { size, seconds, metres } = ground.travel;
	const job = draft.visits.findIndex(({ number }) => number === visit);
	const routes = routesOf(ground, draft);
	const home = routes.findIndex((jobs) => jobs.includes(job));
	const without = routes.map((jobs) => jobs.filter((other) => other !== job));
	const depot = (v: number) => problem.vehicles[v]!.start!;
	const place = (other: number) => problem.jobs[other]!.place;
	/** What a place adds between two others. */
	const detour = (from: number, via: number, to: number) => {
		const [there, on, past] = [from * size + via, via * size + to, from * size + to];
		return {
			s: seconds[there]! + seconds[on]! - (from === to ? 0 : seconds[past]!),
			m: metres[there]! + metres[on]! - (from === to ? 0 : metres[past]!)
		};
	};
	const at = (v: number, position: number) => {
		const jobs = without[v]!;
		const from = position === 1 ? depot(v) : place(jobs[position - 2]!);
		const to = position > jobs.length ? depot(v) : place(jobs[position - 1]!);
		return detour(from, place(job), to);
	};
	const now = home < 0 ? null : at(home, routes[home]!.indexOf(job) + 1);
	const lockedDays = new Set(draft.routes.filter(({ locked }) => locked).map(keyText));

	const answer: SpotsAnswer = {
		visit,
		savingS: now?.s ?? null,
		savingM: now?.m ?? null,
		spots: [],
		barred: []
	};
	/** Empty days of an office are alike. */
	const empty = new Map<string, boolean>();
	ground.vehicles.forEach((key, v) => {
		const jobs = without[v]!;
		const fitting = (position: number) =>
			stepsOf(problem, arena, v, [...jobs.slice(0, position - 1), job, ...jobs.slice(position - 1)]) !== null;
		if (jobs.length === 0 && !empty.has(key.office)) empty.set(key.office, fitting(1));
		const locked = lockedDays.has(keyText(key)) && v !== home;
		const spots = Array.from({ length: jobs.length + 1 }, (_, i) => {
			const more = at(v, i + 1);
			return {
				...key,
				position: i + 1,
				moreS: more.s - (now?.s ?? 0),
				moreM: more.m - (now?.m ?? 0),
				fits: !locked && (jobs.length === 0 ? empty.get(key.office)! : fitting(i + 1))
			};
		});
		answer.spots.push(...spots);
		if (spots.some(({ fits }) => fits)) return;
		answer.barred.push({
			...key,
			reason: locked ? 'locked' : (whyNotAlone(arena, job, [v]) ?? 'no_room')
		});
	});
	return answer;
}

/** Where a visit that is on no route costs least; a team-day nobody uses yet has its price. */
export function cheapestSpot(ground: Ground, draft: Draft, visit: number) {
	const used = new Set(draft.routes.filter(({ stops }) => stops.length > 0).map(keyText));
	const price = (spot: SpotsAnswer['spots'][number]) =>
		spot.moreS + (used.has(keyText(spot)) ? 0 : ground.settings.teamDayMin * 60);
	const { spots, barred } = spotsOf(ground, draft, visit);
	const best = spots
		.filter(({ fits }) => fits)
		.reduce<(typeof spots)[number] | null>(
			(least, spot) => (least && price(least) <= price(spot) ? least : spot),
			null
		);
	// The whole county's reason is the one nearest to a way out.
	const reason =
		barred.find(({ reason: why }) => why === 'no_room')?.reason ?? barred[0]?.reason ?? 'no_room';
	return best ? ({ spot: best } as const) : ({ spot: null, reason } as const);
}
