// The ceremony step by step: levels 1 to 3, each refusal, what the database itself refuses, and every attack of the
// protocol's table that the ceremony has to stop.
import { generateKeyPairSync } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { digitsCommitOf, nonceCommitOf, seedOf, type Entropy } from '../../src/lib/core/draw/entropy';
import { makeExcluded, makeFrame } from '../../src/lib/core/draw/frame';
import type { Manifest } from '../../src/lib/core/draw/manifest';
import { sealFrame } from '../../src/lib/core/draw/seal';
import { verify } from '../../src/lib/core/draw/verify';
import { announce } from '../../src/lib/server/ceremony/announce';
import { enterBeacon } from '../../src/lib/server/ceremony/beacon';
import { giveDigits, hashDigits } from '../../src/lib/server/ceremony/digits';
import { drawLocked } from '../../src/lib/server/ceremony/draw';
import { abort, askVoid, decideVoid } from '../../src/lib/server/ceremony/end';
import { freezeDraw, storedFrame } from '../../src/lib/server/ceremony/freeze';
import { openEscrow } from '../../src/lib/server/ceremony/nonce';
import { object, reveal, signList } from '../../src/lib/server/ceremony/sign';
import { askSubstitution, decideSubstitution } from '../../src/lib/server/ceremony/substitution';
import { importSuperior, readSuperior } from '../../src/lib/server/superior-draw';
import { knownKeys } from '../../src/lib/server/ledger-key';
import { checkLedger } from '../../src/lib/server/ledger-check';
import type { Database } from '../../src/lib/server/db/database';
import {
	announced,
	digits,
	done,
	drawn,
	frozen,
	giveAll,
	locked,
	minutes,
	salt,
	setStage,
	settings,
	start,
	type Stage
} from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY, county, insertTarget } from '../support/small-county';

let db: Database;
let stage: Stage;
beforeAll(async () => {
	db = await freshDatabase();
	stage = await setStage(db);
});

const row = (draw: number) =>
	db.selectFrom('app.draw').where('id', '=', draw).selectAll().executeTakeFirstOrThrow();
const ceremony = (draw: number) =>
	db.selectFrom('app.ceremony').where('draw', '=', draw).selectAll().executeTakeFirstOrThrow();
const entries = async (draw: number) =>
	(
		await sql<{ entry: { type: string; draw?: number } }>`
		SELECT convert_from(bytes, 'UTF8')::jsonb AS entry FROM ledger.entry ORDER BY seq`.execute(db)
	).rows
		.map(({ entry }) => entry)
		.filter((entry) => entry.draw === draw);

async function verified(draw: number) {
	const { manifest, commitment, manifest_hash } = await row(draw);
	const stored = await storedFrame({ db, county }, draw);
	const [frame, excluded] = [makeFrame(stored.rows), makeExcluded(stored.excluded)];
	if (!frame.ok || !excluded.ok) throw new Error('stored frame');
	return verify({
		manifest: JSON.parse(manifest!),
		frame: frame.frame,
		excluded: excluded.excluded,
		commitment: commitment!,
		manifestHash: manifest_hash!
	});
}

describe('the minimum notice is the rule of the day', () => {
	const rule = (change: { value?: number; key?: string }) =>
		db.updateTable('app.rule_param').set(change).where('county', '=', COUNTY).execute();
	const freezing = async (noticeMinutes: number, embedded = false) =>
		freezeDraw(
			{ ...stage.as(stage.planner), embedded },
			await stage.plan(),
			settings(stage, { noticeMinutes })
		);

	test('shorter is refused with what it must be; without a rule the rule is named', async () => {
		expect(await freezing(9)).toMatchObject({ reason: 'notice_short', field: 'noticeMinutes', least: 10 });
		await rule({ value: 30 });
		expect(await freezing(29)).toMatchObject({ reason: 'notice_short', least: 30 });
		await rule({ key: 'another' });
		expect(await freezing(60)).toMatchObject({ reason: 'rule_missing', rule: 'notice_minutes' });
		// A trial on the embedded database does not wait.
		expect(await freezing(0, true)).toMatchObject({ ok: true });
		await rule({ key: 'notice_minutes', value: 10 });
	});
});

