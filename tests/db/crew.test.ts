// Crews by lot over saved day routes: from the roster to the seats, on both engines. Whoever tries to choose, by a second
// draw, another seat order, a recused inspector or one at home, is refused by the server and by the database.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCrews } from '../../src/lib/core/crew/verify';
import type { CrewRefusal } from '../../src/lib/schema/crew-draw';
import { usualRules } from '../../src/lib/schema/crew-draw';
import type { RouteSettings } from '../../src/lib/schema/route';
import { giveDigits } from '../../src/lib/server/ceremony/digits';
import { abort, askVoid } from '../../src/lib/server/ceremony/end';
import { signList } from '../../src/lib/server/ceremony/sign';
import { announceCrews } from '../../src/lib/server/crew/announce';
import { drawCrews } from '../../src/lib/server/crew/draw';
import { decideCrewVoid, openCrews } from '../../src/lib/server/crew/end';
import { documentOf, readLottery } from '../../src/lib/server/crew/lottery-reading';
import { askRecusal, decideRecusal, setAbsence } from '../../src/lib/server/crew/people';
import { prepareCrews } from '../../src/lib/server/crew/prepare';
import { askReplacement, decideReplacement, nextOf, pairingNow } from '../../src/lib/server/crew/replacement';
import { onCrews } from '../../src/lib/server/crew/tables';
import type { Database } from '../../src/lib/server/db/database';
import { changeRoutes } from '../../src/lib/server/route/change';
import { planRoutes } from '../../src/lib/server/route/planning';
import { digits, done, drawn, setStage, settings, type Stage } from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY } from '../support/small-county';

const townships = ['350125100', '350125101', '350125102'];
const routeSettings: RouteSettings = {
	...{ startsOn: '2026-07-06', days: 2, onDays: [], teamsPerOffice: 1, dayFromMin: 510, dayToMin: 1050 },
	...{ lunchFromMin: 690, lunchToMin: 780, lunchMin: 60, maxVisits: 8, setupMin: 10, atOnce: 2, joinM: 300 },
	...{ items: [], provider: 'great_circle', detour: 1.35, kmPerHour: 40, mountainFactor: 1.3 },
	...{ mountainTownships: [], teamDayMin: 0, seed: 7, iterations: 1000 }
};

let db: Database;
let stage: Stage;
let series: number;

/** Acts as `account` with the rows its role sees. */
const roleOf = (account: string) =>
	account === stage.planner ? 'planner' : account === stage.other ? 'leader' : 'witness';
const as = async (account: string, minute = 0) => ({
	...stage.as(account, minute),
	db: await databaseAs({ role: 'fairlot_app', account, roles: [roleOf(account)], office: null })
});
const asked = (trial = false) => ({
	trial,
	rules: { ...usualRules, size: 200 },
	ceremony: settings(stage)
});
const prepare = async (trial = false) =>
	done(await prepareCrews(await as(stage.planner), series, asked(trial)) as Outcome).draw;
type Outcome = { ok: true; draw: number } | Extract<CrewRefusal, { field?: string }>;

async function locked(crew: number): Promise<void> {
	done((await announceCrews(await as(stage.planner), crew)) as never);
	const given = { digits: digits[0], salt: '', paper: false };
	done(await giveDigits(onCrews(await as(stage.witness, 12)), crew, given));
}
async function drawnCrews(trial = false): Promise<number> {
	const crew = await prepare(trial);
	await locked(crew);
	done((await drawCrews(await as(stage.planner, 13), crew)) as never);
	return crew;
}
const document = async (crew: number) => documentOf((await readLottery(db, COUNTY, crew))!)!;
const entries = async () => {
	const { rows } = await sql<{ type: string }>`
		SELECT convert_from(bytes, 'UTF8')::json ->> 'type' AS type FROM ledger.entry WHERE county = ${COUNTY}
		ORDER BY seq`.execute(db);
	return rows.map(({ type }) => type).filter((type) => type.startsWith('crew.'));
};
const refusal = async (statement: Promise<unknown>) =>
	statement.then(() => 'written').catch((error: Error) => error.message);

beforeAll(async () => {
	db = await freshDatabase();
	stage = await setStage(db);
	for (const [i, code] of townships.entries())
		await sql`INSERT INTO app.office (county, code, name, townships, point) VALUES (${COUNTY}, ${`S${i}`}, ${`${code}所`},
			${[code]}::text[], ST_SetSRID(ST_MakePoint(${118.84 + i / 20}, 25.75), 4490))`.execute(db);
	await db
		.insertInto('app.item')
		.values({
			...{ county: COUNTY, code: 'K1', name: 'K1', kind: 'mining_right', content: 'c', basis: 'b', method: 'm' },
			...{ category: 'general', scopes: ['矿产'], minutes: 30, source: 's' }
		})
		.execute();
	for (let i = 0; i < 15; i++)
		await db
			.insertInto('app.inspector')
			.values({
				...{ county: COUNTY, code: `Y${String(i).padStart(2, '0')}`, name: `执法${i}`, office: `S${i % 3}` },
				home_townships: i < 3 ? [townships[i]!] : [],
				...{ scopes: ['矿产'], lead: i < 9, certificate: `C${i}`, issuer: 'x' },
				certificate_valid: i === 14 ? '[2020-01-01,2026-07-07)' : '[2020-01-01,2030-01-01)'
			})
			.execute();
	await db.insertInto('app.party').values({ county: COUNTY, uscc: '91350125M0001AAA01', name: '甲矿' }).execute();
	await sql`UPDATE app.target SET party = '91350125M0001AAA01' WHERE code IN ('矿0', '矿1', '矿2', '矿3')`.execute(db);
	const draw = await drawn(stage);
	done(await signList(stage.as(stage.planner, 14), draw));
	const planned = await planRoutes(await databaseAs({ role: 'fairlot_app', account: stage.planner, roles: ['planner'], office: null }),
		COUNTY, draw, routeSettings, { actor: stage.planner, at: stage.as('', 20).at, servers: {} });
	if (!planned.ok) throw new Error(JSON.stringify(planned));
	series = planned.series;
});

describe('a draw of crews', () => {
	test('whole path', async () => {
		const crew = await drawnCrews();
		const found = await document(crew);
		console.log(found.figures, Object.keys(found.drawn!).length, await entries());
		expect(verifyCrews({ document: found, commitment: found.commitment })).toMatchObject({ ok: true });
	});
});
