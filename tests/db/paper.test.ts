// 纸面补录: a ceremony whose digits were drawn on paper, from the sheet to the list; who may type it in, who confirms it,
// and what is refused.
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/lib/core/draw/manifest';
import { makeExcluded, makeFrame } from '../../src/lib/core/draw/frame';
import { verify } from '../../src/lib/core/draw/verify';
import type { Json } from '../../src/lib/core/bytes/canonical';
import { giveDigits, hashDigits } from '../../src/lib/server/ceremony/digits';
import { drawLocked } from '../../src/lib/server/ceremony/draw';
import { abort } from '../../src/lib/server/ceremony/end';
import { freezeDraw, storedFrame } from '../../src/lib/server/ceremony/freeze';
import { confirmPaper, recordPaper, type PaperRecord } from '../../src/lib/server/ceremony/paper';
import { readCeremony } from '../../src/lib/server/ceremony/reading';
import type { Acting } from '../../src/lib/server/ceremony/step';
import type { Database } from '../../src/lib/server/db/database';
import { portalIdentity } from '../../src/lib/server/db/identity';
import { filingText } from '../../src/lib/server/document/filing-text';
import { loadFiling } from '../../src/lib/server/document/filing-facts';
import { hasList } from '../../src/lib/schema/filing';
import { readPublicDraw } from '../../src/lib/server/portal-draw';
import {
	announced,
	digits,
	done,
	locked,
	minutes,
	setStage,
	settings,
	type Stage
} from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY, county } from '../support/small-county';

let db: Database;
let portal: Database;
let stage: Stage;
beforeAll(async () => {
	db = await freshDatabase();
	portal = await databaseAs(portalIdentity);
	stage = await setStage(db);
});

const scan = 'c0'.repeat(32);
const sheet = (change: Partial<PaperRecord> = {}): PaperRecord => ({
	...{ reason: '全楼停电', cutAt: minutes(5), drawnAt: minutes(15), digits: [digits[0]] },
	...{ signed: '王监督、李经办', scan, corrects: 0, ...change }
});
/** Under the row policies of one role. */
const under = async (role: string, account: string, minute: number): Promise<Acting> => ({
	...stage.as(account, minute),
	db: await databaseAs({ role: 'fairlot_app', account, roles: [role], office: null })
});
const recorded = async (draw: number, change: Partial<PaperRecord> = {}, minute = 60) =>
	done(await recordPaper(await under('planner', stage.planner, minute), draw, sheet(change))).number;
const confirm = (account: string, draw: number, value: string = digits[0], number = 1, minute = 61) =>
	under('witness', account, minute).then((acting) => confirmPaper(acting, draw, { number, digits: value }));
const row = (draw: number) =>
	db.selectFrom('app.draw').where('id', '=', draw).selectAll().executeTakeFirstOrThrow();
const entries = async (draw: number) =>
	(
		await sql<{ entry: Record<string, Json> }>`SELECT convert_from(bytes, 'UTF8')::jsonb AS entry
		FROM ledger.entry ORDER BY seq`.execute(db)
	).rows
		.map(({ entry }) => entry)
		.filter((entry) => entry.draw === draw);

