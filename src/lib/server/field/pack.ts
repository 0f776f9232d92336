// 路线包 of an inspector: of every route on which they hold a seat now. A pack is made when it is first asked for, and anew
// when the routes or the crew changed; whoever is on it gets a message. Old packs stay, since records name them.
import { sql } from 'kysely';
import type { MultiPolygon, Polygon } from 'geojson';
import { compareUtf8 } from '../../core/bytes/compare';
import { dayInChina } from '../../core/calendar/year';
import { formOf } from '../../core/field/form';
import {
	checkId,
	packBytes,
	packHash,
	PACK_VERSION,
	stopId,
	toE7,
	type Corridor,
	type E7,
	type Member,
	type Pack,
	type PackTarget,
	type Shape,
	type Stop
} from '../../core/field/pack';
import type { TargetKind } from '../../core/model';
import type { Database } from '../db/database';
import { append } from '../ledger';
import type { FieldActing, FieldInspector } from './device';
import { notices } from './notices';

/** Days after the visit until a pack leaves the phone. */
const KEPT_DAYS = 7;
/** How far from a stop, in degrees, a parcel is still a neighbour: about 600 m. */
const NEIGHBOUR = 0.006;
const NEIGHBOURS_MOST = 300;

export interface RouteKey {
	series: number;
	plan: number;
	route: string;
	day: string;
	office: string;
	number: number;
	departsS: number;
	returnsS: number;
}
type Seat = RouteKey & { crew: string[] };
/** draw: the batch that its targets were drawn in. */
type OwnSeat = Seat & { draw: number };

/** Routes of the current plans on which the inspector holds a seat, from a week ago on, with who goes along. */
async function seatsOf(db: Database, county: string, inspector: string, at: Date): Promise<OwnSeat[]> {
	const since = dayInChina(new Date(at.getTime() - KEPT_DAYS * 86_400_000));
	const { rows } = await sql<OwnSeat>`
		SELECT p.series, p.id AS plan, p.draw, m.route, r.day::text AS day, r.office, r.number, r.departs_s AS "departsS",
			r.returns_s AS "returnsS", ARRAY(SELECT c.inspector FROM app.crew_member c
				WHERE c.county = m.county AND c.draw = m.draw AND c.route = m.route AND NOT c.gone ORDER BY c.seat) AS crew
		FROM app.crew_member m
		JOIN app.crew_draw d ON d.county = m.county AND d.id = m.draw AND d.assurance <> 'trial'
			AND d.state IN ('drawn', 'revealed')
		JOIN app.route_plan p ON p.county = d.county AND p.series = d.series AND p.state = 'current'
		JOIN app.day_route r ON r.county = p.county AND r.plan = p.id
			AND m.route = r.day::text || ' ' || r.office || ' ' || r.team
		WHERE m.county = ${county} AND m.inspector = ${inspector} AND NOT m.gone AND r.day >= ${since}::date
			AND EXISTS (SELECT FROM app.stop s WHERE s.county = r.county AND s.plan = r.plan AND s.route = r.number)
		ORDER BY r.day, m.route`.execute(db);
	return rows.filter(({ crew }) => crew.length >= 2 && crew.every((code) => code !== null));
}

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
		if (!same(seat)) await savePack(acting, await buildPack(db, county, seat), seat.draw);
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

interface StopRow {
	visit: number;
	position: number;
	arrivalS: number;
	serviceMin: number;
	travelS: number;
	metres: number;
	standsAt: string;
	items: string[];
	targets: string[];
}

async function buildPack(db: Database, county: { code: string; name: string }, seat: Seat): Promise<Pack> {
	const { rows } =
		await sql<StopRow>`SELECT s.visit, s.position, s.arrival_s AS "arrivalS", s.travel_s AS "travelS",
			s.metres, v.setup_min + v.service_min AS "serviceMin", v.stands_at AS "standsAt", v.items,
			ARRAY(SELECT t.target FROM app.visit_target t WHERE t.county = s.county AND t.plan = s.plan
				AND t.visit = s.visit ORDER BY t.target COLLATE "C") AS targets
		FROM app.stop s JOIN app.visit v ON v.county = s.county AND v.plan = s.plan AND v.number = s.visit
		WHERE s.county = ${county.code} AND s.plan = ${seat.plan} AND s.route = ${seat.number}
		ORDER BY s.position`.execute(db);
	return assemble(db, county, seat, rows);
}

