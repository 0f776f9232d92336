// ledger: the check of a county's ledger, alone or against checkpoints kept outside; a new checkpoint; a cosignature.
// JSON on stdout; exit 1 and the first bad entry when the ledger is not what was signed.

import {
	isKeyName,
	parseVerifierKey,
	verifierKey,
	COSIGNATURE,
	type VerifierKey
} from '../lib/core/ledger/note';
import { cosign, originOf, parseCheckpoint, verifyCheckpoint } from '../lib/core/ledger/checkpoint';
import type { LedgerFault } from '../lib/core/ledger/check';
import { checkpoint, importCosignatures, readCheckpoint } from '../lib/server/checkpoint';
import { countyOf, noCounty } from '../lib/server/county';
import { databaseFromEnvironment, openDatabase } from '../lib/server/db/database';
import { checkLedger, type OutsideCheckpoint } from '../lib/server/ledger-check';
import { knownKeys, ledgerKey, readSeed } from '../lib/server/ledger-key';
import { BadInput, command, print, readArgs, readInput, say } from './command';

const USAGE = `ledger check [--against CHECKPOINT]… [--county CODE] [--key VERIFIER_KEY]… [--no-signatures]
       ledger checkpoint [--county CODE]
       ledger cosign --name NAME --key-file FILE [--against CHECKPOINT]… [--county CODE] [--key VERIFIER_KEY]…`;

const text = (file: string) => new TextDecoder().decode(readInput(file)).replaceAll('\r\n', '\n');

function publicKeys(given: readonly string[]): VerifierKey[] {
	return given.map((key) => {
		const parsed = parseVerifierKey(key);
		if (!parsed) throw new BadInput(`--key ${key}: not a verifier key (name+id+base64)`);
		return parsed;
	});
}

/** A checkpoint from a file: of this county, and signed by a key we know unless signatures are left out. */
function outside(file: string, origin: string, keys: readonly VerifierKey[] | null): OutsideCheckpoint {
	const checkpoint = parseCheckpoint(text(file));
	if (!checkpoint) throw new BadInput(`${file}: not a checkpoint`);
	if (checkpoint.origin !== origin)
		throw new BadInput(`${file}: a checkpoint of ${checkpoint.origin}, not of ${origin}`);
	const verified = keys && verifyCheckpoint(text(file), keys);
	if (verified && !verified.ok) throw new BadInput(`${file}: ${SIGNATURE_FAULTS[verified.reason]}`);
	return { checkpoint, by: file };
}

const SIGNATURE_FAULTS = {
	not_a_note: 'not signed (--no-signatures takes it as it is)',
	not_a_checkpoint: 'not a checkpoint',
	unknown_key: 'signed by no key known here; give the public key with --key',
	false_signature: 'its signature is false'
};

/** One sentence for people. */
function told(fault: LedgerFault): string {
	const many = 'through' in fault && fault.through > fault.seq;
	const entries = many ? `entries ${fault.seq}–${fault.through}` : `entry ${fault.seq}`;
	switch (fault.reason) {
		case 'missing':
			return `${fault.by} is there, but ${entries} ${many ? 'are' : 'is'} missing: the ledger breaks off at ${fault.seq - 1}`;
		case 'out_of_place':
			return `${entries} is out of place: its number was there before`;
		case 'leaf_hash':
			return `${entries} was changed: its hash is not that of its bytes`;
		case 'not_canonical':
			return `${entries} was changed: its bytes are not canonical JSON`;
		case 'root':
			return `${fault.by} was signed over something else: the first changed entry is ${many ? `one of ${fault.seq}–${fault.through}` : fault.seq}`;
		case 'beyond_head':
			return `${entries} ${many ? 'are' : 'is'} beyond the county's counter`;
		case 'checkpoint_text':
			return `${fault.by} says something else than its signed text`;
		case 'unknown_key':
			return `${fault.by} is signed by no key known here; give a former key with --key`;
		case 'false_signature':
			return `${fault.by}: its signature is false`;
		case 'tile':
			return `the stored root of ${entries} is not theirs`;
	}
}

await command(async () => {
	const { values, positionals } = readArgs(USAGE, {
		allowPositionals: true,
		options: {
			against: { type: 'string', multiple: true, default: [] },
			county: { type: 'string' },
			key: { type: 'string', multiple: true, default: [] },
			'no-signatures': { type: 'boolean', default: false },
			name: { type: 'string' },
			'key-file': { type: 'string' }
		}
	});
	const [verb, ...others] = positionals;
	if (!verb || !['check', 'checkpoint', 'cosign'].includes(verb) || others.length > 0)
		throw new BadInput(`usage: ${USAGE}`);
	const given = publicKeys(values.key);
	const where = databaseFromEnvironment(process.env);
	const opened = await openDatabase(where).catch((error: Error) => {
		throw new BadInput(`the database does not open: ${error.message}`);
	});
	const { db } = opened;
	try {
		const county = values.county ?? (await countyOf(db)).code;
		if (county === noCounty.code) throw new BadInput('the database has no county yet');
		const own = ledgerKey(process.env, { embedded: opened.embedded, folder: where.folder });
		if (!own.ok && own.reason === 'bad_key') throw new BadInput(own.message);

		if (verb === 'checkpoint') {
			const made = await checkpoint(db, county, own, new Date());
			if (made.ok) return print(made.checkpoint);
			say(made.message);
			return made.reason === 'broken' ? 1 : 2;
		}
		const keys = values['no-signatures'] ? null : [...knownKeys(county, own), ...given];
		const newest = await readCheckpoint(db, county);
		if (keys?.length === 0 && (newest || values.against.length > 0))
			throw new BadInput(
				'no key to check signatures with: give --key, or leave them out with --no-signatures'
			);
		const held = values.against.map((file) => outside(file, originOf(county), keys));
		const result = await checkLedger(db, county, {
			keys,
			outside: held,
			onProgress: (entries) => say(`checked ${entries}`)
		});
		if (!result.ok) {
			const message = told(result.fault);
			print({ ...result, message });
			say(message);
			return 1;
		}
		if (verb === 'check') return print(result);

		// A cosigner vouches for what was just checked, so nothing but the newest checkpoint is signed.
		const { name, 'key-file': file } = values;
		if (!name || !isKeyName(name) || !file) throw new BadInput(`usage: ${USAGE}`);
		const seed = readSeed(text(file));
		if (!seed) throw new BadInput(`${file}: neither an Ed25519 key in PKCS#8 PEM nor the Base64 of 32 bytes`);
		if (!newest) throw new BadInput('there is no checkpoint to sign yet');
		const at = new Date();
		const line = cosign(newest.note, name, seed, Math.floor(at.getTime() / 1000));
		await importCosignatures(
			db,
			county,
			`${newest.note}${line}\n`,
			[verifierKey(name, seed, COSIGNATURE)],
			at
		);
		print(await readCheckpoint(db, county, newest.size));
	} finally {
		await opened.close();
	}
});
