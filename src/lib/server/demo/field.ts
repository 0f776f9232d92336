// Field work of the demonstration, in the townships of the first office, at targets of the last batch that have no result
// yet. Today's route is the demonstration inspector's, for the phone. Yesterday's was driven by two colleagues: what they
// wrote down came in like any phone's, and the head has reviewed some of it. Series 0: of no plan of routes.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { Database } from '../db/database';
import { assemble } from '../field/assemble';
import { savePack } from '../field/pack';
import { demoRecords } from './field-records';
import { scenes } from './field-scenes';

const STOPS = 8;
const DAY_MS = 86_400_000;

interface Ground {
	db: Database;
	county: { code: string; name: string };
	office: string;
	/** The demonstration inspector. */
	own: string;
}

/** Today's route once a day, yesterday's once; nothing where there is no demonstration inspector. */
export async function demoField(db: Database, at: Date): Promise<void> {
	const county = await db
		.selectFrom('app.county')
		.where('demo', '=', true)
		.select(['code', 'name'])
		.executeTakeFirst();
	const accounts = await db
		.selectFrom('auth.user')
		.where('demo', '=', true)
		.select(['id', 'username', 'inspector', 'office'])
		.execute();
	const account = accounts.find(({ inspector }) => inspector !== null);
	if (!county || !account?.office || !account.inspector) return;
	const ground: Ground = { db, county, office: account.office, own: account.inspector };
	const yesterday = new Date(at.getTime() - DAY_MS);
	if (!(await routeKnown(ground))) {
		const pack = await demoPack(ground, yesterday, scenes.length + 1, false);
		const head = accounts.find(({ username }) => username === 'head')?.id;
		if (pack && head) await demoRecords(db, county.code, pack, head);
	}
	if (!(await routeKnown(ground, dayInChina(at)))) await demoPack(ground, at, STOPS, true);
}

/** day: absent, whether there is any. */
async function routeKnown({ db, county }: Ground, day?: string): Promise<boolean> {
	const { rows } = await sql<{ known: boolean }>`SELECT EXISTS (SELECT FROM app.field_pack
		WHERE county = ${county.code} AND series = 0 AND ${day ? sql`day = ${day}::date` : sql`true`}) AS known`.execute(
		db
	);
	return rows[0]!.known;
}

/** own: the demonstration inspector is on the crew. null: the office has too few people or targets. */
async function demoPack({ db, county, office, own: me }: Ground, at: Date, count: number, own: boolean) {
	const day = dayInChina(at);
	const { rows: crew } = await sql<{
		code: string;
	}>`SELECT code FROM app.inspector WHERE county = ${county.code}
		AND office = ${office} AND certificate_valid @> ${day}::date
		ORDER BY (code = ${me}) <> ${own}, code ${own ? sql`ASC` : sql`DESC`} LIMIT 2`.execute(db);
	const { rows: near } = await sql<{
		code: string;
		kind: string;
		draw: number | null;
		azimuth: number | null;
	}>`
		WITH last AS (SELECT d.id, app.called(d.county, d.id) AS code FROM app.draw d WHERE d.county = ${county.code}
			AND d.id = (SELECT max(id) FROM app.draw WHERE county = ${county.code} AND kind = 'land_parcel' AND seq IS NOT NULL)),
		used AS MATERIALIZED (SELECT s ->> 'id' AS stop FROM app.field_pack p,
			jsonb_array_elements(convert_from(p.bytes, 'UTF8')::jsonb -> 'stops') s WHERE p.county = ${county.code} AND p.series = 0)
		SELECT t.code, t.kind, last.id AS draw, ST_Azimuth(o.point, t.point) AS azimuth FROM app.current_target t
		JOIN app.office o ON o.county = t.county AND o.code = ${office} AND t.township = ANY (o.townships)
		LEFT JOIN last ON last.code = t.code
		WHERE t.county = ${county.code} AND t.kind = 'land_parcel' AND t.party IS NOT NULL
			AND NOT EXISTS (SELECT FROM app.result r WHERE r.county = t.county AND r.target = t.code)
			AND '0.' || t.code NOT IN (SELECT stop FROM used)
		ORDER BY last.id IS NULL, ST_Distance(t.point, o.point), t.code LIMIT ${count}`.execute(db);
	if (crew.length < 2 || near.length === 0) return null;
	const items = await db
		.selectFrom('app.item')
		.where('county', '=', county.code)
		.select(['code', 'kind'])
		.orderBy('code')
		.execute();
	const seat = {
		...{ series: 0, plan: 0, route: `${day} ${office} ${own ? 1 : 2}`, day, office, number: 1 },
		...{ departsS: 8.5 * 3600, returnsS: 17.5 * 3600, crew: crew.map(({ code }) => code) }
	};
	// Once the batch is used up, targets that nobody drew: no result comes of those. Round about the office no way crosses
	// another.
	const stops = near
		.filter(({ draw }) => draw === near[0]!.draw)
		.sort((p, q) => (p.azimuth ?? 0) - (q.azimuth ?? 0))
		.map(({ code, kind }, k) => ({
			...{ visit: k + 1, position: k + 1, arrivalS: 9 * 3600 + k * 3600, serviceMin: 40, travelS: 900 },
			...{ metres: 6000, standsAt: code, targets: [code] },
			items: items.filter((item) => item.kind === kind).map((item) => item.code)
		}));
	const pack = await assemble(db, county, seat, stops);
	const hash = await savePack({ db, county: county.code, actor: 'demo', at }, pack, near[0]!.draw);
	return { pack, hash };
}