describe('an UPDATE that a row policy hides is an error, and nothing is written', () => {
	const under = async (role: string, account: string, actor: string, minute: number) => ({
		...stage.as(actor, minute),
		db: await databaseAs({ role: 'fairlot_app', account, roles: [role], office: null })
	});
	const hidden = async (draw: number, work: () => Promise<unknown>) => {
		const before = [await row(draw), await entries(draw)];
		await expect(work()).rejects.toThrow(/row-level security/);
		expect([await row(draw), await entries(draw)]).toEqual(before);
	};

	test('digits in the row of another witness', async () => {
		const draw = await announced(stage);
		const acting = await under('witness', stage.notary, stage.witness, 12);
		await hidden(draw, () => giveDigits(acting, draw, { digits: digits[0], salt: '' }));
	});

	test('a void draw decided without the role for it', async () => {
		const draw = await drawn(stage);
		done(await askVoid(stage.as(stage.planner, 20), draw, { reason: 'power', frameError: false }));
		const acting = await under('planner', stage.other, stage.other, 21);
		await hidden(draw, () => decideVoid(acting, draw, 'approved'));
	});

	test('a substitute approved without the role for it', async () => {
		const draw = await drawn(stage);
		const asked = { serial: 1, reason: 'closed' as const, evidence: '照片' };
		done(await askSubstitution(stage.as(stage.planner, 20), draw, asked));
		const { id } = await db
			.selectFrom('app.substitution')
			.where('draw', '=', draw)
			.select('id')
			.executeTakeFirstOrThrow();
		const acting = await under('planner', stage.other, stage.other, 21);
		await hidden(draw, () => decideSubstitution(acting, draw, id, 'approved'));
	});
});

