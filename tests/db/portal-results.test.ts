// The portal's side of results, as its own role reads them: list, search, proof, tombstone, feeds and open data without
// anything of a person; a party's word, what it files with it, and reports of the public.
import { cellToBoundary } from 'h3-js';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { atomFeed, jsonFeed } from '../../src/lib/core/posting/feed';
import { checkProof } from '../../src/lib/core/posting/proof';
import { leaks } from '../../src/lib/core/posting/redact';
import { postingFilter, searchPostings } from '../../src/lib/core/posting/search';
import { readCsv } from '../../src/lib/core/registry/csv';
import { saveYear, shippedYears } from '../../src/lib/server/calendar';
import type { Database } from '../../src/lib/server/db/database';
import { authIdentity, portalIdentity, visitorIdentity } from '../../src/lib/server/db/identity';
import { postingChoices, readPostings } from '../../src/lib/server/portal/list';
import { postingsCsv, postingsGeojson } from '../../src/lib/server/portal/open-data';
import { applyForRecusal, fileAppeal, partyPage } from '../../src/lib/server/portal/party';
import {
	appealsOf,
	callsOfTarget,
	newestPostings,
	publicItems,
	readPosting,
	townshipOutlines
} from '../../src/lib/server/portal/postings';
import { drawnProof } from '../../src/lib/server/portal/proof';
import { takeReport } from '../../src/lib/server/portal/report';
import { townshipSketch } from '../../src/lib/server/portal/township-sketch';
import { enterParty, issueWord, passedWord } from '../../src/lib/server/result/party-word';
import { post } from '../../src/lib/server/result/post';
import { recordResult, type Found } from '../../src/lib/server/result/record';
import { approve, askWithdrawal, withdraw } from '../../src/lib/server/result/step';
import { drawn, minutes, setStage } from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY } from '../support/small-county';

const at = new Date('2026-07-10T02:00:00Z');
const secret = 'a secret of the server that is long enough';
const organisation = '91350100M000100Y43';
const person = '350125197001011238';
let portal: Database;
let accounts: Database;
let draw: string;
let targets: string[];

const as = async (actor: string, role: 'inspector' | 'office_head' | 'publisher' | 'leader') => ({
	db: await databaseAs(visitorIdentity({ id: actor, roles: [role], office: 'O1' }, false)),
	...{ county: COUNTY, actor, at }
});
const listed = async (query: string) =>
	searchPostings(await readPostings(portal, COUNTY, at), postingFilter(new URLSearchParams(query)));
const numbers = async (query: string) => (await listed(query)).rows.map(({ number }) => number);

async function posted(target: string, more: Partial<Found> = {}): Promise<void> {
	const found = {
		...{ draw, target, checkedOn: '2026-07-09', outcome: 'ordered', source: 'paper', record: null },
		inspectors: [
			{ name: '林检查', certificate: 'Z-1' },
			{ name: '乙', certificate: 'Z-2' }
		],
		findings: [
			{
				item: 'KC-G',
				severity: 'minor',
				text: '电话 13800138000',
				measure: 'ordered',
				rectifyBy: '2026-07-20'
			}
		],
		...more
	} as Found;
	const { db } = await as('i1', 'inspector');
	const recorded = await db.transaction().execute((trx) => recordResult(trx, COUNTY, found, 'i1', at));
	if (!recorded.ok) throw new Error(recorded.reason);
	expect(await approve(await as('h1', 'office_head'), recorded.id)).toEqual({ ok: true });
	expect(await post(await as('p1', 'publisher'), recorded.id)).toEqual({ ok: true });
}

