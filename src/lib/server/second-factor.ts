// Enrolling the second factor of one's own account, and giving it up. better-auth keeps the secret, encrypted.
import { renderSVG } from 'uqr';
import { recordFactor, type By } from './account';
import { claimGuess, forgiveGuess } from './attempt';
import type { Auth } from './auth';
import type { Database } from './db/database';
import { askAuth, type Visitor } from './session';
import { giveCode, type Caller, type SignInFailure } from './sign-in';

export interface Enrolment {
	/** otpauth: address, for the form that finishes the enrolment. */
	uri: string;
	/** The address as a QR code, SVG. */
	picture: string;
	/** The secret in base 32, to type where nothing can be scanned. */
	key: string;
	backupCodes: string[];
}

/** The address an authenticator app reads, under our user name instead of better-auth's made-up mail address. */
export function enrolmentOf(uri: string, username: string, backupCodes: string[]): Enrolment {
	const key = /[?&]secret=([A-Z2-7]+)/.exec(uri)?.[1] ?? '';
	const own = `otpauth://totp/Fairlot:${encodeURIComponent(username)}?secret=${key}&issuer=Fairlot&digits=6&period=30`;
	return { uri: own, picture: renderSVG(own, { border: 2 }), key, backupCodes };
}

type Failure = { ok: false; reason: SignInFailure['reason']; until: Date | null };

/** Asks with the password, which is counted as a guess. */
async function ask(
	{ auth, db, visitor, caller, at }: Asking,
	path: string,
	password: string
): Promise<{ ok: true; response: Response } | Failure> {
	const guess = await claimGuess(db, visitor.username, caller.address, at);
	if (!guess.allowed) return { ok: false, reason: 'locked', until: guess.lockedUntil };
	const response = await askAuth(auth, path, { ...caller, body: { password } });
	if (response.status === 429) return { ok: false, reason: 'busy', until: null };
	if (!response.ok) return { ok: false, reason: 'wrong', until: guess.lockedUntil };
	await forgiveGuess(db, visitor.username, caller.address, at);
	return { ok: true, response };
}

export interface Asking {
	auth: Auth;
	db: Database;
	visitor: Visitor;
	caller: Caller;
	at: Date;
}

export async function beginEnrolment(
	asking: Asking,
	password: string
): Promise<{ ok: true; enrolment: Enrolment } | Failure> {
	const result = await ask(asking, '/two-factor/enable', password);
	if (!result.ok) return result;
	const { totpURI, backupCodes } = (await result.response.json()) as {
		totpURI: string;
		backupCodes: string[];
	};
	return { ok: true, enrolment: enrolmentOf(totpURI, asking.visitor.username, backupCodes) };
}

/** The first code shows that the app has the secret; the session is a new one, with its second factor given. */
export async function finishEnrolment({ auth, db, visitor, caller }: Asking, code: string, by: By) {
	const result = await giveCode(auth, code, caller);
	if (result.ok) await recordFactor(db, visitor.id, true, by);
	return result;
}

export async function giveUpFactor(
	asking: Asking,
	password: string,
	by: By
): Promise<{ ok: true; headers: Headers } | Failure> {
	const result = await ask(asking, '/two-factor/disable', password);
	if (!result.ok) return result;
	await recordFactor(asking.db, asking.visitor.id, false, by);
	return { ok: true, headers: result.response.headers };
}
