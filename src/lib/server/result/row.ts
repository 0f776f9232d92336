// One line of the board: a result with what it waits for and until when. Order of the steps: a withdrawal that was asked
// for, approval, publication, a referral, a penalty, an order to put right, and at last somebody closes it.
import { sql, type RawBuilder } from 'kysely';
import { clock, daysLeft, workingDaysLeft, type Clock } from '../../core/posting/deadline';
import type { Outcome, PenaltyState, ReferralState, ResultState } from '../../core/posting/state';
import type { Database } from '../db/database';
import { dueOf, type Clocks } from './clocks';

export const waitings = [
	...(['approve', 'post', 'withdraw', 'refer', 'penalty', 'rectify', 'close'] as const)
] as const;
export type Waits = (typeof waitings)[number] | 'done';

export interface BoardRow {
	id: number;
	draw: number;
	target: string;
	name: string;
	partyName: string | null;
	office: string | null;
	officeCode: string | null;
	township: string;
	checkedOn: string;
	outcome: Outcome;
	state: ResultState;
	waits: Waits;
	/** Of the earliest that is not at its end. */
	penalty: PenaltyState | null;
	referral: ReferralState | null;
	recorder: string;
	/** Their account. */
	recordedBy: string;
	due: string | null;
	clock: Clock | null;
	/** Until it is due, below zero since; null: done, without a day, or over a year without a calendar. */
	left: { days: number; working: boolean } | null;
}

interface Read extends Omit<BoardRow, 'waits' | 'due' | 'clock' | 'left'> {
	postedOn: string | null;
	/** When a withdrawal was asked for, of the result or of a penalty. */
	askedOn: string | null;
	decidedOn: string | null;
	/** A case of which nothing became yet. */
	undisposed: boolean;
	orders: number;
	rectifyBy: string | null;
	closed: boolean;
}

/** The conditions of SQL that hold for results not yet at their end. */
export const open = sql`r.closed_at IS NULL AND r.state <> 'withdrawn'`;

export async function readRows(
	db: Database,
	county: string,
	where: RawBuilder<unknown>,
	page: { limit: number; offset: number } | null = null
): Promise<Read[]> {
	const day = (column: string) => sql`(${sql.raw(column)} AT TIME ZONE 'Asia/Shanghai')::date`;
	const { rows } = await sql<Read>`
		SELECT r.id, r.draw, r.target, t.name, p.name AS "partyName", o.name AS office, o.code AS "officeCode", r.township,
			r.checked_on::text AS "checkedOn", r.outcome, r.state, coalesce(u.name, r.recorded_by) AS recorder,
			r.recorded_by AS "recordedBy",
			${day('r.posted_at')}::text AS "postedOn",
			least(CASE WHEN r.state = 'posted' THEN ${day('r.withdrawal_asked_at')} END, n.asked)::text AS "askedOn",
			n.decided::text AS "decidedOn", n.state AS penalty, x.state AS referral,
			r.outcome = 'case' AND n.result IS NULL AND x.result IS NULL AS undisposed,
			coalesce(f.orders, 0) AS orders, f.rectify_by::text AS "rectifyBy", r.closed_at IS NOT NULL AS closed
		FROM app.result r
		JOIN LATERAL (SELECT name FROM app.target t WHERE t.county = r.county AND t.code = r.target
			ORDER BY t.valid DESC LIMIT 1) t ON true
		LEFT JOIN app.party p ON p.county = r.county AND p.uscc = r.party
		LEFT JOIN app.office o ON o.county = r.county AND r.township = ANY (o.townships)
		LEFT JOIN auth.user u ON u.id = r.recorded_by
		LEFT JOIN (SELECT result, count(*)::integer AS orders, min(rectify_by) AS rectify_by FROM app.result_finding
			WHERE county = ${county} AND measure = 'ordered' AND rectified_at IS NULL GROUP BY result) f ON f.result = r.id
		LEFT JOIN (SELECT result, min(decided_on) FILTER (WHERE state = 'decided') AS decided,
				min(${day('withdrawal_asked_at')}) FILTER (WHERE state = 'posted') AS asked,
				(array_agg(state ORDER BY id) FILTER (WHERE state IN ('drafted', 'reviewed', 'decided')))[1] AS state
			FROM app.penalty WHERE county = ${county} GROUP BY result) n ON n.result = r.id
		LEFT JOIN (SELECT y.result, (array_agg(y.state ORDER BY y.id) FILTER (WHERE
				y.state IN ('proposed', 'decided', 'sent', 'received') OR y.state = 'returned' AND NOT EXISTS (
				SELECT FROM app.referral a WHERE a.county = y.county AND a.again = y.id)))[1] AS state
			FROM app.referral y WHERE y.county = ${county} GROUP BY y.result) x ON x.result = r.id
		WHERE r.county = ${county} AND ${where} ORDER BY r.id DESC
		${page ? sql`LIMIT ${page.limit} OFFSET ${page.offset}` : sql``}`.execute(db);
	return rows;
}

const waitsOf = (row: Read): Waits => {
	if (row.closed || row.state === 'withdrawn') return 'done';
	if (row.askedOn) return 'withdraw';
	if (row.state === 'recorded') return 'approve';
	if (row.state === 'approved') return 'post';
	if (row.referral) return 'refer';
	if (row.penalty || row.undisposed) return 'penalty';
	return row.orders > 0 ? 'rectify' : 'close';
};

export function placed(row: Read, clocks: Clocks, today: string): BoardRow & { closed: boolean } {
	const { postedOn, askedOn, decidedOn, rectifyBy, orders: _, undisposed: __, ...rest } = row;
	const waits = waitsOf(row);
	const due =
		waits === 'withdraw'
			? dueOf(clocks, 'posting_withdrawn', askedOn!)
			: waits === 'penalty'
				? decidedOn && dueOf(clocks, 'posting_penalty', decidedOn)
				: waits === 'rectify'
					? rectifyBy
					: waits === 'refer' || waits === 'close' || (row.state === 'withdrawn' && !postedOn)
						? null
						: dueOf(clocks, 'posting_result', row.checkedOn);
	return {
		...rest,
		...{ waits, due },
		clock: due === null ? null : clock(due, waits === 'done' ? postedOn : null, today),
		left: due === null || waits === 'done' ? null : leftOf(waits, clocks, today, due)
	};
}

/** A withdrawal and an order are given calendar days, the rest working days. */
function leftOf(waits: Waits, { years }: Clocks, today: string, due: string): BoardRow['left'] {
	if (waits === 'withdraw' || waits === 'rectify') return { days: daysLeft(today, due), working: false };
	const days = workingDaysLeft(years, today, due);
	return days === null ? null : { days, working: true };
}