describe('level 1', () => {
	test('from the freeze to the open list, each step in the ledger, and the manifest verifies', async () => {
		const draw = await drawn(stage);
		expect(await verified(draw)).toMatchObject({ ok: true, selfConsistentOnly: false });
		const manifest = JSON.parse((await row(draw)).manifest!) as Manifest;
		expect(manifest).toMatchObject({ assurance: 'L1', seedSource: 'ceremony' });
		expect(manifest.entropy!.digits).toEqual([digits[0]]);
		expect(manifest.plan.verifier!.html).toMatch(/^[0-9a-f]{64}$/);
		done(await signList(stage.as(stage.planner, 14), draw));
		expect(await reveal(stage.as(stage.planner, 15), draw)).toMatchObject({ reason: 'unsigned' });
		done(await signList(stage.as(stage.witness, 15), draw));
		done(await reveal(stage.as(stage.planner, 16), draw));
		expect((await entries(draw)).map(({ type }) => type)).toEqual(
			'frozen announced digits locked drawn signed signed revealed'.split(' ').map((type) => `draw.${type}`)
		);
		expect((await checkLedger(db, COUNTY, { keys: knownKeys(COUNTY, stage.as('').ledgerKey) })).ok).toBe(
			true
		);
	});

	test('draws that count are chained, trials and frozen frames have no number', async () => {
		const first = await row(await announced(stage));
		const second = await row(await announced(stage));
		expect(second).toMatchObject({ seq: first.seq! + 1, prev: first.commitment });
		expect(await row(await frozen(stage))).toMatchObject({ seq: null, commitment: null });
	});

	test('the nonce is hidden, and in the escrow for the superior body alone', async () => {
		const { publicKey, privateKey } = generateKeyPairSync('x25519');
		const escrow = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
		const draw = await frozen(stage);
		done(await announce({ ...stage.as(stage.planner), escrow: escrow.toString('base64') }, draw));
		const { nonce_sealed, nonce_escrow, nonce_commit } = await ceremony(draw);
		await giveAll(stage, draw, 1);
		done(await drawLocked(stage.as(stage.planner, 13), draw));
		const { nonce } = (await row(draw)).entropy as unknown as Entropy;
		expect(nonceCommitOf(nonce)).toBe(nonce_commit);
		expect(nonce_sealed!.includes(Buffer.from(nonce, 'hex'))).toBe(false);
		const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
		expect(openEscrow(pem, { county: COUNTY, draw }, nonce_escrow!)).toBe(nonce);
		const foreign = generateKeyPairSync('x25519').privateKey.export({
			type: 'pkcs8',
			format: 'pem'
		}) as string;
		expect(() => openEscrow(foreign, { county: COUNTY, draw }, nonce_escrow!)).toThrow();
		expect(() => openEscrow(pem, { county: COUNTY, draw: draw + 1 }, nonce_escrow!)).toThrow();
	});

	test('digits before the notice has passed, by somebody else or twice are refused', async () => {
		const draw = await announced(stage);
		const given = { digits: digits[0], salt: '' };
		expect(await giveDigits(stage.as(stage.witness, 9), draw, given)).toMatchObject({
			reason: 'notice',
			until: minutes(10).toISOString()
		});
		expect(await giveDigits(stage.as(stage.planner, 11), draw, given)).toMatchObject({
			reason: 'not_witness'
		});
		expect(await giveDigits(stage.as(stage.notary, 11), draw, given)).toMatchObject({
			reason: 'not_witness'
		});
		expect(await drawLocked(stage.as(stage.planner, 11), draw)).toMatchObject({ reason: 'wrong_state' });
		done(await giveDigits(stage.as(stage.witness, 11), draw, given));
		expect(await giveDigits(stage.as(stage.witness, 11), draw, given)).toMatchObject({
			reason: 'wrong_state'
		});
	});

	test('the same draw asked for by several at once is one list', async () => {
		const draw = await locked(stage);
		const outcomes = await Promise.all(
			[1, 2, 3].map((minute) => drawLocked(stage.as(stage.planner, 12 + minute), draw))
		);
		const hash = (await row(draw)).manifest_hash;
		expect(outcomes).toEqual([1, 2, 3].map(() => ({ ok: true, manifestHash: hash })));
		expect((await entries(draw)).filter(({ type }) => type === 'draw.drawn')).toHaveLength(1);
	});

	test('a witness is neither the operator nor anybody without that role, and a draw has one', async () => {
		const of = await stage.plan();
		const freeze = (change: Parameters<typeof settings>[1]) =>
			freezeDraw(stage.as(stage.planner), of, settings(stage, change));
		expect(await freeze({ witnesses: [{ account: stage.planner, body: '本局' }] })).toMatchObject({
			reason: 'is_witness',
			field: 'witness1'
		});
		expect(await freeze({ witnesses: [{ account: stage.other, body: '本局' }] })).toMatchObject({
			reason: 'witness_role'
		});
		expect(await freeze({ witnesses: [{ account: stage.witness, body: '' }] })).toMatchObject({
			reason: 'body_missing',
			field: 'body1'
		});
		expect(await freeze({ witnesses: [] })).toMatchObject({ reason: 'witness_count' });
		expect(await freeze({ revealBy: minutes(5) })).toMatchObject({ reason: 'deadlines' });
		expect(
			await freezeDraw({ ...stage.as(stage.planner), embedded: true }, of, settings(stage, { level: 'L2' }))
		).toMatchObject({ reason: 'embedded_level' });
		await frozen(stage, {}, of);
		expect(await freeze({})).toMatchObject({ reason: 'already_held' });
	});
});