beforeAll(async () => {
	const db = await freshDatabase();
	const stage = await setStage(db);
	draw = String(await drawn(stage));
	for (const year of shippedYears())
		await saveYear({ db, county: COUNTY, actor: 't', at: minutes(0) } as never, year);
	for (const [key, days] of [
		['posting_result', 20],
		['appeal_answered', 20]
	] as const)
		await sql`INSERT INTO app.rule_param VALUES (${COUNTY}, ${key}, ${days}, '[2020-01-01,)', 't', 't', now())`.execute(
			db
		);
	await sql`INSERT INTO app.item (county, code, name, kind, content, basis, method, category, scopes, minutes, source,
		valid) VALUES (${COUNTY}, 'KC-G', '界桩', 'mining_right', 'c', 'b', 'm', 'general', '{矿产}', 20, 's',
		'[2020-01-01,)')`.execute(db);
	for (const [uscc, name] of [
		[organisation, '=甲"公司,'],
		[person, '欧阳某某']
	] as const)
		await sql`INSERT INTO app.party (county, uscc, name) VALUES (${COUNTY}, ${uscc}, ${name})`.execute(db);
	await sql`INSERT INTO app.office (county, code, name, townships, point) VALUES (${COUNTY}, 'O1', '所', '{350125100,350125101,350125102}',
		ST_SetSRID(ST_MakePoint(118.9, 25.8), 4490))`.execute(db);
	for (const [code, name] of [
		['I1', '林检查'],
		['I2', '重名'],
		['I3', '重名']
	] as const)
		await sql`INSERT INTO app.inspector (county, code, name, office, home_townships, scopes, certificate, issuer,
			certificate_valid) VALUES (${COUNTY}, ${code}, ${name}, 'O1', '{350125100}', '{矿产}', ${`闽 ${code}`}, '省厅',
			'[2020-01-01,)')`.execute(db);
	const { rows } = await sql<{ called: string }>`
		SELECT app.called(${COUNTY}, ${draw}) AS called ORDER BY 1`.execute(db);
	targets = rows.map(({ called }) => called);
	await sql`UPDATE app.target SET party = ${organisation} WHERE code = ANY (${targets.slice(0, 2)})`.execute(
		db
	);
	await sql`UPDATE app.target SET party = ${person} WHERE code = ${targets[2]}`.execute(db);
	portal = await databaseAs(portalIdentity);
	accounts = await databaseAs(authIdentity);
	await posted(targets[0]!);
	await posted(targets[1]!, { outcome: 'none_found', findings: [] });
	await posted(targets[2]!);
	await askWithdrawal(await as('l1', 'leader'), 1, '决定变更');
	expect(await withdraw(await as('p1', 'publisher'), 1)).toEqual({ ok: true });
});

describe('what is posted', () => {
	test('is found by party, target, item, outcome and day, the newest first; what was withdrawn is not', async () => {
		expect(await numbers('')).toEqual([3, 2]);
		expect(await numbers('q=甲"公司')).toEqual([2]);
		expect(await numbers(`q=${organisation.toLowerCase()}`)).toEqual([2]);
		expect(await numbers(`q=${encodeURIComponent(targets[2]!)}`)).toEqual([3]);
		expect(await numbers('q=%25')).toEqual([]);
		expect(await numbers('item=界桩&outcome=ordered')).toEqual([3]);
		expect(await numbers('kind=penalty')).toEqual([]);
		expect(await numbers('from=2026-07-10&to=2026-07-10')).toEqual([3, 2]);
		expect(await numbers('from=2026-07-11')).toEqual([]);
		expect(await numbers('from=nonsense&outcome=nonsense&page=-3')).toEqual([3, 2]);
		expect(postingChoices(await readPostings(portal, COUNTY, at)).items).toEqual(['界桩']);
	});

	test('proves that its target was drawn, and no other target', async () => {
		const { proof, selectedRoot } = (await drawnProof(portal, COUNTY, 2))!;
		expect(checkProof(proof, targets[1]!, selectedRoot)).toEqual({ target: true, path: true });
		expect(checkProof(proof, targets[0]!, selectedRoot)).toEqual({ target: false, path: true });
		const forged = { ...proof, row: { ...proof.row, id: targets[0]! } };
		expect(checkProof(forged, targets[0]!, selectedRoot)).toEqual({ target: true, path: false });
	});

	test('withdrawn, it leaves number, days and reason, and no proof', async () => {
		expect(await readPosting(portal, COUNTY, 1, at)).toEqual({
			gone: {
				...{ number: 1, why: 'withdrawn', postedOn: '2026-07-10', goneOn: '2026-07-10' },
				...{ reason: '决定变更', replacedBy: null }
			}
		});
		expect(await drawnProof(portal, COUNTY, 1)).toBeNull();
		expect(await readPosting(portal, COUNTY, 99, at)).toBeNull();
	});
});

