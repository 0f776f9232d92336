// Signing in, the code of the second factor, and confirming again before what cannot be undone. What a failure tells is the
// same whether or not the account exists; guesses are counted before anything is looked at.
import { elevationMs, type Auth } from './auth';
import { passwordMatches } from './account';
import { claimGuess, forgiveGuess } from './attempt';
import { changeOne } from './db/change-one';
import type { Database } from './db/database';
import { askAuth, type Visitor } from './session';

/** Where a request comes from. */
export interface Caller {
	cookie: string | null;
	address: string;
	agent: string | null;
}

/** wrong: nothing more is said; locked: until then; busy: too many requests from this address; again: start over. */
export type SignInFailure = { ok: false; reason: 'wrong' | 'locked' | 'busy' | 'again'; until: Date | null };
/** headers: the cookies to hand on. */
export type SignedIn = { ok: true; step: 'done' | 'code'; account: string | null; headers: Headers };

const failure = (reason: SignInFailure['reason'], until: Date | null = null): SignInFailure => ({
	ok: false,
	reason,
	until
});

export async function signIn(
	auth: Auth,
	db: Database,
	{ username, password }: { username: string; password: string },
	caller: Caller,
	at: Date
): Promise<SignedIn | SignInFailure> {
	const guess = await claimGuess(db, username, caller.address, at);
	if (!guess.allowed) return failure('locked', guess.lockedUntil);
	const response = await askAuth(auth, '/sign-in/username', { ...caller, body: { username, password } });
	if (response.status === 429) return failure('busy');
	if (!response.ok) return guess.lockedUntil ? failure('locked', guess.lockedUntil) : failure('wrong');
	await forgiveGuess(db, username, caller.address, at);
	const answer = (await response.json()) as { twoFactorRedirect?: boolean; user?: { id: string } };
	const step = answer.twoFactorRedirect ? 'code' : 'done';
	return { ok: true, step, account: answer.user?.id ?? null, headers: response.headers };
}

/** A code of the authenticator, or one of the backup codes (told apart by their hyphen). */
const codePath = (code: string) =>
	code.includes('-') ? '/two-factor/verify-backup-code' : '/two-factor/verify-totp';

/** The second step. better-auth counts the codes: five wrong ones end the attempt, and lock the factor for 15 minutes. */
export async function giveCode(auth: Auth, code: string, caller: Caller): Promise<SignedIn | SignInFailure> {
	const response = await askAuth(auth, codePath(code), { ...caller, body: { code: code.trim() } });
	const answer = (await response.json().catch(() => ({}))) as { code?: string; user?: { id: string } };
	if (response.ok)
		return { ok: true, step: 'done', account: answer.user?.id ?? null, headers: response.headers };
	if (answer.code === 'ACCOUNT_TEMPORARILY_LOCKED') return failure('locked');
	if (response.status === 429) return failure('busy');
	const wrong = answer.code === 'INVALID_CODE' || answer.code === 'INVALID_BACKUP_CODE';
	return failure(wrong ? 'wrong' : 'again');
}

/** What confirming asks for: the password where there is one, the code where a second factor is enrolled. */
export async function confirmationNeeds(db: Database, visitor: Visitor) {
	const row = await db
		.selectFrom('auth.account')
		.select('id')
		.where('user_id', '=', visitor.id)
		.where('provider_id', '=', 'credential')
		.executeTakeFirst();
	return { password: row !== undefined, code: visitor.secondFactorEnrolled };
}

/** Ten minutes in which this session may do what cannot be undone. */
export async function confirm(
	auth: Auth,
	db: Database,
	visitor: Visitor,
	given: { password: string; code: string },
	caller: Caller,
	at: Date
): Promise<{ ok: true } | SignInFailure> {
	const needs = await confirmationNeeds(db, visitor);
	if (!needs.password && !needs.code) return failure('again');
	const guess = await claimGuess(db, visitor.username, caller.address, at);
	if (!guess.allowed) return failure('locked', guess.lockedUntil);
	const wrong = () => (guess.lockedUntil ? failure('locked', guess.lockedUntil) : failure('wrong'));
	if (needs.password && !(await passwordMatches(db, visitor.id, given.password))) return wrong();
	if (needs.code) {
		const result = await giveCode(auth, given.code, caller);
		if (!result.ok) return result.reason === 'wrong' ? wrong() : result;
	}
	await forgiveGuess(db, visitor.username, caller.address, at);
	await elevate(db, visitor, at);
	return { ok: true };
}

/** Notes the confirmation on the session. */
export async function elevate(db: Database, visitor: Visitor, at: Date): Promise<void> {
	await changeOne(
		db
			.updateTable('auth.session')
			.set({
				elevated_until: new Date(at.getTime() + elevationMs),
				...(visitor.secondFactorEnrolled ? { second_factor: true } : {})
			})
			.where('id', '=', visitor.session)
	);
}

export const isElevated = (visitor: Pick<Visitor, 'elevatedUntil'>, at: Date): boolean =>
	visitor.elevatedUntil !== null && visitor.elevatedUntil > at;
