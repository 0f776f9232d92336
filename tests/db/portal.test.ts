// The portal of draws: at each state exactly what is public and nothing else; the chain, gaps, proofs, and what stays.
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalBytes } from '../../src/lib/core/bytes/canonical';
import { fromHex } from '../../src/lib/core/bytes/hex';
import { opens } from '../../src/lib/core/draw/pseudonym';
import { nonceCommitOf, seedOf } from '../../src/lib/core/draw/entropy';
import type { Manifest } from '../../src/lib/core/draw/manifest';
import { commitmentOf } from '../../src/lib/core/draw/plan';
import { leafHash, verifyInclusion } from '../../src/lib/core/ledger/tree';
import { freezeDraw, storedFrame } from '../../src/lib/server/ceremony/freeze';
import { abort, askVoid, decideVoid } from '../../src/lib/server/ceremony/end';
import { hashDigits } from '../../src/lib/server/ceremony/digits';
import { object, reveal, signList } from '../../src/lib/server/ceremony/sign';
import { askSubstitution, decideSubstitution } from '../../src/lib/server/ceremony/substitution';
import type { Database } from '../../src/lib/server/db/database';
import { readManifest } from '../../src/lib/server/draw-reading';
import { portalIdentity } from '../../src/lib/server/db/identity';
import { publicManifest, publicPlan, readPublicDraw } from '../../src/lib/server/portal-draw';
import type { SavedPlan } from '../../src/lib/server/plan';
import { listPublicDraws, seqOf } from '../../src/lib/server/portal-draws';
import {
	publicExcluded,
	publicFrame,
	publicFrameRows,
	publicProofs
} from '../../src/lib/server/portal-files';
import {
	announced,
	digits,
	done,
	drawn,
	frozen,
	locked,
	minutes,
	setStage,
	settings,
	type Stage
} from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY, county } from '../support/small-county';
import { hasPython, inPython, loadPage, pageVerdict, type Json, type Row } from '../support/verifiers';

let db: Database;
/** What the public reads with. */
let portal: Database;
let stage: Stage;
beforeAll(async () => {
	db = await freshDatabase();
	portal = await databaseAs(portalIdentity);
	stage = await setStage(db);
});

const now = minutes(60);
const row = (draw: number) =>
	db.selectFrom('app.draw').where('id', '=', draw).selectAll().executeTakeFirstOrThrow();
const seqOfDraw = async (draw: number) => (await row(draw)).seq!;
const page = async (draw: number, at = now) =>
	(await readPublicDraw(portal, COUNTY, await seqOfDraw(draw), at))!;

/** Everything the portal hands out about a draw, as one text; the plan apart, which names its witnesses to be hashed. */
async function handedOut(draw: number): Promise<string> {
	const seq = await seqOfDraw(draw);
	const { plan, ...rest } = await page(draw);
	expect(plan).not.toBeNull();
	const frame: unknown[] = [];
	for await (const batch of publicFrameRows(portal, COUNTY, seq)) frame.push(...batch);
	return JSON.stringify([
		rest,
		(await listPublicDraws(portal, COUNTY, now)).draws.find((one) => one.seq === seq),
		await publicManifest(portal, COUNTY, seq),
		await publicProofs(portal, COUNTY, seq),
		await publicFrame(portal, COUNTY, seq),
		await publicExcluded(portal, COUNTY, seq),
		frame
	]);
}

const accounts = () => [stage.planner, stage.other, stage.witness, stage.notary];

/** No part of what makes the seed or the list, and nobody's account. */
async function expectClosed(draw: number): Promise<void> {
	const text = await handedOut(draw);
	const { seed, manifest, state } = await row(draw);
	const secrets: string[] = [...digits, '矿', ...accounts()];
	if (manifest) {
		const { entropy, selected } = JSON.parse(manifest) as Manifest;
		secrets.push(seed!, entropy!.nonce, ...selected.map(({ id }) => id));
	}
	for (const secret of secrets) expect(text.includes(secret), `${state}: ${secret}`).toBe(false);
	const plan = (await publicPlan(portal, COUNTY, await seqOfDraw(draw)))!;
	for (const secret of secrets.filter((one) => !accounts().includes(one)))
		expect(plan.includes(secret), `plan: ${secret}`).toBe(false);
}

