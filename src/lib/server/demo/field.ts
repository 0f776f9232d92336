// A route of today for the inspector of the demonstration, so that the phone has something to carry: eight real targets of
// the made-up county around the first office, with the first two inspectors of it. Series 0: of no plan, and no draw.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { Database } from '../db/database';
import { assemble, savePack } from '../field/pack';

const STOPS = 8;

/** Once a day; nothing where there is no demonstration inspector. */
export async function demoRoute(db: Database, at: Date): Promise<void> {
	const county = await db
		.selectFrom('app.county')
		.where('demo', '=', true)
		.select(['code', 'name'])
		.executeTakeFirst();
	const account = await db
		.selectFrom('auth.user')
		.where('demo', '=', true)
		.where('inspector', 'is not', null)
		.select(['id', 'inspector', 'office'])
		.executeTakeFirst();
	if (!county || !account?.office || !account.inspector) return;
	const day = dayInChina(at);
	const known = await db
		.selectFrom('app.field_pack')
		.where('county', '=', county.code)
		.where('series', '=', 0)
		.where(sql<boolean>`day = ${day}::date`)
		.select('hash')
		.executeTakeFirst();
	if (known) return;
	const { rows: crew } = await sql<{
		code: string;
	}>`SELECT code FROM app.inspector WHERE county = ${county.code}
		AND office = ${account.office} AND certificate_valid @> ${day}::date ORDER BY code <> ${account.inspector}, code
		LIMIT 2`.execute(db);
	const { rows: near } = await sql<{
		code: string;
		kind: string;
	}>`SELECT t.code, t.kind FROM app.current_target t
		JOIN app.office o ON o.county = t.county AND o.code = ${account.office}
		WHERE t.county = ${county.code} AND t.party IS NOT NULL AND t.township = ANY (o.townships)
		ORDER BY ST_Distance(t.point, o.point), t.code LIMIT ${STOPS}`.execute(db);
	if (crew.length < 2 || near.length === 0) return;
	const items = await db
		.selectFrom('app.item')
		.where('county', '=', county.code)
		.select(['code', 'kind'])
		.orderBy('code')
		.execute();
	const seat = {
		...{ series: 0, plan: 0, route: `${day} ${account.office} 1`, day, office: account.office, number: 1 },
		...{ departsS: 8.5 * 3600, returnsS: 17.5 * 3600, crew: crew.map(({ code }) => code) }
	};
	const stops = near.map(({ code, kind }, k) => ({
		...{
			visit: k + 1,
			position: k + 1,
			arrivalS: 9 * 3600 + k * 3600,
			serviceMin: 40,
			travelS: 900,
			metres: 6000
		},
		...{ standsAt: code, targets: [code] },
		items: items.filter((item) => item.kind === kind).map((item) => item.code)
	}));
	const pack = await assemble(db, county, seat, stops);
	await savePack({ db, county: county.code, actor: 'demo', at }, pack);
}
