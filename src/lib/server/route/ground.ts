// What a plan of routes stands on, loaded once: targets, offices, items due, and travel times.
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql, type Transaction } from 'kysely';
import type { RouteItem, RouteProblem, RouteSettings, TravelProvider } from '../../schema/route';
import type { TargetKind } from '../../core/model';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { calledDraw } from './called';
import { vehiclesOf, type DueCheck, type Ground } from './draft';
import { matrixBytes, matrixOf, officesOf, placesOf, type MetredTravel, type Places } from './places';
import { routeDays } from './route-days';
import { computedTravel } from './travel';

/** Items of a kind that are in force on a day. */
export async function itemsDue(
	db: Database,
	county: string,
	kind: TargetKind,
	day: string
): Promise<RouteItem[]> {
	return db
		.selectFrom('app.item')
		.where('county', '=', county)
		.where('kind', '=', kind)
		.where(sql<boolean>`valid @> ${day}::date`)
		.select(['code', 'name', 'minutes', 'scopes', 'basis', 'notice_days as noticeDays'])
		.orderBy(sql`code COLLATE "C"`)
		.execute();
}

/** The day `days` working days after this one. */
async function afterNotice(db: Database, county: string, noticeOn: string, days: number): Promise<string> {
	const next = new Date(Date.parse(`${noticeOn}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
	return (await routeDays(db, county, next, days)).at(-1)!;
}

/** All but the travel. */
export type Base = Omit<Ground, 'travel'>;

/** codes: the targets of a version; without them those who are called now. */
export async function loadBase(
	db: Database,
	county: string,
	draw: number,
	settings: RouteSettings,
	codes?: readonly string[]
): Promise<{ ok: true; base: Base } | { ok: false; problem: RouteProblem }> {
	const called = await calledDraw(db, county, draw, codes);
	if (!called.ok) return called;
	const due = await itemsDue(db, county, called.kind, settings.startsOn);
	const asked = settings.items.length === 0 ? due : due.filter(({ code }) => settings.items.includes(code));
	const { noticeOn } = settings;
	const items: DueCheck[] = [];
	for (const item of asked)
		items.push({
			...item,
			notBefore:
				noticeOn && item.noticeDays > 0 ? await afterNotice(db, county, noticeOn, item.noticeDays) : null
		});
	if (items.length === 0) return { ok: false, problem: { reason: 'no_item' } };
	const offices = await officesOf(db, county);
	if (offices.length === 0) return { ok: false, problem: { reason: 'no_office' } };
	const { ok: _, ...info } = called;
	return {
		ok: true,
		base: {
			...{ draw: info, offices, items, settings },
			targets: new Map(called.targets.map((target) => [target.code, target])),
			places: placesOf(offices, called.targets),
			vehicles: vehiclesOf(settings, offices)
		}
	};
}

/** The travel a version was made with: computed again, or as it was answered then. */
export async function travelOf(
	db: Database,
	county: string,
	{ places, settings }: { places: Places; settings: RouteSettings },
	{ provider, matrixHash: hash }: { provider: TravelProvider; matrixHash: string }
): Promise<MetredTravel> {
	if (provider === 'great_circle') return computedTravel(places, settings);
	const { size, bytes } = await db
		.selectFrom('app.travel_matrix')
		.where('county', '=', county)
		.where('hash', '=', hash)
		.select(['size', 'bytes'])
		.executeTakeFirstOrThrow();
	return matrixOf(size, gunzipSync(bytes));
}

/** Keeps travel that was asked of a server. */
export async function keepTravel(
	trx: Transaction<DB>,
	county: string,
	travel: MetredTravel,
	hash: string
): Promise<void> {
	await trx
		.insertInto('app.travel_matrix')
		.values({ county, hash, size: travel.size, bytes: gzipSync(matrixBytes(travel)) })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}
