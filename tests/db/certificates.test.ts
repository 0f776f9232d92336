// What the QR on an inspector's phone tells whoever scans it: on its day who is sent, as of now; otherwise nothing.
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Pack } from '../../src/lib/core/field/pack';
import type { Database } from '../../src/lib/server/db/database';
import { portalIdentity } from '../../src/lib/server/db/identity';
import { assemble } from '../../src/lib/server/field/assemble';
import { savePack } from '../../src/lib/server/field/pack';
import { maskedNumber, readCertificates } from '../../src/lib/server/portal/certificates';
import { announced, setStage } from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY } from '../support/small-county';

const at = new Date('2026-07-10T02:00:00.000Z');
const [before, day, after] = ['2026-07-09', '2026-07-10', '2026-07-11'] as const;
let db: Database;
let portal: Database;
let pack: Pack;
let token: string;
const read = (on: string = day, word = token) => readCertificates(portal, COUNTY, word, on);

beforeAll(async () => {
	db = await freshDatabase();
	await announced(await setStage(db));
	portal = await databaseAs(portalIdentity);
	await sql`INSERT INTO app.office (county, code, name, townships, point) VALUES (${COUNTY}, 'O1', '一所',
		'{350125101}', ST_SetSRID(ST_MakePoint(118.9, 25.8), 4490))`.execute(db);
	await sql`INSERT INTO app.party (county, uscc, name) VALUES (${COUNTY}, '91350100M000100Y43', '永泰一号矿业有限公司')
		ON CONFLICT DO NOTHING`.execute(db);
	for (const [code, name] of [
		['Y1', '陈一'],
		['Y2', '林二'],
		['Y3', '黄三']
	])
		await sql`INSERT INTO app.inspector (county, code, name, office, home_townships, scopes, certificate, issuer,
			certificate_valid) VALUES (${COUNTY}, ${code}, ${name}, 'O1', '{}', '{}', ${`闽A-350125-00${code}`}, '福州市',
			'[2020-01-01,2030-01-01)')`.execute(db);
	const { rows } = await sql<{ code: string }>`SELECT code FROM app.current_target
		WHERE county = ${COUNTY} ORDER BY code LIMIT 1`.execute(db);
	await sql`UPDATE app.target SET party = '91350100M000100Y43' WHERE code = ${rows[0]!.code}`.execute(db);
	pack = await packed(['Y1', 'Y2'], rows[0]!.code);
	token = pack.stops[0]!.pass!;
});

async function packed(crew: string[], target: string): Promise<Pack> {
	const seat = {
		...{
			series: 0,
			plan: 1,
			route: `${day} O1 1`,
			day,
			office: 'O1',
			number: 1,
			departsS: 0,
			returnsS: 1,
			crew
		}
	};
	const stop = {
		...{ visit: 1, position: 1, arrivalS: 1, serviceMin: 1, travelS: 1, metres: 1, standsAt: target },
		...{ items: [], targets: [target] }
	};
	const made = await assemble(db, { code: COUNTY, name: '测试县' }, seat, [stop]);
	await savePack({ db, county: COUNTY, actor: 'y1', at }, made, null);
	return made;
}

test('on its day: the party, and both by name, with the middle of the number left out; not where they go', async () => {
	const shown = await read();
	const target = pack.stops[0]!.targets[0]!;
	expect(shown).toEqual({
		...{ ok: true, day, party: pack.stops[0]!.party!.name },
		inspectors: ['陈一', '林二'].map((name, k) => ({
			...{ name, certificate: `闽A********00Y${k + 1}` },
			...{ issuer: '福州市', office: pack.crew[0]!.office, validThrough: '2029-12-31', valid: true }
		}))
	});
	expect(JSON.stringify(shown)).not.toContain(target.code);
	expect(JSON.stringify(shown)).not.toContain(target.name);
});

test('before its day there is none; after it no more than that is told; a wrong word is none', async () => {
	expect(await read(before)).toEqual({ ok: false, reason: 'unknown' });
	expect(await read(after)).toEqual({ ok: false, reason: 'over' });
	for (const word of ['0'.repeat(32), '', `${token}x`, token.toUpperCase(), "' OR ''='"])
		expect(await read(day, word)).toEqual({ ok: false, reason: 'unknown' });
});

test('the word stays when the crew changes, and tells who is sent now', async () => {
	const again = await packed(['Y1', 'Y3'], pack.stops[0]!.targets[0]!.code);
	expect(again.stops[0]!.pass).toBe(token);
	const shown = await read();
	expect(shown.ok && shown.inspectors.map(({ name }) => name)).toEqual(['陈一', '黄三']);
	await sql`UPDATE app.inspector SET certificate_valid = '[2020-01-01,2026-07-10)' WHERE code = 'Y3'`.execute(
		db
	);
	const expired = await read();
	expect(expired.ok && expired.inspectors.map(({ valid }) => valid)).toEqual([true, false]);
});

test('of a route that no current plan has any more, nobody is sent', async () => {
	await sql`INSERT INTO app.field_pass (county, series, route, stop, day)
		VALUES (${COUNTY}, 7, 'r', ${`7.${pack.stops[0]!.targets[0]!.code}`}, ${day})`.execute(db);
	const { rows } = await sql<{ token: string }>`SELECT token FROM app.field_pass WHERE series = 7`.execute(
		db
	);
	expect(await read(day, rows[0]!.token)).toEqual({ ok: false, reason: 'withdrawn' });
});

test('the portal cannot look for words, and nobody can change one', async () => {
	await expect(sql`SELECT token FROM app.field_pass`.execute(portal)).rejects.toThrow(/permission denied/);
	await expect(sql`UPDATE app.field_pass SET day = day + 1`.execute(db)).rejects.toThrow();
});

test.each([
	['闽A-350125-0001', '闽A********0001'],
	['12345678', '1****678'],
	['12', '*2'],
	['1', '*']
])('%s is shown as %s', (number, shown) => expect(maskedNumber(number)).toBe(shown));
