// Codes of the two directories: 统一社会信用代码 (GB 32100-2015), 采矿许可证号, 不动产单元号 (GB/T 37346-2019), divisions.
// Invariant: a 统一社会信用代码 is refused only when its own check character and that of the organisation code inside it
// both fail, because some early real codes fail the first; when one fails, the row is kept with a warning.

import { isCanonicalText } from '../bytes/canonical';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** GB 32100: weights 3^(i−1) mod 31 over 17 characters; check = (31 − Σ mod 31) mod 31. */
export function usccCheckCharacter(first17: string): string {
	let sum = 0;
	let weight = 1;
	for (const character of first17) {
		sum += ALPHABET.indexOf(character) * weight;
		weight = (weight * 3) % 31;
	}
	return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** GB 11714: the organisation code is 8 characters and a check character modulo 11, X standing for 10. */
export function organisationCheckCharacter(first8: string): string {
	const value = (character: string) =>
		/\d/.test(character) ? Number(character) : character.charCodeAt(0) - 55;
	const sum = ORGANISATION_WEIGHTS.reduce((total, weight, i) => total + weight * value(first8[i]!), 0);
	return '0123456789X0'[11 - (sum % 11)]!;
}

export type UsccCheck = 'valid' | 'doubtful' | 'wrong' | 'malformed';

/** `doubtful`: exactly one of the two check characters fails. */
export function checkUscc(code: string): UsccCheck {
	if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return 'malformed';
	const own = usccCheckCharacter(code.slice(0, 17)) === code[17];
	const organisation = organisationCheckCharacter(code.slice(8, 16)) === code[16];
	if (own && organisation) return 'valid';
	return own || organisation ? 'doubtful' : 'wrong';
}

/** C + issuer 6 + YYYYMM + class 3 + serial 7, with a month that exists. */
export const isMiningLicence = (code: string) => /^C\d{6}\d{4}(0[1-9]|1[0-2])\d{10}$/.test(code);

/** 宗地 of 19 characters, or the whole unit of 28: 宗地 + 定着物 + unit. */
export const isEstateUnit = (code: string) => /^\d{12}[A-Z]{2}\d{5}([A-Z]\d{8})?$/.test(code);

/** Nine digits; the twelve-digit form adds 000. Null when it is neither. */
export function townshipCode(text: string): string | null {
	const code = /^(\d{9})(000)?$/.exec(text.trim())?.[1];
	return code ?? null;
}

/** Ids of the draw (protocol §2): NFC, 1–64 code points, no control characters; refused, never normalised. */
export function isIdentifier(code: string): boolean {
	const size = [...code].length;
	// eslint-disable-next-line no-control-regex
	const control = /[\u0000-\u001f\u007f-\u009f]/.test(code);
	return size >= 1 && size <= 64 && !control && code !== '__proto__' && isCanonicalText(code);
}
