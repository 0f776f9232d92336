// The portal's list of draws: every commitment in order, with its state, its deadlines and what is missing (protocol §3,
// §8). Read from the views of schema portal and nothing else: what is not public yet is not in them, and no account is.
import { sql } from 'kysely';
import type { TargetKind } from '../core/model';
import type { DrawState } from '../schema/ceremony';
import type { Database } from './db/database';

/** met, late: done in time or afterwards; ended: aborted or void before it was due. */
export interface Deadline {
	by: Date;
	status: 'ahead' | 'overdue' | 'met' | 'late' | 'ended';
}

export interface PublicDraw {
	seq: number;
	commitment: string;
	prev: string | null;
	/** Whether prev is the commitment before it. */
	chain: 'first' | 'holds' | 'broken';
	state: Exclude<DrawState, 'frozen'>;
	level: 'L1' | 'L2' | 'L3';
	kind: TargetKind;
	planName: string;
	sampleSize: number;
	frameSize: number;
	/** False: made before there were ceremonies, as the demonstration's history. */
	ceremony: boolean;
	announcedAt: Date | null;
	lockedAt: Date | null;
	drawnAt: Date | null;
	revealedAt: Date | null;
	endedAt: Date | null;
	endReason: string | null;
	/** To draw by, and to open the list by. */
	revealBy: Deadline | null;
	closeBy: Deadline | null;
	/** The number of the draw that this one repeats. */
	redoOf: number | null;
	redos: number;
	objections: number;
}

/** Numbers that no published commitment has. */
export interface Gap {
	from: number;
	to: number;
}

interface Row extends Omit<PublicDraw, 'chain' | 'revealBy' | 'closeBy'> {
	before: string | null;
	revealBy: Date | null;
	closeBy: Date | null;
}

/** seq: one number; null: all of them. */
const rows = (db: Database, county: string, seq: number | null) =>
	sql<Row>`
		SELECT d.seq, d.commitment, d.prev, b.commitment AS before, d.state, d.assurance AS level, d.kind,
			d.plan_name AS "planName", d.sample_size AS "sampleSize", d.frame_size AS "frameSize", d.ceremony,
			d.announced_at AS "announcedAt", d.locked_at AS "lockedAt", d.drawn_at AS "drawnAt",
			d.revealed_at AS "revealedAt", d.ended_at AS "endedAt", d.end_reason AS "endReason",
			d.reveal_by AS "revealBy", d.close_by AS "closeBy", d.redo_of AS "redoOf",
			(SELECT count(*)::int FROM portal.draw r WHERE r.county = d.county AND r.redo_of = d.seq) AS redos,
			(SELECT count(*)::int FROM portal.objection x WHERE x.county = d.county AND x.seq = d.seq) AS objections
		FROM portal.draw d LEFT JOIN portal.draw b ON b.county = d.county AND b.seq = d.seq - 1
		WHERE d.county = ${county} AND (${seq}::int IS NULL OR d.seq = ${seq}::int)
		ORDER BY d.seq`.execute(db);

function deadline(by: Date | null, done: Date | null, ended: Date | null, at: Date): Deadline | null {
	if (!by) return null;
	if (done) return { by, status: done <= by ? 'met' : 'late' };
	if (ended && ended <= by) return { by, status: 'ended' };
	return { by, status: at > by ? 'overdue' : 'ahead' };
}

function publicDraw({ before, ...row }: Row, at: Date): PublicDraw {
	const { seq, prev, drawnAt, revealedAt, endedAt } = row;
	const follows = prev !== null && prev === before ? 'holds' : 'broken';
	return {
		...row,
		chain: seq === 1 && prev === null ? 'first' : follows,
		revealBy: deadline(row.revealBy, drawnAt, endedAt, at),
		closeBy: deadline(row.closeBy, revealedAt, endedAt, at)
	};
}

/** Every commitment in the order of its number, with the numbers that are missing. */
export async function listPublicDraws(
	db: Database,
	county: string,
	at: Date
): Promise<{ draws: PublicDraw[]; gaps: Gap[] }> {
	const found = await rows(db, county, null);
	const draws = found.rows.map((row) => publicDraw(row, at));
	const gaps: Gap[] = [];
	let last = 0;
	for (const { seq } of draws) {
		if (seq > last + 1) gaps.push({ from: last + 1, to: seq - 1 });
		last = seq;
	}
	return { draws, gaps };
}

/** The number of a commitment that somebody holds on paper; null: it was never published. */
export async function seqOf(db: Database, county: string, commitment: string): Promise<number | null> {
	const { rows: found } = await sql<{ seq: number }>`SELECT seq FROM portal.draw
		WHERE county = ${county} AND commitment = ${commitment}`.execute(db);
	return found[0]?.seq ?? null;
}

export async function publicDrawOf(
	db: Database,
	county: string,
	seq: number,
	at: Date
): Promise<PublicDraw | null> {
	const [row] = (await rows(db, county, seq)).rows;
	return row ? publicDraw(row, at) : null;
}
