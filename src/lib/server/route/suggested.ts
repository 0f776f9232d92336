// What the form of day routes opens with: from the next working day on, as many days as the targets are likely to need.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { RouteSettings } from '../../schema/route';
import type { Database } from '../db/database';
import { routeDays } from './route-days';

/** Visits a team gets done in a day when every item is due. */
const A_DAY = 3;
const TEAMS = 2;

export async function suggestedSettings(
	db: Database,
	county: string,
	{ id, sampleSize }: { id: number; sampleSize: number },
	offices: number,
	at: Date
): Promise<RouteSettings> {
	const tomorrow = dayInChina(new Date(at.getTime() + 24 * 3_600_000));
	const need = Math.ceil(sampleSize / (A_DAY * TEAMS * Math.max(1, offices)));
	return {
		startsOn: (await routeDays(db, county, tomorrow, 1))[0]!,
		noticeOn: dayInChina(at),
		onDays: [],
		// Half as many again: targets lie unevenly about the offices.
		days: Math.min(60, Math.ceil(need * 1.5)),
		teamsPerOffice: TEAMS,
		...{ dayFromMin: 510, dayToMin: 1050, lunchFromMin: 690, lunchToMin: 780, lunchMin: 60 },
		...{ maxVisits: 8, setupMin: 10, atOnce: 2, joinM: 300, items: await taskItems(db, county, id) },
		...{ provider: 'great_circle', detour: 1.35, kmPerHour: 40 },
		...{ mountainFactor: 1.3, mountainTownships: [], teamDayMin: 120 },
		...{ seed: id, iterations: 0 }
	};
}

/** What the task of the draw is about; none: every item of the kind. */
async function taskItems(db: Database, county: string, draw: number): Promise<string[]> {
	const rows = await db
		.selectFrom('app.draw as d')
		.innerJoin('app.task_plan as l', (join) =>
			join.onRef('l.county', '=', 'd.county').onRef('l.plan', '=', 'd.plan')
		)
		.innerJoin('app.task as t', (join) =>
			join.onRef('t.county', '=', 'l.county').onRef('t.year', '=', 'l.year').onRef('t.number', '=', 'l.task')
		)
		.innerJoin('app.item as i', (join) =>
			join.onRef('i.county', '=', 't.county').onRef('i.kind', '=', 'd.kind')
		)
		.where('d.county', '=', county)
		.where('d.id', '=', draw)
		.where(sql<boolean>`i.code = ANY (t.items)`)
		.select('i.code')
		.orderBy('i.code')
		.execute();
	return rows.map(({ code }) => code);
}
