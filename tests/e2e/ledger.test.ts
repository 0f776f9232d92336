// The ledger's page over HTTP: who may see it, in both languages; what it hands out holds without it.
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { fromHex } from '../../src/lib/core/bytes/hex';
import { verifyCheckpoint } from '../../src/lib/core/ledger/checkpoint';
import { verifierKey } from '../../src/lib/core/ledger/note';
import { leafHash, verifyInclusion } from '../../src/lib/core/ledger/tree';
import { readCsv } from '../../src/lib/core/registry/csv';
import type { InclusionProof } from '../../src/lib/server/ledger-proof';
import { signedIn, Visit } from '../support/sign-in';

const origin = inject('origin');
/** The seed that tests/e2e/server.ts gives the server. */
const seed = new Uint8Array(32).fill(7);

let audit: Visit;
beforeAll(async () => {
	audit = await signedIn(origin, 'audit');
	// The first checkpoint is signed as the server starts, beside the first requests.
	for (let tries = 0; tries < 50; tries++) {
		if ((await audit.ask('/ledger/checkpoint.txt')).ok) return;
		await new Promise((wait) => setTimeout(wait, 200));
	}
	throw new Error('no checkpoint within ten seconds');
}, 30_000);

const textOf = async (path: string, visit = audit) => {
	const response = await visit.page(path);
	expect(response.status).toBe(200);
	return response.text();
};

describe('the ledger', () => {
	it('opens for those whom it concerns, and is shown to them only', async () => {
		const planner = await signedIn(origin, 'planner');
		expect(await textOf('/ledger', planner)).toContain('href="/ledger"');
		const partner = await signedIn(origin, 'partner');
		const paths = ['/ledger', '/ledger/checkpoint.txt', '/ledger/entries.csv', '/ledger/1/proof.json'];
		for (const path of paths) {
			expect((await partner.page(path)).status).toBe(403);
			expect([303, 401]).toContain((await new Visit(origin).page(path)).status);
		}
		expect((await partner.ask('/ledger/check', { method: 'POST' })).status).toBe(403);
		expect(await textOf('/account', partner)).not.toContain('href="/ledger"');
		expect((await planner.form('/ledger?/cosign', { note: '' })).status).toBe(403);
	});

	it('says who did what in Chinese and in English, filtered by the address', async () => {
		const chinese = await textOf('/ledger?type=account.');
		expect(chinese).toMatch(/<html[^>]+lang="zh-CN"/);
		expect(chinese).toContain('演示审计管理员（audit）');
		const english = await (
			await audit.ask('/ledger?type=account.', {
				headers: { accept: 'text/html', cookie: `${audit.cookie}; PARAGLIDE_LOCALE=en` }
			})
		).text();
		expect(english).toContain('演示审计管理员 (audit)');
		expect(english).toContain('Last signed checkpoint');
		expect(await textOf('/ledger?q=no-such-thing-anywhere')).toContain('没有符合条件的记录');
		expect(await textOf('/ledger?type=draw.')).not.toContain('account.created</span>');
	});

	it('hands out a proof that holds against the signed checkpoint, and only there', async () => {
		const note = await (await audit.ask('/ledger/checkpoint.txt')).text();
		const proof = (await (await audit.ask('/ledger/3/proof.json')).json()) as InclusionProof;
		const signed = verifyCheckpoint(note, [verifierKey(`fairlot/${proof.county}`, seed)]);
		if (!signed.ok) throw new Error(signed.reason);
		const path = proof.proof.map(fromHex);
		const holds = (entry: string, seq = proof.seq) =>
			verifyInclusion(
				leafHash(new TextEncoder().encode(entry)),
				seq - 1,
				proof.size,
				path,
				signed.checkpoint.root
			);
		expect(proof.size).toBe(signed.checkpoint.size);
		expect(holds(proof.entry)).toBe(true);
		expect(holds(proof.entry, 4)).toBe(false);
		expect(holds(proof.entry.replace('"at":"2', '"at":"1'))).toBe(false);
		for (const [seq, status] of [
			['999999999', 409],
			['0', 404],
			['x', 404]
		] as const)
			expect((await audit.ask(`/ledger/${seq}/proof.json`)).status).toBe(status);
	});

	it('is checked from the first entry to the last', async () => {
		const response = await audit.ask('/ledger/check', { method: 'POST' });
		const events = (await response.text()).trim().split('\n');
		expect(JSON.parse(events.at(-1)!)).toMatchObject({
			type: 'done',
			result: { ok: true, signatures: true }
		});
	});

	it('takes a copy of its own checkpoint, and nothing that is none', async () => {
		const note = await (await audit.ask('/ledger/checkpoint.txt')).text();
		expect((await audit.form('/ledger?/cosign', { note })).status).toBe(200);
		expect((await audit.form('/ledger?/cosign', { note: note.replace('\n', '\n1') })).status).toBe(400);
		expect((await audit.form('/ledger?/cosign', { note: 'hello' })).status).toBe(400);
	});

	it('goes out as a table for Excel, and the export is noted', async () => {
		const response = await audit.ask('/ledger/entries.csv?type=account.created');
		const bytes = new Uint8Array(await response.arrayBuffer());
		expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		const [head, ...rows] = [...readCsv(new TextDecoder().decode(bytes))].map(({ fields }) => fields);
		expect(head).toHaveLength(10);
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) expect(row[3]).toBe('account.created');
		// In the reader's language from the first row to the last, though it is sent after the handler has returned.
		expect(rows.at(-1)![4]).toMatch(/^建立账号：/);
		expect(await textOf('/admin/accounts?tab=events')).toContain('ledger.exported');
	});
});
