// What the pages of the credit push show: messages with their clocks, platforms with their settings and never a secret,
// comparisons, what the counterpart took, what came back.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import { platformNames, type CreditAction, type PlatformName } from '../../core/credit/message';
import type { CreditGrade } from '../../core/model';
import { clock, type Clock } from '../../core/posting/deadline';
import type { Database } from '../db/database';
import { shownPage } from '../paging';
import { wayOf, type CreditSettings } from './settings';

export const messageStates = ['waiting', 'overdue', 'dead', 'accepted'] as const;
export type MessageFilter = (typeof messageStates)[number];

const PAGE = 50;
/** A message that could have gone so long ago that nobody seems to be sending. */
const UNATTENDED_MS = 600_000;

export interface MessageRow {
	id: number;
	platform: PlatformName;
	penalty: number;
	result: number;
	documentNumber: string;
	partyName: string;
	action: CreditAction;
	number: number;
	state: 'waiting' | 'accepted' | 'dead';
	/** An earlier message of the case is not accepted yet. */
	blocked: boolean;
	attempts: number;
	createdAt: Date;
	nextAt: Date;
	acceptedAt: Date | null;
	failure: string | null;
	due: string | null;
}

const columns = sql`m.id, m.platform, m.penalty, p.result, p.document_number AS "documentNumber", y.name AS "partyName",
	m.action, m.number, m.state, m.attempts, m.created_at AS "createdAt", m.next_at AS "nextAt",
	m.accepted_at AS "acceptedAt", m.failure, m.due::text AS due,
	m.state = 'waiting' AND EXISTS (SELECT FROM app.credit_message b WHERE b.county = m.county
		AND b.platform = m.platform AND b.penalty = m.penalty AND b.number < m.number AND b.state <> 'accepted') AS blocked`;
const from = sql`app.credit_message m
	JOIN app.penalty p ON p.county = m.county AND p.id = m.penalty
	JOIN app.party y ON y.county = p.county AND y.uscc = p.party`;

const withClock = <Row extends MessageRow>(row: Row, today: string): Row & { clock: Clock | null } => ({
	...row,
	clock: row.due === null ? null : clock(row.due, row.acceptedAt && dayInChina(row.acceptedAt), today)
});

export interface MessageQuery {
	platform: PlatformName | null;
	state: MessageFilter | null;
	/** In the document's number, the party's name or the key. */
	text: string;
	page: number;
}

export async function listMessages(db: Database, county: string, query: MessageQuery, at: Date) {
	const { platform, state, text } = query;
	const today = dayInChina(at);
	const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
	const held = sql`m.county = ${county}
		AND ${platform ? sql`m.platform = ${platform}` : sql`true`}
		AND ${state === null ? sql`true` : state === 'overdue' ? sql`m.state <> 'accepted' AND m.due < ${today}::date` : sql`m.state = ${state}`}
		AND ${text === '' ? sql`true` : sql`(p.document_number ILIKE ${like} OR y.name ILIKE ${like} OR m.business_key ILIKE ${like})`}`;
	const { rows: counted } = await sql<{
		total: number;
	}>`SELECT count(*) AS total FROM ${from} WHERE ${held}`.execute(db);
	const total = counted[0]!.total;
	const { page, pages, offset } = shownPage(total, query.page, PAGE);
	const { rows } = await sql<MessageRow>`SELECT ${columns} FROM ${from} WHERE ${held}
		ORDER BY (m.state = 'accepted'), CASE WHEN m.state <> 'accepted' THEN m.due END, m.id DESC
		LIMIT ${PAGE} OFFSET ${offset}`.execute(db);
	return { rows: rows.map((row) => withClock(row, today)), total, page, pages };
}

export async function readMessage(db: Database, county: string, id: number, at: Date) {
	const { rows } = await sql<
		MessageRow & { key: string; body: string; receipt: string | null; sentAt: Date | null }
	>`
		SELECT ${columns}, m.business_key AS key, m.body, m.receipt, m.sent_at AS "sentAt"
		FROM ${from} WHERE m.county = ${county} AND m.id = ${id}`.execute(db);
	const [row] = rows;
	if (!row) return null;
	const { rows: others } = await sql<MessageRow>`SELECT ${columns} FROM ${from}
		WHERE m.county = ${county} AND m.platform = ${row.platform} AND m.penalty = ${row.penalty}
		ORDER BY m.number`.execute(db);
	return { ...withClock(row, dayInChina(at)), of: others };
}

export interface PlatformState {
	name: PlatformName;
	way: 'json' | 'xml' | 'folder' | 'counterpart' | 'none';
	/** Host or folder; of `none`: why. */
	where: string;
	waiting: number;
	dead: number;
	accepted: number;
	overdue: number;
	lastAcceptedAt: Date | null;
	/** Something waits that could have gone, and nobody takes it. */
	unattended: boolean;
}