describe('from the sheet to the list', () => {
	test('typed in by the planner, confirmed by the witness, drawn: the manifest verifies and says nothing of paper', async () => {
		const draw = await announced(stage);
		await recorded(draw);
		expect((await row(draw)).state).toBe('announced');
		expect(done(await confirm(stage.witness, draw)).locked).toBe(true);
		expect((await row(draw)).state).toBe('locked');
		done(await drawLocked(stage.as(stage.planner, 62), draw));
		const { manifest, commitment, manifest_hash } = await row(draw);
		const stored = await storedFrame({ db, county }, draw);
		const [frame, excluded] = [makeFrame(stored.rows), makeExcluded(stored.excluded)];
		if (!frame.ok || !excluded.ok) throw new Error('stored frame');
		const given = { frame: frame.frame, excluded: excluded.excluded, manifestHash: manifest_hash! };
		const read = JSON.parse(manifest!) as Manifest;
		expect(verify({ manifest: read, commitment: commitment!, ...given })).toMatchObject({ ok: true });
		expect(read.entropy).toMatchObject({ digits: [digits[0]], salts: [] });
		const ordinary = JSON.parse((await row(await drawnOrdinarily())).manifest!) as Manifest;
		const keys = ({ plan, entropy, ...rest }: Manifest) =>
			[rest, plan, entropy!].map((one) => Object.keys(one).sort());
		expect(keys(read)).toEqual(keys(ordinary));
		expect(manifest).not.toMatch(/paper|停电/);
	});

	const drawnOrdinarily = async () => {
		const draw = await locked(stage);
		done(await drawLocked(stage.as(stage.planner, 13), draw));
		return draw;
	};

	test('marked in the state, in the ledger, on the filing and on the portal', async () => {
		const draw = await announced(stage);
		await recorded(draw);
		const open = (await readCeremony(db, COUNTY, draw))!;
		expect(open.paper).toMatchObject({ number: 1, reason: '全楼停电', recordedByName: 'planner', scan });
		// Whoever confirms reads the sheet, not the screen.
		expect(JSON.stringify(open)).not.toContain(digits[0]);
		done(await confirm(stage.witness, draw));
		done(await drawLocked(stage.as(stage.planner, 62), draw));
		expect((await readCeremony(db, COUNTY, draw))!.witnesses[0]).toMatchObject({ paper: true, given: true });
		expect((await entries(draw)).map(({ type }) => type)).toEqual(
			'frozen announced paper_recorded digits locked drawn'.split(' ').map((type) => `draw.${type}`)
		);
		expect((await entries(draw))[2]).toMatchObject({
			actor: stage.planner,
			digits: [digits[0]],
			scan,
			number: 1
		});
		expect((await entries(draw))[3]).toMatchObject({ actor: stage.witness, paper: true, record: 1 });
		const loaded = await loadFiling(db, county, draw, 'https://fairlot.test', minutes(90));
		if (!loaded.ok || !hasList(loaded.facts)) throw new Error('no filing');
		const text = filingText(loaded.facts)
			.map((block) => ('text' in block ? block.text : ''))
			.join('');
		expect(text).toMatch(/全楼停电.*纸面.*王监督、李经办.*planner.*补录.*witness/);
		const seq = (await row(draw)).seq!;
		const page = (await readPublicDraw(portal, COUNTY, seq, minutes(90)))!;
		expect(page.paper).toMatchObject({ reason: '全楼停电', confirmed: true, corrections: 0 });
		expect(page.witnesses[0]!.paper).toBe(true);
		expect(JSON.stringify(page)).not.toContain(digits[0]);
	});

	test('two witnesses: both confirm; their salts are the fixed one, so nothing could be chosen afterwards', async () => {
		const draw = await announced(stage, { level: 'L2' });
		await recorded(draw, { digits: [...digits] });
		expect(done(await confirm(stage.notary, draw, digits[1])).locked).toBe(false);
		expect(done(await confirm(stage.witness, draw, digits[0])).locked).toBe(true);
		done(await drawLocked(stage.as(stage.planner, 62), draw));
		const { entropy } = JSON.parse((await row(draw)).manifest!) as Manifest;
		expect(entropy).toMatchObject({ digits: [...digits], salts: ['0'.repeat(32), '0'.repeat(32)] });
	});

	test('misread: corrected by another number before anybody confirms, both stay in the ledger', async () => {
		const draw = await announced(stage);
		await recorded(draw, { digits: [digits[1]] });
		expect(await confirm(stage.witness, draw)).toMatchObject({ reason: 'digits_differ', field: 'digits' });
		expect(await recorded(draw, { corrects: 1 })).toBe(2);
		expect(await confirm(stage.witness, draw)).toMatchObject({ reason: 'paper_missing' });
		done(await confirm(stage.witness, draw, digits[0], 2));
		const notes = (await entries(draw)).filter(({ type }) => type === 'draw.paper_recorded');
		expect(notes.map((entry) => entry.digits)).toEqual([[digits[1]], [digits[0]]]);
	});
});

