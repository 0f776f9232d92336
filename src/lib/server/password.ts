// What a password must be, and passwords made by us. No list of common ones is fetched from anywhere: length, variety
// and not being the user name are what is asked, and guessing is stopped by attempt.ts.
import { randomInt } from 'node:crypto';

export type PasswordProblem = 'short' | 'long' | 'plain' | 'username';

/** At least 12 characters, or at least 10 of three kinds (lower case, upper case, digits, anything else). */
export function passwordProblem(password: string, username: string): PasswordProblem | null {
	const characters = [...password];
	if (characters.length > 128) return 'long';
	const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];
	const variety = kinds.filter((kind) => kind.test(password)).length;
	if (characters.length < (variety >= 3 ? 10 : 12)) return 'short';
	if (new Set(characters).size < 5) return 'plain';
	if (password.toLowerCase().includes(username.toLowerCase())) return 'username';
	return null;
}

/** Four groups of four: 31^16, about 79 bits; no letters that look like figures. */
export function oneTimePassword(): string {
	const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
	const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
	return [group(), group(), group(), group()].join('-');
}
