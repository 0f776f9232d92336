// The board of results: what is open and what it waits for, by office, with its clock; batches whose targets have no result
// yet; suspected crimes not handed over. And one result with everything that hangs from it.
import { sql } from 'kysely';
import { compareUtf8 } from '../../core/bytes/compare';
import { dayInChina } from '../../core/calendar/year';
import { clock, type Clock } from '../../core/posting/deadline';
import type {
	Hindrance,
	Outcome,
	ReferralState,
	ResultState,
	Severity,
	Measure
} from '../../core/posting/state';
import type { Database } from '../db/database';
import { dueOf, readClocks, type Clocks } from './clocks';
import { hindrancesOf } from './step';

/** approve, post: the next step; withdraw: asked for; rectify, refer, close: posted, and not yet at its end. */
export type Waits = 'approve' | 'post' | 'withdraw' | 'rectify' | 'refer' | 'close' | 'done';

export interface BoardRow {
	id: number;
	draw: number;
	target: string;
	name: string;
	partyName: string | null;
	office: string | null;
	checkedOn: string;
	outcome: Outcome;
	state: ResultState;
	waits: Waits;
	/** Who the next step waits for, or who took the last one. */
	recorder: string;
	due: string | null;
	clock: Clock | null;
}

interface Read extends Omit<BoardRow, 'waits' | 'due' | 'clock'> {
	postedOn: string | null;
	askedOn: string | null;
	orders: number;
	rectifyBy: string | null;
	referrals: number;
	closed: boolean;
}

const order: Record<Clock, number> = { overdue: 0, soon: 1, ahead: 2, late: 3, met: 4 };
export const PAGE = 50;

function placed(
	{ postedOn, askedOn, orders, rectifyBy, referrals, closed, ...row }: Read,
	clocks: Clocks,
	today: string
): BoardRow {
	const waits: Waits =
		closed || row.state === 'withdrawn'
			? 'done'
			: askedOn
				? 'withdraw'
				: row.state === 'recorded'
					? 'approve'
					: row.state === 'approved'
						? 'post'
						: referrals > 0
							? 'refer'
							: orders > 0
								? 'rectify'
								: 'close';
	const due =
		waits === 'withdraw'
			? dueOf(clocks, 'posting_withdrawn', askedOn!)
			: waits === 'rectify'
				? rectifyBy
				: waits === 'refer' || waits === 'close'
					? null
					: dueOf(clocks, 'posting_result', row.checkedOn);
	return {
		...row,
		waits,
		due,
		clock: due === null ? null : clock(due, waits === 'done' ? postedOn : null, today)
	};
}

async function readRows(db: Database, county: string): Promise<Read[]> {
	const { rows } = await sql<Read>`
		SELECT r.id, r.draw, r.target, t.name, p.name AS "partyName", o.name AS office, r.checked_on::text AS "checkedOn",
			r.outcome, r.state, coalesce(u.name, r.recorded_by) AS recorder,
			(r.posted_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "postedOn",
			(r.withdrawal_asked_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "askedOn",
			coalesce(f.orders, 0) AS orders, f.rectify_by AS "rectifyBy", coalesce(x.referrals, 0) AS referrals,
			r.closed_at IS NOT NULL AS closed
		FROM app.result r
		JOIN LATERAL (SELECT name FROM app.target t WHERE t.county = r.county AND t.code = r.target
			ORDER BY t.valid DESC LIMIT 1) t ON true
		LEFT JOIN app.party p ON p.county = r.county AND p.uscc = r.party
		LEFT JOIN app.office o ON o.county = r.county AND r.township = ANY (o.townships)
		LEFT JOIN auth.user u ON u.id = r.recorded_by
		LEFT JOIN (SELECT result, count(*)::integer AS orders, min(rectify_by)::text AS rectify_by FROM app.result_finding
			WHERE county = ${county} AND measure = 'ordered' AND rectified_at IS NULL GROUP BY result) f ON f.result = r.id
		LEFT JOIN (SELECT y.result, count(*)::integer AS referrals FROM app.referral y WHERE y.county = ${county}
			AND (y.state IN ('proposed', 'decided', 'sent', 'received') OR y.state = 'returned' AND NOT EXISTS (
				SELECT FROM app.referral n WHERE n.county = y.county AND n.again = y.id)) GROUP BY y.result) x ON x.result = r.id
		WHERE r.county = ${county} ORDER BY r.id DESC`.execute(db);
	return rows;
}

export interface OfficeTally {
	office: string | null;
	overdue: number;
	soon: number;
	open: number;
}

