// The command beside a working server, so on PostGIS only: the embedded database has one process at a time.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCheckpoint } from '../../src/lib/core/ledger/checkpoint';
import { COSIGNATURE, formatVerifierKey, verifierKey } from '../../src/lib/core/ledger/note';
import type { Database } from '../../src/lib/server/db/database';
import { append } from '../../src/lib/server/ledger';
import { freshDatabase, onPostgis } from '../support/database';

const seed = Buffer.alloc(32, 1);
const office = verifierKey('fuzhou/office', Buffer.alloc(32, 2), COSIGNATURE);

function ledger(args: string[], env: NodeJS.ProcessEnv = { FAIRLOT_LEDGER_KEY: seed.toString('base64') }) {
	const run = ['--import', 'tsx', 'src/cli/ledger.ts', ...args];
	return new Promise<{ code: number; out: string; told: string }>((done) => {
		execFile(
			process.execPath,
			run,
			{
				env: {
					PATH: process.env.PATH,
					TSX_TSCONFIG_PATH: 'tsconfig.cli.json',
					DATABASE_URL: process.env.TEST_DATABASE_URL,
					...env
				}
			},
			(error, out, told) => done({ code: error ? Number(error.code) : 0, out, told })
		);
	});
}

describe.skipIf(!onPostgis)('npm run ledger (PostGIS only)', { timeout: 180_000 }, () => {
	const folder = mkdtempSync(join(tmpdir(), 'fairlot-ledger-'));
	const file = (name: string, text: string) => {
		writeFileSync(join(folder, name), text);
		return join(folder, name);
	};
	let db: Database;
	let paper: string;

	const grow = (count: number) =>
		db.transaction().execute(async (trx) => {
			for (let i = 0; i < count; i++)
				await append(trx, '350125', { type: 'test', at: '2026-03-01T00:00:00Z', actor: 'tester', i });
		});

	beforeAll(async () => {
		db = await freshDatabase();
		await sql`SELECT app.add_county('350125', '测试县', 4549, true)`.execute(db);
		await grow(100);
		await ledger(['checkpoint']);
		await grow(20);
		const { note } = JSON.parse((await ledger(['checkpoint'])).out) as { note: string };
		paper = file('paper.txt', note);
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	test('says that a whole ledger is whole', async () => {
		const { code, out } = await ledger(['check', '--against', paper]);
		expect(JSON.parse(out)).toMatchObject({ ok: true, entries: 120, checkpoints: 2, signatures: true });
		expect(code).toBe(0);
	});

	test('lets an auditor with the public key check without the private one', async () => {
		const key = formatVerifierKey(verifierKey('fairlot/350125', seed));
		expect(await ledger(['check', '--key', key], {})).toMatchObject({ code: 0 });
		expect(await ledger(['check'], {})).toMatchObject({
			code: 2,
			told: expect.stringContaining('--key') as unknown
		});
		expect((await ledger(['check', '--no-signatures', '--against', paper], {})).out).toContain(
			'"signatures": false'
		);
	});

	test('takes nothing for a checkpoint that is none of this county, or signed by nobody known', async () => {
		const other = file('other.txt', 'fairlot/999999\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n');
		const bare = file('bare.txt', 'fairlot/350125\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n');
		for (const args of [
			['check', '--against', other],
			['check', '--against', bare],
			['check', '--key', 'x']
		])
			expect(await ledger(args), args.join(' ')).toMatchObject({ code: 2, out: '' });
	});

	test('cosigns only what it has checked, and hands the line out with the checkpoint', async () => {
		const keyFile = file('office.key', Buffer.alloc(32, 2).toString('base64'));
		const args = ['cosign', '--name', 'fuzhou/office', '--key-file', keyFile, '--against', paper];
		const { code, out } = await ledger(args);
		expect(code).toBe(0);
		const { note } = JSON.parse(out) as { note: string };
		expect(verifyCheckpoint(note, [office])).toMatchObject({ ok: true, checkpoint: { size: 120 } });
	});

	test('names the first entry that a cut tail lacks', async () => {
		await db.transaction().execute(async (trx) => {
			for (const table of ['entry', 'head', 'checkpoint', 'cosignature'])
				await sql`ALTER TABLE ledger.${sql.raw(table)} DISABLE TRIGGER ALL`.execute(trx);
			await sql`DELETE FROM ledger.entry WHERE seq > 100`.execute(trx);
			await sql`DELETE FROM ledger.cosignature`.execute(trx);
			await sql`DELETE FROM ledger.checkpoint WHERE size > 100`.execute(trx);
			await sql`UPDATE ledger.head SET seq = 100`.execute(trx);
		});
		expect(await ledger(['check'])).toMatchObject({ code: 0 });
		const { code, out, told } = await ledger(['check', '--against', paper]);
		expect(code).toBe(1);
		expect(JSON.parse(out)).toMatchObject({
			ok: false,
			fault: { reason: 'missing', seq: 101, through: 120 }
		});
		expect(told).toContain('entries 101–120 are missing');
	});
});