test('nothing of a person and no corner in anything that is handed out', async () => {
	const csv: string[] = [];
	for await (const part of postingsCsv(portal, COUNTY, at)) csv.push(part);
	const postings = await readPostings(portal, COUNTY, at);
	const geojson = postingsGeojson(postings, 'https://x.cn');
	const outlines = await townshipOutlines(portal, COUNTY);
	const all = {
		...{ csv: csv.join(''), geojson, outlines, sketch: townshipSketch(outlines, postings) },
		list: await listed(''),
		...{ newest: await newestPostings(portal, COUNTY, 50, at), items: await publicItems(portal, COUNTY, at) },
		posting: await readPosting(portal, COUNTY, 3, at),
		appeals: await appealsOf(portal, COUNTY, 3),
		calls: await callsOfTarget(portal, COUNTY, targets[2]!),
		proof: await drawnProof(portal, COUNTY, 3)
	};
	expect(leaks(JSON.stringify(all))).toEqual([]);
	for (const held of [person, '欧阳某', '13800138000', '林检查', 'Z-1'])
		expect(JSON.stringify(all)).not.toContain(held);
	// Excel runs no formula of a party's name; quotes and commas survive.
	const [head, ...rows] = [...readCsv(csv.join(''))].map(({ fields }) => fields);
	expect(rows.map((row) => row[head!.indexOf('party_name')])).toEqual([`'=甲"公司,`, '欧**']);
	for (const { id, geometry } of geojson.features) {
		const [ring] = geometry.coordinates as [number[][]];
		expect(ring.at(-1)).toEqual(ring[0]);
		for (const [i, [lon, lat]] of cellToBoundary(id, true).entries()) {
			expect(ring[i]![0]).toBeCloseTo(lon, 3);
			expect(ring[i]![1]).toBeCloseTo(lat, 3);
		}
	}
	const feed = {
		...{
			title: 't',
			language: 'zh-CN',
			author: 'a',
			licence: 'l',
			home: 'https://x.cn',
			self: 'https://x.cn/f'
		},
		entries: all.newest.map(({ number, postedAt, partyName }) => ({
			...{ address: `https://x.cn/${number}`, title: partyName ?? '', summary: 's', tags: [] },
			...{ publishedAt: postedAt, updatedAt: postedAt }
		}))
	};
	expect(leaks(atomFeed(feed) + JSON.stringify(jsonFeed(feed)))).toEqual([]);
});

