// What a party sees and files with the word on its notice: the postings about it, what it said against them and what was
// answered, and requests for recusal. What it wrote stays out of the ledger, which keeps its digest.
import { sql } from 'kysely';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import { dayInChina } from '../../core/calendar/year';
import { yearInChina } from '../burden/limit';
import type { Database } from '../db/database';
import { append } from '../ledger';
import { dueOf, readClocks } from '../result/clocks';
import { useWord, type PartyVisit } from '../result/party-word';
import { ruleOn } from '../rule';

interface Filing {
	/** As the sign-in sees it. */
	db: Database;
	county: string;
	at: Date;
}

export interface PartyAppeal {
	id: number;
	posting: number;
	kind: 'objection' | 'appeal';
	statement: string;
	filedAt: Date;
	answer: string | null;
	upheld: boolean | null;
	answeredAt: Date | null;
	due: string | null;
	late: boolean;
}

export interface PartyPosting {
	number: number;
	kind: 'result' | 'penalty';
	postedOn: string;
	withdrawnOn: string | null;
	target: string | null;
	/** As it is public: a person's is cut. */
	partyName: string | null;
}

/** How often a party was visited in a year, as far as that is public, and how often it may be. */
export interface PartyBurden {
	year: number;
	/** Batches with a posted result that stands. */
	visited: number;
	/** The rule of the day, null without one. */
	allowed: number | null;
	source: string | null;
}

/** portal: as the public sees it. */
export async function partyPage(
	{ db, county, at }: Filing,
	portal: Database,
	party: string
): Promise<{ postings: PartyPosting[]; appeals: PartyAppeal[]; burden: PartyBurden }> {
	const { rows: numbers } = await sql<{ number: number }>`
		SELECT app.postings_of(${county}, ${party}) AS number`.execute(db);
	const { rows: postings } = await sql<PartyPosting>`
		SELECT number, kind, (posted_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "postedOn",
			(withdrawn_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "withdrawnOn", target, party_name AS "partyName"
		FROM portal.posting WHERE county = ${county} AND number = ANY (${numbers.map(({ number }) => number)}::integer[])
		ORDER BY number DESC`.execute(portal);
	const year = yearInChina(at);
	const { rows: visits } = await sql<{ visited: number }>`
		SELECT count(DISTINCT seq)::integer AS visited FROM portal.posting
		WHERE county = ${county} AND number = ANY (${numbers.map(({ number }) => number)}::integer[])
			AND kind = 'result' AND extract(year FROM checked_on) = ${year}::integer`.execute(portal);
	const rule = await ruleOn(db, county, 'year_cap', at);
	const { rows } = await sql<Omit<PartyAppeal, 'due' | 'late'>>`
		SELECT id, posting, kind, statement, filed_at AS "filedAt", answer, upheld, answered_at AS "answeredAt"
		FROM app.appeal WHERE county = ${county} AND party = ${party} ORDER BY id DESC`.execute(db);
	const clocks = await readClocks(db, county);
	const appeals = rows.map((row) => {
		const due = dueOf(clocks, 'appeal_answered', dayInChina(row.filedAt));
		return { ...row, due, late: due !== null && !row.answeredAt && dayInChina(at) > due };
	});
	return {
		...{ postings, appeals },
		burden: {
			...{ year, visited: visits[0]!.visited },
			...{ allowed: rule?.value ?? null, source: rule?.source ?? null }
		}
	};
}

export type FilingReason = 'used' | 'posting' | 'inspector' | 'asked';
type Filed = { ok: true; due: string | null } | { ok: false; reason: FilingReason };
const refuse = (reason: FilingReason): Filed => ({ ok: false, reason });
const digest = (text: string) => toHex(sha256(text));

export function fileAppeal(
	{ db, county, at }: Filing,
	visit: PartyVisit,
	{ posting, kind, statement }: { posting: number; kind: 'objection' | 'appeal'; statement: string }
): Promise<Filed> {
	return db.transaction().execute(async (trx) => {
		const { rows } =
			await sql`SELECT FROM app.postings_of(${county}, ${visit.party}) n WHERE n = ${posting}`.execute(trx);
		if (rows.length === 0) return refuse('posting');
		if (!(await useWord(trx, county, visit, at))) return refuse('used');
		await sql`SELECT pg_advisory_xact_lock(hashtext('app.appeal'))`.execute(trx);
		const { id } = await trx
			.selectFrom('app.appeal')
			.where('county', '=', county)
			.select(sql<number>`coalesce(max(id), 0) + 1`.as('id'))
			.executeTakeFirstOrThrow();
		const { party } = visit;
		await trx
			.insertInto('app.appeal')
			.values({ county, id, posting, party, kind, statement, filed_at: at })
			.execute();
		const due = dueOf(await readClocks(trx, county), 'appeal_answered', dayInChina(at));
		await append(trx, county, {
			...{ type: 'appeal.filed', at: at.toISOString(), actor: 'party', id, posting, party, kind },
			statementHash: digest(statement)
		});
		return { ok: true, due };
	});
}

/** inspector: a name or a certificate, as the notice has it. */
export function applyForRecusal(
	{ db, county, at }: Filing,
	visit: PartyVisit,
	{ inspector: given, grounds }: { inspector: string; grounds: string }
): Promise<Filed> {
	return db.transaction().execute(async (trx) => {
		const { rows } = await sql<{ code: string | null }>`
			SELECT app.inspector_named(${county}, ${given}) AS code`.execute(trx);
		const inspector = rows[0]?.code;
		if (!inspector) return refuse('inspector');
		const uscc = visit.party;
		const open = await trx
			.selectFrom('app.recusal_case')
			.where('county', '=', county)
			.where('inspector', '=', inspector)
			.where('uscc', '=', uscc)
			.where((or) => or.or([or('decision', 'is', null), or('decision', '=', 'approved')]))
			.select('id')
			.executeTakeFirst();
		if (open) return refuse('asked');
		if (!(await useWord(trx, county, visit, at))) return refuse('used');
		const asked = { inspector, uscc, way: 'applied' } as const;
		await trx
			.insertInto('app.recusal_case')
			.values({ county, ...asked, reason: grounds, asked_by: 'party', asked_at: at })
			.execute();
		await append(trx, county, {
			...{ type: 'recusal.entered', at: at.toISOString(), actor: 'party', ...asked },
			reasonHash: digest(grounds)
		});
		return { ok: true, due: null };
	});
}
