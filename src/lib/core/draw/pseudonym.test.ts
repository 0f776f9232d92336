import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { opens, pseudonymOf } from './pseudonym';

const secret = '5a'.repeat(32);

test('the id is the tagged hash of the secret and the code', () => {
	const bytes = Buffer.concat([
		Buffer.from('fairlot/id/1\0'),
		Buffer.from(secret, 'hex'),
		Buffer.from('矿7')
	]);
	expect(pseudonymOf(secret, '矿7')).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('a row opens with its own secret and code, and with no other', () => {
	const row = { id: pseudonymOf(secret, 'C1'), code: 'C1', secret };
	expect(opens(row)).toBe(true);
	expect(opens({ ...row, code: 'C2' })).toBe(false);
	expect(opens({ ...row, secret: 'a5'.repeat(32) })).toBe(false);
	// Not hex, or too short: no error, only no.
	expect(opens({ ...row, secret: 'x' })).toBe(false);
	expect(opens({ ...row, secret: secret.slice(2) })).toBe(false);
});
