// 异议, 申诉: what parties say against a posting, with the day until which they are answered. Answered once, in writing; a
// posting that was objected to with reason is taken off by the steps of its result.
import { sql } from 'kysely';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import { dayInChina } from '../../core/calendar/year';
import { clock, workingDaysLeft, type Clock } from '../../core/posting/deadline';
import { changeOne } from '../db/change-one';
import type { Database } from '../db/database';
import { shownPage } from '../paging';
import { append } from '../ledger';
import { dueOf, readClocks } from './clocks';
import type { Acting } from './step';

interface Read {
	id: number;
	posting: number;
	/** The result the posting is of. */
	result: number;
	kind: 'objection' | 'appeal';
	partyName: string;
	statement: string;
	filedAt: Date;
	answer: string | null;
	upheld: boolean | null;
	answeredBy: string | null;
	answeredAt: Date | null;
	withdrawn: boolean;
}

export interface AppealRow extends Read {
	due: string | null;
	clock: Clock | null;
	left: { days: number; working: boolean } | null;
}

const PAGE = 50;

/** Unanswered ones first, those longest waited for before the rest; then the answered, the newest first. */
export async function listAppeals(
	db: Database,
	county: string,
	at: Date,
	asked: { all: boolean; page: number }
) {
	const shown = asked.all ? sql`true` : sql`a.answered_at IS NULL`;
	const { rows: counted } = await sql<{ total: number; open: number }>`
		SELECT count(*)::integer AS total, (count(*) FILTER (WHERE a.answered_at IS NULL))::integer AS open
		FROM app.appeal a WHERE a.county = ${county}`.execute(db);
	const { open } = counted[0]!;
	const total = asked.all ? counted[0]!.total : open;
	const { page, pages, offset } = shownPage(total, asked.page, PAGE);
	const { rows } = await sql<Read>`
		SELECT a.id, a.posting, p.result, a.kind, y.name AS "partyName", a.statement, a.filed_at AS "filedAt", a.answer,
			a.upheld, coalesce(u.name, a.answered_by) AS "answeredBy", a.answered_at AS "answeredAt",
			p.withdrawn_at IS NOT NULL AS withdrawn
		FROM app.appeal a JOIN app.posting p ON p.county = a.county AND p.number = a.posting
		JOIN app.party y ON y.county = a.county AND y.uscc = a.party LEFT JOIN auth.user u ON u.id = a.answered_by
		WHERE a.county = ${county} AND ${shown}
		ORDER BY a.answered_at DESC NULLS FIRST, a.filed_at LIMIT ${PAGE} OFFSET ${offset}`.execute(db);
	const today = dayInChina(at);
	const clocks = await readClocks(db, county);
	return {
		...{ total, open, page, pages },
		rows: rows.map((row): AppealRow => {
			const due = dueOf(clocks, 'appeal_answered', dayInChina(row.filedAt));
			const done = row.answeredAt && dayInChina(row.answeredAt);
			const days = due === null || done ? null : workingDaysLeft(clocks.years, today, due);
			return {
				...{ ...row, due },
				clock: due === null ? null : clock(due, done, today),
				left: days === null ? null : { days, working: true }
			};
		})
	};
}

export type AnswerOutcome = { ok: true } | { ok: false; reason: 'number' | 'answered' };

export const answerAppeal = (
	{ db, county, actor, at }: Acting,
	{ id, answer, upheld }: { id: number; answer: string; upheld: boolean }
): Promise<AnswerOutcome> =>
	db.transaction().execute(async (trx) => {
		const row = await trx
			.selectFrom('app.appeal')
			.where('county', '=', county)
			.where('id', '=', id)
			.select(['posting', 'answered_at'])
			.forUpdate()
			.executeTakeFirst();
		if (!row) return { ok: false, reason: 'number' } as const;
		if (row.answered_at) return { ok: false, reason: 'answered' } as const;
		await changeOne(
			trx
				.updateTable('app.appeal')
				.set({ answer, upheld, answered_by: actor, answered_at: at })
				.where('county', '=', county)
				.where('id', '=', id)
		);
		await append(trx, county, {
			...{ type: 'appeal.answered', at: at.toISOString(), actor, id, posting: row.posting, upheld },
			// As with what the party wrote, the ledger keeps its digest.
			answerHash: toHex(sha256(answer))
		});
		return { ok: true } as const;
	});
