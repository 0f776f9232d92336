// What an authenticator app shows: RFC 6238 with SHA-1, 6 digits, 30 seconds. key: base 32.
import { createHmac } from 'node:crypto';

export function totp(key: string, at = Date.now()): string {
	const bits = [...key.replace(/=+$/, '')].map((letter) =>
		'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')
	);
	const secret = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
	const mac = createHmac('sha1', secret).update(counter).digest();
	const offset = mac.readUInt8(mac.length - 1) & 15;
	return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
