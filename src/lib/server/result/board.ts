// The board of results: what is open and what it waits for, by office, with its clock; batches whose targets have no result
// yet; suspected crimes not handed over.
import { sql } from 'kysely';
import { compareUtf8 } from '../../core/bytes/compare';
import { dayInChina } from '../../core/calendar/year';
import { clock, type Clock } from '../../core/posting/deadline';
import type { Database } from '../db/database';
import { shownPage } from '../paging';
import { dueAt, dueOf, readClocks, untold, type Clocks } from './clocks';
import { open, placed, readRows, type BoardRow, type Waits } from './row';

const order: Record<Clock, number> = { overdue: 0, soon: 1, ahead: 2, late: 3, met: 4 };
const PAGE = 50;

export interface BoardQuery {
	/** Steps that are waited for; null: all that is open, 'all': what is at its end as well. */
	waits: readonly Waits[] | 'all' | null;
	/** '': all. */
	office: string;
	outcome: string;
	/** Part of a name or code. */
	search: string;
	/** null: all of it. */
	page: number | null;
}

export interface OfficeTally {
	office: string | null;
	overdue: number;
	soon: number;
	open: number;
}

export async function readBoard(db: Database, county: string, at: Date, query: BoardQuery) {
	const today = dayInChina(at);
	const clocks = await readClocks(db, county);
	const waiting = (await readRows(db, county, open)).map((row) => placed(row, clocks, today));
	const listed =
		query.waits === 'all'
			? await everything(db, county, query, clocks, today)
			: paged(waiting.filter(matching(query)).sort(byUrgency), query.page);
	return {
		...listed,
		...{ tallies: talliesOf(waiting), open: waiting.length },
		overdue: waiting.filter((row) => row.clock === 'overdue').length,
		counts: countsOf(waiting),
		crimes: await crimes(db, county, at, clocks),
		batches: await batches(db, county, clocks, today),
		untold: untold(clocks, today)
	};
}

const matching =
	({ waits, office, outcome, search }: BoardQuery) =>
	(row: BoardRow) =>
		(waits === null || waits === 'all' || waits.includes(row.waits)) &&
		(office === '' || row.office === office) &&
		(outcome === '' || row.outcome === outcome) &&
		[row.name, row.target, row.partyName ?? ''].some((text) => text.includes(search));

export const byUrgency = (a: BoardRow, b: BoardRow) =>
	order[a.clock ?? 'ahead'] - order[b.clock ?? 'ahead'] ||
	compareUtf8(a.due ?? '9', b.due ?? '9') ||
	b.id - a.id;

interface Listed {
	rows: BoardRow[];
	total: number;
	page: number;
	pages: number;
}

function paged(rows: BoardRow[], asked: number | null): Listed {
	if (asked === null) return { rows, total: rows.length, page: 1, pages: 1 };
	const { page, pages, offset } = shownPage(rows.length, asked, PAGE);
	return { rows: rows.slice(offset, offset + PAGE), total: rows.length, page, pages };
}

/** What is at its end is much, so the database filters and pages it; the newest first. */
async function everything(
	db: Database,
	county: string,
	{ office, outcome, search, page: asked }: BoardQuery,
	clocks: Clocks,
	today: string
): Promise<Listed> {
	const where = sql`(${office} = '' OR EXISTS (SELECT FROM app.office o WHERE o.county = r.county
			AND r.township = ANY (o.townships) AND o.name = ${office}))
		AND (${outcome} = '' OR r.outcome = ${outcome})
		AND (${search} = '' OR strpos(r.target, ${search}) > 0 OR EXISTS (SELECT FROM app.party p
			WHERE p.county = r.county AND p.uscc = r.party AND strpos(p.name, ${search}) > 0)
			OR EXISTS (SELECT FROM app.target t WHERE t.county = r.county AND t.code = r.target
			AND strpos(t.name, ${search}) > 0))`;
	const { rows: counted } = await sql<{ total: number }>`SELECT count(*)::integer AS total FROM app.result r
		WHERE r.county = ${county} AND ${where}`.execute(db);
	const total = counted[0]!.total;
	const { page, pages, offset } =
		asked === null ? { page: 1, pages: 1, offset: 0 } : shownPage(total, asked, PAGE);
	const part = asked === null ? null : { limit: PAGE, offset };
	const rows = await readRows(db, county, where, part);
	return { rows: rows.map((row) => placed(row, clocks, today)), total, page, pages };
}

