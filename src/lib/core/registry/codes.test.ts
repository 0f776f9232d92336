import { expect, test } from 'vitest';
import { checkUscc, isEstateUnit, isIdentifier, isMiningLicence, townshipCode } from './codes';

test('统一社会信用代码: valid, early real ones with one failing check, both failing, malformed', () => {
	for (const code of ['91350100M000100Y43', '11370300MB286462XU'])
		expect(checkUscc(code)).not.toMatch(/wrong|malformed/);
	for (const code of ['91350211M0000XUF46', '91350100M0001TGQXM']) expect(checkUscc(code)).toBe('doubtful');
	expect(checkUscc('91350125MA3000000X')).toBe('wrong');
	for (const code of ['', '9135', '91350100M000100Y4I', '91350100m000100y43'])
		expect(checkUscc(code)).toBe('malformed');
});

test('any one changed character of a code that passes both checks is noticed', () => {
	const valid = '91350125MA3000010F';
	expect(checkUscc(valid)).toBe('valid');
	for (let i = 0; i < 18; i++) {
		const other = valid[i] === '7' ? '8' : '7';
		expect(checkUscc(valid.slice(0, i) + other + valid.slice(i + 1))).not.toBe('valid');
	}
});

test('采矿许可证号 and 不动产单元号', () => {
	expect(isMiningLicence('C3501252020017100000001')).toBe(true);
	expect(isMiningLicence('C3501252020137100000001')).toBe(false);
	expect(isMiningLicence('3501252020017100000001')).toBe(false);
	expect(isEstateUnit('350125001001GB00001W00000000')).toBe(true);
	expect(isEstateUnit('350125001001GB00001')).toBe(true);
	expect(isEstateUnit('350125001001GB0001')).toBe(false);
});

test('township codes of 9 and 12 digits', () => {
	expect(townshipCode('350125100000')).toBe('350125100');
	expect(townshipCode(' 350125100 ')).toBe('350125100');
	expect(townshipCode('350125100001')).toBeNull();
});

test('ids are NFC, 1–64 code points, without control characters', () => {
	expect(isIdentifier('地块'.repeat(32))).toBe(true);
	expect(isIdentifier('𠮷'.repeat(64))).toBe(true);
	for (const id of ['', 'a'.repeat(65), 'e\u0301', 'a\tb', '\u0085', '\ud800', '__proto__'])
		expect(isIdentifier(id)).toBe(false);
});
