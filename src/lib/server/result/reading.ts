// One result with everything that hangs from it: what was found, who took which step, what is public of it, penalties,
// referrals, what the party said against it, and what keeps it from being closed.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { PublicResult } from '../../core/posting/redact';
import type {
	Hindrance,
	Measure,
	PenaltyKind,
	PenaltyState,
	ReferralState,
	Severity
} from '../../core/posting/state';
import { accountNames } from '../ceremony/parts';
import type { Database } from '../db/database';
import { dueAt, dueOf, readClocks } from './clocks';
import { placed, readRows } from './row';
import { hindrancesOf } from './step';

interface Taken {
	by: string | null;
	at: Date | null;
}
/** Who took a step, and when, of a row under the name `of`. */
const step = (of: string, ...names: string[]) =>
	sql.raw(
		names
			.map((name) => `'${name}', jsonb_build_object('by', ${of}.${name}_by, 'at', ${of}.${name}_at)`)
			.join(', ')
	);
type Steps<Name extends string> = Record<Name, Taken>;
/** JSON carries instants as text. */
const revived = <Name extends string>(steps: Steps<Name>): Steps<Name> => {
	for (const one of Object.values<Taken>(steps)) one.at = one.at && new Date(one.at);
	return steps;
};

const resultSteps = ['recorded', 'approved', 'posted', 'withdrawal_asked', 'withdrawn', 'closed'] as const;
const penaltySteps = [
	...(['drafted', 'reviewed', 'decided', 'posted', 'repaired', 'withdrawal_asked', 'withdrawn'] as const),
	'dropped'
] as const;
const referralSteps = ['proposed', 'decided', 'sent', 'received', 'answered'] as const;

interface More {
	party: string | null;
	planName: string;
	inspectors: { name: string; certificate: string }[];
	source: 'field' | 'paper';
	/** Of the phone; null: paper. */
	record: string | null;
	corrects: number | null;
	/** The result that took its place. */
	correctedBy: number | null;
	withdrawalReason: string | null;
	closing: string | null;
	/** Of its posting; null: none yet. */
	number: number | null;
	/** What is public now; null: nothing. */
	document: PublicResult | null;
	steps: Steps<(typeof resultSteps)[number]>;
}

export interface FindingRow {
	number: number;
	itemName: string;
	severity: Severity;
	text: string;
	measure: Measure;
	rectifyBy: string | null;
	rectifiedOn: string | null;
}

export interface PenaltyRow {
	id: number;
	documentNumber: string;
	kinds: PenaltyKind[];
	facts: string;
	basis: string;
	content: string;
	fineFen: number;
	confiscatedFen: number;
	violation: string | null;
	licence: string | null;
	state: PenaltyState;
	review: string | null;
	decidedOn: string | null;
	endsOn: string | null;
	repairedOn: string | null;
	withdrawalReason: string | null;
	droppedReason: string | null;
	number: number | null;
	/** Of its publication, from the decision on; of its withdrawal once that was asked for. */
	due: string | null;
	steps: Steps<(typeof penaltySteps)[number]>;
}

export interface ReferralRow {
	id: number;
	recipient: 'department' | 'police';
	body: string;
	crime: boolean;
	matter: string;
	state: ReferralState;
	again: number | null;
	/** Referred once more under this number. */
	next: number | null;
	receipt: string | null;
	answer: string | null;
	declinedReason: string | null;
	/** Of a suspected crime: the leader's decision, and then its transfer. */
	decideBy: string | null;
	sendBy: Date | null;
	steps: Steps<(typeof referralSteps)[number]>;
}

export type ResultDetail = NonNullable<Awaited<ReturnType<typeof readResult>>>;

