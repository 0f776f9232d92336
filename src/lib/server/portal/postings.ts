// Postings as anybody sees them: all that are public, one with what belongs to it, its tombstone. Read from the views of
// schema portal and nothing else; what was withdrawn has no content there, and a penalty whose time is over is shown no
// longer either.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { PublicPenalty, PublicResult } from '../../core/posting/redact';
import type { PostingRow } from '../../core/posting/search';
import type { Outcome } from '../../core/posting/state';
import type { Database } from '../db/database';

/** The document of a posting, as it was let out. */
export type PostedDocument = PublicResult | PublicPenalty;

export interface Tombstone {
	number: number;
	why: 'withdrawn' | 'ended';
	postedOn: string;
	goneOn: string;
	reason: string | null;
	replacedBy: number | null;
}

const day = (column: 'posted_at' | 'withdrawn_at') =>
	sql`(${sql.ref(column)} AT TIME ZONE 'Asia/Shanghai')::date::text`;
const columns = sql`number, kind, result, ${day('posted_at')} AS "postedOn", checked_on::text AS "checkedOn", party,
	party_name AS "partyName", target, target_kind AS "targetKind", township, township_name AS "townshipName", cell, items,
	outcome, ends_on::text AS "endsOn", repaired_on::text AS "repairedOn",
	CASE kind WHEN 'penalty' THEN document::jsonb #>> '{penalty,documentNumber}' END AS "documentNumber"`;

/** What of an entry is for programs only. */
interface EveryRow extends PostingRow {
	postedAt: Date;
	seq: number | null;
	documentHash: string;
}

/** Every one that is public on the day of `at`, by number, a batch after the other. */
export async function* everyPosting(db: Database, county: string, at: Date): AsyncGenerator<EveryRow[]> {
	for (let after = 0; ;) {
		const { rows } = await sql<EveryRow>`
			SELECT ${columns}, posted_at AS "postedAt", seq, document_hash AS "documentHash" FROM portal.posting
			WHERE county = ${county} AND withdrawn_at IS NULL AND (ends_on IS NULL OR ends_on >= ${dayInChina(at)}::date)
				AND number > ${after} ORDER BY number LIMIT 2000`.execute(db);
		if (rows.length > 0) yield rows;
		if (rows.length < 2000) return;
		after = rows.at(-1)!.number;
	}
}

/** The newest, with those that were withdrawn; for feeds. */
export async function newestPostings(db: Database, county: string, most: number, at: Date) {
	const { rows } = await sql<
		PostingRow & { postedAt: Date; withdrawnAt: Date | null; withdrawnReason: string | null }
	>`SELECT ${columns}, posted_at AS "postedAt", withdrawn_at AS "withdrawnAt", withdrawn_reason AS "withdrawnReason"
		FROM portal.posting WHERE county = ${county} AND (ends_on IS NULL OR ends_on >= ${dayInChina(at)}::date)
		ORDER BY greatest(posted_at, withdrawn_at) DESC, number DESC LIMIT ${most}`.execute(db);
	return rows;
}

/** null: there never was one of this number. */
export async function readPosting(db: Database, county: string, number: number, at: Date) {
	const { rows } = await sql<{
		number: number;
		postedOn: string;
		withdrawnOn: string | null;
		reason: string | null;
		replacedBy: number | null;
		seq: number | null;
		result: number;
		document: string | null;
		documentHash: string;
		endsOn: string | null;
		repairedOn: string | null;
	}>`SELECT number, ${day('posted_at')} AS "postedOn", ${day('withdrawn_at')} AS "withdrawnOn", withdrawn_reason AS reason,
			replaced_by AS "replacedBy", seq, result, document, document_hash AS "documentHash", ends_on::text AS "endsOn",
			repaired_on::text AS "repairedOn"
		FROM portal.posting WHERE county = ${county} AND number = ${number}`.execute(db);
	const row = rows[0];
	if (!row) return null;
	const { postedOn, withdrawnOn, reason, replacedBy, endsOn, document, ...rest } = row;
	const gone = (why: Tombstone['why'], goneOn: string): { gone: Tombstone } => ({
		gone: { number, why, postedOn, goneOn, reason, replacedBy }
	});
	if (withdrawnOn !== null || document === null) return gone('withdrawn', withdrawnOn ?? postedOn);
	if (endsOn !== null && endsOn < dayInChina(at)) return gone('ended', endsOn);
	const text = document;
	return { posting: { ...rest, postedOn, endsOn, text, document: JSON.parse(document) as PostedDocument } };
}

/** What the party of a posting says against it; how, is between the party and the bureau. */
export async function appealsOf(db: Database, county: string, number: number) {
	const { rows } = await sql<{
		id: number;
		kind: 'objection' | 'appeal';
		filedAt: Date;
		answeredAt: Date | null;
		upheld: boolean | null;
	}>`SELECT id, kind, filed_at AS "filedAt", answered_at AS "answeredAt", upheld FROM portal.appeal
		WHERE county = ${county} AND posting = ${number} ORDER BY id`.execute(db);
	return rows;
}

/** 状态条: every batch with an open list that called a target, the newest first; number null: 未核定. */
export async function callsOfTarget(db: Database, county: string, code: string) {
	const { rows } = await sql<{
		seq: number;
		drawnAt: Date;
		number: number | null;
		outcome: Outcome | null;
		postedAt: Date | null;
	}>`SELECT seq, drawn_at AS "drawnAt", number, outcome, posted_at AS "postedAt" FROM portal.called
		WHERE county = ${county} AND target = ${code} ORDER BY seq DESC`.execute(db);
	return rows;
}

export interface Outline {
	code: string;
	name: string;
	/** GeoJSON MultiPolygon, coarse. */
	shape: string;
	provenance: string;
	licence: string | null;
	/** 审图号. */
	reviewNumber: string | null;
	sketch: boolean;
}

/** Townships of today, and where their outlines are from. */
export async function townshipOutlines(db: Database, county: string): Promise<Outline[]> {
	const { rows } =
		await sql<Outline>`SELECT code, name, shape, provenance, licence, review_number AS "reviewNumber", sketch
		FROM portal.outline WHERE county = ${county} ORDER BY code`.execute(db);
	return rows;
}

/** 抽查事项清单 as of a day. */
export async function publicItems(db: Database, county: string, at: Date) {
	const { rows } = await sql<{
		code: string;
		name: string;
		kind: PostingRow['targetKind'];
		content: string;
		basis: string;
		method: string;
		category: 'priority' | 'general';
		from: string | null;
		to: string | null;
	}>`SELECT code, name, kind, content, basis, method, category, lower(valid)::text AS "from",
			(upper(valid) - 1)::text AS "to" FROM portal.item
		WHERE county = ${county} AND valid @> ${dayInChina(at)}::date ORDER BY kind DESC, code COLLATE "C"`.execute(
		db
	);
	return rows;
}