async function revealed(change: Parameters<typeof drawn>[1] = {}, of?: SavedPlan): Promise<number> {
	const draw = await drawn(stage, change, of);
	done(await signList(stage.as(stage.planner, 14), draw));
	done(await signList(stage.as(stage.witness, 14), draw));
	done(await reveal(stage.as(stage.planner, 20), draw));
	return draw;
}

describe('what is public, state by state', () => {
	test('a frozen frame and one aborted before its commitment have no place', async () => {
		const draw = await frozen(stage);
		const before = await listPublicDraws(portal, COUNTY, now);
		done(await abort(stage.as(stage.planner, 1), draw, { reason: 'typo', frameError: false }));
		expect(await listPublicDraws(portal, COUNTY, now)).toEqual(before);
		expect((await row(draw)).seq).toBeNull();
	});

	test('announced: C, the plan it is the hash of, and when', async () => {
		const draw = await announced(stage);
		const { draw: shown, plan, sealed, opened, witnesses } = await page(draw);
		expect(commitmentOf(plan!)).toBe(shown.commitment);
		expect(plan!.nonceCommit).toMatch(/^[0-9a-f]{64}$/);
		expect(shown).toMatchObject({ state: 'announced', level: 'L1', sampleSize: 9, ceremony: true });
		expect(shown.revealBy?.status).toBe('ahead');
		expect([sealed, opened]).toEqual([null, null]);
		expect(witnesses).toEqual([{ place: 1, body: '局办公室', hash: null, hashedAt: null, paper: false }]);
		expect(await seqOf(portal, COUNTY, shown.commitment)).toBe(shown.seq);
		expect(await seqOf(portal, COUNTY, '0'.repeat(64))).toBeNull();
		await expectClosed(draw);
	});

	test('announced at level 2: the hash of a witness’s digits is public at once, the digits are not', async () => {
		const draw = await announced(stage, { level: 'L2' });
		done(await hashDigits(stage.as(stage.witness, 12), draw, 'ab'.repeat(32)));
		const { witnesses } = await page(draw);
		expect(witnesses.map(({ hash }) => hash)).toEqual(['ab'.repeat(32), null]);
		await expectClosed(draw);
	});

	test('locked: digits stay closed until the list opens', async () => {
		const draw = await locked(stage);
		expect((await page(draw)).draw.lockedAt).toEqual(minutes(12));
		await expectClosed(draw);
	});

	test('drawn: the sealed statement only', async () => {
		const draw = await drawn(stage);
		const { manifest_hash, selected_root } = await row(draw);
		const { sealed, opened } = await page(draw);
		expect(sealed).toEqual({ manifestHash: manifest_hash, selectedRoot: selected_root });
		expect(opened).toBeNull();
		await expectClosed(draw);
	});

	test('drawn, then void: it stays, with its number and reason, and closed', async () => {
		const draw = await drawn(stage);
		done(await askVoid(stage.as(stage.planner, 15), draw, { reason: 'power cut', frameError: false }));
		done(await decideVoid(stage.as(stage.other, 16), draw, 'approved'));
		const { draw: shown, sealed } = await page(draw);
		expect(shown).toMatchObject({ state: 'void', endReason: 'power cut', closeBy: { status: 'ended' } });
		expect(sealed).not.toBeNull();
		await expectClosed(draw);
	});

	test('aborted after its commitment: it stays', async () => {
		const draw = await announced(stage);
		done(await abort(stage.as(stage.planner, 1), draw, { reason: 'no witness', frameError: false }));
		expect((await page(draw)).draw).toMatchObject({ state: 'aborted', endReason: 'no witness' });
		await expectClosed(draw);
	});
});

