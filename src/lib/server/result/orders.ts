// 责令改正: what parties were ordered to put right, until when, and whether somebody saw that it was done.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import { clock, type Clock } from '../../core/posting/deadline';
import type { Severity } from '../../core/posting/state';
import type { Database } from '../db/database';
import { shownPage } from '../paging';

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
	const today = dayInChina(at);
	const from = sql`app.result_finding f
		JOIN app.result r ON r.county = f.county AND r.id = f.result AND r.state <> 'withdrawn'
		LEFT JOIN app.office o ON o.county = r.county AND r.township = ANY (o.townships)
		WHERE f.county = ${county} AND f.measure = 'ordered'`;
	const overdue = sql`f.rectified_on IS NULL AND f.rectify_by < ${today}::date`;
	const held = {
		open: sql`f.rectified_on IS NULL`,
		overdue,
		done: sql`f.rectified_on IS NOT NULL`,
		all: sql`true`
	}[state];
	const shown = sql`${held} AND (${office} = '' OR o.name = ${office})`;
	const { rows: counted } = await sql<{
		total: number;
		open: number;
		overdue: number;
		all: number;
		offices: string[] | null;
	}>`SELECT (count(*) FILTER (WHERE ${shown}))::integer AS total,
			(count(*) FILTER (WHERE f.rectified_on IS NULL))::integer AS open,
			(count(*) FILTER (WHERE ${overdue}))::integer AS overdue, count(*)::integer AS all,
			array_agg(DISTINCT o.name) FILTER (WHERE o.name IS NOT NULL) AS offices FROM ${from}`.execute(db);
	const { total, offices, ...counts } = counted[0]!;
	const { page: current, pages, offset } = shownPage(total, page, PAGE);
	const { rows } = await sql<Omit<OrderRow, 'clock'>>`SELECT r.id AS result, f.number, r.target,
			coalesce((SELECT name FROM app.target t WHERE t.county = r.county AND t.code = r.target
				ORDER BY t.valid DESC LIMIT 1), r.target) AS "targetName",
			(SELECT name FROM app.party p WHERE p.county = r.county AND p.uscc = r.party) AS "partyName", o.name AS office,
			(SELECT name FROM app.item i WHERE i.county = f.county AND i.code = f.item) AS item, f.text,
			f.severity, r.checked_on::text AS "checkedOn", f.rectify_by::text AS "rectifyBy",
			f.rectified_on::text AS "rectifiedOn",
			(SELECT name FROM auth.user u WHERE u.id = f.rectified_by) AS rectifier, r.record
		FROM ${from} AND ${shown}
		ORDER BY f.rectified_on IS NOT NULL, f.rectify_by NULLS LAST, r.id, f.number
		LIMIT ${PAGE} OFFSET ${offset}`.execute(db);
	return {
		rows: rows.map((row): OrderRow => ({
			...row,
			clock: row.rectifyBy === null ? null : clock(row.rectifyBy, row.rectifiedOn, today)
		})),
		...{ total, page: current, pages, ...counts },
		offices: offices ?? []
	};
}
