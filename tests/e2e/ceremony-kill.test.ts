// The server dies (SIGKILL) after each step of a ceremony and in the middle of steps, on PostGIS: every time it goes on
// to one list for one commitment, and no step that was answered is lost from the ledger.
import { spawn, type ChildProcess } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeExcluded, makeFrame } from '../../src/lib/core/draw/frame';
import { verify } from '../../src/lib/core/draw/verify';
import { originOf, parseCheckpoint } from '../../src/lib/core/ledger/checkpoint';
import { verifierKey } from '../../src/lib/core/ledger/note';
import { storedFrame } from '../../src/lib/server/ceremony/freeze';
import { readCheckpoint } from '../../src/lib/server/checkpoint';
import { openDatabase, type OpenDatabase } from '../../src/lib/server/db/database';
import { checkLedger } from '../../src/lib/server/ledger-check';
import { random } from '../../src/lib/server/demo/random';
import { announced, digits, drawn, frozen, locked, setStage, type Stage } from '../support/ceremony';
import { COUNTY, county } from '../support/small-county';
import { Visit } from '../support/sign-in';
import { answering, emptyDatabaseBeside, freePort } from './server';

const url = process.env.TEST_DATABASE_URL;
const secret = 'a secret of the server that is long enough';
const seed = new Uint8Array(32).fill(7);
const MOMENTS = 20;
/** Deadlines beyond any clock. */
const soon = { noticeMinutes: 0, revealBy: new Date('2099-01-01'), closeBy: new Date('2099-06-01') };

