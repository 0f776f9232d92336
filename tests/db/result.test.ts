// From what was found to what is public, under the row policies: recorded, approved by somebody else, published without
// personal data and with the proof of the draw, referred, withdrawn with a tombstone, corrected, and only then closed.
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { saveYear, shippedYears } from '../../src/lib/server/calendar';
import type { Database } from '../../src/lib/server/db/database';
import { visitorIdentity } from '../../src/lib/server/db/identity';
import { answerAppeal, listAppeals } from '../../src/lib/server/result/appeal';
import { readBoard } from '../../src/lib/server/result/board';
import { readResult } from '../../src/lib/server/result/reading';
import { opens, type Opening } from '../../src/lib/core/draw/pseudonym';
import { post } from '../../src/lib/server/result/post';
import { yearReport } from '../../src/lib/server/result/report';
import { recordResult } from '../../src/lib/server/result/record';
import { moveReferral, propose } from '../../src/lib/server/result/referral';
import {
	askPenaltyWithdrawal,
	decidePenalty,
	draftPenalty,
	dropPenalty,
	postPenalty,
	repairPenalty,
	reviewPenalty,
	withdrawPenalty,
	type PenaltyDraft
} from '../../src/lib/server/result/penalty';
import { readSeveral, takeSeveral } from '../../src/lib/server/result/several';
import { approve, askWithdrawal, close, giveBack, rectify, withdraw } from '../../src/lib/server/result/step';
import { drawn, minutes, setStage, type Stage } from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY } from '../support/small-county';

type Role = 'planner' | 'inspector' | 'office_head' | 'publisher' | 'leader' | 'legal_reviewer';
type Found = Parameters<typeof recordResult>[2];
const at = new Date('2026-07-10T02:00:00Z');
let db: Database;
let stage: Stage;
let draw: string;
/** Those called; the first of them is `target`. */
let called: string[];
let target: string;

const as = async (actor: string, role: Role, office = 'O1') => ({
	db: await databaseAs(visitorIdentity({ id: actor, roles: [role], office }, false)),
	...{ county: COUNTY, actor, at }
});
const portal = () => databaseAs({ role: 'fairlot_portal', account: '', roles: [], office: null });

beforeAll(async () => {
	db = await freshDatabase();
	stage = await setStage(db);
	draw = String(await drawn(stage));
	for (const year of shippedYears())
		await saveYear({ db, county: COUNTY, actor: 't', at: minutes(0) } as never, year);
	for (const [key, days] of [
		['posting_result', 20],
		['posting_withdrawn', 3],
		['posting_penalty', 7],
		['crime_decided', 3]
	] as const)
		await sql`INSERT INTO app.rule_param VALUES (${COUNTY}, ${key}, ${days}, '[2020-01-01,)', 't', 't', now())`.execute(
			db
		);
	for (const [office, townships] of [
		['O1', '{350125100,350125101,350125102}'],
		['O2', '{350125103}']
	] as const)
		await sql`INSERT INTO app.office (county, code, name, townships, point) VALUES (${COUNTY}, ${office}, ${office},
			${townships}, ST_SetSRID(ST_MakePoint(118.9, 25.8), 4490))`.execute(db);
	await sql`INSERT INTO app.item (county, code, name, kind, content, basis, method, category, scopes, minutes, source,
		valid) VALUES (${COUNTY}, 'KC-G', '界桩', 'mining_right', 'c', 'b', 'm', 'general', '{矿产}', 20, 's',
		'[2020-01-01,)')`.execute(db);
	const { rows } = await sql<{ called: string }>`SELECT app.called(${COUNTY}, ${draw}) AS called`.execute(db);
	called = rows.map((row) => row.called);
	target = called[0]!;
});

