import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatVerifierKey, verifierKey } from '../core/ledger/note';
import { knownKeys, ledgerKey } from './ledger-key';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'fairlot-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { privateKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const seed = new Uint8Array(Buffer.from(privateKey.export({ format: 'jwk' }).d!, 'base64url'));
const deployed = () => ({ embedded: false, folder });

test('a key is read as PEM or Base64, from the environment or a file', () => {
	const file = join(folder, 'key.pem');
	writeFileSync(file, pem);
	for (const env of [
		{ FAIRLOT_LEDGER_KEY: pem },
		{ FAIRLOT_LEDGER_KEY: pem.trim().replaceAll('\n', '\\n') },
		{ FAIRLOT_LEDGER_KEY: Buffer.from(seed).toString('base64') },
		{ FAIRLOT_LEDGER_KEY_FILE: file }
	])
		expect(ledgerKey(env, deployed())).toEqual({ ok: true, seed, trusted: [] });
});

test('a deployment without a key is told how to get one, and signs nothing', () => {
	const key = ledgerKey({}, deployed());
	expect(key).toMatchObject({ ok: false, reason: 'no_key' });
	expect(key.ok || key.message).toMatch(/FAIRLOT_LEDGER_KEY_FILE/);
	expect(knownKeys('350125', key)).toEqual([]);
});

test('what is no key is refused by its name, not quietly replaced', () => {
	const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
	for (const text of ['AAAA', 'hello', rsa.export({ type: 'pkcs8', format: 'pem' }).toString()])
		expect(ledgerKey({ FAIRLOT_LEDGER_KEY: text }, { embedded: true, folder })).toMatchObject({
			reason: 'bad_key',
			message: expect.stringContaining('FAIRLOT_LEDGER_KEY') as unknown
		});
	expect(ledgerKey({ FAIRLOT_LEDGER_KEY_FILE: join(folder, 'absent') }, deployed())).toMatchObject({
		reason: 'bad_key',
		message: expect.stringContaining('absent') as unknown
	});
	expect(ledgerKey({ FAIRLOT_LEDGER_KEY: pem, FAIRLOT_LEDGER_TRUST: 'x' }, deployed())).toMatchObject({
		reason: 'bad_key',
		message: expect.stringContaining('FAIRLOT_LEDGER_TRUST') as unknown
	});
});

test('demonstration mode makes one key, keeps it, and keeps it to itself', () => {
	const first = ledgerKey({}, { embedded: true, folder });
	expect(first.ok && first.seed).toHaveLength(32);
	expect(ledgerKey({}, { embedded: true, folder })).toEqual(first);
	expect(statSync(join(folder, 'ledger-key')).mode & 0o777).toBe(0o600);
});

test('former keys and cosigners are known beside the own key', () => {
	const former = verifierKey('fairlot/350125', new Uint8Array(32).fill(3));
	const env = { FAIRLOT_LEDGER_KEY: pem, FAIRLOT_LEDGER_TRUST: ` ${formatVerifierKey(former)}\n` };
	expect(knownKeys('350125', ledgerKey(env, deployed()))).toEqual([
		verifierKey('fairlot/350125', seed),
		former
	]);
});
