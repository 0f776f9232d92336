// What the pages show of draws of crews: how far each is, who takes part, what is public.
import { sql } from 'kysely';
import type { DrawState } from '../../schema/ceremony';
import { noticeEnds } from '../ceremony/announce';
import { partsOf } from '../ceremony/parts';
import type { CeremonyFacts } from '../ceremony/reading';
import type { Database } from '../db/database';
import { crewTables } from './tables';

/** Newest first; series: those for one plan of day routes. */
export async function listCrews(db: Database, county: string, series?: number) {
	const { rows } = await sql<{
		id: number;
		series: number;
		state: DrawState;
		assurance: string;
		seq: number | null;
		planName: string;
		firstDay: string;
		lastDay: string;
		routes: number;
		inspectors: number;
		frozenAt: Date;
		drawnAt: Date | null;
	}>`SELECT d.id, d.series, d.state, d.assurance, d.seq, p.name AS "planName", d.last_day AS "lastDay",
			(SELECT min(day) FROM app.crew_route r WHERE r.county = d.county AND r.draw = d.id) AS "firstDay",
			(SELECT count(*)::int FROM app.crew_route r WHERE r.county = d.county AND r.draw = d.id) AS routes,
			(SELECT count(*)::int FROM app.crew_inspector i WHERE i.county = d.county AND i.draw = d.id) AS inspectors,
			c.frozen_at AS "frozenAt", d.drawn_at AS "drawnAt"
		FROM app.crew_draw d
		JOIN app.crew_ceremony c ON c.county = d.county AND c.draw = d.id
		JOIN app.route_plan v ON v.county = d.county AND v.id = d.routes
		JOIN app.draw t ON t.county = v.county AND t.id = v.draw
		JOIN app.plan p ON p.county = t.county AND p.id = t.plan
		WHERE d.county = ${county} AND (${series ?? null}::integer IS NULL OR d.series = ${series ?? null}::integer)
		ORDER BY d.id DESC`.execute(db);
	return rows;
}

export type CrewView = NonNullable<Awaited<ReturnType<typeof readCrew>>>;

export async function readCrew(db: Database, county: string, id: number) {
	const row = await db
		.selectFrom('app.crew_draw as d')
		.innerJoin('app.crew_ceremony as c', (join) =>
			join.onRef('c.county', '=', 'd.county').onRef('c.draw', '=', 'd.id')
		)
		.where('d.county', '=', county)
		.where('d.id', '=', id)
		.select(['d.id', 'd.series', 'd.routes', 'd.state', 'd.assurance', 'd.seq', 'd.prev', 'd.commitment'])
		.select(['d.drawn_at as drawnAt', 'd.manifest_hash as manifestHash', 'd.ticket', 'd.last_day as lastDay'])
		.select(['d.portfolio_size as size', 'd.portfolio_root as root', 'd.seed', 'c.operator'])
		.select(['c.frozen_at as frozenAt', 'c.notice_minutes as noticeMinutes', 'c.announced_at as announcedAt'])
		.select(['c.redo_of as redoOf', 'c.reveal_by as revealBy', 'c.close_by as closeBy', 'c.escrowed'])
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
		.executeTakeFirst();
	if (!row) return null;
	const { nameOf, ...parts } = await partsOf(db, county, id, [row.operator], crewTables);
	const { series, routes, ticket, lastDay, size, root, seed, ...facts } = row;
	const { announcedAt, noticeMinutes } = facts;
	const ceremony: CeremonyFacts = {
		...{ ...facts, ...parts, state: row.state as DrawState, operatorName: nameOf(row.operator), paper: null },
		noticeEnds:
			announcedAt && noticeEnds({ notice_minutes: noticeMinutes, announced_at: announcedAt }, announcedAt)
	};
	return { ceremony, series, routes, ticket, lastDay, size, root, seed, trial: row.assurance === 'trial' };
}