describe('an open list', () => {
	test('seed, digits and manifest are there, the frame is not without permission', async () => {
		const draw = await revealed();
		const seq = await seqOfDraw(draw);
		const { draw: shown, opened, plan } = await page(draw);
		expect(opened!.entropy.digits).toEqual([digits[0]]);
		expect(seedOf(shown.commitment, opened!.entropy)).toBe(opened!.seed);
		expect(nonceCommitOf(opened!.entropy.nonce)).toBe(plan!.nonceCommit);
		expect(await publicManifest(portal, COUNTY, seq)).toBe((await row(draw)).manifest);
		expect(await publicFrame(portal, COUNTY, seq)).toBeNull();
		expect(await publicExcluded(portal, COUNTY, seq)).toEqual([]);
		expect((await publicFrameRows(portal, COUNTY, seq).next()).done).toBe(true);
		const { plan: _, ...rest } = await page(draw);
		for (const account of accounts()) expect(JSON.stringify(rest)).not.toContain(account);
	});

	test('every drawn row proves that it is in selectedRoot, and no other row does', async () => {
		const draw = await revealed();
		const proofs = (await publicProofs(portal, COUNTY, await seqOfDraw(draw)))!;
		expect(proofs.selectedRoot).toBe((await row(draw)).selected_root);
		expect(proofs.rows).toHaveLength(9);
		for (const { row: selected, index, proof } of proofs.rows) {
			const proves = (of: object) =>
				verifyInclusion(
					leafHash(canonicalBytes(of)),
					index,
					proofs.size,
					proof.map(fromHex),
					fromHex(proofs.selectedRoot)
				);
			expect(proves(selected)).toBe(true);
			expect(proves({ ...selected, id: `${selected.id}0` })).toBe(false);
		}
	});

	describe('with permission', () => {
		const permission = { framePermission: '永自然资函〔2026〕7号' };
		const coarse = () => stage.plan({ grid: 100 });
		const frame = async (seq: number) =>
			(await publicFrameRows(portal, COUNTY, seq).next()).value as unknown as Row[];

		test('the frame and the exclusions open with the list, not before, and name nobody', async () => {
			const closed = await drawn(stage, permission, await coarse());
			expect(await publicFrame(portal, COUNTY, await seqOfDraw(closed))).toBeNull();
			await expectClosed(closed);
			const draw = await revealed(permission, await coarse());
			const seq = await seqOfDraw(draw);
			expect(await publicFrame(portal, COUNTY, seq)).toEqual({ commas: false });
			const [rows, excluded] = [await frame(seq), await publicExcluded(portal, COUNTY, seq)];
			expect([rows.length, excluded.length]).toEqual([57, 3]);
			for (const { id } of [...rows, ...excluded]) expect(id).toMatch(/^[0-9a-f]{64}$/);
			expect(rows.every(({ x, y }) => x % 100 === 0 && y % 100 === 0)).toBe(true);
			expect(JSON.stringify([rows, excluded, await publicManifest(portal, COUNTY, seq)])).not.toContain('矿');
		});

		test('anyone recomputes the draw from what is published: the page and the Python program', async () => {
			const draw = await revealed(permission, await coarse());
			const seq = await seqOfDraw(draw);
			const base = {
				document: JSON.parse((await publicManifest(portal, COUNTY, seq))!) as Json,
				frame: (await frame(seq)) as unknown as Json,
				excluded: (await publicExcluded(portal, COUNTY, seq)) as unknown as Json
			};
			const expected = { ok: true, manifestHash: (await row(draw)).manifest_hash };
			const html = loadPage();
			const { commitment } = (await page(draw)).draw;
			const work = () => html.run(html.verify(base.document, base.frame, base.excluded, { commitment }));
			expect(pageVerdict(work)).toMatchObject(expected);
			if (hasPython) expect(inPython([{ op: 'verify', base }])).toMatchObject([expected]);
		});

		test('who is called is opened to all, and nobody else', async () => {
			const draw = await revealed(permission, await coarse());
			const { opened } = await page(draw);
			const openings = opened!.openings;
			expect(openings).toHaveLength(9);
			expect(openings.every(opens)).toBe(true);
			expect(openings.map(({ id }) => id).sort()).toEqual(opened!.selected.map(({ id }) => id).sort());
			// In the office the same list stands under the codes of the registry.
			const office = (await readManifest(db, COUNTY, draw))!;
			const codes = new Map(openings.map(({ id, code }) => [id, code]));
			expect(office.selected.map(({ id }) => id)).toEqual(opened!.selected.map(({ id }) => codes.get(id)));
			const request = { serial: 1, reason: 'closed' as const, evidence: '现场照片' };
			const { substitute } = done(await askSubstitution(stage.as(stage.planner, 30), draw, request));
			const first = office.selected[0]!.id;
			expect(office.substitutes[first]![0]).toBe(substitute);
			expect(JSON.stringify((await page(draw)).opened)).not.toContain(`"${substitute}"`);
			const { id } = await db
				.selectFrom('app.substitution')
				.where('draw', '=', draw)
				.select('id')
				.executeTakeFirstOrThrow();
			done(await decideSubstitution(stage.as(stage.other, 31), draw, id, 'approved'));
			const now = (await page(draw)).opened!.openings;
			expect(now.map(({ code }) => code).sort()).toEqual([...codes.values(), substitute].sort());
		});

		test('refused with points finer than 100 m; a redo over the same frame keeps every id', async () => {
			const fine = await freezeDraw(stage.as(stage.planner), await stage.plan(), settings(stage, permission));
			expect(fine).toMatchObject({ reason: 'public_grid', field: 'framePermission' });
			const plan = await coarse();
			const first = await locked(stage, permission, plan);
			done(await abort(stage.as(stage.planner, 13), first, { reason: 'fire', frameError: false }));
			const again = settings(stage, { level: 'L3', ...permission });
			const other = { ...again, framePermission: null };
			expect(await freezeDraw(stage.as(stage.planner), plan, other)).toMatchObject({ reason: 'frame_fixed' });
			const second = done(await freezeDraw(stage.as(stage.planner), plan, again)).draw;
			expect(await storedFrame({ db, county }, second)).toEqual(await storedFrame({ db, county }, first));
		});
	});

	test('declared void afterwards it stays open; substitutes are named once approved', async () => {
		const draw = await revealed();
		const request = { serial: 1, reason: 'closed' as const, evidence: '现场照片' };
		const { substitute } = done(await askSubstitution(stage.as(stage.planner, 30), draw, request));
		expect((await page(draw)).opened!.substitutions).toEqual([]);
		const { id } = await db
			.selectFrom('app.substitution')
			.where('draw', '=', draw)
			.select('id')
			.executeTakeFirstOrThrow();
		done(await decideSubstitution(stage.as(stage.other, 31), draw, id, 'approved'));
		const { opened } = await page(draw);
		expect(opened!.substitutions).toMatchObject([{ serial: 1, rank: 1, substitute, reason: 'closed' }]);
		expect(opened!.substitutes[opened!.selected[0]!.id]![0]).toBe(substitute);
		expect(JSON.stringify(opened)).not.toContain('现场照片');
		done(await askVoid(stage.as(stage.planner, 32), draw, { reason: 'error', frameError: true }));
		done(await decideVoid(stage.as(stage.other, 33), draw, 'approved'));
		const after = await page(draw);
		expect(after.draw.state).toBe('void');
		expect(after.opened!.seed).toBe(opened!.seed);
	});
});

