// The portal's draws of crews: every commitment in order, at once; the document, the names behind its aliases and who was
// replaced when the batch is closed. Read from the views of schema portal and nothing else.
import { sql } from 'kysely';
import { canonical } from '../core/bytes/canonical';
import type { CrewDocument } from '../core/crew/document';
import type { DrawState } from '../schema/ceremony';
import { documentOf } from './crew/lottery-reading';
import type { Database } from './db/database';

export interface PublicCrews {
	seq: number;
	/** Number of the list whose routes they are for; null: of the superior body. */
	drawSeq: number | null;
	state: Exclude<DrawState, 'frozen'>;
	level: string;
	commitment: string;
	prev: string | null;
	/** Whether prev is the commitment of the number before. */
	holds: boolean;
	announcedAt: Date;
	drawnAt: Date | null;
	revealedAt: Date | null;
	endedAt: Date | null;
	endReason: string | null;
	closeBy: Date;
	/** A deadline has passed and what was due is not there. */
	late: boolean;
	documentHash: string | null;
}

/** The newest first. */
export async function listPublicCrews(db: Database, county: string, at: Date): Promise<PublicCrews[]> {
	const { rows } = await sql<PublicCrews>`
		SELECT seq, draw_seq AS "drawSeq", state, assurance AS level, commitment, prev, announced_at AS "announcedAt",
			drawn_at AS "drawnAt", revealed_at AS "revealedAt", ended_at AS "endedAt", end_reason AS "endReason",
			close_by AS "closeBy", manifest_hash AS "documentHash",
			ended_at IS NULL AND (drawn_at IS NULL AND reveal_by < ${at} OR revealed_at IS NULL AND close_by < ${at}) AS late,
			prev IS NOT DISTINCT FROM lag(commitment) OVER before AND seq = coalesce(lag(seq) OVER before, 0) + 1 AS holds
		FROM portal.crew WHERE county = ${county} WINDOW before AS (ORDER BY seq) ORDER BY seq DESC`.execute(db);
	return rows;
}

/** The document as it may be seen: null before it is announced, and before it is open. */
export async function publicDocument(
	db: Database,
	county: string,
	seq: number
): Promise<CrewDocument | null> {
	const row = await db
		.selectFrom('portal.crew')
		.where('county', '=', county)
		.where('seq', '=', seq)
		.where('lottery', 'is not', null)
		.select(['lottery', 'plan', 'commitment', 'entropy'])
		.executeTakeFirst();
	if (!row?.lottery) return null;
	const { plan: sealedPlan, commitment, entropy } = row;
	return documentOf({ lottery: JSON.parse(row.lottery) as never, sealedPlan, commitment, entropy });
}

/** What a visitor may take away: plan.json at once, crew.json and names.csv when the batch is closed. */
export async function publicCrewFile(
	db: Database,
	county: string,
	seq: number,
	file: string
): Promise<string | null> {
	if (file === 'crew.json') {
		const document = await publicDocument(db, county, seq);
		return document && canonical(document);
	}
	if (file === 'names.csv') {
		const names = Object.entries(await publicNames(db, county, seq));
		return names.length === 0
			? null
			: `\ufeff${['alias,name', ...names.map((row) => row.join(',')), ''].join('\r\n')}`;
	}
	if (file !== 'plan.json') return null;
	const row = await db
		.selectFrom('portal.crew')
		.where('county', '=', county)
		.where('seq', '=', seq)
		.select('plan')
		.executeTakeFirst();
	return row?.plan ?? null;
}

export async function publicNames(
	db: Database,
	county: string,
	seq: number
): Promise<Record<string, string>> {
	const rows = await db
		.selectFrom('portal.crew_name')
		.where('county', '=', county)
		.where('seq', '=', seq)
		.select(['alias', 'name'])
		.orderBy('alias')
		.execute();
	return Object.fromEntries(rows.map(({ alias, name }) => [alias ?? '', name ?? '']));
}

export const publicReplacements = (db: Database, county: string, seq: number) =>
	db
		.selectFrom('portal.crew_replacement')
		.where('county', '=', county)
		.where('seq', '=', seq)
		.select(['route', 'seat', 'gone', 'rank', 'alias', 'reason', 'decided_at as decidedAt'])
		.orderBy('decided_at')
		.execute();