describe('levels 2 and 3', () => {
	test('level 2: both lock under a hash before either opens, and the seed holds both', async () => {
		const draw = await announced(stage, { level: 'L2' });
		const open = (account: string, i: 0 | 1, changed: { digits?: string; salt?: string } = {}) =>
			giveDigits(stage.as(account, 12), draw, { digits: digits[i], salt: salt[i], ...changed });
		expect(await open(stage.witness, 0)).toMatchObject({ reason: 'hash_first' });
		done(await hashDigits(stage.as(stage.witness, 12), draw, digitsCommitOf(salt[0], digits[0])));
		expect(await open(stage.witness, 0)).toMatchObject({ reason: 'hash_first' });
		done(await hashDigits(stage.as(stage.notary, 12), draw, digitsCommitOf(salt[1], digits[1])));
		expect(await open(stage.witness, 0, { digits: digits[1] })).toMatchObject({ reason: 'hash_differs' });
		expect(await open(stage.witness, 0, { salt: salt[1] })).toMatchObject({ reason: 'hash_differs' });
		expect(done(await open(stage.witness, 0)).locked).toBe(false);
		expect(await drawLocked(stage.as(stage.planner, 12), draw)).toMatchObject({ reason: 'wrong_state' });
		expect(done(await open(stage.notary, 1)).locked).toBe(true);
		done(await drawLocked(stage.as(stage.planner, 13), draw));
		const { seed, commitment, entropy } = await row(draw);
		expect(entropy).toMatchObject({ digits: [...digits], salts: [...salt] });
		expect(seedOf(commitment!, entropy as unknown as Entropy)).toBe(seed);
		expect(await verified(draw)).toMatchObject({ ok: true });
	});

	test('two witnesses are of different bodies', async () => {
		const witnesses = [stage.witness, stage.notary].map((account) => ({ account, body: '局办公室' }));
		const outcome = freezeDraw(
			stage.as(stage.planner),
			await stage.plan(),
			settings(stage, { level: 'L2', witnesses })
		);
		expect(await outcome).toMatchObject({ reason: 'same_body', field: 'body2' });
	});

	test('level 3: the public value comes after the lock, from a witness, and fits its pattern', async () => {
		const draw = await locked(stage, { level: 'L3' });
		const value = (given: string, account: string, minute: number) =>
			enterBeacon(stage.as(account, minute), draw, { value: given, evidence: '中国福彩网' });
		expect(await drawLocked(stage.as(stage.planner, 13), draw)).toMatchObject({ reason: 'beacon_missing' });
		expect(await value('123', stage.witness, 119)).toMatchObject({ reason: 'beacon_early' });
		expect(await value('123', stage.planner, 121)).toMatchObject({ reason: 'not_witness' });
		expect(await value('1234', stage.witness, 121)).toMatchObject({ reason: 'beacon_pattern' });
		done(await value('123', stage.witness, 121));
		expect(await value('124', stage.witness, 122)).toMatchObject({ reason: 'already_given' });
		done(await drawLocked(stage.as(stage.planner, 123), draw));
		expect(await verified(draw)).toMatchObject({ ok: true });
	});

	test('level 3: digits given once the public value exists are refused', async () => {
		const draw = await announced(stage, { level: 'L3' });
		const given = { digits: digits[0], salt: '' };
		expect(await giveDigits(stage.as(stage.witness, 120), draw, given)).toMatchObject({
			reason: 'beacon_passed'
		});
	});

	test('level 3 with drand: only the round that was named, proved by its signature', async () => {
		const value = 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd';
		const evidence =
			'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';
		const beacon = (round: number) => ({
			kind: 'drand' as const,
			source: `drand quicknet ${round}`,
			pattern: '[0-9a-f]{64}',
			after: minutes(30)
		});
		const other = await locked(stage, { level: 'L3', beacon: beacon(1001) });
		expect(await enterBeacon(stage.as(stage.witness, 31), other, { value, evidence })).toMatchObject({
			reason: 'beacon_signature'
		});
		const draw = await locked(stage, { level: 'L3', beacon: beacon(1000) });
		done(await enterBeacon(stage.as(stage.witness, 31), draw, { value, evidence }));
		done(await drawLocked(stage.as(stage.planner, 32), draw));
		expect(await verified(draw)).toMatchObject({ ok: true });
	});
});

