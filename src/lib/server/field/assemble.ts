// A pack put together from the directory as it stands: stops with their targets, items and forms, and who goes along.
import { sql } from 'kysely';
import { formOf } from '../../core/field/form';
import {
	checkId,
	PACK_VERSION,
	stopId,
	toE7,
	type Member,
	type Pack,
	type PackTarget,
	type Stop
} from '../../core/field/pack';
import type { TargetKind } from '../../core/model';
import type { Database } from '../db/database';
import { corridorOf, shapeOf } from './corridor';
import { notices } from './notices';
import { KEPT_DAYS, type Seat } from './seat';

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

export async function packOf(
	db: Database,
	county: { code: string; name: string },
	seat: Seat
): Promise<Pack> {
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
	const passes = await passesOf(
		db,
		county.code,
		seat,
		rows.map(({ targets: own }) => stopId(seat.series, own))
	);
	const stops = rows.map(({ standsAt, items: due, targets: own, ...row }): Stop => {
		const there = own.flatMap((code) => targets.get(code) ?? []);
		const uscc = there.find((target) => target.uscc)?.uscc;
		const party = parties.find((one) => one.uscc === uscc);
		return {
			...row,
			id: stopId(seat.series, own),
			pass: passes.get(stopId(seat.series, own))!,
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

/** The token behind each stop's QR: made by whoever packs the route first, the same in each of its packs. */
async function passesOf(
	db: Database,
	county: string,
	{ series, route, day }: Seat,
	stops: readonly string[]
) {
	const rows = stops.map((stop) => ({ county, series, route, day, stop }));
	await db
		.insertInto('app.field_pass')
		.values(rows)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	const passes = await db
		.selectFrom('app.field_pass')
		.where('county', '=', county)
		.where('series', '=', series)
		.where('route', '=', route)
		.select(['stop', 'token'])
		.execute();
	return new Map(passes.map(({ stop, token }) => [stop, token]));
}
