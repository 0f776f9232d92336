import { sql } from 'kysely';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { verifyCheckpoint } from '../../src/lib/core/ledger/checkpoint';
import { checkpoint, listCheckpoints } from '../../src/lib/server/checkpoint';
import { startCheckpointClock } from '../../src/lib/server/checkpoint-clock';
import type { Clock } from '../../src/lib/server/clock';
import type { Database } from '../../src/lib/server/db/database';
import { append } from '../../src/lib/server/ledger';
import { checkLedger } from '../../src/lib/server/ledger-check';
import { knownKeys } from '../../src/lib/server/ledger-key';
import { freshDatabase } from '../support/database';
import { COUNTY, openCounty } from '../support/small-county';

const AT = new Date('2026-03-01T00:00:00Z');
const key = { ok: true, seed: new Uint8Array(32).fill(1), trusted: [] } as const;

let db: Database;
const clocks: Clock[] = [];
const said: string[] = [];
const start = (handle = db, everyMs?: number, signer: typeof key = key) => {
	const log = (message: string) => void said.push(message);
	const clock = startCheckpointClock(handle, signer, {
		now: () => AT,
		log,
		...(everyMs === undefined ? {} : { everyMs })
	});
	clocks.push(clock);
	return clock;
};
const grow = (count = 1) =>
	db.transaction().execute(async (trx) => {
		for (let i = 0; i < count; i++)
			await append(trx, COUNTY, { type: 'test', at: AT.toISOString(), actor: 'tester', i });
	});
const sizes = async () => (await listCheckpoints(db, COUNTY)).map(({ size }) => size);

beforeAll(async () => {
	db = await freshDatabase();
});
afterEach(async () => {
	vi.useRealTimers();
	said.length = 0;
	await Promise.all(clocks.splice(0).map((clock) => clock.stop()));
});

test('a deployment without a county, then without an entry, signs nothing and complains of nothing', async () => {
	const clock = start();
	await clock.tick();
	await openCounty(db);
	await clock.tick();
	expect(await sizes()).toEqual([]);
	await grow(3);
	await clock.tick();
	expect(await sizes()).toEqual([3]);
	expect(said).toEqual([]);
});

test('the timer signs what is new, once, and nothing when there is no news', async () => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	const clock = start(db, 60_000);
	await clock.tick();
	const before = await sizes();
	await grow();
	vi.advanceTimersByTime(59_999);
	expect(await sizes()).toEqual(before);
	vi.advanceTimersByTime(1);
	await clock.tick();
	expect(await sizes()).toEqual([before[0]! + 1, ...before]);
	vi.advanceTimersByTime(60_000);
	await clock.tick();
	expect(await sizes()).toHaveLength(before.length + 1);
	await clock.stop();
	await grow();
	vi.advanceTimersByTime(600_000);
	await clock.tick();
	expect(await sizes()).toHaveLength(before.length + 1);
});

test('two servers and a step of a ceremony at one moment leave one checkpoint, and the ledger checks', async () => {
	const [one, two] = [start(), start()];
	for (let i = 0; i < 5; i++) {
		await grow(60);
		const step = checkpoint(db, COUNTY, key, AT);
		await Promise.all([one.tick(), two.tick(), step, grow(3), one.tick()]);
	}
	await one.tick();
	expect(said).toEqual([]);
	const stored = await listCheckpoints(db, COUNTY);
	expect(new Set(stored.map(({ size }) => size)).size).toBe(stored.length);
	for (const { note } of stored) expect(verifyCheckpoint(note, knownKeys(COUNTY, key)).ok).toBe(true);
	const checked = await checkLedger(db, COUNTY, { keys: knownKeys(COUNTY, key) });
	expect(checked).toMatchObject({ ok: true, checkpoints: stored.length, entries: stored[0]!.size });
});

test('rounds never overlap, and stopping waits for the one under way', async () => {
	let open = 0;
	let most = 0;
	const release: (() => void)[] = [];
	// Every look for the county takes as long as the test likes.
	const slow = new Proxy(db, {
		get(target, name) {
			if (name !== 'selectFrom') return Reflect.get(target, name) as unknown;
			return () => ({
				select: () => ({
					orderBy: () => ({
						executeTakeFirst: async () => {
							most = Math.max(most, ++open);
							await new Promise<void>((resolve) => release.push(resolve));
							open--;
						}
					})
				})
			});
		}
	});
	const clock = start(slow);
	const ticks = [clock.tick(), clock.tick(), clock.tick()];
	expect(release).toHaveLength(1);
	let ended = false;
	const stopping = clock.stop().then(() => (ended = true));
	await new Promise((wait) => setTimeout(wait, 20));
	expect(ended).toBe(false);
	release[0]!();
	await Promise.all([...ticks, stopping]);
	expect({ most, open }).toEqual({ most: 1, open: 0 });
});

test('a failure is said once for each message, and the next round tries again', async () => {
	await grow();
	const stranger = start(db, 60_000, { ...key, seed: new Uint8Array(32).fill(9) } as unknown as typeof key);
	await stranger.tick();
	await stranger.tick();
	expect(said).toHaveLength(1);
	expect(said[0]).toMatch(
		/no checkpoint of the ledger: nothing was signed: .*run: npm run -s ledger -- check/
	);
	await sql`ALTER TABLE ledger.checkpoint RENAME TO away`.execute(db);
	const own = start();
	await own.tick();
	await own.tick();
	expect(said).toHaveLength(2);
	await sql`ALTER TABLE ledger.away RENAME TO checkpoint`.execute(db);
	const before = await sizes();
	await own.tick();
	expect(await sizes()).toHaveLength(before.length + 1);
});
