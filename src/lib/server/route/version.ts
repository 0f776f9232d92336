// A version of a plan of routes in the database: written whole, with its ledger entry, in one transaction.
import { sql, type Transaction } from 'kysely';
import { canonical } from '../../core/bytes/canonical';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import type { Fallback, TravelProvider } from '../../schema/route';
import { changeOne } from '../db/change-one';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import type { Draft, Ground } from './draft';
import { keepTravel } from './ground';
import { matrixHash } from './places';
import type { Timed } from './timed';

export type ChangeKind = 'planned' | 'solved' | 'moved' | 'locked' | 'split' | 'joined' | 'followed';

export interface VersionFacts {
	provider: TravelProvider;
	fallback: Fallback | null;
	seed: number;
	iterations: number;
	change: ChangeKind;
	reason: string | null;
	actor: string;
	at: Date;
	/** null: the first of its series. */
	supersedes: { id: number; series: number } | null;
}

export const routesHash = ({ visits, routes, leftOver }: Draft): string =>
	toHex(sha256(`fairlot routes v1\n${canonical({ visits, routes, leftOver })}`));

/** Numbers of one county queue on its row until the transaction ends. */
export const lockCounty = (trx: Transaction<DB>, county: string) =>
	sql`SELECT FROM app.county WHERE code = ${county} FOR NO KEY UPDATE`.execute(trx);

/** What writes a version, or that the routes are fixed: between the commitment to their crews and the drawn crews. */
export async function unlessFixed<T>(
	written: Promise<T>
): Promise<T | { ok: false; problem: { reason: 'fixed' } }> {
	return written.catch((error: { code?: string }) => {
		if (error.code === 'FL002') return { ok: false, problem: { reason: 'fixed' } };
		throw error;
	});
}

/** Saves a version and makes it current. The county is locked. */
export async function saveVersion(
	trx: Transaction<DB>,
	county: string,
	ground: Ground,
	draft: Draft,
	{ routes, costS }: Timed,
	facts: VersionFacts
): Promise<{ id: number; series: number }> {
	const { last } = await trx
		.selectFrom('app.route_plan')
		.where('county', '=', county)
		.select(({ fn, lit }) => fn.coalesce(fn.max('id'), lit(0)).as('last'))
		.executeTakeFirstOrThrow();
	const id = last + 1;
	const series = facts.supersedes?.series ?? id;
	if (facts.supersedes) await setState(trx, county, facts.supersedes.id, 'set_aside');
	const hash = matrixHash(ground.travel);
	if (facts.provider !== 'great_circle') await keepTravel(trx, county, ground.travel, hash);
	const { provider, fallback, seed, iterations, change, reason } = facts;
	const hashes = { matrix_hash: hash, routes_hash: routesHash(draft) };
	await trx
		.insertInto('app.route_plan')
		.values({
			...{ county, id, series, draw: ground.draw.id, supersedes: facts.supersedes?.id ?? null },
			...{ change, reason, provider, fallback, seed, iterations, cost: costS, ...hashes },
			settings: JSON.stringify(ground.settings),
			created_by: facts.actor,
			created_at: facts.at
		})
		.execute();
	await saveParts(trx, county, id, draft, routes);
	await append(trx, county, {
		type: change === 'planned' ? 'route.planned' : 'route.changed',
		at: facts.at.toISOString(),
		actor: facts.actor,
		...{ plan: id, series, draw: ground.draw.id, change, reason, provider, fallback, seed, iterations },
		...{ visits: draft.visits.length, routes: draft.routes.length, leftOver: draft.leftOver.length },
		...{ matrixHash: hashes.matrix_hash, routesHash: hashes.routes_hash }
	});
	return { id, series };
}

export async function setState(
	trx: Transaction<DB>,
	county: string,
	id: number,
	state: 'current' | 'set_aside'
): Promise<void> {
	await changeOne(
		trx.updateTable('app.route_plan').where('county', '=', county).where('id', '=', id).set({ state })
	);
}

async function saveParts(
	trx: Transaction<DB>,
	county: string,
	plan: number,
	draft: Draft,
	times: Timed['routes']
): Promise<void> {
	const visits = draft.visits.map(({ targets: _, ...visit }) => visit);
	await sql`INSERT INTO app.visit (county, plan, number, party, stands_at, items, setup_min, service_min, by_hand)
		SELECT ${county}, ${plan}::integer, number, party, "standsAt",
			ARRAY(SELECT json_array_elements_text(items)), "setupMin", "serviceMin", "byHand"
		FROM json_to_recordset(${JSON.stringify(visits)}::json) AS r (number integer, party text, "standsAt" text,
			items json, "setupMin" integer, "serviceMin" integer, "byHand" text)`.execute(trx);
	const targets = draft.visits.flatMap(({ number, targets: codes }) =>
		codes.map((target) => ({ target, number }))
	);
	await sql`INSERT INTO app.visit_target (county, plan, target, visit)
		SELECT ${county}, ${plan}::integer, target, number
		FROM json_to_recordset(${JSON.stringify(targets)}::json) AS r (target text, number integer)`.execute(trx);
	const routes = draft.routes.map((route, i) => {
		const { departsS, returnsS, rest, travelS, metres } = times[i]!;
		const { day, office, team, locked } = route;
		const resting = { restS: rest?.fromS ?? null, restMin: rest?.minutes ?? null };
		return { number: i + 1, day, office, team, locked, departsS, returnsS, travelS, metres, ...resting };
	});
	await sql`INSERT INTO app.day_route (county, plan, number, day, office, team, locked, departs_s, returns_s, rest_s,
			rest_min, travel_s, metres)
		SELECT ${county}, ${plan}::integer, number, day, office, team, locked, "departsS", "returnsS", "restS", "restMin",
			"travelS", metres
		FROM json_to_recordset(${JSON.stringify(routes)}::json) AS r (number integer, day date, office text, team integer,
			locked boolean, "departsS" integer, "returnsS" integer, "restS" integer, "restMin" integer, "travelS" integer,
			metres integer)`.execute(trx);
	const stops = draft.routes.flatMap((route, i) =>
		route.stops.map(({ lock }, k) => ({ ...times[i]!.stops[k]!, route: i + 1, position: k + 1, lock }))
	);
	await sql`INSERT INTO app.stop (county, plan, visit, route, position, arrival_s, wait_s, travel_s, metres, lock)
		SELECT ${county}, ${plan}::integer, visit, route, position, "arrivalS", "waitS", "travelS", metres, lock
		FROM json_to_recordset(${JSON.stringify(stops)}::json) AS r (visit integer, route integer, position integer,
			"arrivalS" integer, "waitS" integer, "travelS" integer, metres integer, lock text)`.execute(trx);
	await sql`INSERT INTO app.unassigned (county, plan, visit, reason)
		SELECT ${county}, ${plan}::integer, visit, reason
		FROM json_to_recordset(${JSON.stringify(draft.leftOver)}::json) AS r (visit integer, reason text)`.execute(
		trx
	);
}