describe('the order of the commitments', () => {
	test('all numbers are there, each naming the commitment before', async () => {
		const { draws, gaps } = await listPublicDraws(portal, COUNTY, now);
		expect(gaps).toEqual([]);
		expect(draws.map(({ seq }) => seq)).toEqual(draws.map((_, i) => i + 1));
		expect(draws.map(({ chain }) => chain)).toEqual(['first', ...draws.slice(1).map(() => 'holds')]);
	});

	test('deadlines that passed undone are overdue; done afterwards is late', async () => {
		const waiting = await announced(stage);
		const sealed = await drawn(stage);
		const open = await revealed();
		expect((await page(waiting, minutes(25 * 60))).draw.revealBy?.status).toBe('overdue');
		expect((await page(sealed, minutes(91 * 24 * 60))).draw).toMatchObject({
			revealBy: { status: 'met' },
			closeBy: { status: 'overdue' }
		});
		expect((await page(open, minutes(91 * 24 * 60))).draw.closeBy?.status).toBe('met');
	});

	test('a redo and an objection are counted', async () => {
		const plan = await stage.plan();
		const first = await locked(stage, {}, plan);
		done(await object(stage.as(stage.witness, 13), first, 'the balls were wet'));
		done(await abort(stage.as(stage.planner, 13), first, { reason: 'wet balls', frameError: false }));
		const again = await announced(stage, { level: 'L3' }, plan);
		const before = await page(first);
		expect(before.draw).toMatchObject({ redos: 1, objections: 1 });
		expect(before.redos).toEqual([await seqOfDraw(again)]);
		expect(before.objections).toEqual([{ at: minutes(13), body: '局办公室' }]);
		expect(JSON.stringify(before)).not.toContain('the balls were wet');
		expect((await page(again)).draw.redoOf).toBe(await seqOfDraw(first));
	});

	test('trials are not listed; past draws without a ceremony show what there is', async () => {
		const template = await row(await drawn(stage));
		const { draws } = await listPublicDraws(portal, COUNTY, now);
		const last = draws.at(-1)!;
		const base = { ...template, entropy: JSON.stringify(template.entropy) };
		const past = { ...base, id: 900, seq: last.seq + 1, prev: last.commitment, commitment: 'c'.repeat(64) };
		const trial = { ...base, id: 901, seq: null, prev: null, assurance: 'trial', commitment: 'd'.repeat(64) };
		await db.insertInto('app.draw').values([past, trial]).execute();
		const after = (await listPublicDraws(portal, COUNTY, now)).draws;
		expect(after).toHaveLength(draws.length + 1);
		expect(after.at(-1)).toMatchObject({
			ceremony: false,
			chain: 'holds',
			revealBy: null,
			announcedAt: null
		});
		expect((await page(900)).plan).not.toBeNull();
		await expectClosed(900);
	});

	test('a missing number is a gap, and the chain is broken there', async () => {
		const last = (await listPublicDraws(portal, COUNTY, now)).draws.at(-1)!;
		const template = await row(900);
		const entropy = JSON.stringify(template.entropy);
		const values = { ...template, entropy, id: 902, seq: last.seq + 3, commitment: 'e'.repeat(64) };
		await db
			.insertInto('app.draw')
			.values({ ...values, prev: 'f'.repeat(64) })
			.execute();
		const { draws, gaps } = await listPublicDraws(portal, COUNTY, now);
		expect(gaps).toEqual([{ from: last.seq + 1, to: last.seq + 2 }]);
		expect(draws.at(-1)!.chain).toBe('broken');
	});

	test('the digits of no draw that is closed are anywhere in the list', async () => {
		const text = JSON.stringify(await listPublicDraws(portal, COUNTY, now));
		const { rows } = await sql<{ secret: string }>`SELECT seed AS secret FROM app.draw WHERE seed IS NOT NULL
			UNION SELECT digits FROM app.ceremony_witness WHERE digits IS NOT NULL
			UNION SELECT id FROM auth.user`.execute(db);
		expect(rows.length).toBeGreaterThan(5);
		for (const { secret } of rows) expect(text).not.toContain(secret);
	});
});

