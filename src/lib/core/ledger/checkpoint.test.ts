import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes/hex';
import { cosign, parseCheckpoint, signCheckpoint, verifyCheckpoint } from './checkpoint';
import {
	addLine,
	COSIGNATURE,
	formatVerifierKey,
	parseNote,
	parseVerifierKey,
	signLine,
	verifierKey,
	verifyNote
} from './note';

const seed = new Uint8Array(32).fill(1);
const second = new Uint8Array(32).fill(2);
const origin = 'fairlot/350125';
const checkpoint = { origin, size: 20852163, root: Uint8Array.from({ length: 32 }, (_, i) => i * 7) };
const own = verifierKey(origin, seed);
const office = verifierKey('witness.example/office', second, COSIGNATURE);
const note = signCheckpoint(checkpoint, seed);
const cosigned = addLine(note, cosign(note, office.name, second, 1679315147));

describe('signed note', () => {
	// From the documentation of Go's golang.org/x/mod/sumdb/note.
	const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
	const text =
		'If you think cryptography is the answer to your problem,\n' +
		"then you don't know what your problem is.\n";
	const line =
		'— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';

	it('of the reference implementation is verified, its key read and written', () => {
		const peter = parseVerifierKey(key)!;
		expect(formatVerifierKey(peter)).toBe(key);
		expect(verifyNote(`${text}\n${line}\n`, [peter])).toEqual({ ok: true, text, signedBy: [peter] });
		expect(verifyNote(`${text}\n${line}\n`, [own])).toEqual({ ok: false, reason: 'unknown_key' });
	});

	it('keeps empty lines in its text', () => {
		const poem = 'sul cuor della terra\n\ned è subito sera.\n';
		const signed = `${poem}\n${signLine(poem, origin, seed)}\n`;
		expect(verifyNote(signed, [own])).toMatchObject({ ok: true, text: poem });
	});

	it('is refused when it is none', () => {
		for (const bad of [
			'',
			'\n\n',
			text,
			`${text}\n`,
			`${text}\n${line}`,
			`${text}\n- PeterNeumann AAAAAAA=\n`,
			`${text}\n— A+B AAAAAAA=\n`,
			`${text}\n— A AAAA\n`,
			`${text}\n— A AAAAAAB=\n`,
			`a\tb\n\n${line}\n`,
			`a\r\n\n${line}\n`
		])
			expect(parseNote(bad)).toBeNull();
	});

	it('has verifier keys whose id is their own', () => {
		expect(parseVerifierKey(formatVerifierKey(office))).toEqual(office);
		const [name, id, base64] = key.split('+');
		for (const bad of ['', 'x', `${name}x+${id}+${base64}`, `${name}+c74f20a4+${base64}`, `+${id}+${base64}`])
			expect(parseVerifierKey(bad)).toBeNull();
	});
});

describe('checkpoint', () => {
	it('is the three lines of C2SP tlog-checkpoint under one signature, the same each time', () => {
		expect(note.split('\n').slice(0, 4)).toEqual([
			'fairlot/350125',
			'20852163',
			'AAcOFRwjKjE4P0ZNVFtiaXB3foWMk5qhqK+2vcTL0tk=',
			''
		]);
		expect(note).toMatch(/\n— fairlot\/350125 [A-Za-z0-9+/]{91}=\n$/);
		expect(signCheckpoint(checkpoint, seed)).toBe(note);
		expect(parseCheckpoint(note)).toEqual(checkpoint);
		expect(verifyCheckpoint(note, [own])).toEqual({ ok: true, checkpoint, signedBy: [own] });
	});

	it('is read from paper without a signature, but not verified', () => {
		const paper = note.slice(0, note.indexOf('\n\n') + 1);
		expect(parseCheckpoint(paper)).toEqual(checkpoint);
		expect(verifyCheckpoint(paper, [own])).toEqual({ ok: false, reason: 'not_a_note' });
	});

	it('with any one character changed is refused', () => {
		for (let i = 0; i < note.length; i++) {
			const changed = note.slice(0, i) + (note[i] === 'B' ? 'C' : 'B') + note.slice(i + 1);
			expect(verifyCheckpoint(changed, [own]).ok).toBe(false);
		}
	});

	it('signed by another key under our name is refused', () => {
		expect(verifyCheckpoint(signCheckpoint(checkpoint, second), [own])).toMatchObject({
			reason: 'unknown_key'
		});
		// The id of our key in front of somebody else's signature.
		const [, ours] = /— \S+ (\S+)\n$/.exec(note)!;
		const [, theirs] = /— \S+ (\S+)\n$/.exec(signCheckpoint(checkpoint, second))!;
		const mixed = Buffer.concat([
			Buffer.from(ours!, 'base64').subarray(0, 4),
			Buffer.from(theirs!, 'base64').subarray(4)
		]);
		const forged = note.replace(ours!, mixed.toString('base64'));
		expect(verifyCheckpoint(forged, [own])).toEqual({ ok: false, reason: 'false_signature', name: origin });
	});

	it('is none with a size or a root that is none', () => {
		const [, size, root] = note.split('\n') as [string, string, string];
		for (const bad of ['-1', '01', '1e3', '', ' 1', '9007199254740993'])
			expect(parseCheckpoint(note.replace(`\n${size}\n`, `\n${bad}\n`))).toBeNull();
		for (const bad of ['', 'AAAA', root.slice(0, -1), root.replace('tk=', 'tl=')])
			expect(parseCheckpoint(note.replace(root, bad))).toBeNull();
	});

	it('is cosigned by a second key, with the time it was seen', () => {
		expect(verifyCheckpoint(cosigned, [own, office])).toEqual({
			ok: true,
			checkpoint,
			signedBy: [own, office]
		});
		expect(verifyCheckpoint(cosigned, [office])).toMatchObject({ ok: true, signedBy: [office] });
		const { bytes } = parseNote(cosigned)!.signatures[1]!;
		expect(toHex(bytes.subarray(0, 8))).toBe('000000006418' + '50cb');
		expect(bytes).toHaveLength(72);
	});

	it('keeps a cosigner from standing in for the log, and a time from being moved', () => {
		// The same key and bytes read as the other kind of signature.
		expect(verifyCheckpoint(cosigned, [{ ...office, type: 1 }]).ok).toBe(false);
		const [, line] = cosigned.trimEnd().split('\n— ').slice(1);
		const [, base64] = line!.split(' ');
		const moved = Buffer.from(base64!, 'base64');
		moved[11]! ^= 1;
		expect(verifyCheckpoint(cosigned.replace(base64!, moved.toString('base64')), [own, office])).toEqual({
			ok: false,
			reason: 'false_signature',
			name: office.name
		});
		expect(() => cosign('nothing\n', office.name, second, 1)).toThrow(RangeError);
		expect(() => cosign(note, 'has space', second, 1)).toThrow(RangeError);
	});
});