describe('after the draw', () => {
	test('void needs two people; the redo is at level 3, over the same frame, and a second one needs consent', async () => {
		const of = await stage.plan();
		const draw = await drawn(stage, {}, of);
		done(await askVoid(stage.as(stage.planner, 20), draw, { reason: '录入有误', frameError: false }));
		expect(
			await askVoid(stage.as(stage.planner, 20), draw, { reason: 'x', frameError: false })
		).toMatchObject({
			reason: 'open_request'
		});
		expect(await decideVoid(stage.as(stage.planner, 21), draw, 'approved')).toMatchObject({
			reason: 'self_decision'
		});
		done(await decideVoid(stage.as(stage.other, 21), draw, 'approved'));
		expect(await row(draw)).toMatchObject({ state: 'void' });

		expect(await freezeDraw(stage.as(stage.planner), of, settings(stage))).toMatchObject({
			reason: 'redo_level'
		});
		const redo = await drawnL3(of);
		const [first, second] = [await row(draw), await row(redo)];
		const planOf = ({ manifest }: { manifest: string | null }) => (JSON.parse(manifest!) as Manifest).plan;
		expect(planOf(second).frame).toEqual(planOf(first).frame);
		expect(await ceremony(redo)).toMatchObject({ redo_of: draw });

		done(await askVoid(stage.as(stage.planner, 200), redo, { reason: '再次有误', frameError: false }));
		done(await decideVoid(stage.as(stage.other, 200), redo, 'approved'));
		const again = settings(stage, { level: 'L3' });
		expect(await freezeDraw(stage.as(stage.planner), of, again)).toMatchObject({ reason: 'redo_consent' });
		done(
			await freezeDraw(stage.as(stage.planner), of, { ...again, superiorConsent: '闽自然资函〔2026〕1号' })
		);
	});

	async function drawnL3(of: Awaited<ReturnType<Stage['plan']>>) {
		const draw = await locked(stage, { level: 'L3' }, of);
		done(await enterBeacon(stage.as(stage.witness, 121), draw, { value: '123', evidence: '福彩网' }));
		done(await drawLocked(stage.as(stage.planner, 122), draw));
		return draw;
	}

	test('an abort before any digits leaves the level free, and does not once they were locked', async () => {
		const of = await stage.plan();
		const first = await announced(stage, {}, of);
		done(await abort(stage.as(stage.planner, 11), first, { reason: '停电', frameError: false }));
		expect(await row(first)).toMatchObject({ state: 'aborted', seq: expect.any(Number) });
		const second = await locked(stage, {}, of);
		done(await abort(stage.as(stage.planner, 13), second, { reason: '名录有误', frameError: true }));
		expect(await freezeDraw(stage.as(stage.planner), of, settings(stage))).toMatchObject({
			reason: 'redo_level'
		});
		// An abort in between does not wash the earlier lock away; an error in the frame allows a new one.
		const third = await announced(stage, { level: 'L3' }, of);
		done(await abort(stage.as(stage.planner, 13), third, { reason: '撤回', frameError: false }));
		expect(await freezeDraw(stage.as(stage.planner), of, settings(stage))).toMatchObject({
			reason: 'redo_level'
		});
	});

	test('a witness who objects is heard: the objection stays, and the list can be opened without that signature', async () => {
		const draw = await drawn(stage);
		done(await object(stage.as(stage.witness, 14), draw, '未看到骰子'));
		done(await signList(stage.as(stage.planner, 14), draw));
		expect(await object(stage.as(stage.planner, 14), draw, 'x')).toMatchObject({ reason: 'not_witness' });
		done(await reveal(stage.as(stage.planner, 15), draw));
		await expect(db.updateTable('app.objection').set({ statement: '无' }).execute()).rejects.toThrow(/stays/);
	});

	test('a target gives way to its own next substitute only, with two people, until its list is out', async () => {
		const draw = await drawn(stage);
		const manifest = JSON.parse((await row(draw)).manifest!) as Manifest;
		const [{ id, serial }] = manifest.selected as [Manifest['selected'][0]];
		const ask = () =>
			askSubstitution(stage.as(stage.planner, 20), draw, { serial, reason: 'closed', evidence: '注销公告' });
		const requests = () =>
			db.selectFrom('app.substitution').where('draw', '=', draw).selectAll().orderBy('id').execute();
		const decide = async (decision: 'approved' | 'refused', account = stage.other) =>
			decideSubstitution(stage.as(account, 21), draw, (await requests()).at(-1)!.id, decision);

		expect(done(await ask()).substitute).toBe(manifest.substitutes[id]![0]);
		expect(await ask()).toMatchObject({ reason: 'open_request' });
		expect(await decide('approved', stage.planner)).toMatchObject({ reason: 'self_decision' });
		done(await decide('refused'));
		expect(done(await ask()).substitute).toBe(manifest.substitutes[id]![0]);
		done(await decide('approved'));
		expect(done(await ask()).substitute).toBe(manifest.substitutes[id]![1]);
		done(await decide('approved'));
		expect(await ask()).toMatchObject({ reason: 'list_out' });
	});
});