test('the public’s role reads these views and nothing else', async () => {
	const { rows } = await sql<{ name: string; readable: boolean; writable: boolean }>`
		SELECT c.oid::regclass::text AS name, has_any_column_privilege('fairlot_portal', c.oid, 'SELECT') AS readable,
			has_table_privilege('fairlot_portal', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') AS writable
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname IN ('app', 'auth', 'ledger', 'portal') AND c.relkind IN ('r', 'p', 'v', 'S')`.execute(db);
	expect(rows.filter(({ writable }) => writable)).toEqual([]);
	const views = [
		...[
			'annual_plan',
			'appeal',
			'boundary',
			'called',
			'crew',
			'crew_name',
			'crew_replacement',
			'draw',
			'excluded',
			'frame',
			'item',
			'objection',
			'opening'
		],
		...['outline', 'paper', 'posting', 'substitution', 'township', 'version', 'witness']
	];
	expect(rows.filter(({ readable }) => readable).map(({ name }) => name)).toHaveLength(views.length);
	for (const view of views) await sql.raw(`SELECT 1 FROM portal.${view} LIMIT 1`).execute(portal);
	for (const table of ['app.draw', 'app.ceremony', 'auth.user', 'ledger.entry'])
		await expect(sql.raw(`SELECT 1 FROM ${table}`).execute(portal)).rejects.toThrow(/permission denied/);
});