describe('refused', () => {
	const record = (draw: number, change: Partial<PaperRecord> = {}, minute = 60) =>
		under('planner', stage.planner, minute).then((acting) => recordPaper(acting, draw, sheet(change)));

	test('the same form a second time, of the record and of the confirmation', async () => {
		const draw = await announced(stage, { level: 'L2' });
		await recorded(draw, { digits: [...digits] });
		expect(await record(draw, { digits: [...digits] })).toMatchObject({ reason: 'paper_open' });
		done(await confirm(stage.witness, draw));
		expect(await confirm(stage.witness, draw)).toMatchObject({ reason: 'already_given' });
		// Half confirmed: nothing is corrected any more.
		expect(await record(draw, { digits: [...digits], corrects: 1 })).toMatchObject({
			reason: 'already_given'
		});
	});

	test.each(['witness', 'leader', 'office_head'])('a record typed in by a %s', async (role) => {
		const draw = await announced(stage);
		await expect(recordPaper(await under(role, stage.other, 60), draw, sheet())).rejects.toThrow(
			/row-level security|permission denied/
		);
		expect(
			await db.selectFrom('app.paper_record').where('draw', '=', draw).select('number').execute()
		).toEqual([]);
	});

	test('a record typed in by a system admin, who may not even lock the draw', async () => {
		const draw = await announced(stage);
		const acting = await under('system_admin', stage.other, 60);
		expect(await recordPaper(acting, draw, sheet())).toMatchObject({ reason: 'no_such_draw' });
	});

	test('a record in another’s name, one by a witness of the draw, a confirmation by anybody else', async () => {
		const draw = await announced(stage);
		const acting = await under('planner', stage.planner, 60);
		const forged = { ...acting, actor: stage.other };
		await expect(recordPaper(forged, draw, sheet())).rejects.toThrow(/row-level security/);
		expect(await recordPaper({ ...acting, actor: stage.witness }, draw, sheet())).toMatchObject({
			reason: 'is_witness'
		});
		await recorded(draw);
		for (const account of [stage.planner, stage.notary])
			expect(await confirm(account, draw)).toMatchObject({ reason: 'not_witness' });
		// Another session acting for the witness: the row policy hides the row, and that is an error.
		const other = { ...(await under('witness', stage.notary, 61)), actor: stage.witness };
		await expect(confirmPaper(other, draw, { number: 1, digits: digits[0] })).rejects.toThrow(
			/row-level security/
		);
		expect((await row(draw)).state).toBe('announced');
	});

	test('in any state but announced, and by the database itself', async () => {
		const frozenOne = done(
			await freezeDraw(stage.as(stage.planner), await stage.plan(), settings(stage))
		).draw;
		const done2 = await locked(stage);
		for (const draw of [frozenOne, done2]) {
			expect(await record(draw)).toMatchObject({ reason: 'wrong_state' });
			const { reason, signed } = sheet();
			await expect(
				db
					.insertInto('app.paper_record')
					.values({
						...{ county: COUNTY, draw, number: 1, reason, signed, digits: [digits[0]], recorded_by: 'x' },
						...{ cut_at: minutes(1), drawn_at: minutes(1), recorded_at: minutes(1) }
					})
					.execute()
			).rejects.toThrow(/does not wait for digits/);
		}
	});

	test('digits before the notice is over, times to come, too few digits', async () => {
		const draw = await announced(stage, { level: 'L2' });
		const both = { digits: [...digits] };
		expect(await record(draw, { ...both, drawnAt: minutes(9) })).toMatchObject({ reason: 'notice' });
		expect(await record(draw, { ...both, drawnAt: minutes(61) })).toMatchObject({ field: 'drawnAt' });
		expect(await record(draw, { ...both, cutAt: minutes(61) })).toMatchObject({ field: 'cutAt' });
		expect(await record(draw)).toMatchObject({ reason: 'paper_count' });
	});

	test('digits by screen where there is a record, a record where there is a hash', async () => {
		const draw = await announced(stage);
		await recorded(draw);
		const given = { digits: digits[1], salt: '' };
		expect(await giveDigits(stage.as(stage.witness, 62), draw, given)).toMatchObject({
			reason: 'paper_open'
		});
		const two = await announced(stage, { level: 'L2' });
		done(await hashDigits(stage.as(stage.witness, 12), two, 'ab'.repeat(32)));
		expect(await record(two, { digits: [...digits] })).toMatchObject({ reason: 'already_given' });
	});

	test('level 3 after the public value exists', async () => {
		const draw = await announced(stage, { level: 'L3' });
		expect(await record(draw, {}, 130)).toMatchObject({ reason: 'beacon_passed' });
		await recorded(draw);
		expect(await confirm(stage.witness, draw, digits[0], 1, 130)).toMatchObject({ reason: 'beacon_passed' });
	});
});

test('aborted before anybody confirms: the digits stay drawn, and the redo is at level 3', async () => {
	const plan = await stage.plan();
	const draw = await announced(stage, {}, plan);
	await recorded(draw);
	done(await abort(await under('planner', stage.planner, 70), draw, { reason: 'fire', frameError: false }));
	const witness = await db
		.selectFrom('app.ceremony_witness')
		.where('draw', '=', draw)
		.select(['digits', 'paper'])
		.executeTakeFirstOrThrow();
	expect(witness).toEqual({ digits: digits[0], paper: true });
	const again = await freezeDraw(stage.as(stage.planner, 71), plan, settings(stage));
	expect(again).toMatchObject({ reason: 'redo_level' });
});
