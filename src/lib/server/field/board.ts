// How field work stands: the routes that have crews, stop by stop, as a planner, a leader or an office sees them while the
// crews are out. What waits for somebody stays on the board however old it is.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { Pack } from '../../core/field/pack';
import { stopStateAt, type Recorded, type StopState } from '../../core/field/progress';
import { daysAfter } from '../../core/posting/deadline';
import type { Database } from '../db/database';

export interface BoardStop {
	id: string;
	position: number;
	arrivesAt: Date;
	party: string | null;
	targets: string[];
	state: StopState;
	/** When somebody arrived; null: there is no record. */
	beganAt: Date | null;
	lacks: number;
	conflicts: number;
}
export interface BoardRoute {
	series: number;
	/** Day, office and team. */
	route: string;
	day: string;
	office: string;
	officeName: string;
	crew: string[];
	/** Whether there is a plan of routes with a map to look at. */
	planned: boolean;
	stops: BoardStop[];
}

/** Which routes somebody looks at: all, those of an office, those of one's own crews; the row policies say the same. */
export type Scope = { all: true } | { office: string } | { inspector: string };

/** Days before and after today that are read; older ones while something on them is open. */
const BEFORE_DAYS = 60;
const AFTER_DAYS = 30;

interface PlannedStop {
	id: string;
	position: number;
	arrivalS: number;
	serviceMin: number;
	party: string | null;
	targets: string[];
}
type PlannedRoute = Omit<BoardRoute, 'stops'> & { stops: PlannedStop[] };
interface RecordRow {
	stop: string;
	pack: string;
	state: Recorded['state'];
	lacks: number;
	conflicts: number;
	firstAt: Date;
	arrivedAt: string | null;
	skewMs: number | null;
}

export async function readBoard(db: Database, county: string, scope: Scope, at: Date): Promise<BoardRoute[]> {
	const today = dayInChina(at);
	const window = { from: daysAfter(today, -BEFORE_DAYS), to: daysAfter(today, AFTER_DAYS) };
	const planned = await plannedRoutes(db, county, scope, window);
	const demonstrated = await packedRoutes(db, county, window);
	const routes = [...planned, ...demonstrated];
	const known = new Set(routes.flatMap(({ stops }) => stops.map(({ id }) => id)));
	const records = await recordsOf(db, county, [...known]);
	routes.push(
		...(await strayRoutes(
			db,
			county,
			records.filter(({ stop }) => !known.has(stop))
		))
	);
	const byStop = new Map(records.map((record) => [record.stop, record]));
	return routes
		.map((route) => ({
			...route,
			stops: route.stops.map((stop) => standing(route.day, stop, byStop.get(stop.id), at))
		}))
		.sort((a, b) => (a.day + a.route < b.day + b.route ? -1 : 1));
}

function standing(
	day: string,
	{ arrivalS, serviceMin, ...stop }: PlannedStop,
	record: RecordRow | undefined,
	at: Date
): BoardStop {
	const arrivesMs = Date.parse(`${day}T00:00:00+08:00`) + arrivalS * 1000;
	const beganMs = record
		? record.arrivedAt === null
			? record.firstAt.getTime()
			: Date.parse(record.arrivedAt) - Number(record.skewMs)
		: null;
	const recorded = record && beganMs !== null ? { state: record.state, beganMs } : null;
	return {
		...stop,
		arrivesAt: new Date(arrivesMs),
		beganAt: beganMs === null ? null : new Date(beganMs),
		state: stopStateAt({ arrivesMs, serviceMin }, recorded, at.getTime()),
		...{ lacks: record?.lacks ?? 0, conflicts: record?.conflicts ?? 0 }
	};
}

