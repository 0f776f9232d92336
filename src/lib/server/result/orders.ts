// 责令改正: what parties were ordered to put right, until when, and whether somebody saw that it was done.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import { clock, type Clock } from '../../core/posting/deadline';
import type { Severity } from '../../core/posting/state';
import type { Database } from '../db/database';

export interface OrderRow {
	result: number;
	number: number;
	target: string;
	targetName: string;
	partyName: string | null;
	office: string | null;
	item: string;
	text: string;
	severity: Severity;
	checkedOn: string;
	rectifyBy: string | null;
	rectifiedOn: string | null;
	rectifier: string | null;
	/** Of the phone; null: paper. */
	record: string | null;
	clock: Clock | null;
}

/** Rows to a page. */
const PAGE = 50;
export const orderStates = ['open', 'overdue', 'done', 'all'] as const;
type OrderState = (typeof orderStates)[number];

export async function listOrders(
	db: Database,
	county: string,
	at: Date,
	{ state, office, page }: { state: OrderState; office: string; page: number }
) {
	const { rows } = await sql<Omit<OrderRow, 'clock'>>`SELECT r.id AS result, f.number, r.target,
			coalesce(t.name, r.target) AS "targetName", p.name AS "partyName", o.name AS office, i.name AS item, f.text,
			f.severity, r.checked_on::text AS "checkedOn", f.rectify_by::text AS "rectifyBy",
			f.rectified_on::text AS "rectifiedOn", u.name AS rectifier, r.record
		FROM app.result_finding f
		JOIN app.result r ON r.county = f.county AND r.id = f.result AND r.state <> 'withdrawn'
		JOIN app.item i ON i.county = f.county AND i.code = f.item
		LEFT JOIN LATERAL (SELECT name FROM app.target t WHERE t.county = r.county AND t.code = r.target
			ORDER BY t.valid DESC LIMIT 1) t ON true
		LEFT JOIN app.party p ON p.county = r.county AND p.uscc = r.party
		LEFT JOIN app.office o ON o.county = r.county AND r.township = ANY (o.townships)
		LEFT JOIN auth.user u ON u.id = f.rectified_by
		WHERE f.county = ${county} AND f.measure = 'ordered'
		ORDER BY f.rectified_on IS NOT NULL, f.rectify_by NULLS LAST, r.id, f.number`.execute(db);
	const today = dayInChina(at);
	const all = rows.map((row): OrderRow => ({
		...row,
		clock: row.rectifyBy === null ? null : clock(row.rectifyBy, row.rectifiedOn, today)
	}));
	const open = all.filter(({ rectifiedOn }) => rectifiedOn === null);
	const overdue = open.filter((row) => row.clock === 'overdue');
	const shown = { open, overdue, done: all.filter(({ rectifiedOn }) => rectifiedOn !== null), all }[
		state
	].filter((row) => office === '' || row.office === office);
	const pages = Math.max(1, Math.ceil(shown.length / PAGE));
	const current = Math.min(Math.max(1, page), pages);
	return {
		rows: shown.slice((current - 1) * PAGE, current * PAGE),
		...{ total: shown.length, page: current, pages },
		...{ open: open.length, overdue: overdue.length, all: all.length },
		offices: [...new Set(all.flatMap((row) => row.office ?? []))]
	};
}
