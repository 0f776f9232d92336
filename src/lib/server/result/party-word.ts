// The one-time word on a party's notice: twelve characters without lookalikes (31^12, some 59 bits), kept as a salted hash.
// It opens the party's own page until it expires, and is used up by the first thing it files. Guesses are counted before
// any word is looked at, and a party nobody knows costs the same comparison as one with a wrong word.
import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import { claimGuess, forgiveGuess } from '../attempt';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import type { Acting } from './step';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const DAY_MS = 86_400_000;
/** As long as a posting may be objected to and answered, with some room. */
const GOOD_DAYS = 90;
/** After so long on one device the word is asked for again. */
const VISIT_MS = 30 * 60_000;

const hashOf = (salt: string, word: string) => toHex(sha256(`fairlot/word/1\0${salt}\0`, word));
const typed = (word: string) =>
	word
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '')
		.slice(0, 24);
const codeOf = (code: string) =>
	code.replaceAll('\0', '').normalize('NFKC').trim().toUpperCase().slice(0, 64);

/** Whom a result concerns, and in which office's townships; null: there is no such result. */
export async function partyOfResult(
	db: Database,
	county: string,
	id: number
): Promise<{ party: string | null; name: string | null; office: string | null } | null> {
	const row = await db
		.selectFrom('app.result as r')
		.leftJoin('app.party as p', (join) =>
			join.onRef('p.county', '=', 'r.county').onRef('p.uscc', '=', 'r.party')
		)
		.leftJoin('app.office as o', (join) =>
			join.onRef('o.county', '=', 'r.county').on(sql<boolean>`r.township = ANY (o.townships)`)
		)
		.where('r.county', '=', county)
		.where('r.id', '=', id)
		.select(['r.party', 'p.name', 'o.code as office'])
		.executeTakeFirst();
	return row ?? null;
}

/** A new word for a party; earlier ones stay good until they expire. `word` is shown once and kept nowhere. */
export async function issueWord(
	{ db, county, actor, at }: Acting,
	party: string
): Promise<{ ok: true; word: string; expiresAt: Date } | { ok: false; reason: 'party' }> {
	const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
	const word = [group(), group(), group()].join('-');
	const salt = randomBytes(16).toString('hex');
	const expiresAt = new Date(at.getTime() + GOOD_DAYS * DAY_MS);
	return db.transaction().execute(async (trx) => {
		const known = await trx
			.selectFrom('app.party')
			.where('county', '=', county)
			.where('uscc', '=', party)
			.select('uscc')
			.executeTakeFirst();
		if (!known) return { ok: false, reason: 'party' } as const;
		await sql`SELECT pg_advisory_xact_lock(hashtext('app.party_word'))`.execute(trx);
		const { id } = await trx
			.selectFrom('app.party_word')
			.where('county', '=', county)
			.select(sql<number>`coalesce(max(id), 0) + 1`.as('id'))
			.executeTakeFirstOrThrow();
		await trx
			.insertInto('app.party_word')
			.values({
				...{ county, id, party, salt, word_hash: hashOf(salt, typed(word)) },
				...{ issued_by: actor, issued_at: at, expires_at: expiresAt }
			})
			.execute();
		await append(trx, county, { type: 'party.word_issued', at: at.toISOString(), actor, id, party });
		return { ok: true, word, expiresAt } as const;
	});
}

/** locked: too many guesses for this party, or from this address. */
export type Entered =
	| { ok: true; pass: string }
	| { ok: false; reason: 'wrong' }
	| { ok: false; reason: 'locked'; until: Date | null };

interface Given {
	party: string;
	word: string;
	/** The visitor's. */
	address: string;
}

/** db: as the sign-in sees it. pass: what the browser keeps, for `passedWord`. */
export async function enterParty(
	{ db, county, secret }: { db: Database; county: string; secret: string },
	given: Given,
	at: Date
): Promise<Entered> {
	const party = codeOf(given.party);
	// No user name has a space in it.
	const who = `party ${party}`;
	const guess = await claimGuess(db, who, given.address, at);
	if (!guess.allowed) return { ok: false, reason: 'locked', until: guess.lockedUntil };
	const words = await db
		.selectFrom('app.party_word')
		.where('county', '=', county)
		.where('party', '=', party)
		.where('expires_at', '>', at)
		.select(['id', 'salt', 'word_hash'])
		.orderBy('id', 'desc')
		.limit(20)
		.execute();
	const nobody = { id: 0, salt: '0'.repeat(32), word_hash: '0'.repeat(64) };
	const word = typed(given.word);
	const found = [...words, nobody].filter(({ salt, word_hash }) =>
		timingSafeEqual(Buffer.from(hashOf(salt, word), 'hex'), Buffer.from(word_hash, 'hex'))
	);
	const id = found[0]?.id;
	if (!id) return { ok: false, reason: 'wrong' };
	await forgiveGuess(db, who, given.address, at);
	return { ok: true, pass: passOf(secret, county, id, at.getTime() + VISIT_MS) };
}

const signed = (secret: string, text: string) =>
	createHmac('sha256', secret).update(`fairlot/party/1\0${text}`).digest('base64url');

function passOf(secret: string, county: string, id: number, untilMs: number): string {
	const text = `${id}.${untilMs}`;
	return `${text}.${signed(secret, `${county}.${text}`)}`;
}

export interface PartyVisit {
	/** Of the word. */
	id: number;
	party: string;
	used: boolean;
	expiresAt: Date;
}

/** Whoever holds a pass that `enterParty` gave within half an hour; null: nobody. */
export async function passedWord(
	{ db, county, secret }: { db: Database; county: string; secret: string },
	pass: string | undefined,
	at: Date
): Promise<PartyVisit | null> {
	const [id = '', until = '', mark = ''] = (pass ?? '').split('.');
	const wanted = Buffer.from(signed(secret, `${county}.${id}.${until}`));
	const given = Buffer.from(mark);
	if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
	if (Number(until) <= at.getTime()) return null;
	const row = await db
		.selectFrom('app.party_word')
		.where('county', '=', county)
		.where('id', '=', Number(id))
		.where('expires_at', '>', at)
		.select(['id', 'party', 'used_at', 'expires_at'])
		.executeTakeFirst();
	return row ? { id: row.id, party: row.party, used: row.used_at !== null, expiresAt: row.expires_at } : null;
}

/** Uses a word up; false: somebody has done so before. */
export async function useWord(
	trx: Transaction<DB>,
	county: string,
	{ id }: PartyVisit,
	at: Date
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('app.party_word')
		.set({ used_at: at })
		.where('county', '=', county)
		.where('id', '=', id)
		.where('used_at', 'is', null)
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}
