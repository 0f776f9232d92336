// The working-day calendar of a county: a row for each published year. Some years come with the program, to be taken over.
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { daysOf, type CalendarYear } from '../core/calendar/year';
import type { Database } from './db/database';
import { geodataPath } from './demo/geodata';
import { append } from './ledger';
import type { Setting } from './setup/county';

export function shippedYears(): CalendarYear[] {
	const years = JSON.parse(readFileSync(geodataPath('calendar.json'), 'utf8')) as {
		year: number;
		source: string;
		off: string[];
		work: string[];
	}[];
	return years.map(({ year, source, off, work }) => ({
		...{ year, source, workdays: work },
		daysOff: off.flatMap((range) => daysOf(range) ?? [])
	}));
}

export async function listYears(db: Database, county: string): Promise<CalendarYear[]> {
	return db
		.selectFrom('app.calendar_year')
		.select(['year', 'source'])
		.select([sql<string[]>`days_off::text[]`.as('daysOff'), sql<string[]>`workdays::text[]`.as('workdays')])
		.where('county', '=', county)
		.orderBy('year')
		.execute();
}

/** Takes over a year, or replaces it: a published calendar is amended now and then. */
export async function saveYear(
	{ db, county, actor, at }: Setting,
	{ year, source, daysOff, workdays }: CalendarYear
): Promise<void> {
	const values = { source, days_off: daysOff, workdays, set_by: actor, set_at: at };
	await db.transaction().execute(async (trx) => {
		await trx
			.insertInto('app.calendar_year')
			.values({ county, year, ...values })
			.onConflict((conflict) => conflict.columns(['county', 'year']).doUpdateSet(values))
			.execute();
		await append(trx, county, {
			...{ type: 'calendar.saved', at: at.toISOString(), actor, year, source, daysOff, workdays }
		});
	});
}
