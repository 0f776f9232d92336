// What the ledger page shows: who did what when, filtered and paged by number. Filters look at the entries' bytes, which
// are canonical JSON and so hold each key and value in one way only; a row somebody spoiled is shown, not stumbled over.
import { sql, type RawBuilder } from 'kysely';
import type { Json } from '../core/bytes/canonical';
import { isCanonicalObject } from '../core/ledger/check';
import type { By } from './account';
import type { Database } from './db/database';

/** Empty strings do not filter. */
export interface LedgerFilter {
	/** An entry's type, or all of a kind: `draw.`. */
	type: string;
	/** An account's id, user name or name; or what stands for one, such as `operator`. */
	actor: string;
	/** Days of China, YYYY-MM-DD, both included. */
	from: string;
	to: string;
	/** Part of the entry as it is written; of digits only: an entry's number as well. */
	text: string;
}

export interface LedgerRow {
	seq: number;
	/** When the database took it in, by its clock. */
	recordedAt: Date;
	/** What the entry says of itself; '' when it is not the JSON it should be. */
	type: string;
	at: string;
	actor: string;
	/** Null when the bytes are not canonical JSON. */
	entry: Record<string, Json> | null;
	text: string;
	/** 32 bytes in hex. */
	leafHash: string;
}

export interface LedgerPage {
	rows: LedgerRow[];
	/** The next page's entries have smaller numbers than this; null: no more. */
	before: number | null;
}

/** A filter from the parameters of an address; what cannot be one is left out. */
export function filterOf(parameters: URLSearchParams): LedgerFilter {
	const given = (name: string, form: RegExp) => {
		const value = parameters.get(name)?.trim() ?? '';
		return form.test(value) ? value : '';
	};
	const day = (name: string) => {
		const value = given(name, /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/);
		return Number.isNaN(Date.parse(`${value}T00:00:00+08:00`)) ? '' : value;
	};
	return {
		type: given('type', /^[a-z_]{1,30}\.[a-z_]{0,40}$/),
		actor: given('actor', /^.{1,100}$/u),
		from: day('from'),
		to: day('to'),
		text: given('q', /^.{1,200}$/u)
	};
}

/** The newest entries first, those below `before` when it is given. */
export async function listEntries(
	db: Database,
	county: string,
	filter: LedgerFilter,
	{ before = Number.MAX_SAFE_INTEGER, limit = 50 }: { before?: number; limit?: number } = {}
): Promise<LedgerPage> {
	const conditions = await conditionsOf(db, filter);
	const { rows } = await sql<{ seq: number; at: Date; bytes: Buffer; leaf_hash: Buffer }>`
		SELECT seq, at, bytes, leaf_hash FROM ledger.entry
		WHERE county = ${county} AND seq < ${before} AND ${sql.join(conditions, sql` AND `)}
		ORDER BY seq DESC LIMIT ${limit + 1}`.execute(db);
	const shown = rows.slice(0, limit);
	return {
		rows: shown.map(({ seq, at, bytes, leaf_hash }) => ({
			...said(bytes),
			...{ seq, recordedAt: at, leafHash: leaf_hash.toString('hex') }
		})),
		before: rows.length > limit ? shown.at(-1)!.seq : null
	};
}

/** All of them, a thousand at a time in memory. */
export async function* everyEntry(
	db: Database,
	county: string,
	filter: LedgerFilter
): AsyncGenerator<LedgerRow[]> {
	for (let before: number | null = Number.MAX_SAFE_INTEGER; before !== null;) {
		const page: LedgerPage = await listEntries(db, county, filter, { before, limit: 1000 });
		yield page.rows;
		before = page.before;
	}
}

export interface AccountName {
	username: string;
	name: string;
}

/** Names of the accounts that these entries speak of, by id. */
export async function namesIn(db: Database, rows: readonly LedgerRow[]): Promise<Map<string, AccountName>> {
	const ids = new Set<string>();
	for (const { actor, entry } of rows)
		for (const id of [actor, entry?.account, entry?.askedBy]) if (typeof id === 'string' && id) ids.add(id);
	if (ids.size === 0) return new Map();
	const found = await db
		.selectFrom('auth.user')
		.select(['id', 'username', 'name'])
		.where('id', 'in', [...ids])
		.execute();
	return new Map(found.map(({ id, username, name }) => [id, { username, name }]));
}

/** Whom the filter offers, by user name. */
export const listActors = (db: Database): Promise<AccountName[]> =>
	db.selectFrom('auth.user').select(['username', 'name']).orderBy('username').limit(500).execute();

/** Entries in all: the county's counter. */
export async function ledgerSize(db: Database, county: string): Promise<number> {
	const { rows } = await sql<{ seq: number }>`SELECT seq FROM ledger.head WHERE county = ${county}`.execute(
		db
	);
	return rows[0]?.seq ?? 0;
}

/** That somebody took a copy away, and of what. */
export async function noteExport(db: Database, filter: LedgerFilter, { actor, at, address }: By) {
	const detail = JSON.stringify(filter);
	await db
		.insertInto('auth.event')
		.values({ at, type: 'ledger.exported', account: actor, actor, address, detail })
		.execute();
}

async function conditionsOf(db: Database, filter: LedgerFilter): Promise<RawBuilder<unknown>[]> {
	const { type, actor, from, to, text } = filter;
	const conditions: RawBuilder<unknown>[] = [sql`true`];
	if (type) conditions.push(holds([type.endsWith('.') ? `"type":"${type}` : `"type":"${type}"`]));
	if (actor) {
		const accounts = await db
			.selectFrom('auth.user')
			.select('id')
			.where((eb) => eb.or([eb('username', '=', actor.toLowerCase()), eb('name', '=', actor)]))
			.execute();
		const actors = [actor, ...accounts.map(({ id }) => id)];
		conditions.push(holds(actors.map((one) => `"actor":${JSON.stringify(one)}`)));
	}
	// Instants of entries are all written in one way (UTC, milliseconds), so their order is that of their letters.
	const saidAt = sql`substring(encode(bytes, 'escape') FROM '"at":"([^"]*)"') COLLATE "C"`;
	if (from) conditions.push(sql`${saidAt} >= ${startOf(from)}`);
	if (to) conditions.push(sql`${saidAt} < ${startOf(to, 1)}`);
	if (text) {
		const found = holds([text, JSON.stringify(text).slice(1, -1)]);
		const number = /^[0-9]{1,15}$/.test(text) ? Number(text) : null;
		conditions.push(number === null ? found : sql`(${found} OR seq = ${number})`);
	}
	return conditions;
}

/** Whether one of these texts stands in the entry, letter for letter. */
const holds = (texts: readonly string[]): RawBuilder<unknown> =>
	sql`(${sql.join(
		[...new Set(texts)].map((text) => sql`position(${Buffer.from(text)}::bytea IN bytes) > 0`),
		sql` OR `
	)})`;

/** The instant a day of China begins, `later` days on. */
const startOf = (day: string, later = 0): string =>
	new Date(Date.parse(`${day}T00:00:00+08:00`) + later * 86_400_000).toISOString();

function said(bytes: Buffer): Pick<LedgerRow, 'type' | 'at' | 'actor' | 'entry' | 'text'> {
	const text = bytes.toString('utf8');
	const entry = isCanonicalObject(bytes) ? (JSON.parse(text) as Record<string, Json>) : null;
	const word = (name: string) => (typeof entry?.[name] === 'string' ? entry[name] : '');
	return { type: word('type'), at: word('at'), actor: word('actor'), entry, text };
}
