import { sha256 as noble } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteStream } from '../../../../tests/support/brute-draw';
import { canonical } from './canonical';
import { compareUtf8 } from './compare';
import { fromHex, isHex, toHex } from './hex';
import { sha256, taggedHash } from './sha256';
import { stream } from './stream';

describe('sha256', () => {
	it('agrees with another implementation at every length around the block sizes', () => {
		for (let length = 0; length < 300; length++) {
			const bytes = Uint8Array.from({ length }, (_, i) => i * 7 + length);
			expect(toHex(sha256(bytes))).toBe(toHex(noble(bytes)));
		}
	});

	it('separates purposes by a tag and a zero byte', () => {
		expect(toHex(taggedHash('a', 'b'))).toBe(toHex(noble(Uint8Array.of(97, 0, 98))));
	});
});

describe('hex', () => {
	it('comes back, and refuses what is not lower-case hex', () => {
		fc.assert(fc.property(fc.uint8Array(), (bytes) => toHex(fromHex(toHex(bytes))) === toHex(bytes)));
		for (const text of ['0', 'AB', 'zz', '0x00']) expect(() => fromHex(text)).toThrow(RangeError);
		expect(isHex('ab', 1)).toBe(true);
		expect(isHex('ab', 2)).toBe(false);
	});
});

describe('canonical JSON', () => {
	it('sorts keys by UTF-16 units and escapes as RFC 8785 does', () => {
		expect(canonical({ '\ue000': 1, '🗺': 2, b: [true, null, -5], a: '"\\\n\u001f€' })).toBe(
			'{"a":"\\"\\\\\\n\\u001f€","b":[true,null,-5],"🗺":2,"\ue000":1}'
		);
	});

	it('keeps a key named __proto__ as a key', () => {
		expect(canonical(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
	});

	it('names the place of what has no canonical form', () => {
		const bad = {
			n: 0.5,
			big: 2 ** 53,
			nfd: 'e\u0301',
			lone: '\ud800',
			list: [undefined],
			date: new Date(0),
			nan: NaN
		};
		for (const [key, value] of Object.entries(bad)) {
			expect(() => canonical({ deep: [{ [key]: value }] })).toThrow(
				new RegExp(`^\\$\\.deep\\[0\\]\\.${key}`)
			);
		}
		expect(() => canonical({ 'e\u0301': 1 })).toThrow(TypeError);
	});
});

describe('order by UTF-8 bytes', () => {
	it('is that of the bytes, beyond the basic plane too', () => {
		const text = fc.string({
			unit: fc.constantFrom('a', '矿', '\ud7ff', '\ue000', '\uffff', '🗺', '\u{10ffff}', '\0')
		});
		fc.assert(
			fc.property(
				text,
				text,
				(a, b) => Math.sign(compareUtf8(a, b)) === Buffer.compare(Buffer.from(a), Buffer.from(b))
			)
		);
		expect(compareUtf8('\ue000', '🗺')).toBeLessThan(0);
	});
});

describe('number stream', () => {
	it('is that of the plain implementation, for every kind of bound', () => {
		const seed = sha256('stream');
		const { int } = stream(seed, 'township/永泰');
		const brute = bruteStream(seed, 'township/永泰');
		for (const m of [
			1,
			2,
			3,
			10,
			2 ** 16,
			2 ** 30,
			2 ** 30 + 1,
			2 ** 31 - 1,
			2 ** 31 + 1,
			4294967291,
			2 ** 32
		]) {
			for (let k = 0; k < 50; k++) expect(int(m)).toBe(brute(m));
		}
	});

	it('reads nothing for a bound of one, and rejects the incomplete run', () => {
		const a = stream(sha256('s'), 'x');
		const b = stream(sha256('s'), 'x');
		for (let k = 0; k < 20; k++) expect(a.int(1)).toBe(0);
		expect(a.int(1000)).toBe(b.int(1000));
		// Above 2³¹ about half of all words are rejected, yet values stay below the bound.
		for (let k = 0; k < 1000; k++) expect(a.int(2 ** 31 + 1)).toBeLessThanOrEqual(2 ** 31);
	});
});
