// 行政执法三项制度 in figures: what a year's inspections found, what became of it and how long that took. Results count by
// the day of the inspection, penalties by that of their draft, referrals by that of their proposal; what was taken off
// or given back is no result.
import { sql } from 'kysely';
import type { TargetKind } from '../../core/model';
import { outcomes, type Outcome, type PenaltyState, type ReferralState } from '../../core/posting/state';
import { daysLeft } from '../../core/posting/deadline';
import type { RuleKey } from '../../core/rule/catalogue';
import type { Database } from '../db/database';
import { dueOf, readClocks, type Clocks } from './clocks';

export interface Time {
	of: 'posting' | 'penalty' | 'referral' | 'withdrawal';
	count: number;
	/** Calendar days; null: none yet. */
	median: number | null;
	/** Share that was in time; null: no rule, or none yet. */
	inTime: number | null;
}

export interface YearReport {
	year: number;
	/** The day until which it is public. */
	due: string;
	outcomes: Record<Outcome, Record<TargetKind, number>>;
	results: number;
	penalties: Record<'drafted' | 'decided' | 'posted' | 'dropped' | 'withdrawn', number> & { fineFen: number };
	referrals: Record<'department' | 'police' | 'crime' | 'accepted' | 'returned' | 'declined', number>;
	times: Time[];
}

interface Span {
	from: string | null;
	to: string | null;
}

const inChina = (column: string) => sql.raw(`(${column} AT TIME ZONE 'Asia/Shanghai')::date::text`);

export async function yearReport(db: Database, county: string, year: number): Promise<YearReport> {
	const first = `${year}-01-01`;
	const next = `${year + 1}-01-01`;
	const { rows: results } = await sql<{
		outcome: Outcome;
		kind: TargetKind;
		from: string;
		to: string | null;
		asked: string | null;
		withdrawn: string | null;
		state: string;
	}>`SELECT r.outcome, d.kind, r.checked_on::text AS from, ${inChina('r.posted_at')} AS to, r.state,
			CASE WHEN r.posted_at IS NOT NULL THEN ${inChina('r.withdrawal_asked_at')} END AS asked,
			CASE WHEN r.posted_at IS NOT NULL THEN ${inChina('r.withdrawn_at')} END AS withdrawn
		FROM app.result r JOIN app.draw d ON d.county = r.county AND d.id = r.draw
		WHERE r.county = ${county} AND r.checked_on >= ${first}::date AND r.checked_on < ${next}::date`.execute(db);
	const { rows: penalties } = await sql<
		Span & { state: PenaltyState; fineFen: number; asked: string | null; withdrawn: string | null }
	>`SELECT state, fine_fen::double precision AS "fineFen", decided_on::text AS from, ${inChina('posted_at')} AS to,
			${inChina('withdrawal_asked_at')} AS asked, ${inChina('withdrawn_at')} AS withdrawn
		FROM app.penalty WHERE county = ${county} AND ${inChina('drafted_at')} >= ${first}
			AND ${inChina('drafted_at')} < ${next}`.execute(db);
	const { rows: referrals } = await sql<Span & { recipient: string; crime: boolean; state: ReferralState }>`
		SELECT recipient, crime, state, ${inChina('proposed_at')} AS from, ${inChina('sent_at')} AS to
		FROM app.referral WHERE county = ${county} AND ${inChina('proposed_at')} >= ${first}
			AND ${inChina('proposed_at')} < ${next}`.execute(db);
	const clocks = await readClocks(db, county);
	const standing = results.filter(({ state }) => state !== 'withdrawn');
	const decided = penalties.filter(
		({ from, state }) => from !== null && state !== 'dropped' && state !== 'withdrawn'
	);
	const count = <Row>(rows: readonly Row[], holds: (row: Row) => boolean) => rows.filter(holds).length;
	return {
		...{ year, due: `${year + 1}-01-31`, results: standing.length },
		outcomes: Object.fromEntries(
			outcomes.map((outcome) => [
				outcome,
				{
					mining_right: count(standing, (row) => row.outcome === outcome && row.kind === 'mining_right'),
					land_parcel: count(standing, (row) => row.outcome === outcome && row.kind === 'land_parcel')
				}
			])
		) as YearReport['outcomes'],
		penalties: {
			...{ drafted: penalties.length, decided: decided.length },
			posted: count(penalties, ({ state }) => state === 'posted'),
			dropped: count(penalties, ({ state }) => state === 'dropped'),
			withdrawn: count(penalties, ({ state }) => state === 'withdrawn'),
			fineFen: decided.reduce((sum, { fineFen }) => sum + fineFen, 0)
		},
		referrals: {
			department: count(referrals, ({ recipient }) => recipient === 'department'),
			police: count(referrals, ({ recipient }) => recipient === 'police'),
			crime: count(referrals, ({ crime }) => crime),
			accepted: count(referrals, ({ state }) => state === 'accepted'),
			returned: count(referrals, ({ state }) => state === 'returned'),
			declined: count(referrals, ({ state }) => state === 'declined')
		},
		times: [
			timeOf('posting', standing, clocks, 'posting_result'),
			timeOf('penalty', penalties, clocks, 'posting_penalty'),
			timeOf('referral', referrals, clocks, null),
			timeOf(
				'withdrawal',
				[...results, ...penalties].map(({ asked, withdrawn }) => ({ from: asked, to: withdrawn })),
				clocks,
				'posting_withdrawn'
			)
		]
	};
}

/** Of what has come to its end. */
function timeOf(of: Time['of'], spans: readonly Span[], clocks: Clocks, rule: RuleKey | null): Time {
	const ended = spans.flatMap(({ from, to }) => (from !== null && to !== null ? [{ from, to }] : []));
	const dues = ended.flatMap(({ from, to }) => {
		const due = rule && dueOf(clocks, rule, from);
		return due ? [to <= due] : [];
	});
	return {
		...{ of, count: ended.length, median: medianOf(ended.map(({ from, to }) => daysLeft(from, to))) },
		inTime: dues.length === 0 ? null : dues.filter(Boolean).length / dues.length
	};
}

function medianOf(days: readonly number[]): number | null {
	if (days.length === 0) return null;
	const sorted = [...days].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
