// Guesses of a password or a code. Each is counted before the secret is looked at, in one statement, so that guesses sent
// at once cannot slip past the limit; the right one takes its own count back.
import { sql, type Kysely } from 'kysely';
import type { Database } from './db/database';
import type { DB } from './db/schema';

/** Failures in 15 minutes until the account, or the address, is locked for 15 minutes. An office shares one address. */
const limits = { name: 5, address: 50 };
const lockMs = 15 * 60 * 1000;

export interface Guess {
	/** Whether the secret may be looked at. */
	allowed: boolean;
	/** Set when this was the last guess, or one too many. */
	lockedUntil: Date | null;
}

const nameKey = (username: string) =>
	`name:${username.replaceAll('\0', '').trim().toLowerCase().slice(0, 64)}`;
const keysOf = (username: string, address: string) =>
	[
		[nameKey(username), limits.name],
		[`address:${address}`, limits.address]
	] as const;

/** Counts whatever may be done `limit` times under a key in 15 minutes. */
export async function claimTurn(db: Database, key: string, limit: number, at: Date): Promise<Guess> {
	const until = new Date(at.getTime() + lockMs);
	const since = new Date(at.getTime() - lockMs);
	const { rows } = await sql<{ guesses: number; locked_until: Date | null }>`
		INSERT INTO auth.attempt AS a (key, guesses, last_at) VALUES (${key}, 1, ${at})
		ON CONFLICT (key) DO UPDATE SET
			guesses = CASE
				WHEN a.locked_until > ${at} THEN ${limit}::int + 1
				WHEN a.locked_until IS NOT NULL OR a.last_at < ${since} THEN 1
				ELSE a.guesses + 1 END,
			last_at = CASE WHEN a.locked_until > ${at} THEN a.last_at ELSE ${at} END,
			locked_until = CASE
				WHEN a.locked_until > ${at} THEN a.locked_until
				WHEN a.locked_until IS NULL AND a.last_at >= ${since} AND a.guesses + 1 >= ${limit}::int
					THEN ${until}::timestamptz END
		RETURNING guesses, locked_until`.execute(db);
	const { guesses, locked_until: lockedUntil } = rows[0]!;
	return { allowed: guesses <= limit, lockedUntil };
}

/** Counts a guess against a user name (whether or not there is such an account) and an address. */
export async function claimGuess(db: Database, username: string, address: string, at: Date): Promise<Guess> {
	const found: Guess[] = [];
	for (const [key, limit] of keysOf(username, address)) found.push(await claimTurn(db, key, limit, at));
	const times = found.flatMap(({ lockedUntil }) => (lockedUntil ? [lockedUntil.getTime()] : []));
	return {
		allowed: found.every(({ allowed }) => allowed),
		lockedUntil: times.length > 0 ? new Date(Math.max(...times)) : null
	};
}

/** The guess was right: the account starts anew, the address has one guess fewer. Old counts go. */
export async function forgiveGuess(db: Database, username: string, address: string, at: Date): Promise<void> {
	const [[name], [from, limit]] = keysOf(username, address);
	const dayAgo = new Date(at.getTime() - 86_400_000);
	await sql`DELETE FROM auth.attempt WHERE key = ${name} OR last_at < ${dayAgo}`.execute(db);
	await sql`UPDATE auth.attempt SET guesses = guesses - 1, locked_until = NULL
		WHERE key = ${from} AND guesses BETWEEN 1 AND ${limit}::int`.execute(db);
}

/** Whoever got a new password may try it at once. */
export async function unlock(db: Kysely<DB>, username: string): Promise<void> {
	await db.deleteFrom('auth.attempt').where('key', '=', nameKey(username)).execute();
}
