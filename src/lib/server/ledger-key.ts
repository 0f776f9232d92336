// The key that signs checkpoints. It never enters the database: who can rewrite the ledger's rows cannot sign for them.
// A deployment gives it in the environment or in a file; demonstration mode makes one in its data folder.
import { createPrivateKey, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64, toBase64 } from '../core/bytes/base64';
import { originOf } from '../core/ledger/checkpoint';
import { parseVerifierKey, verifierKey, type VerifierKey } from '../core/ledger/note';

/** seed: the 32-byte Ed25519 private key. trusted: former keys and cosigners. A failure's message says the way out. */
export type LedgerKey =
	| { ok: true; seed: Uint8Array; trusted: readonly VerifierKey[] }
	| { ok: false; reason: 'no_key' | 'bad_key'; message: string };

/** Name of the file that demonstration mode keeps in its data folder. */
const DEMO_FILE = 'ledger-key';

/** PKCS#8 PEM (`openssl genpkey -algorithm ed25519`) or the Base64 of 32 bytes (`openssl rand -base64 32`). */
export function readSeed(text: string): Uint8Array | null {
	const bytes = fromBase64(text.trim());
	if (bytes) return bytes.length === 32 ? bytes : null;
	try {
		const key = createPrivateKey(text.replaceAll('\\n', '\n'));
		const { d } = key.export({ format: 'jwk' });
		return key.asymmetricKeyType === 'ed25519' && d ? new Uint8Array(Buffer.from(d, 'base64url')) : null;
	} catch {
		return null;
	}
}

/**
 * FAIRLOT_LEDGER_KEY, else the file FAIRLOT_LEDGER_KEY_FILE, else (demonstration only) a file made in `folder`, readable
 * by its owner only. FAIRLOT_LEDGER_TRUST: verifier keys of former keys and cosigners, separated by spaces.
 */
export function ledgerKey(
	env: NodeJS.ProcessEnv,
	{ embedded, folder }: { embedded: boolean; folder: string }
): LedgerKey {
	const bad = (message: string) => ({ ok: false, reason: 'bad_key', message }) as const;
	const trusted: VerifierKey[] = [];
	for (const text of env.FAIRLOT_LEDGER_TRUST?.split(/\s+/).filter(Boolean) ?? []) {
		const key = parseVerifierKey(text);
		if (!key) return bad(`FAIRLOT_LEDGER_TRUST: ${text} is not a verifier key (name+id+base64)`);
		trusted.push(key);
	}
	const file = env.FAIRLOT_LEDGER_KEY ? undefined : env.FAIRLOT_LEDGER_KEY_FILE;
	const name = file ? `FAIRLOT_LEDGER_KEY_FILE (${file})` : 'FAIRLOT_LEDGER_KEY';
	let text = env.FAIRLOT_LEDGER_KEY;
	try {
		if (file) text = readFileSync(file, 'utf8');
		else if (!text && embedded) text = demoKey(folder);
	} catch (error) {
		return bad(`${name}: ${(error as Error).message}`);
	}
	if (!text) {
		const message =
			'no key signs the ledger: set FAIRLOT_LEDGER_KEY or FAIRLOT_LEDGER_KEY_FILE to an Ed25519 private key ' +
			'(openssl genpkey -algorithm ed25519), kept away from the database';
		return { ok: false, reason: 'no_key', message };
	}
	const seed = readSeed(text);
	if (!seed) return bad(`${name}: neither an Ed25519 key in PKCS#8 PEM nor the Base64 of 32 bytes`);
	return { ok: true, seed, trusted };
}

/** Public keys whose signatures count for a county's ledger: its own first. */
export const knownKeys = (county: string, key: LedgerKey): readonly VerifierKey[] =>
	key.ok ? [verifierKey(originOf(county), key.seed), ...key.trusted] : [];

function demoKey(folder: string): string {
	const file = join(folder, DEMO_FILE);
	mkdirSync(folder, { recursive: true });
	try {
		writeFileSync(file, toBase64(randomBytes(32)) + '\n', { flag: 'wx', mode: 0o600 });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	return readFileSync(file, 'utf8');
}