export async function platformStates(
	db: Database,
	county: { code: string; demo: boolean },
	{ settings, embedded, at }: { settings: CreditSettings; embedded: boolean; at: Date }
): Promise<PlatformState[]> {
	const { rows } = await sql<Omit<PlatformState, 'way' | 'where' | 'unattended'> & { since: Date | null }>`
		SELECT n.name, count(*) FILTER (WHERE m.state = 'waiting') AS waiting,
			count(*) FILTER (WHERE m.state = 'dead') AS dead, count(*) FILTER (WHERE m.state = 'accepted') AS accepted,
			count(*) FILTER (WHERE m.state <> 'accepted' AND m.due < ${dayInChina(at)}::date) AS overdue,
			max(m.accepted_at) AS "lastAcceptedAt", min(greatest(m.next_at, m.lease_until)) FILTER (
				WHERE m.state = 'waiting' AND m.demo = ${county.demo} AND NOT EXISTS (SELECT FROM app.credit_message b
					WHERE b.county = m.county AND b.platform = m.platform AND b.penalty = m.penalty AND b.number < m.number
						AND b.state <> 'accepted')) AS since
		FROM unnest(${[...platformNames]}::text[]) AS n(name)
		LEFT JOIN app.credit_message m ON m.county = ${county.code} AND m.platform = n.name
		GROUP BY n.name`.execute(db);
	return platformNames.map((name) => {
		const { since, ...counts } = rows.find((row) => row.name === name)!;
		const way = wayOf(settings, name, { demo: county.demo, embedded });
		const where =
			way.way === 'json' || way.way === 'xml'
				? new URL(way.url).host
				: way.way === 'folder'
					? way.folder
					: way.way === 'none'
						? way.why
						: '';
		const unattended = way.way !== 'none' && since !== null && at.getTime() - since.getTime() > UNATTENDED_MS;
		return { ...counts, way: way.way, where, unattended };
	});
}

export async function listReconciliations(db: Database, county: string) {
	const rows = await db
		.selectFrom('app.credit_reconciliation as r')
		.leftJoin('auth.user as u', 'u.id', 'r.made_by')
		.where('county', '=', county)
		.select([
			'r.id',
			'r.platform',
			'r.expected',
			'r.held',
			'r.missing',
			'r.extra',
			'r.different',
			'r.failure'
		])
		.select(['r.made_at as madeAt', 'u.name as madeBy'])
		.orderBy('r.id', 'desc')
		.limit(60)
		.execute();
	return rows.map((row) => ({ ...row, platform: row.platform as PlatformName }));
}

/** The message behind a key, for what a comparison found; keys that were never ours are not in it. */
export async function messagesOf(db: Database, county: string, keys: readonly string[]) {
	const rows = await db
		.selectFrom('app.credit_message')
		.where('county', '=', county)
		.where('business_key', 'in', ['', ...keys])
		.select(['id', 'platform', 'business_key as key'])
		.execute();
	return rows;
}

export async function listReceived(db: Database, county: string) {
	const rows = await db
		.selectFrom('app.credit_received as r')
		.leftJoin('app.credit_message as m', (join) =>
			join
				.onRef('m.county', '=', 'r.county')
				.onRef('m.platform', '=', 'r.platform')
				.onRef('m.business_key', '=', 'r.business_key')
		)
		.where('r.county', '=', county)
		.select([
			'r.platform',
			'r.business_key as key',
			'r.body',
			'r.receipt',
			'r.received_at as receivedAt',
			'm.id'
		])
		.orderBy('r.received_at', 'desc')
		.orderBy('r.business_key', 'desc')
		.limit(200)
		.execute();
	return rows.map(({ body, platform, ...row }) => {
		const { action, record } = JSON.parse(body) as { action: CreditAction; record: Record<string, string> };
		return {
			...{ ...row, platform: platform as PlatformName, action },
			...{ party: record.CF_XDR_MC ?? '', documentNumber: record.CF_WSH ?? '' }
		};
	});
}

/** The last time each platform was asked for what it gives back. */
export async function lastIntakes(db: Database, county: string) {
	const rows = await db
		.selectFrom('app.credit_intake')
		.distinctOn('platform')
		.where('county', '=', county)
		.select(['platform', 'given', 'grades', 'periods', 'failure', 'made_at as madeAt'])
		.orderBy('platform')
		.orderBy('id', 'desc')
		.execute();
	return rows.map((row) => ({ ...row, platform: row.platform as PlatformName }));
}

export async function listStandings(db: Database, county: string, at: Date) {
	const { rows } = await sql<{
		id: number;
		uscc: string;
		name: string;
		grade: CreditGrade;
		from: string;
		to: string | null;
		source: string;
		state: 'ahead' | 'holds' | 'ended';
	}>`SELECT s.id, s.uscc, p.name, s.grade, lower(s.valid)::text AS "from", (upper(s.valid) - 1)::text AS "to", s.source,
			CASE WHEN s.ended_at IS NOT NULL THEN 'ended' WHEN s.applied_at IS NOT NULL THEN 'holds' ELSE 'ahead' END AS state
		FROM app.credit_standing s JOIN app.party p ON p.county = s.county AND p.uscc = s.uscc
		WHERE s.county = ${county} ORDER BY s.id DESC LIMIT 200`.execute(db);
	const { rows: listed } = await sql<{
		uscc: string;
		name: string;
		from: string;
		to: string | null;
		source: string;
		now: boolean;
	}>`SELECT b.uscc, p.name, lower(b.during)::text AS "from", (upper(b.during) - 1)::text AS "to", b.source,
			b.during @> ${dayInChina(at)}::date AS now
		FROM app.blacklist_period b JOIN app.party p ON p.county = b.county AND p.uscc = b.uscc
		WHERE b.county = ${county} ORDER BY lower(b.during) DESC, b.uscc LIMIT 200`.execute(db);
	return { grades: rows, listed };
}