function talliesOf(rows: readonly BoardRow[]): OfficeTally[] {
	const tallies = new Map<string | null, OfficeTally>();
	for (const row of rows) {
		const tally = tallies.get(row.office) ?? { office: row.office, overdue: 0, soon: 0, open: 0 };
		tally.open++;
		if (row.clock === 'overdue') tally.overdue++;
		if (row.clock === 'soon') tally.soon++;
		tallies.set(row.office, tally);
	}
	return [...tallies.values()].sort((a, b) => b.overdue - a.overdue || b.open - a.open);
}

function countsOf(rows: readonly BoardRow[]): Partial<Record<Waits, number>> {
	const counts: Partial<Record<Waits, number>> = {};
	for (const { waits } of rows) counts[waits] = (counts[waits] ?? 0) + 1;
	return counts;
}

/** Suspected crimes that no police has yet: what the leader sees first. */
async function crimes(db: Database, county: string, at: Date, clocks: Clocks) {
	const { rows } = await sql<{
		id: number;
		result: number;
		name: string;
		body: string;
		state: 'proposed' | 'decided' | 'returned';
		proposedAt: Date;
		decidedAt: Date | null;
	}>`
		SELECT r.id, r.result, r.body, r.state, r.proposed_at AS "proposedAt", r.decided_at AS "decidedAt",
			(SELECT t.name FROM app.result s JOIN app.target t ON t.county = s.county AND t.code = s.target
				WHERE s.county = r.county AND s.id = r.result ORDER BY t.valid DESC LIMIT 1) AS name
		FROM app.referral r
		WHERE county = ${county} AND crime AND (state IN ('proposed', 'decided') OR state = 'returned' AND NOT EXISTS (
			SELECT FROM app.referral n WHERE n.county = r.county AND n.again = r.id)) ORDER BY proposed_at`.execute(db);
	return rows.map((row) => {
		const decideBy = dueOf(clocks, 'crime_decided', dayInChina(row.proposedAt));
		const sendBy = row.decidedAt && dueAt(clocks, 'crime_transferred', row.decidedAt);
		const overdue = row.decidedAt
			? sendBy !== null && at > sendBy
			: decideBy !== null && dayInChina(at) > decideBy;
		return { ...row, decideBy, sendBy, overdue };
	});
}

/** Batches of this year and the last that called somebody whose result is not posted; due: the posting of all of them, from the end of the task. */
async function batches(db: Database, county: string, clocks: Clocks, today: string) {
	const { rows } = await sql<{
		draw: number;
		name: string;
		called: number;
		recorded: number;
		posted: number;
		endsOn: string | null;
	}>`
		SELECT d.id AS draw, p.name, c.called, coalesce(r.recorded, 0) AS recorded, coalesce(r.posted, 0) AS posted,
			b.to_day::text AS "endsOn"
		FROM app.draw d JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		JOIN LATERAL (SELECT count(*)::integer AS called FROM app.called(d.county, d.id)) c ON true
		LEFT JOIN (SELECT draw, count(*)::integer AS recorded, count(posted_at)::integer AS posted FROM app.result
			WHERE county = ${county} AND state <> 'withdrawn' GROUP BY draw) r ON r.draw = d.id
		LEFT JOIN app.task_plan k ON k.county = d.county AND k.plan = d.plan
		LEFT JOIN app.task_batch b ON b.county = k.county AND b.year = k.year AND b.task = k.task AND b.number = k.batch
		WHERE d.county = ${county} AND d.state IN ('drawn', 'revealed') AND d.assurance <> 'trial'
			AND d.drawn_at >= ${`${Number(today.slice(0, 4)) - 1}-01-01T00:00:00+08:00`}::timestamptz
			AND coalesce(r.posted, 0) < c.called ORDER BY d.id DESC`.execute(db);
	return rows.map((row) => {
		const due = row.endsOn === null ? null : dueOf(clocks, 'posting_result', row.endsOn);
		return { ...row, due, clock: due === null ? null : clock(due, null, today) };
	});
}