describe.skipIf(!url)('killed in a ceremony (skipped on the embedded database)', () => {
	let opened: OpenDatabase;
	let stage: Stage;
	let server: ChildProcess | undefined;
	let env: NodeJS.ProcessEnv;
	let origin: string;
	let people: Record<'planner' | 'witness', Visit>;

	beforeAll(async () => {
		const port = await freePort();
		origin = `http://127.0.0.1:${port}`;
		const own = await emptyDatabaseBeside(url ?? '', '_kill');
		env = {
			...process.env,
			...{ HOST: '127.0.0.1', PORT: String(port), ORIGIN: origin, DATABASE_URL: own, FAIRLOT_SECRET: secret },
			FAIRLOT_LEDGER_KEY: Buffer.from(seed).toString('base64')
		};
		opened = await openDatabase({ url: own, folder: null });
		const made = await setStage(opened.db);
		// Without notice, as a demonstration may: the server's clock is not the test's.
		stage = { ...made, as: (...who) => ({ ...made.as(...who), county: { ...county, demo: true } }) };
		// The second factor is not what is tried here.
		await sql`UPDATE app.county SET demo = true`.execute(opened.db);
		await sql`UPDATE auth.user SET must_change_password = false`.execute(opened.db);
		await start();
		people = { planner: new Visit(origin), witness: new Visit(origin) };
		for (const [name, visit] of Object.entries(people))
			expect((await visit.signIn(name, 'a-long-password-2026')).status).toBe(303);
	});
	afterAll(async () => {
		server?.kill('SIGKILL');
		await opened?.close();
	});

	async function start(): Promise<void> {
		server = spawn(process.execPath, ['build/index.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
		await answering(origin, server);
	}
	async function kill(): Promise<void> {
		const dying = server!;
		const gone = new Promise((ended) => dying.once('exit', ended));
		dying.kill('SIGKILL');
		await gone;
	}

	const path = (draw: number) => `/draws/${draw}/ceremony`;
	const row = (draw: number) =>
		opened.db.selectFrom('app.draw').where('id', '=', draw).selectAll().executeTakeFirstOrThrow();
	const given = { digits: digits[0], again: digits[0] };
	/** The step that follows a state, and the state it leads to. */
	const next: Record<string, { by: 'planner' | 'witness'; action: string; fields: object; to: string }> = {
		frozen: { by: 'planner', action: 'announce', fields: {}, to: 'announced' },
		announced: { by: 'witness', action: 'digits', fields: given, to: 'locked' },
		locked: { by: 'planner', action: 'draw', fields: {}, to: 'drawn' }
	};
	const ask = (
		draw: number,
		{ by, action, fields }: { by: 'planner' | 'witness'; action: string; fields: object }
	) => people[by].form(`${path(draw)}?/${action}`, fields as Record<string, string>);

	/** One list for its commitment, which verifies; one entry that says so; a ledger that continues its checkpoints. */
	async function whole(draw: number): Promise<void> {
		const { state, manifest, commitment, manifest_hash } = await row(draw);
		expect(state).toBe('drawn');
		const stored = await storedFrame({ db: opened.db, county }, draw);
		const [frame, excluded] = [makeFrame(stored.rows), makeExcluded(stored.excluded)];
		if (!frame.ok || !excluded.ok) throw new Error('stored frame');
		expect(
			verify({
				...{ manifest: JSON.parse(manifest!), frame: frame.frame, excluded: excluded.excluded },
				...{ commitment: commitment!, manifestHash: manifest_hash! }
			})
		).toMatchObject({ ok: true });
		const { rows } = await sql<{ times: number }>`SELECT count(*)::int AS times FROM ledger.entry
			WHERE convert_from(bytes, 'UTF8')::jsonb @> ${JSON.stringify({ type: 'draw.drawn', draw })}::jsonb`.execute(
			opened.db
		);
		expect(rows[0]!.times).toBe(1);
	}

	async function ledgerHolds(): Promise<void> {
		const keys = [verifierKey(originOf(COUNTY), seed)];
		expect(await checkLedger(opened.db, COUNTY, { keys })).toMatchObject({ ok: true });
	}
	const head = async () =>
		(await sql<{ seq: number }>`SELECT seq FROM ledger.head WHERE county = ${COUNTY}`.execute(opened.db))
			.rows[0]!.seq;

	async function finish(draw: number): Promise<void> {
		for (;;) {
			const step = next[(await row(draw)).state];
			if (!step) return;
			expect((await ask(draw, step)).status, step.action).toBe(303);
		}
	}

	test('after every step that was answered', async () => {
		const draw = await frozen(stage, soon);
		for (const step of ['frozen', 'announced', 'locked'].map((state) => next[state]!)) {
			expect((await ask(draw, step)).status, step.action).toBe(303);
			const before = await head();
			const held = (await readCheckpoint(opened.db, COUNTY))!;
			await kill();
			expect((await row(draw)).state).toBe(step.to);
			expect(await head()).toBe(before);
			const keys = [verifierKey(originOf(COUNTY), seed)];
			expect(
				await checkLedger(opened.db, COUNTY, {
					keys,
					outside: [{ checkpoint: parseCheckpoint(held.note)!, by: 'held' }]
				})
			).toMatchObject({ ok: true });
			await start();
			expect((await people.planner.page(path(draw))).status).toBe(200);
		}
		await whole(draw);
	});

	test(`at ${MOMENTS} moments in the middle of a step`, async () => {
		const rng = random('moments of a kill');
		const made = { frozen, announced, locked };
		const seen = new Set<string>();
		for (let moment = 0; moment < MOMENTS; moment++) {
			const from = (['frozen', 'announced', 'locked'] as const)[moment % 3]!;
			const draw = await made[from](stage, soon);
			const step = next[from]!;
			const answer = ask(draw, step).then(
				({ status }) => status,
				() => 'broken' as const
			);
			await new Promise((wait) => setTimeout(wait, rng.int(60)));
			await kill();
			const status = await answer;
			const { state } = await row(draw);
			seen.add(`${status === 303 ? 'answered' : 'broken'} ${state === from ? 'before' : 'after'}`);
			expect([from, step.to]).toContain(state);
			// What was answered is done; what was not is done whole or not at all.
			if (status === 303) expect(state).toBe(step.to);
			await start();
			await finish(draw);
			await whole(draw);
		}
		await ledgerHolds();
		// The moments must have met a step before its end, or nothing was tried.
		expect([...seen].some((what) => what.startsWith('broken'))).toBe(true);
	});

	test('a list that is there is not drawn again', async () => {
		const draw = await drawn(stage, soon);
		const { manifest_hash } = await row(draw);
		await kill();
		await start();
		await ask(draw, next.locked!);
		expect((await row(draw)).manifest_hash).toBe(manifest_hash);
		await whole(draw);
	});
});
