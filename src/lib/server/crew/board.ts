// 组队结果与公平性: everything about the lottery behind a draw of crews that its page shows, with names. Chances are counts
// over the portfolio; what has come to be known since the draw is judged by the same rules.
import { sql } from 'kysely';
import { explainPair, type Fault } from '../../core/crew/explain';
import { fairnessOf } from '../../core/crew/fairness';
import type { Pairing } from '../../core/crew/portfolio';
import type { CrewLottery } from '../../core/crew/document';
import type { Database } from '../db/database';
import { documentOf, readAliases, type KeptLottery } from './lottery-reading';
import { pairingNow } from './replacement';
import { problemToday } from './today';
import { yearOf } from './year';

/** Pairs shown, the likeliest first. */
const SHOWN_PAIRS = 12;

export type CrewBoard = Awaited<ReturnType<typeof crewBoard>>;

export async function crewBoard(db: Database, county: string, kept: KeptLottery) {
	const { lottery, id } = kept;
	const { problem, figures } = lottery;
	const fairness = fairnessOf(lottery as CrewLottery);
	const document = documentOf(kept);
	const { members, pairing } = await pairingNow(db, county, id);
	const today = kept.seed ? await problemToday(db, county, kept) : problem;
	const broken: Record<string, Fault[]> = {};
	for (const [route, crew] of Object.entries(pairing)) {
		const faults = explainPair(today, route, crew, pairing);
		if (faults.length > 0) broken[route] = faults;
	}
	const aliases = await readAliases(db, county, id);
	const codes = (map: ReadonlyMap<string, string>): Record<string, string> =>
		Object.fromEntries([...map].map(([code, alias]) => [alias, code]));
	return {
		...{ problem, today, figures, pairing, broken },
		fairness: { ...fairness, pairs: fairness.pairs.slice(0, SHOWN_PAIRS) },
		gone: members.filter(({ gone }) => gone).map(({ route, seat, alias }) => ({ route, seat, alias })),
		orders: document?.replacements ?? null,
		replacements: await replacementsOf(db, county, id),
		together: togetherOn(lottery.portfolio),
		names: await namesOf(db, county, id),
		/** Of the real people and parties behind the aliases. */
		codes: { inspectors: codes(aliases.inspectors), parties: codes(aliases.parties) },
		year: kept.assurance === 'trial' ? null : await yearOf(db, county, kept.lastDay.slice(0, 4))
	};
}

/** In how many pairings two go together on a route: counts by route and `a b`, a before b. */
function togetherOn(portfolio: readonly Pairing[]): Record<string, Record<string, number>> {
	const counts: Record<string, Record<string, number>> = {};
	for (const pairing of portfolio)
		for (const [route, crew] of Object.entries(pairing))
			for (const [k, a] of crew.entries())
				for (const b of crew.slice(k + 1)) {
					const of = (counts[route] ??= {});
					of[`${a} ${b}`] = (of[`${a} ${b}`] ?? 0) + 1;
				}
	return counts;
}

async function replacementsOf(db: Database, county: string, draw: number) {
	const { rows } = await sql<{
		id: number;
		route: string;
		seat: number;
		leaver: string;
		alias: string;
		rank: number;
		reason: string;
		evidence: string;
		passed: Record<string, string>;
		askedById: string;
		askedBy: string;
		askedAt: Date;
		decision: 'approved' | 'refused' | null;
		decidedBy: string | null;
		decidedAt: Date | null;
	}>`SELECT x.id, x.route, x.seat, m.alias AS leaver, x.alias, x.rank, x.reason, x.evidence, x.passed,
			x.asked_by AS "askedById", coalesce(a.name, x.asked_by) AS "askedBy", x.asked_at AS "askedAt", x.decision,
			coalesce(b.name, x.decided_by) AS "decidedBy", x.decided_at AS "decidedAt"
		FROM app.crew_replacement x
		JOIN app.crew_member m ON (m.county, m.draw, m.route, m.seat, m.turn) = (x.county, x.draw, x.route, x.seat, x.turn)
		LEFT JOIN auth.user a ON a.id = x.asked_by LEFT JOIN auth.user b ON b.id = x.decided_by
		WHERE x.county = ${county} AND x.draw = ${draw} ORDER BY x.id DESC`.execute(db);
	return rows;
}

/** What the names of the lottery stand for, and codes in words. */
export async function namesOf(db: Database, county: string, draw: number) {
	const { rows } = await sql<{
		kind: 'inspector' | 'party' | 'office' | 'township';
		code: string;
		name: string;
	}>`
		SELECT 'inspector' AS kind, alias AS code, name FROM app.crew_inspector WHERE county = ${county} AND draw = ${draw}
		UNION ALL SELECT 'party', x.alias, coalesce(p.name, x.uscc) FROM app.crew_party x
			LEFT JOIN app.party p ON p.county = x.county AND p.uscc = x.uscc WHERE x.county = ${county} AND x.draw = ${draw}
		UNION ALL SELECT 'office', code, name FROM app.office WHERE county = ${county}
		UNION ALL SELECT 'township', code, name FROM app.current_township WHERE county = ${county}`.execute(db);
	const of = (kind: (typeof rows)[number]['kind']): Record<string, string> =>
		Object.fromEntries(rows.filter((row) => row.kind === kind).map(({ code, name }) => [code, name]));
	return {
		...{ inspectors: of('inspector'), parties: of('party') },
		...{ offices: of('office'), townships: of('township') }
	};
}