describe('a party', () => {
	const door = () => ({ db: accounts, county: COUNTY, secret });
	const enter = (party: string, word: string, when = at) =>
		enterParty(door(), { party, word, address: '10.0.0.1' }, when);
	const wordFor = async (party: string) => {
		const issued = await issueWord(await as('h1', 'office_head'), party);
		if (!issued.ok) throw new Error(issued.reason);
		return issued.word;
	};
	const visitOf = async (party: string, word: string) => {
		const entered = await enter(party, word);
		if (!entered.ok) throw new Error(entered.reason);
		return (await passedWord(door(), entered.pass, at))!;
	};
	const filing = () => ({ db: accounts, county: COUNTY, at });

	test('enters with the word on its notice, however it is typed, and with no other', async () => {
		const word = await wordFor(organisation);
		expect(word).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
		expect(await enter(person, word)).toMatchObject({ ok: false, reason: 'wrong' });
		expect(await enter(organisation, '')).toMatchObject({ ok: false, reason: 'wrong' });
		const entered = await enter(` ${organisation.toLowerCase()} `, word.toUpperCase().replaceAll('-', ' '));
		if (!entered.ok) throw new Error(entered.reason);
		const { pass } = entered;
		expect(await passedWord(door(), pass, at)).toMatchObject({ party: organisation, used: false });
		expect(await passedWord(door(), `9${pass}`, at)).toBeNull();
		expect(await passedWord({ ...door(), secret: 'another' }, pass, at)).toBeNull();
		expect(await passedWord(door(), pass, new Date(at.getTime() + 31 * 60_000))).toBeNull();
		const later = new Date(at.getTime() + 91 * 86_400_000);
		expect(await enter(organisation, word, later)).toMatchObject({ ok: false, reason: 'wrong' });
		expect(await issueWord(await as('h1', 'office_head'), '没有')).toEqual({ ok: false, reason: 'party' });
		await expect(issueWord(await as('i1', 'inspector'), organisation)).rejects.toThrow(
			/row-level security|permission/
		);
	});

	test('is locked out after five wrong words, also with the right one', async () => {
		const word = await wordFor(person);
		for (let i = 0; i < 5; i++) await enter(person, 'aaaa-aaaa-aaaa');
		expect(await enter(person, word)).toMatchObject({ ok: false, reason: 'locked' });
		const later = new Date(at.getTime() + 16 * 60_000);
		expect(await enter(person, word, later)).toMatchObject({ ok: true });
	});

	test('sees its postings, objects once with a word, and is told until when it is answered', async () => {
		const visit = await visitOf(organisation, await wordFor(organisation));
		const page = await partyPage(filing(), portal, organisation);
		expect(page.postings.map(({ number, withdrawnOn }) => [number, withdrawnOn])).toEqual([
			[2, null],
			[1, '2026-07-10']
		]);
		// The result that was taken back is no visit that anybody can see.
		expect(page.burden).toMatchObject({ year: 2026, visited: 1 });
		const statement = '检查当天本矿停产，未见所述问题。';
		const objection = { posting: 2, kind: 'objection', statement } as const;
		expect(await fileAppeal(filing(), visit, { ...objection, posting: 3 })).toEqual({
			ok: false,
			reason: 'posting'
		});
		expect(await fileAppeal(filing(), visit, objection)).toEqual({ ok: true, due: '2026-08-07' });
		expect(await fileAppeal(filing(), visit, objection)).toEqual({ ok: false, reason: 'used' });
		const after = await partyPage(filing(), portal, organisation);
		expect(after.appeals).toMatchObject([
			{ posting: 2, statement, due: '2026-08-07', late: false, answer: null }
		]);
		const appeals = await appealsOf(portal, COUNTY, 2);
		expect(appeals).toMatchObject([{ kind: 'objection', answeredAt: null }]);
		expect(JSON.stringify(appeals)).not.toContain(statement);
	});

	test('asks for the recusal of the one inspector it names', async () => {
		const visit = await visitOf(organisation, await wordFor(organisation));
		const ask = (inspector: string) =>
			applyForRecusal(filing(), visit, { inspector, grounds: '与竞争者有亲属关系' });
		expect(await ask('重名')).toEqual({ ok: false, reason: 'inspector' });
		expect(await ask('没有')).toEqual({ ok: false, reason: 'inspector' });
		expect(await ask('闽 I1')).toMatchObject({ ok: true });
		expect(await ask('林检查')).toEqual({ ok: false, reason: 'asked' });
		const { db } = await as('l1', 'leader');
		const { rows } = await sql`SELECT inspector, way, asked_by, decision FROM app.recusal_case`.execute(db);
		expect(rows).toEqual([{ inspector: 'I1', way: 'applied', asked_by: 'party', decision: null }]);
	});
});

test('a report gets a number, and from one address only so many; its words are not in the ledger', async () => {
	const report = { place: '同安镇芹菜村', matter: '夜里有挖机采砂', target: '' };
	const send = () => takeReport({ db: accounts, county: COUNTY, address: '10.0.0.9', at }, report);
	expect(await send()).toEqual({ ok: true, receipt: 'JB350125-2026-00001' });
	for (let i = 0; i < 9; i++) await send();
	expect(await send()).toMatchObject({ ok: false });
	const { db } = await as('l1', 'leader');
	const { rows } = await sql<{ channel: string; matter: string }>`
		SELECT channel, matter, created_by FROM app.targeted_check ORDER BY id LIMIT 1`.execute(db);
	expect(rows).toEqual([{ channel: 'report', matter: '同安镇芹菜村：夜里有挖机采砂', created_by: 'public' }]);
	const { rows: entries } = await sql<{ text: string }>`
		SELECT convert_from(bytes, 'UTF8') AS text FROM ledger.entry`.execute(db);
	const ledger = entries.map(({ text }) => text).join('\n');
	expect(ledger).toContain('"actor":"public"');
	for (const words of ['挖机', '亲属', '停产']) expect(ledger).not.toContain(words);
});