/** A pack of these stops, from the directory as it stands. */
export async function assemble(
	db: Database,
	county: { code: string; name: string },
	seat: Seat,
	rows: readonly StopRow[]
): Promise<Pack> {
	const codes = rows.flatMap(({ targets }) => targets);
	const targets = await targetsOf(db, county.code, codes);
	const usccs = [...targets.values()].flatMap(({ uscc }) => uscc ?? []);
	const parties = await db
		.selectFrom('app.party')
		.where('county', '=', county.code)
		.where('uscc', 'in', usccs.length > 0 ? usccs : [''])
		.select(['uscc', 'name', 'contact_masked as contact'])
		.execute();
	const items = await db
		.selectFrom('app.item')
		.where('county', '=', county.code)
		.select(['code', 'name', 'kind', 'content', 'basis', 'method', 'category', 'template'])
		.orderBy('code')
		.execute();
	const stops = rows.map(({ standsAt, items: due, targets: own, ...row }): Stop => {
		const there = own.flatMap((code) => targets.get(code) ?? []);
		const uscc = there.find((target) => target.uscc)?.uscc;
		const party = parties.find((one) => one.uscc === uscc);
		return {
			...row,
			id: stopId(seat.series, own),
			party: party ? { uscc: party.uscc, name: party.name, contact: party.contact } : null,
			at: (targets.get(standsAt) ?? there[0])!.at,
			targets: there.map(({ uscc: _, ...target }) => target),
			checks: there.flatMap((target) =>
				items
					.filter((item) => due.includes(item.code) && item.kind === target.kind)
					.map(({ code, name, content, basis, method, category, template }) => ({
						...{ id: checkId(code, target.code), item: code, target: target.code, name, content, basis },
						...{
							method,
							category: category as 'priority' | 'general',
							questions: formOf({ code, name, content, template })
						}
					}))
			)
		};
	});
	const office = await sql<{ code: string; name: string; lon: number; lat: number }>`
		SELECT code, name, ST_X(point) AS lon, ST_Y(point) AS lat FROM app.office
		WHERE county = ${county.code} AND code = ${seat.office}`.execute(db);
	const { code, name, lon, lat } = office.rows[0]!;
	const expires = new Date(Date.parse(`${seat.day}T00:00:00+08:00`) + (KEPT_DAYS + 1) * 86_400_000);
	return nfc({
		v: PACK_VERSION,
		county: { code: county.code, name: county.name },
		...{ plan: seat.plan, series: seat.series, route: seat.route, day: seat.day },
		office: { code, name, at: toE7([lon, lat]) },
		...{ departsS: seat.departsS, returnsS: seat.returnsS, stops },
		crew: await membersOf(db, county.code, seat.crew),
		map: await corridorOf(db, county.code, codes, toE7([lon, lat]), stops),
		notices: notices(county.name),
		expires: expires.toISOString()
	});
}

/** Text of the directory may come in any form of Unicode; a pack has one. */
const nfc = <T>(value: T): T =>
	JSON.parse(
		JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? one.normalize('NFC') : one))
	) as T;

const shapeOf = (text: string): Shape => {
	const geometry = JSON.parse(text) as MultiPolygon | Polygon;
	const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
	return polygons.map((rings) => rings.map((ring) => ring.map(([lon = 0, lat = 0]) => toE7([lon, lat]))));
};