export async function readResult(db: Database, county: string, id: number, at: Date) {
	const [row] = await readRows(db, county, sql`r.id = ${id}`);
	if (!row) return null;
	const clocks = await readClocks(db, county);
	const { rows: more } = await sql<More>`
		SELECT r.party, l.name AS "planName", r.inspectors, r.source, r.record, r.corrects, n.id AS "correctedBy",
			r.withdrawal_reason AS "withdrawalReason", r.closing, p.number, CASE WHEN p.withdrawn_at IS NULL THEN p.document::jsonb END AS document,
			jsonb_build_object(${step('r', ...resultSteps)}) AS steps
		FROM app.result r
		JOIN app.draw d ON d.county = r.county AND d.id = r.draw
		JOIN app.plan l ON l.county = d.county AND l.id = d.plan
		LEFT JOIN app.result n ON n.county = r.county AND n.corrects = r.id
		LEFT JOIN app.posting p ON p.county = r.county AND p.result = r.id AND p.kind = 'result'
		WHERE r.county = ${county} AND r.id = ${id}`.execute(db);
	const { rows: findings } = await sql<FindingRow>`
		SELECT f.number, i.name AS "itemName", f.severity, f.text, f.measure, f.rectify_by::text AS "rectifyBy",
			f.rectified_on::text AS "rectifiedOn"
		FROM app.result_finding f JOIN app.item i ON i.county = f.county AND i.code = f.item
		WHERE f.county = ${county} AND f.result = ${id} ORDER BY f.number`.execute(db);
	const { rows: penalties } = await sql<Omit<PenaltyRow, 'due'>>`
		SELECT n.id, n.document_number AS "documentNumber", n.kinds, n.facts, n.basis, n.content,
			n.fine_fen AS "fineFen", n.confiscated_fen AS "confiscatedFen", n.violation, n.licence, n.state, n.review, n.decided_on::text AS "decidedOn", n.ends_on::text AS "endsOn",
			n.repaired_on::text AS "repairedOn", n.withdrawal_reason AS "withdrawalReason",
			n.dropped_reason AS "droppedReason", p.number, jsonb_build_object(${step('n', ...penaltySteps)}) AS steps
		FROM app.penalty n LEFT JOIN app.posting p ON p.county = n.county AND p.penalty = n.id
		WHERE n.county = ${county} AND n.result = ${id} ORDER BY n.id`.execute(db);
	const { rows: referrals } = await sql<Omit<ReferralRow, 'decideBy' | 'sendBy'>>`
		SELECT y.id, y.recipient, y.body, y.crime, y.matter, y.state, y.again, n.id AS next, y.receipt, y.answer,
			y.declined_reason AS "declinedReason", jsonb_build_object(${step('y', ...referralSteps)}) AS steps
		FROM app.referral y LEFT JOIN app.referral n ON n.county = y.county AND n.again = y.id
		WHERE y.county = ${county} AND y.result = ${id} ORDER BY y.id`.execute(db);
	const detail = more[0]!;
	revived(detail.steps);
	const hinders: Hindrance[] = row.closed ? [] : await hindrancesOf(db, county, row);
	return {
		...placed(row, clocks, dayInChina(at)),
		...detail,
		...{ findings, hinders },
		penalties: penalties.map((one): PenaltyRow => {
			const { state, decidedOn, steps } = { ...one, steps: revived(one.steps) };
			const asked = state === 'posted' ? steps.withdrawal_asked.at : null;
			const due = asked
				? dueOf(clocks, 'posting_withdrawn', dayInChina(asked))
				: state === 'decided' && decidedOn
					? dueOf(clocks, 'posting_penalty', decidedOn)
					: null;
			return { ...one, fineFen: Number(one.fineFen), due };
		}),
		referrals: referrals.map((one): ReferralRow => {
			const { proposed, decided } = revived(one.steps);
			const deciding = one.crime && one.state === 'proposed';
			return {
				...one,
				decideBy: deciding ? dueOf(clocks, 'crime_decided', dayInChina(proposed.at!)) : null,
				sendBy: one.crime && one.state === 'decided' ? dueAt(clocks, 'crime_transferred', decided.at!) : null
			};
		}),
		names: await accountNames(
			db,
			[detail, ...penalties, ...referrals].flatMap(({ steps }) =>
				Object.values<Taken>(steps).flatMap(({ by }) => by ?? [])
			)
		)
	};
}
