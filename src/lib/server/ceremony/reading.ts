// What the ceremony's page shows: how far it is, who is there, what is public. The nonce and, before both have locked
// them, the digits of two witnesses are not among it.
import { sql } from 'kysely';
import type { DrawState } from '../../schema/ceremony';
import type { Database } from '../db/database';
import type { Scope } from '../frame';
import { scopeChanges } from '../frame';
import { readPlan } from '../plan';
import { noticeEnds } from './announce';
import { lastPaper } from './paper-record';
import { partsOf } from './parts';

/** Days before the freeze whose additions and removals are shown (protocol §8). */
const CHANGE_DAYS = 30;

/** Of a draw of either kind. */
export type CeremonyFacts = Omit<
	CeremonyView,
	'plan' | 'planName' | 'kind' | 'frameSize' | 'sampleSize' | 'selectedRoot' | 'excluded' | 'changes'
>;
export type CeremonyView = NonNullable<Awaited<ReturnType<typeof readCeremony>>>;

export async function readCeremony(db: Database, county: string, id: number) {
	const row = await db
		.selectFrom('app.draw as d')
		.innerJoin('app.ceremony as c', (join) =>
			join.onRef('c.county', '=', 'd.county').onRef('c.draw', '=', 'd.id')
		)
		.where('d.county', '=', county)
		.where('d.id', '=', id)
		.select(['d.id', 'd.plan', 'd.kind', 'd.state', 'd.assurance', 'd.seq', 'd.prev', 'd.commitment'])
		.select(['d.frame_size as frameSize', 'd.sample_size as sampleSize', 'd.drawn_at as drawnAt'])
		.select(['d.manifest_hash as manifestHash', 'd.selected_root as selectedRoot'])
		.select([
			'c.operator',
			'c.frozen_at as frozenAt',
			'c.notice_minutes',
			'c.announced_at',
			'c.redo_of as redoOf'
		])
		.select(['c.reveal_by as revealBy', 'c.close_by as closeBy'])
		.select([
			'c.beacon_kind as beaconKind',
			'c.beacon_source as beaconSource',
			'c.beacon_after as beaconAfter'
		])
		.select([
			'c.beacon_value as beaconValue',
			'c.beacon_evidence as beaconEvidence',
			'c.locked_at as lockedAt'
		])
		.select(['c.nonce_commit as nonceCommit', 'c.revealed_at as revealedAt', 'c.ended_at as endedAt'])
		.select(['c.end_reason as endReason', 'c.superior_consent as superiorConsent'])
		.select('c.escrowed')
		.executeTakeFirst();
	const plan = row && (await readPlan(db, county, row.plan));
	if (!row || !plan) return null;
	const { notice_minutes: noticeMinutes, announced_at: announcedAt, ...draw } = row;
	const record = await lastPaper(db, county, id);
	const { nameOf, ...parts } = await partsOf(db, county, id, [draw.operator, record?.recorded_by ?? '']);
	return {
		...draw,
		...{ state: draw.state as DrawState, noticeMinutes, announcedAt, planName: plan.name },
		noticeEnds:
			announcedAt && noticeEnds({ notice_minutes: noticeMinutes, announced_at: announcedAt }, announcedAt),
		operatorName: nameOf(draw.operator),
		...parts,
		// Not its digits: whoever confirms them reads the sheet.
		paper: record
			? {
					...{
						number: record.number,
						reason: record.reason,
						signed: record.signed,
						scan: record.scan_sha256
					},
					...{ cutAt: record.cut_at, drawnAt: record.drawn_at, recordedAt: record.recorded_at },
					recordedByName: nameOf(record.recorded_by)
				}
			: null,
		excluded: await db
			.selectFrom('app.excluded')
			.where('county', '=', county)
			.where('draw', '=', id)
			.select(['reason', ({ fn }) => fn.countAll<number>().as('count')])
			.groupBy('reason')
			.orderBy('reason')
			.execute(),
		changes: await changesBefore(db, county, plan, draw.frozenAt)
	};
}

async function changesBefore(db: Database, county: string, scope: Scope, frozenAt: Date) {
	const before = new Date(frozenAt.getTime() - CHANGE_DAYS * 86_400_000);
	return scopeChanges(db, county, scope, before, frozenAt);
}

/** Accounts that may be called as witnesses. */
export async function listWitnesses(db: Database): Promise<{ id: string; name: string; username: string }[]> {
	return db
		.selectFrom('auth.user')
		.where(sql<boolean>`'witness' = ANY(string_to_array(role, ','))`)
		.where('banned', '=', false)
		.select(['id', 'name', 'username'])
		.orderBy('username')
		.execute();
}

/** Substitutions of a draw, the newest first. */
export async function listSubstitutions(db: Database, county: string, draw: number) {
	const { rows } = await sql<{
		id: number;
		serial: number;
		rank: number;
		failed: string;
		substitute: string;
		reason: string;
		evidence: string;
		askedBy: string;
		askedById: string;
		askedAt: Date;
		decision: 'approved' | 'refused' | null;
		decidedBy: string | null;
		decidedAt: Date | null;
	}>`
		SELECT s.id, s.serial, s.rank, f.target AS failed, n.target AS substitute, s.reason, s.evidence,
			coalesce(a.name, s.asked_by) AS "askedBy", s.asked_by AS "askedById", s.asked_at AS "askedAt", s.decision,
			coalesce(b.name, s.decided_by) AS "decidedBy", s.decided_at AS "decidedAt"
		FROM app.substitution s
		JOIN app.drawn n ON (n.county, n.draw, n.serial, n.rank) = (s.county, s.draw, s.serial, s.rank)
		JOIN app.drawn f ON (f.county, f.draw, f.serial, f.rank) = (s.county, s.draw, s.serial, s.rank - 1)
		LEFT JOIN auth.user a ON a.id = s.asked_by LEFT JOIN auth.user b ON b.id = s.decided_by
		WHERE s.county = ${county} AND s.draw = ${draw} ORDER BY s.id DESC`.execute(db);
	return rows;
}
