// One target, one party or one draw as the map shows it: what it is now, what it was, and when its lot came up.
import { sql, type NotNull } from 'kysely';
import type { CreditGrade, TargetKind } from '../core/model';
import type { Database } from './db/database';

export type TargetStatus = 'active' | 'suspended' | 'closed';

export interface PartyNote {
	uscc: string;
	name: string;
	grade: CreditGrade;
	address: string | null;
	blacklisted: boolean;
}

export interface TargetCard {
	code: string;
	kind: TargetKind;
	name: string;
	township: string;
	townshipName: string | null;
	status: TargetStatus;
	areaM2: number;
	point: [lon: number, lat: number];
	attributes: Record<string, unknown>;
	/** False when the target has left the registry; what is shown is its last version. */
	current: boolean;
	party: PartyNote | null;
	versions: { from: string; to: string | null; name: string; status: TargetStatus; areaM2: number }[];
	draws: TargetDraw[];
}

/** A draw whose frame held the target. role null: it was in the frame and its lot did not come up. */
export interface TargetDraw {
	id: number;
	drawnAt: string;
	plan: string;
	assurance: string;
	state: string;
	role: 'original' | 'substitute' | null;
	serial: number | null;
}

const blacklistedOn = (at: Date, county: string) => sql<boolean>`EXISTS (SELECT FROM app.blacklist_period b
	WHERE b.county = ${county} AND b.uscc = p.uscc AND b.during @> (${at}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date)`;

/** null when no target ever had this code. */
export async function targetCard(
	db: Database,
	county: string,
	code: string,
	at: Date
): Promise<TargetCard | null> {
	const { rows } = await sql<Omit<TargetCard, 'party' | 'versions' | 'draws'> & { uscc: string | null }>`
		SELECT t.code, t.kind, t.name, t.township, w.name AS "townshipName", t.status, t.area_m2 AS "areaM2",
			ARRAY[ST_X(t.point), ST_Y(t.point)] AS point, t.attributes, upper_inf(t.valid) AS current, t.party AS uscc
		FROM app.target t LEFT JOIN app.current_township w ON w.county = t.county AND w.code = t.township
		WHERE t.county = ${county} AND t.code = ${code} ORDER BY lower(t.valid) DESC LIMIT 1`.execute(db);
	const row = rows[0];
	if (!row) return null;
	const { uscc, ...target } = row;
	const [party, versions, draws] = await Promise.all([
		uscc === null ? null : partyNote(db, county, uscc, at),
		targetVersions(db, county, code),
		targetDraws(db, county, code)
	]);
	return { ...target, party, versions, draws };
}

async function partyNote(db: Database, county: string, uscc: string, at: Date): Promise<PartyNote | null> {
	const { rows } = await sql<PartyNote>`
		SELECT p.uscc, p.name, p.credit_grade AS grade, p.address, ${blacklistedOn(at, county)} AS blacklisted
		FROM app.party p WHERE p.county = ${county} AND p.uscc = ${uscc}`.execute(db);
	return rows[0] ?? null;
}

async function targetVersions(db: Database, county: string, code: string): Promise<TargetCard['versions']> {
	const { rows } = await sql<{
		from: Date;
		to: Date | null;
		name: string;
		status: TargetStatus;
		areaM2: number;
	}>`
		SELECT lower(valid) AS from, upper(valid) AS to, name, status, area_m2 AS "areaM2"
		FROM app.target WHERE county = ${county} AND code = ${code} ORDER BY lower(valid) DESC`.execute(db);
	return rows.map((row) => ({ ...row, from: row.from.toISOString(), to: row.to?.toISOString() ?? null }));
}