async function plannedRoutes(
	db: Database,
	county: string,
	scope: Scope,
	{ from, to }: { from: string; to: string }
): Promise<PlannedRoute[]> {
	const own =
		'office' in scope
			? sql`r.office = ${scope.office}`
			: 'inspector' in scope
				? sql`EXISTS (SELECT FROM app.crew_member x WHERE x.county = c.county AND x.draw = c.id AND NOT x.gone
					AND x.inspector = ${scope.inspector} AND x.route = r.day::text || ' ' || r.office || ' ' || r.team)`
				: sql`true`;
	const { rows } = await sql<Omit<PlannedRoute, 'stops' | 'planned'> & PlannedStop>`
		SELECT p.series, r.day::text || ' ' || r.office || ' ' || r.team AS route, r.day::text AS day, r.office,
			o.name AS "officeName", ARRAY(SELECT i.name FROM app.crew_member m
				JOIN app.inspector i ON i.county = m.county AND i.code = m.inspector
				WHERE m.county = c.county AND m.draw = c.id AND NOT m.gone
					AND m.route = r.day::text || ' ' || r.office || ' ' || r.team ORDER BY m.seat) AS crew,
			p.series || '.' || t.codes[1] AS id, s.position, s.arrival_s AS "arrivalS",
			v.setup_min + v.service_min AS "serviceMin", y.name AS party, t.names AS targets
		FROM app.crew_draw c
		JOIN app.route_plan p ON p.county = c.county AND p.series = c.series AND p.state = 'current'
		JOIN app.day_route r ON r.county = p.county AND r.plan = p.id
		JOIN app.office o ON o.county = r.county AND o.code = r.office
		JOIN app.stop s ON s.county = r.county AND s.plan = r.plan AND s.route = r.number
		JOIN app.visit v ON v.county = s.county AND v.plan = s.plan AND v.number = s.visit
		JOIN LATERAL (SELECT array_agg(w.target ORDER BY w.target COLLATE "C") AS codes,
				array_agg(coalesce(n.name, w.target) ORDER BY w.target COLLATE "C") AS names
			FROM app.visit_target w LEFT JOIN app.current_target n ON n.county = w.county AND n.code = w.target
			WHERE w.county = s.county AND w.plan = s.plan AND w.visit = s.visit) t ON true
		LEFT JOIN app.party y ON y.county = v.county AND y.uscc = v.party
		WHERE c.county = ${county} AND c.assurance <> 'trial' AND c.state IN ('drawn', 'revealed')
			AND r.day BETWEEN ${from}::date AND ${to}::date AND ${own}
		ORDER BY p.series, r.day, r.office, r.team, s.position`.execute(db);
	const routes = new Map<string, PlannedRoute>();
	for (const { series, route, day, office, officeName, crew, ...stop } of rows) {
		const key = `${series} ${route}`;
		const one = routes.get(key) ?? {
			...{ series, route, day, office, officeName, crew, planned: true, stops: [] }
		};
		one.stops.push(stop);
		routes.set(key, one);
	}
	return [...routes.values()];
}

/** Routes of no plan, which are the demonstration's: what their packs say. */
async function packedRoutes(
	db: Database,
	county: string,
	{ from, to }: { from: string; to: string }
): Promise<PlannedRoute[]> {
	const { rows } = await sql<{ bytes: Buffer }>`SELECT DISTINCT ON (route) bytes FROM app.field_pack
		WHERE county = ${county} AND series = 0 AND day BETWEEN ${from}::date AND ${to}::date
		ORDER BY route, number DESC`.execute(db);
	return rows.map(({ bytes }) => routeOf(JSON.parse(bytes.toString('utf8')) as Pack));
}

/** Stops with a record that no current plan has any more, and old ones that are still open. */
async function strayRoutes(
	db: Database,
	county: string,
	records: readonly RecordRow[]
): Promise<PlannedRoute[]> {
	if (records.length === 0) return [];
	const packs = await db
		.selectFrom('app.field_pack')
		.where('county', '=', county)
		.where('hash', 'in', [...new Set(records.map(({ pack }) => pack))])
		.select(['hash', 'bytes'])
		.execute();
	return packs.map(({ hash, bytes }) => {
		const own = new Set(records.filter(({ pack }) => pack === hash).map(({ stop }) => stop));
		const route = routeOf(JSON.parse(bytes.toString('utf8')) as Pack);
		return { ...route, stops: route.stops.filter(({ id }) => own.has(id)) };
	});
}

const routeOf = ({ series, route, day, office, crew, stops }: Pack): PlannedRoute => ({
	...{ series, route, day, office: office.code, officeName: office.name, planned: false },
	crew: crew.map(({ name }) => name),
	stops: stops.map(({ id, position, arrivalS, serviceMin, party, targets }) => ({
		...{ id, position, arrivalS, serviceMin, party: party?.name ?? null },
		targets: targets.map(({ name }) => name)
	}))
});

async function recordsOf(db: Database, county: string, stops: readonly string[]): Promise<RecordRow[]> {
	const { rows } =
		await sql<RecordRow>`SELECT r.stop, r.pack, r.state, r.lacks, r.conflicts, r.first_at AS "firstAt",
			a.at AS "arrivedAt", a.skew_ms AS "skewMs"
		FROM app.field_record r
		LEFT JOIN LATERAL (SELECT convert_from(e.written, 'UTF8')::jsonb ->> 'at' AS at, e.skew_ms FROM app.field_event e
			WHERE e.county = r.county AND e.stop = r.stop AND e.kind = 'arrived' AND e.standing = 'record'
			ORDER BY e.number LIMIT 1) a ON true
		WHERE r.county = ${county} AND (r.state <> 'accepted' OR r.stop = ANY (${[...stops]}::text[]))`.execute(db);
	return rows;
}
