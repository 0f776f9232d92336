// The targets a plan of routes is about: those of a draw who are called after substitution, as the registry had them on
// the day of the draw.
import { sql } from 'kysely';
import type { LonLat, TargetKind } from '../../core/model';
import { parseHours, type Hours } from '../../core/registry/hours';
import type { RouteProblem } from '../../schema/route';
import type { Database } from '../db/database';

export interface CalledTarget {
	code: string;
	name: string;
	kind: TargetKind;
	serial: number;
	uscc: string | null;
	party: string | null;
	township: string;
	at: LonLat;
	xM: number;
	yM: number;
	/** 开放时间 of its party, none: any. */
	hours: Hours[];
}

export interface CalledDraw {
	id: number;
	kind: TargetKind;
	assurance: string;
	state: string;
	planName: string;
	/** In the order of their serial numbers. */
	targets: CalledTarget[];
}

/** A list that may be acted on: revealed or signed, or one that had no ceremony (a trial, the superior body's, of the past). */
const open = sql<boolean>`(d.state = 'revealed' OR d.state = 'drawn' AND (
	NOT EXISTS (SELECT FROM app.ceremony c WHERE c.county = d.county AND c.draw = d.id)
	OR EXISTS (SELECT FROM app.signature s WHERE s.county = d.county AND s.draw = d.id)))`;

const drawRow = (db: Database, county: string) =>
	db
		.selectFrom('app.draw as d')
		.innerJoin('app.plan as p', (join) =>
			join.onRef('p.county', '=', 'd.county').onRef('p.id', '=', 'd.plan')
		)
		.where('d.county', '=', county)
		.where(open)
		.select([
			...(['d.id', 'd.kind', 'd.assurance', 'd.state', 'p.name as planName'] as const),
			...(['d.sample_size as sampleSize', 'd.drawn_at as drawnAt'] as const)
		]);

/** Draws whose targets can be visited, newest first. */
export const routableDraws = (db: Database, county: string) =>
	drawRow(db, county).orderBy('d.id', 'desc').execute();

export type CalledOutcome = ({ ok: true } & CalledDraw) | { ok: false; problem: RouteProblem };

/** codes: these of its targets, whoever is called now. */
export async function calledDraw(
	db: Database,
	county: string,
	id: number,
	codes?: readonly string[]
): Promise<CalledOutcome> {
	const called = codes ? sql`unnest(${[...codes]}::text[])` : sql`app.called(${county}, ${id})`;
	const draw = await drawRow(db, county).where('d.id', '=', id).executeTakeFirst();
	if (!draw?.drawnAt) return { ok: false, problem: { reason: 'no_draw' } };
	// A list of the superior body names targets that may have come into the registry after its day: then the open version.
	const { rows } = await sql<{
		code: string;
		serial: number;
		name: string | null;
		uscc: string | null;
		party: string | null;
		township: string;
		lon: number;
		lat: number;
		xM: number;
		yM: number;
		hours: string | null;
	}>`SELECT d.target AS code, d.serial, t.name, t.party AS uscc, p.name AS party, t.township,
			ST_X(t.point) AS lon, ST_Y(t.point) AS lat, t.x_m AS "xM", t.y_m AS "yM", p.hours
		FROM ${called} c
		JOIN app.drawn d ON d.county = ${county} AND d.draw = ${id} AND d.target = c
		LEFT JOIN LATERAL (SELECT * FROM app.target t WHERE t.county = ${county} AND t.code = c
			ORDER BY (t.valid @> ${draw.drawnAt}::timestamptz) DESC, upper_inf(t.valid) DESC LIMIT 1) t ON true
		LEFT JOIN app.party p ON p.county = ${county} AND p.uscc = t.party
		ORDER BY d.serial`.execute(db);
	if (rows.length === 0) return { ok: false, problem: { reason: 'no_target' } };
	const unknown = rows.find(({ name }) => name === null);
	if (unknown) return { ok: false, problem: { reason: 'unknown_target', target: unknown.code } };
	const kind = draw.kind as TargetKind;
	const { assurance, state, planName } = draw;
	const targets = rows.map(({ lon, lat, name, hours, ...row }) => ({
		...row,
		name: name ?? row.code,
		kind,
		at: [lon, lat] as const,
		hours: parseHours(hours ?? '') ?? []
	}));
	return { ok: true, id, kind, assurance, state, planName, targets };
}

/** Codes of who is called now. */
export async function calledCodes(db: Database, county: string, draw: number): Promise<string[]> {
	const { rows } = await sql<{
		code: string;
	}>`SELECT c AS code FROM app.called(${county}, ${draw}) c`.execute(db);
	return rows.map(({ code }) => code);
}