export async function readBoard(
	db: Database,
	county: string,
	at: Date,
	{ waits, office, page }: { waits: string; office: string; page: number }
) {
	const today = dayInChina(at);
	const clocks = await readClocks(db, county);
	const all = (await readRows(db, county)).map((row) => placed(row, clocks, today));
	const open = all.filter((row) => row.waits !== 'done');
	const tallies = new Map<string | null, OfficeTally>();
	for (const row of open) {
		const tally = tallies.get(row.office) ?? { office: row.office, overdue: 0, soon: 0, open: 0 };
		tally.open++;
		if (row.clock === 'overdue') tally.overdue++;
		if (row.clock === 'soon') tally.soon++;
		tallies.set(row.office, tally);
	}
	const shown = (waits === 'all' ? all : open)
		.filter(
			(row) =>
				(waits === '' || waits === 'all' || row.waits === waits) && (office === '' || row.office === office)
		)
		.sort(
			(a, b) =>
				order[a.clock ?? 'ahead'] - order[b.clock ?? 'ahead'] ||
				compareUtf8(a.due ?? '9', b.due ?? '9') ||
				b.id - a.id
		);
	const pages = Math.max(1, Math.ceil(shown.length / PAGE));
	const current = Math.min(Math.max(1, page), pages);
	return {
		rows: shown.slice((current - 1) * PAGE, current * PAGE),
		...{ total: shown.length, page: current, pages },
		tallies: [...tallies.values()].sort((a, b) => b.overdue - a.overdue || b.open - a.open),
		overdue: open.filter((row) => row.clock === 'overdue').length,
		crimes: await crimes(db, county, at, clocks),
		batches: await batches(db, county, clocks, today),
		noCalendar: clocks.years.every(({ year }) => year !== Number(today.slice(0, 4)))
	};
}

/** Suspected crimes that no police has yet: what the leader sees first. */
async function crimes(db: Database, county: string, at: Date, clocks: Clocks) {
	const { rows } = await sql<{
		id: number;
		result: number;
		body: string;
		state: string;
		proposedAt: Date;
		decidedAt: Date | null;
	}>`
		SELECT id, result, body, state, proposed_at AS "proposedAt", decided_at AS "decidedAt" FROM app.referral r
		WHERE county = ${county} AND crime AND (state IN ('proposed', 'decided') OR state = 'returned' AND NOT EXISTS (
			SELECT FROM app.referral n WHERE n.county = r.county AND n.again = r.id)) ORDER BY proposed_at`.execute(db);
	const hours = clocks.rules.findLast(({ key }) => key === 'crime_transferred')?.value ?? 24;
	return rows.map((row) => {
		const decideBy = dueOf(clocks, 'crime_decided', dayInChina(row.proposedAt));
		const overdue = row.decidedAt
			? at.getTime() > row.decidedAt.getTime() + hours * 3_600_000
			: decideBy !== null && dayInChina(at) > decideBy;
		return {
			...row,
			decideBy,
			sendBy: row.decidedAt && new Date(row.decidedAt.getTime() + hours * 3_600_000),
			overdue
		};
	});
}

/** Batches that called somebody whose result is not recorded; due: the posting of all of them, from the end of the task. */
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
			AND coalesce(r.posted, 0) < c.called ORDER BY d.id DESC`.execute(db);
	return rows.map((row) => {
		const due = row.endsOn === null ? null : dueOf(clocks, 'posting_result', row.endsOn);
		return { ...row, due, clock: due === null ? null : clock(due, null, today) };
	});
}

export async function readResult(db: Database, county: string, id: number, at: Date) {
	const row = (await readRows(db, county)).find((one) => one.id === id);
	if (!row) return null;
	const { rows: more } = await sql<{
		inspectors: { name: string; certificate: string }[];
		source: string;
		corrects: number | null;
		recordedAt: Date;
		recordedBy: string;
		approvedAt: Date | null;
		postedAt: Date | null;
		withdrawalReason: string | null;
		withdrawnAt: Date | null;
		closing: string | null;
		closedAt: Date | null;
		number: number | null;
	}>`SELECT r.inspectors, r.source, r.corrects, r.recorded_at AS "recordedAt", r.recorded_by AS "recordedBy",
			r.approved_at AS "approvedAt", r.posted_at AS "postedAt", r.withdrawal_reason AS "withdrawalReason",
			r.withdrawn_at AS "withdrawnAt", r.closing, r.closed_at AS "closedAt", p.number
		FROM app.result r LEFT JOIN app.posting p ON p.county = r.county AND p.result = r.id AND p.kind = 'result'
		WHERE r.county = ${county} AND r.id = ${id}`.execute(db);
	const { rows: findings } = await sql<{
		number: number;
		itemName: string;
		severity: Severity;
		text: string;
		measure: Measure;
		rectifyBy: string | null;
		rectifiedOn: string | null;
	}>`SELECT f.number, i.name AS "itemName", f.severity, f.text, f.measure, f.rectify_by::text AS "rectifyBy",
			f.rectified_on::text AS "rectifiedOn"
		FROM app.result_finding f JOIN app.item i ON i.county = f.county AND i.code = f.item
		WHERE f.county = ${county} AND f.result = ${id} ORDER BY f.number`.execute(db);
	const { rows: referrals } = await sql<{
		id: number;
		recipient: 'department' | 'police';
		body: string;
		crime: boolean;
		matter: string;
		state: ReferralState;
		again: number | null;
		receipt: string | null;
		answer: string | null;
		declinedReason: string | null;
		proposedAt: Date;
	}>`SELECT id, recipient, body, crime, matter, state, again, receipt, answer, declined_reason AS "declinedReason",
			proposed_at AS "proposedAt" FROM app.referral WHERE county = ${county} AND result = ${id} ORDER BY id`.execute(
		db
	);
	const hinders: Hindrance[] = row.closed ? [] : await hindrancesOf(db, county, row);
	return {
		...placed(row, await readClocks(db, county), dayInChina(at)),
		...more[0]!,
		...{ findings, referrals, hinders }
	};
}