async function record(more: Partial<Found> = {}) {
	const inspector = await as('i1', 'inspector');
	const found = {
		...{ draw, target, checkedOn: '2026-07-09', outcome: 'ordered', source: 'paper', record: null },
		inspectors: [
			{ name: '甲', certificate: '1' },
			{ name: '乙', certificate: '2' }
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
	return inspector.db.transaction().execute((trx) => recordResult(trx, COUNTY, found, 'i1', at));
}

test('what was drawn is recorded once, and somebody else approves it', async () => {
	expect(await record({ target: '矿999' })).toMatchObject({ ok: false, reason: 'not_called' });
	expect(await record()).toEqual({ ok: true, id: 1 });
	expect(await record()).toMatchObject({ ok: false, reason: 'exists' });
	const head = await as('h1', 'office_head');
	expect(await post(await as('p1', 'publisher'), 1)).toMatchObject({ ok: false });
	expect(await approve({ ...head, actor: 'i1' }, 1)).toEqual({ ok: false, reason: 'own' });
	expect(await approve(head, 1)).toEqual({ ok: true });
});

test('a head takes no step with a result of another office, nor does one without an office', async () => {
	for (const office of ['O2', '']) {
		const head = await as('h2', 'office_head', office);
		const police = { recipient: 'police', body: '公安局', crime: true, matter: '涉嫌', again: null } as const;
		const steps = {
			approve: () => approve(head, 1),
			giveBack: () => giveBack(head, 1, '不符'),
			askWithdrawal: () => askWithdrawal(head, 1, '变更'),
			rectify: () => rectify(head, 1, { number: 1, on: '2026-07-10' }),
			close: () => close(head, 1, '办结'),
			propose: () => propose(head, 1, police),
			moveReferral: () => moveReferral(head, 1, { referral: 1, name: 'send', text: '' }),
			draftPenalty: () =>
				draftPenalty(head, 1, {
					...{
						documentNumber: '1号',
						kinds: ['warning'],
						facts: '甲',
						basis: '乙',
						content: '丙',
						fineFen: 0
					}
				})
		};
		for (const [name, take] of Object.entries(steps))
			expect(await take(), name).toEqual({ ok: false, reason: 'other_office' });
		expect(await approve(head, 99)).toEqual({ ok: false, reason: 'no_result' });
		const changed = await head.db.updateTable('app.result').set({ closing: 'x' }).executeTakeFirst();
		expect(Number(changed.numUpdatedRows)).toBe(0);
		expect((await readSeveral(head.db, COUNTY, 'post', at, office)).total).toBe(0);
	}
	expect((await readSeveral(db, COUNTY, 'post', at, 'O1')).total).toBe(1);
});

test('published with the proof of the draw and without personal data', async () => {
	expect(await post(await as('p1', 'publisher'), 1)).toEqual({ ok: true });
	const { rows } = await sql`SELECT number, document LIKE '%138001%' AS leak, proof IS NOT NULL AS proof
		FROM portal.posting`.execute(await portal());
	expect(rows).toEqual([{ number: 1, leak: false, proof: true }]);
});

test('a suspected crime is not closed over before it is handed on', async () => {
	const [inspector, head, leader] = [
		await as('i1', 'inspector'),
		await as('h1', 'office_head'),
		await as('l1', 'leader')
	];
	const police = {
		recipient: 'police',
		body: '公安局',
		crime: true,
		matter: '涉嫌非法采矿',
		again: null
	} as const;
	expect(await propose(inspector, 1, police)).toEqual({ ok: true });
	const board = await readBoard(leader.db, COUNTY, at, {
		...{ waits: null, office: '', outcome: '', search: '', page: 1 }
	});
	expect([board.rows.map(({ waits }) => waits), board.crimes.length]).toEqual([['refer'], 1]);
	// Nobody set the hours of the transfer: it is said so, and no figure is made up.
	expect(board.untold).toEqual({ rules: ['crime_transferred'], year: null });
	expect(board.crimes[0]).toMatchObject({ decideBy: '2026-07-13', sendBy: null, overdue: false });
	expect(await close(head, 1, '办结')).toEqual({ ok: false, reason: 'order' });
	expect(await rectify(inspector, 1, { number: 1, on: '2026-07-08' })).toMatchObject({ reason: 'day' });
	expect(await rectify(inspector, 1, { number: 1, on: '2026-07-10' })).toEqual({ ok: true });
	expect(await close(head, 1, '办结')).toEqual({ ok: false, reason: 'referral' });
	// The database holds the same, whoever asks it.
	await expect(
		sql`UPDATE app.result SET closing = 'x', closed_by = 'x', closed_at = ${at} WHERE id = 1`.execute(db)
	).rejects.toThrow('open referral');
	await expect(moveReferral(inspector, 1, { referral: 1, name: 'decide', text: '' })).resolves.toMatchObject({
		reason: 'own'
	});
	await expect(
		moveReferral({ ...inspector, actor: 'i2' }, 1, { referral: 1, name: 'decide', text: '' })
	).rejects.toThrow('row-level security');
	for (const [who, name, text] of [
		[leader, 'decide', ''],
		[head, 'send', ''],
		[head, 'receive', '收1号'],
		[head, 'accept', '已立案']
	] as const)
		expect(await moveReferral(who, 1, { referral: 1, name, text })).toEqual({ ok: true });
});

test('withdrawn it leaves a tombstone, and the correction stands in its place', async () => {
	const [head, publisher] = [await as('h1', 'office_head'), await as('p1', 'publisher')];
	expect(await askWithdrawal(await as('l1', 'leader'), 1, '当事人13800138000来电')).toMatchObject({
		...{ reason: 'personal', at: '13800138000' }
	});
	expect(await askWithdrawal(await as('l1', 'leader'), 1, '决定变更')).toEqual({ ok: true });
	expect(await withdraw(publisher, 1)).toEqual({ ok: true });
	expect(await record({ outcome: 'none_found', findings: [] })).toEqual({ ok: true, id: 2 });
	expect(await approve(head, 2)).toEqual({ ok: true });
	expect(await post(publisher, 2)).toEqual({ ok: true });
	expect(await close(head, 2, '办结')).toEqual({ ok: true });
	const { rows } =
		await sql`SELECT number, withdrawn_reason AS reason, replaced_by AS by, document IS NULL AS empty
		FROM portal.posting ORDER BY number`.execute(await portal());
	expect(rows).toEqual([
		{ number: 1, reason: '决定变更', by: 2, empty: true },
		{ number: 2, reason: null, by: null, empty: false }
	]);
	expect(await readResult(db, COUNTY, 1, at)).toMatchObject({ waits: 'done', number: 1 });
});

const draft: PenaltyDraft = {
	...{ documentNumber: '永自然资罚〔2026〕1号', kinds: ['warning', 'fine'], facts: '超出批准范围开采' },
	...{ basis: '矿产资源法', content: '警告，罚款人民币叁万元', fineFen: 3_000_000 }
};

test('a penalty is drafted, reviewed and decided by three people, published by a fourth', async () => {
	await sql`INSERT INTO app.party (county, uscc, name, credit_grade) VALUES (${COUNTY}, '91350100M000100Y43', '甲公司', 'C')`.execute(
		db
	);
	await sql`UPDATE app.target SET party = '91350100M000100Y43' WHERE code = ${called[1]!}`.execute(db);
	const [head, reviewer, leader, publisher] = [
		await as('h1', 'office_head'),
		await as('r1', 'legal_reviewer'),
		await as('l1', 'leader'),
		await as('p1', 'publisher')
	];
	const serious = { item: 'KC-G', severity: 'serious', text: '越界开采', measure: 'case' } as const;
	expect(await record({ target: called[1]!, outcome: 'case', findings: [serious] })).toEqual({
		ok: true,
		id: 3
	});
	expect(await giveBack(head, 3, '补充测量结果')).toEqual({ ok: true });
	expect(await record({ target: called[1]!, outcome: 'case', findings: [serious] })).toEqual({
		ok: true,
		id: 4
	});
	expect(await draftPenalty(head, 4, draft)).toMatchObject({ reason: 'state' });
	expect(await approve(head, 4)).toEqual({ ok: true });
	expect(await draftPenalty(head, 4, { ...draft, facts: '电话13800138000' })).toMatchObject({
		...{ reason: 'personal', field: 'facts', at: '13800138000' }
	});
	expect(await draftPenalty(head, 4, { ...draft, fineFen: 0 })).toMatchObject({ field: 'fine' });
	expect(await draftPenalty(head, 4, { ...draft, confiscatedFen: 1 })).toMatchObject({
		field: 'confiscated'
	});
	// Dropped, it gives its number back.
	expect(await draftPenalty(head, 4, draft)).toEqual({ ok: true });
	expect(await draftPenalty(head, 4, draft)).toMatchObject({ reason: 'taken' });
	expect(await dropPenalty(reviewer, { id: 4, penalty: 1 }, '事实不清')).toEqual({ ok: true });
	expect(await draftPenalty(head, 4, draft)).toEqual({ ok: true });
	const which = { id: 4, penalty: 2 };
	await expect(reviewPenalty(await as('i1', 'inspector'), which, '同意')).rejects.toThrow(
		'row-level security'
	);
	expect(await reviewPenalty({ ...reviewer, actor: 'h1' }, which, '同意')).toMatchObject({ reason: 'own' });
	expect(await decidePenalty(leader, which, '2026-07-10')).toMatchObject({ reason: 'state' });
	expect(await reviewPenalty(reviewer, which, '同意')).toEqual({ ok: true });
	expect(await decidePenalty({ ...leader, actor: 'r1' }, which, '2026-07-10')).toMatchObject({
		reason: 'own'
	});
	expect(await decidePenalty(leader, which, '2026-07-11')).toMatchObject({ reason: 'day' });
	expect(await decidePenalty(leader, which, '2026-07-10')).toEqual({ ok: true });
	await expect(postPenalty(leader, which, '2027-07-10')).rejects.toThrow('row-level security');
	expect(await postPenalty(publisher, which, '2027-07-10')).toEqual({ ok: true });
	expect(await repairPenalty(publisher, which, '2026-07-10')).toEqual({ ok: true });
	const { rows } = await sql`SELECT kind, ends_on::text AS ends, repaired_on::text AS repaired,
		document::jsonb -> 'penalty' ->> 'fineFen' AS fine FROM portal.posting ORDER BY number DESC LIMIT 1`.execute(
		await portal()
	);
	expect(rows).toEqual([{ kind: 'penalty', ends: '2026-07-10', repaired: '2026-07-10', fine: '3000000' }]);
	expect(await readResult(db, COUNTY, 4, at)).toMatchObject({
		...{
			state: 'approved',
			waits: 'post',
			due: '2026-08-06',
			penalties: [{ state: 'dropped' }, { number: 3 }]
		}
	});
	expect(await askPenaltyWithdrawal(leader, which, '决定撤销')).toEqual({ ok: true });
	expect(await readResult(db, COUNTY, 4, at)).toMatchObject({ waits: 'withdraw', due: '2026-07-13' });
	const all = { waits: 'all', office: '', outcome: 'case', search: '甲公司', page: 1 } as const;
	expect((await readBoard(db, COUNTY, at, all)).rows.map(({ id }) => id)).toEqual([4, 3]);
	expect(await withdrawPenalty(publisher, which)).toEqual({ ok: true });
	// Both credit platforms are told of each step, in its transaction.
	const { rows: told } =
		await sql`SELECT string_agg(action, ' ' ORDER BY number) AS actions FROM app.credit_message
		GROUP BY platform`.execute(db);
	expect(told).toEqual(Array(2).fill({ actions: 'publish repair withdraw' }));
});

test('an objection is answered once, by legal review or the leader, within its working days', async () => {
	const party = await databaseAs({ role: 'fairlot_app', account: '', roles: ['auth'], office: null });
	await sql`INSERT INTO app.appeal (county, id, posting, party, kind, statement, filed_at)
		VALUES (${COUNTY}, 1, 3, '91350100M000100Y43', 'objection', '界线有误', ${at})`.execute(party);
	await sql`INSERT INTO app.rule_param VALUES (${COUNTY}, 'appeal_answered', 20, '[2020-01-01,)', 't', 't', now())`.execute(
		db
	);
	const given = { id: 1, answer: '经复核，界线无误', upheld: false };
	const open = { all: false, page: 1 };
	expect((await listAppeals(db, COUNTY, at, open)).rows).toMatchObject([
		{ due: '2026-08-07', clock: 'ahead', left: { days: 20 }, result: 4, withdrawn: true }
	]);
	// A row nobody may change is one nobody may lock: to them there is none.
	expect(await answerAppeal(await as('h1', 'office_head'), given)).toEqual({ ok: false, reason: 'number' });
	expect(await answerAppeal(await as('r1', 'legal_reviewer'), given)).toEqual({ ok: true });
	expect(await answerAppeal(await as('l1', 'leader'), given)).toEqual({ ok: false, reason: 'answered' });
	expect((await listAppeals(db, COUNTY, at, open)).total).toBe(0);
});

test('the figures of a year count what stands, and how long it took', async () => {
	expect(await yearReport(db, COUNTY, 2026)).toMatchObject({
		...{ results: 2, outcomes: { none_found: { mining_right: 1 }, case: { mining_right: 1 } } },
		penalties: { drafted: 2, dropped: 1, withdrawn: 1, decided: 0, fineFen: 0 },
		referrals: { police: 1, crime: 1, accepted: 1 },
		times: [
			{ of: 'posting', count: 1, median: 1, inTime: 1 },
			{ of: 'penalty', count: 1, median: 0, inTime: 1 },
			{ of: 'referral', count: 1, median: 0, inTime: null },
			{ of: 'withdrawal', count: 2, median: 0, inTime: 1 }
		]
	});
	expect(await yearReport(db, COUNTY, 2025)).toMatchObject({
		results: 0,
		times: [{ median: null }, {}, {}, {}]
	});
});

test('several are taken a step further at once; what is refused keeps nothing else back', async () => {
	const head = await as('h1', 'office_head');
	for (const one of called.slice(2, 5))
		expect(await record({ target: one, outcome: 'none_found', findings: [] })).toMatchObject({ ok: true });
	expect((await readSeveral(db, COUNTY, 'approve', at)).rows.map(({ id }) => id)).toEqual([7, 6, 5]);
	expect(await takeSeveral(head, [5, 6, 99], approve)).toEqual({
		done: 2,
		refused: [{ ok: false, reason: 'no_result', id: 99 }]
	});
	expect((await readSeveral(db, COUNTY, 'approve', at)).total).toBe(1);
	const publisher = await as('p1', 'publisher');
	const waiting = await readSeveral(publisher.db, COUNTY, 'post', at);
	expect(waiting.rows.map(({ shown }) => shown?.document.outcome)).toEqual([
		'none_found',
		'none_found',
		'case'
	]);
	expect(await takeSeveral(publisher, [5, 6], post)).toEqual({ done: 2, refused: [] });
});

test('of a frame under pseudonyms the posting opens its own row and no other', async () => {
	const permission = { framePermission: '永自然资函〔2026〕7号' };
	const hidden = await drawn(stage, permission, await stage.plan({ grid: 100 }));
	const { rows } = await sql<{ code: string }>`SELECT app.called(${COUNTY}, ${hidden}) AS code`.execute(db);
	const one = rows[0]!.code;
	const recorded = await record({ draw: String(hidden), target: one, outcome: 'none_found', findings: [] });
	if (!recorded.ok) throw new Error(recorded.reason);
	expect(await approve(await as('h1', 'office_head'), recorded.id)).toEqual({ ok: true });
	expect(await post(await as('p1', 'publisher'), recorded.id)).toEqual({ ok: true });
	const { rows: posted } = await sql<{ proof: { row: { id: string }; opening: Opening } }>`
		SELECT proof FROM portal.posting WHERE result = ${recorded.id}`.execute(await portal());
	const { row, opening } = posted[0]!.proof;
	expect([row.id, opening.code, opens(opening)]).toEqual([opening.id, one, true]);
});