describe('attacks', () => {
	const insertSubstitution = (draw: number, serial: number, rank: number) =>
		db
			.insertInto('app.substitution')
			.values({
				...{ county: COUNTY, draw, serial, rank, reason: 'closed', evidence: 'x' },
				...{ asked_by: stage.planner, asked_at: start }
			})
			.execute();

	test('re-rolling until the list pleases: one list per commitment, and nothing of it can be written again', async () => {
		const draw = await drawn(stage);
		const { manifest_hash } = await row(draw);
		expect(done(await drawLocked(stage.as(stage.planner, 99), draw)).manifestHash).toBe(manifest_hash);
		for (const change of [
			{ seed: 'a'.repeat(64) },
			{ manifest: '{}' },
			{ commitment: 'b'.repeat(64) },
			{ state: 'locked' },
			{ state: 'announced' }
		])
			await expect(
				db.updateTable('app.draw').set(change).where('id', '=', draw).execute(),
				JSON.stringify(change)
			).rejects.toThrow(/stays|does not go/);
		await expect(db.deleteFrom('app.draw').where('id', '=', draw).execute()).rejects.toThrow(/stays/);
		await expect(db.deleteFrom('app.drawn').where('draw', '=', draw).execute()).rejects.toThrow(/stays/);
	});

	test('adding or removing targets once the seed is known: a frame that is not the committed one is not drawn from', async () => {
		const draw = await locked(stage);
		await expect(
			db.updateTable('app.frame').set({ weight: 99 }).where('draw', '=', draw).execute()
		).rejects.toThrow(/stays/);
		await sql`ALTER TABLE app.frame DISABLE TRIGGER stays`.execute(db);
		try {
			await db
				.updateTable('app.frame')
				.set({ weight: 99 })
				.where('draw', '=', draw)
				.where('target', '=', '矿1')
				.execute();
			expect(await drawLocked(stage.as(stage.planner, 13), draw)).toMatchObject({ reason: 'frame_differs' });
		} finally {
			await sql`ALTER TABLE app.frame ENABLE TRIGGER stays`.execute(db);
		}
		expect(await row(draw)).toMatchObject({ state: 'locked', manifest: null });
	});

	test('quietly dropping a firm before the freeze: what is left out is committed with its reason', async () => {
		await insertTarget(db, { code: '矿停', lon: 118.9, lat: 25.8, status: 'closed' });
		const draw = await announced(stage);
		const plan = JSON.parse((await ceremony(draw)).sealed_plan!) as Manifest['plan'];
		const stored = await storedFrame({ db, county }, draw);
		expect(stored.excluded.find(({ id }) => id === '矿停')?.reason).toBe('closed');
		const fewer = makeExcluded(stored.excluded.filter(({ id }) => id !== '矿停'));
		const all = makeExcluded(stored.excluded);
		const frame = makeFrame(stored.rows);
		if (!fewer.ok || !all.ok || !frame.ok) throw new Error('stored frame');
		const roots = (rows: typeof all.excluded) => {
			const sealed = sealFrame(frame.frame, rows, plan);
			return sealed.ok && sealed.seal.frame.excludedRoot;
		};
		expect(roots(all.excluded)).toBe(plan.frame.excludedRoot);
		expect(roots(fewer.excluded)).not.toBe(plan.frame.excludedRoot);
	});

	test('several plans, keep the best: a plan in progress cannot be frozen again, and every commitment stays', async () => {
		const of = await stage.plan();
		const draw = await announced(stage, {}, of);
		expect(await freezeDraw(stage.as(stage.planner), of, settings(stage))).toMatchObject({
			reason: 'already_held'
		});
		done(await abort(stage.as(stage.planner), draw, { reason: '改期', frameError: false }));
		expect(await row(draw)).toMatchObject({ state: 'aborted', commitment: expect.any(String) });
		await expect(
			db.updateTable('app.draw').set({ seq: null, commitment: null }).where('id', '=', draw).execute()
		).rejects.toThrow(/stays/);
	});

	test('searching over free fields: entropy is what the sealed plan names, no more', async () => {
		const draw = await drawn(stage);
		const { entropy } = await row(draw);
		expect(Object.keys(entropy as object).sort()).toEqual(['beacon', 'digits', 'nonce', 'salts']);
		expect(await ceremony(draw)).toMatchObject({ beacon_value: null });
	});

	test('operator and witness searching digits together: digits cannot be changed once given', async () => {
		const draw = await locked(stage);
		await expect(
			db
				.updateTable('app.ceremony_witness')
				.set({ digits: '0'.repeat(20) })
				.where('draw', '=', draw)
				.execute()
		).rejects.toThrow(/stays/);
	});

	test('withholding a reveal that displeases: the abort stays with its number, and the redo is at level 3', async () => {
		const of = await stage.plan();
		const draw = await locked(stage, {}, of);
		done(await abort(stage.as(stage.planner, 30), draw, { reason: '不便公布', frameError: false }));
		expect((await entries(draw)).at(-1)).toMatchObject({ type: 'draw.aborted', reason: '不便公布' });
		expect(await freezeDraw(stage.as(stage.planner), of, settings(stage))).toMatchObject({
			reason: 'redo_level'
		});
	});

	test('a made-up manifest: it does not carry the published commitment', async () => {
		const [one, two] = [await row(await drawn(stage)), await row(await drawn(stage))];
		const stored = await storedFrame({ db, county }, two.id);
		const frame = makeFrame(stored.rows);
		const left = makeExcluded(stored.excluded);
		if (!frame.ok || !left.ok) throw new Error('stored frame');
		const claim = { manifest: JSON.parse(two.manifest!), frame: frame.frame, excluded: left.excluded };
		expect(verify({ ...claim, commitment: two.commitment! }).ok).toBe(true);
		expect(verify({ ...claim, commitment: one.commitment! }).ok).toBe(false);
	});

	test('clock tricks: the order of the steps is that of the ledger', async () => {
		const draw = await drawn(stage);
		const types = (await entries(draw)).map(({ type }) => type);
		expect(types.indexOf('draw.announced')).toBeLessThan(types.indexOf('draw.digits'));
		expect(types.indexOf('draw.locked')).toBeLessThan(types.indexOf('draw.drawn'));
	});

	test('picking a friendly substitute: the database takes no other than the next of the target’s own list', async () => {
		const draw = await drawn(stage);
		await expect(insertSubstitution(draw, 1, 2)).rejects.toThrow(/foreign key/);
		await expect(insertSubstitution(draw, 1, 3)).rejects.toThrow(/foreign key/);
		await expect(insertSubstitution(draw, 99, 1)).rejects.toThrow(/foreign key/);
		await expect(insertSubstitution(draw, 1, 0)).rejects.toThrow(/check/);
		await insertSubstitution(draw, 1, 1);
		await expect(insertSubstitution(draw, 1, 1)).rejects.toThrow(/unique/);
		await expect(
			db
				.updateTable('app.substitution')
				.set({ decision: 'approved', decided_by: stage.planner, decided_at: start })
				.where('draw', '=', draw)
				.execute()
		).rejects.toThrow(/check/);
	});
});