async function targetDraws(db: Database, county: string, code: string): Promise<TargetDraw[]> {
	const rows = await db
		.selectFrom('app.draw as d')
		.innerJoin('app.frame as f', (join) =>
			join.onRef('f.county', '=', 'd.county').onRef('f.draw', '=', 'd.id').on('f.target', '=', code)
		)
		.innerJoin('app.plan as p', (join) =>
			join.onRef('p.county', '=', 'd.county').onRef('p.id', '=', 'd.plan')
		)
		.leftJoin('app.drawn as n', (join) =>
			join.onRef('n.county', '=', 'd.county').onRef('n.draw', '=', 'd.id').onRef('n.target', '=', 'f.target')
		)
		.select(['d.id', 'd.drawn_at', 'p.name as plan', 'd.assurance', 'd.state', 'n.role', 'n.serial'])
		.where('d.county', '=', county)
		.where('d.drawn_at', 'is not', null)
		.$narrowType<{ drawn_at: NotNull }>()
		.orderBy('d.drawn_at', 'desc')
		.execute();
	return rows.map(({ drawn_at, role, ...draw }) => ({
		...draw,
		drawnAt: drawn_at.toISOString(),
		role: role as TargetDraw['role']
	}));
}

export interface PartyCard extends PartyNote {
	targets: { code: string; kind: TargetKind; name: string; status: TargetStatus; township: string }[];
	bounds: [west: number, south: number, east: number, north: number] | null;
}

export async function partyCard(
	db: Database,
	county: string,
	uscc: string,
	at: Date
): Promise<PartyCard | null> {
	const note = await partyNote(db, county, uscc, at);
	if (!note) return null;
	const { rows } = await sql<PartyCard['targets'][number] & { x: number; y: number }>`
		SELECT t.code, t.kind, t.name, t.status, coalesce(w.name, t.township) AS township,
			ST_X(t.point) AS x, ST_Y(t.point) AS y
		FROM app.current_target t LEFT JOIN app.current_township w ON w.county = t.county AND w.code = t.township
		WHERE t.county = ${county} AND t.party = ${uscc} ORDER BY t.kind DESC, t.code COLLATE "C"`.execute(db);
	const [xs, ys] = [rows.map((row) => row.x), rows.map((row) => row.y)];
	return {
		...note,
		targets: rows.map(({ code, kind, name, status, township }) => ({ code, kind, name, status, township })),
		bounds: rows.length === 0 ? null : [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
	};
}

export interface DrawNote {
	id: number;
	plan: string;
	kind: TargetKind;
	assurance: string;
	state: string;
	drawnAt: string;
	sampleSize: number;
}

/** The draws one may lay over the map, newest first, at most 200. */
export async function listDraws(db: Database, county: string): Promise<DrawNote[]> {
	const rows = await db
		.selectFrom('app.draw as d')
		.innerJoin('app.plan as p', (join) =>
			join.onRef('p.county', '=', 'd.county').onRef('p.id', '=', 'd.plan')
		)
		.select(['d.id', 'p.name as plan', 'd.kind', 'd.assurance', 'd.state', 'd.drawn_at', 'd.sample_size'])
		.where('d.county', '=', county)
		.where('d.drawn_at', 'is not', null)
		.$narrowType<{ drawn_at: NotNull }>()
		.orderBy('d.id', 'desc')
		.limit(200)
		.execute();
	return rows.map((row) => ({
		id: row.id,
		plan: row.plan,
		kind: row.kind as TargetKind,
		assurance: row.assurance,
		state: row.state,
		drawnAt: row.drawn_at.toISOString(),
		sampleSize: row.sample_size
	}));
}

export interface DrawnMark {
	code: string;
	role: 'original' | 'substitute';
	serial: number;
	rank: number;
	/** Where the target stood when the draw was made. */
	point: [lon: number, lat: number];
}

/** The drawn and their substitutes, placed by the version of the target that was valid at the draw. */
export async function drawnMarks(db: Database, county: string, draw: number): Promise<DrawnMark[]> {
	const { rows } = await sql<DrawnMark>`
		SELECT n.target AS code, n.role, n.serial, n.rank, ARRAY[ST_X(t.point), ST_Y(t.point)] AS point
		FROM app.drawn n JOIN app.draw d ON d.county = n.county AND d.id = n.draw
		JOIN LATERAL (SELECT point FROM app.target v WHERE v.county = n.county AND v.code = n.target
			ORDER BY v.valid @> d.drawn_at DESC, lower(v.valid) DESC LIMIT 1) t ON true
		WHERE n.county = ${county} AND n.draw = ${draw} ORDER BY n.serial, n.rank`.execute(db);
	return rows;
}