async function targetsOf(db: Database, county: string, codes: readonly string[]) {
	const { rows } = await sql<{
		code: string;
		kind: TargetKind;
		name: string;
		uscc: string | null;
		township: string;
		serial: number;
		lon: number;
		lat: number;
		shape: string;
		area: number;
	}>`SELECT DISTINCT ON (t.code) t.code, t.kind, t.name, t.party AS uscc, coalesce(w.name, t.township) AS township,
			coalesce((SELECT max(d.serial) FROM app.drawn d WHERE d.county = t.county AND d.target = t.code), 0)::integer AS serial,
			ST_X(t.point) AS lon, ST_Y(t.point) AS lat, ST_AsGeoJSON(t.geom, 7) AS shape, t.area_m2 AS area
		FROM app.target t
		LEFT JOIN app.current_township w ON w.county = t.county AND w.code = t.township
		WHERE t.county = ${county} AND t.code = ANY (${[...codes]}::text[])
		ORDER BY t.code, upper_inf(t.valid) DESC, lower(t.valid) DESC`.execute(db);
	return new Map(
		rows.map(({ lon, lat, shape, area, ...row }): [string, PackTarget & { uscc: string | null }] => [
			row.code,
			{ ...row, at: toE7([lon, lat]), shape: shapeOf(shape), areaM2: Math.round(area) }
		])
	);
}

async function membersOf(db: Database, county: string, codes: readonly string[]): Promise<Member[]> {
	const { rows } = await sql<Member>`SELECT i.code, i.name, o.name AS office, i.certificate, i.issuer, i.lead,
			lower(i.certificate_valid)::text AS "validFrom", (upper(i.certificate_valid) - 1)::text AS "validThrough"
		FROM app.inspector i JOIN app.office o ON o.county = i.county AND o.code = i.office
		WHERE i.county = ${county} AND i.code = ANY (${[...codes]}::text[])`.execute(db);
	return codes.flatMap((code) => rows.find((row) => row.code === code) ?? []);
}

async function corridorOf(
	db: Database,
	county: string,
	codes: readonly string[],
	office: E7,
	stops: readonly Stop[]
): Promise<Corridor> {
	const points = [office, ...stops.map(({ at }) => at)];
	const pad = 100_000;
	const bounds = [
		Math.min(...points.map(([lon]) => lon)) - pad,
		Math.min(...points.map(([, lat]) => lat)) - pad,
		Math.max(...points.map(([lon]) => lon)) + pad,
		Math.max(...points.map(([, lat]) => lat)) + pad
	] as const;
	const frame = sql`ST_MakeEnvelope(${bounds[0] / 1e7}, ${bounds[1] / 1e7}, ${bounds[2] / 1e7}, ${bounds[3] / 1e7}, 4490)`;
	const townships = await sql<{ code: string; name: string; lon: number; lat: number; shape: string }>`
		SELECT code, name, ST_X(ST_PointOnSurface(geom)) AS lon, ST_Y(ST_PointOnSurface(geom)) AS lat,
			ST_AsGeoJSON(ST_SimplifyPreserveTopology(geom, 0.0005), 5) AS shape
		FROM app.current_township WHERE county = ${county} AND ST_Intersects(geom, ${frame}) ORDER BY code`.execute(
		db
	);
	const parcels = await sql<{ code: string; kind: TargetKind; name: string; shape: string }>`
		SELECT t.code, t.kind, t.name, ST_AsGeoJSON(ST_SimplifyPreserveTopology(t.geom, 0.00002), 6) AS shape
		FROM app.current_target t WHERE t.county = ${county} AND ST_DWithin(t.point, (SELECT ST_Collect(p.point)
				FROM app.current_target p WHERE p.county = ${county} AND p.code = ANY (${[...codes]}::text[])), ${NEIGHBOUR})
			AND t.code <> ALL (${[...codes]}::text[]) ORDER BY t.code LIMIT ${NEIGHBOURS_MOST}`.execute(db);
	return {
		bounds,
		townships: townships.rows.map(({ lon, lat, shape, code, name }) => ({
			...{ code, name, label: toE7([lon, lat]), shape: shapeOf(shape) }
		})),
		parcels: parcels.rows
			.map(({ shape, ...row }) => ({ ...row, shape: shapeOf(shape) }))
			.sort((a, b) => compareUtf8(a.code, b.code)),
		// The road graph carries no geometry that fits a phone yet: travel times are in the stops.
		roads: [],
		labels: stops.map(({ position, at, party, targets }) => ({
			text: `${position} ${party?.name ?? targets[0]?.name ?? ''}`,
			at
		}))
	};
}

export const readPackRow = (db: Database, county: string, hash: string) =>
	db
		.selectFrom('app.field_pack')
		.where('county', '=', county)
		.where('hash', '=', hash)
		.select(['bytes', 'expires', 'crew'])
		.executeTakeFirst();