describe('a list of the superior body', () => {
	const form = (codes: string[]) => ({
		...{ body: '省自然资源厅', document: '闽自然资抽〔2026〕3号', kind: 'mining_right' as const },
		...{ drawnOn: '2026-06-30', codes }
	});

	test('is taken over as it is, without number or commitment, and stays apart from what was drawn here', async () => {
		const outcome = await importSuperior(db, COUNTY, form(['矿3', '矿1']), stage.planner, start);
		if (!outcome.ok) throw new Error(outcome.unknown.join());
		expect(await row(outcome.draw)).toMatchObject({
			...{ source: 'superior', assurance: 'superior', seq: null, commitment: null, manifest: null }
		});
		const list = await readSuperior(db, COUNTY, outcome.draw);
		expect(list?.rows.map(({ code }) => code)).toEqual(['矿3', '矿1']);
		expect((await entries(outcome.draw)).map(({ type }) => type)).toEqual(['draw.superior']);
		const chained = await row(await announced(stage));
		expect(chained.prev).not.toBeNull();
	});

	test('with a code that nobody knows is refused whole', async () => {
		const before = await db.selectFrom('app.plan').selectAll().execute();
		const outcome = await importSuperior(db, COUNTY, form(['矿1', '矿未知']), stage.planner, start);
		expect(outcome).toEqual({ ok: false, unknown: ['矿未知'] });
		expect(await db.selectFrom('app.plan').selectAll().execute()).toHaveLength(before.length);
	});
});
