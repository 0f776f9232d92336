// Digests of the offline verifiers this server hands out. They are part of what is committed, so that the public can
// tell that the verifier it uses is the one of the day of the draw.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toHex } from '../core/bytes/hex';
import { sha256 } from '../core/bytes/sha256';

/** As adapter-node lays them out, or as they lie in the source. */
const folders = () => [join(dirname(process.argv[1] ?? ''), 'client', 'verify'), join('static', 'verify')];

async function digest(file: string): Promise<string> {
	for (const folder of folders()) {
		const bytes = await readFile(join(folder, file)).catch(() => null);
		if (bytes) return toHex(sha256(bytes));
	}
	throw new Error(`static/verify/${file} is missing: the build is incomplete`);
}

/** SHA-256 in hex. */
export async function verifierHashes(): Promise<{ html: string; py: string }> {
	return { html: await digest('verify.html'), py: await digest('verify.py') };
}
