// 路线包 of an inspector: of every route on which they hold a seat now. A pack is made when it is first asked for, and anew
// when the routes or the crew changed; whoever is on it gets a message. Old packs stay, since records name them.
import { sql } from 'kysely';
import { packBytes, packHash, type Pack } from '../../core/field/pack';
import type { Database } from '../db/database';
import { append } from '../ledger';
import { packOf } from './assemble';
import type { FieldActing, FieldInspector } from './device';
import { seatsOf, type Seat } from './seat';

/** Makes what is missing, and lists what the inspector may see: newest day first. */
export async function packsOf(
	acting: FieldActing,
	inspector: FieldInspector,
	county: { code: string; name: string }
) {
	const { db, at } = acting;
	const seats = await seatsOf(db, county.code, inspector.code, at);
	const known = await listed(db, county.code, inspector.code);
	const same = (seat: Seat) =>
		known.find(
			(pack) => pack.plan === seat.plan && pack.route === seat.route && pack.crew.join() === seat.crew.join()
		);
	for (const seat of seats)
		if (!same(seat)) await savePack(acting, await packOf(db, county, seat), seat.draw);
	const now = seats.some((seat) => !same(seat)) ? await listed(db, county.code, inspector.code) : known;
	return now
		.filter(({ expires }) => expires > at)
		.map(({ crew, ...pack }) => ({
			...pack,
			expires: pack.expires.toISOString(),
			// Series 0 is the demonstration's.
			current:
				pack.series === 0 ||
				seats.some(
					(seat) => seat.plan === pack.plan && seat.route === pack.route && seat.crew.join() === crew.join()
				)
		}));
}

const listed = (db: Database, county: string, inspector: string) =>
	db
		.selectFrom('app.field_pack')
		.where('county', '=', county)
		.where(sql<boolean>`${inspector} = ANY (crew)`)
		.select(['hash', 'series', 'plan', 'route', 'office', 'stops', 'expires', 'crew'])
		.select([sql<string>`day::text`.as('day'), sql<number>`length(bytes)`.as('size')])
		.orderBy('number', 'desc')
		.limit(200)
		.execute();

/** Saves a pack and tells its crew. draw: the batch of its targets; null: they were drawn in none. */
export async function savePack(
	{ db, county, actor, at }: FieldActing,
	pack: Pack,
	draw: number | null
): Promise<string> {
	const bytes = packBytes(pack);
	const hash = packHash(bytes);
	await db.transaction().execute(async (trx) => {
		const before = await trx
			.selectFrom('app.field_pack')
			.where('county', '=', county)
			.where('series', '=', pack.series)
			.where('route', '=', pack.route)
			.select('hash')
			.executeTakeFirst();
		const crew = pack.crew.map(({ code }) => code);
		const made = await trx
			.insertInto('app.field_pack')
			.values({
				...{
					county,
					hash,
					series: pack.series,
					plan: pack.plan,
					draw,
					route: pack.route,
					day: pack.day,
					crew
				},
				...{ office: pack.office.code, stops: pack.stops.length, bytes: Buffer.from(bytes), made_at: at },
				expires: pack.expires
			})
			.onConflict((conflict) => conflict.doNothing())
			.returning('hash')
			.executeTakeFirst();
		// Two phones of one crew asked at once: one of them made it.
		if (!made) return;
		await trx
			.insertInto('app.field_message')
			.values(
				crew.map((inspector) => ({
					...{ county, inspector, at, kind: before ? 'changed_route' : 'new_route', route: pack.route },
					...{ day: pack.day, hash }
				}))
			)
			.execute();
		const entry = { type: 'field.packed', at: at.toISOString(), actor, hash, series: pack.series };
		await append(trx, county, { ...entry, plan: pack.plan, route: pack.route, crew });
	});
	return hash;
}

export const readPackRow = (db: Database, county: string, hash: string) =>
	db
		.selectFrom('app.field_pack')
		.where('county', '=', county)
		.where('hash', '=', hash)
		.select(['bytes', 'expires', 'crew'])
		.executeTakeFirst();
