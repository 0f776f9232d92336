// Visits and day routes of a draw. A plan of routes is a version: saved whole, never changed; what a planner does makes
// the next one, and going back makes an older one current again. No drawn target is ever missing: checked at COMMIT.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const tables = ['travel_matrix', 'route_plan', 'visit', 'visit_target', 'day_route', 'stop', 'unassigned'];

const statements = [
	// Travel that was asked of somebody else's server and could be answered otherwise tomorrow: seconds, then metres, by
	// rows, 32 bits each, little end first, gzip. A matrix we compute ourselves is computed again.
	`CREATE TABLE app.travel_matrix (
		county text NOT NULL REFERENCES app.county,
		hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
		size integer NOT NULL CHECK (size >= 1),
		bytes bytea NOT NULL,
		PRIMARY KEY (county, hash)
	)`,

	// id numbers all versions of the county; series is the id of the first, and one of a series is current.
	// provider: whose travel times were used; fallback: why not those that were asked for.
	`CREATE TABLE app.route_plan (
		county text NOT NULL REFERENCES app.county,
		id integer NOT NULL CHECK (id >= 1),
		series integer NOT NULL,
		draw integer NOT NULL,
		supersedes integer,
		state text NOT NULL DEFAULT 'current' CHECK (state IN ('current', 'set_aside')),
		change text NOT NULL CHECK (change IN ('planned', 'solved', 'moved', 'locked', 'split', 'joined', 'followed')),
		reason text CHECK (reason <> ''),
		provider text NOT NULL CHECK (provider IN ('great_circle', 'osrm', 'valhalla')),
		fallback text CHECK (fallback IN ('timeout', 'unanswered', 'nonsense')),
		matrix_hash text NOT NULL CHECK (matrix_hash ~ '^[0-9a-f]{64}$'),
		settings jsonb NOT NULL,
		seed bigint NOT NULL CHECK (seed >= 0),
		iterations integer NOT NULL CHECK (iterations >= 0),
		cost bigint NOT NULL CHECK (cost >= 0),
		routes_hash text NOT NULL CHECK (routes_hash ~ '^[0-9a-f]{64}$'),
		created_by text NOT NULL,
		created_at timestamptz NOT NULL,
		PRIMARY KEY (county, id),
		UNIQUE (county, series, id),
		FOREIGN KEY (county, draw) REFERENCES app.draw,
		FOREIGN KEY (county, series) REFERENCES app.route_plan (county, id),
		FOREIGN KEY (county, series, supersedes) REFERENCES app.route_plan (county, series, id),
		CHECK ((supersedes IS NULL) = (id = series)),
		CHECK (supersedes < id),
		CHECK (fallback IS NULL OR provider = 'great_circle'),
		-- A visit is split or joined by hand for a reason that is given.
		CHECK ((change IN ('split', 'joined')) = (reason IS NOT NULL))
	)`,
	`CREATE UNIQUE INDEX route_plan_current ON app.route_plan (county, series) WHERE state = 'current'`,
	`CREATE INDEX route_plan_draw ON app.route_plan (county, draw)`,

	// 联合检查: one party at one place. party null: the registry names none. stands_at: the target whose point one drives to.
	// by_hand: why a planner split or joined it.
	`CREATE TABLE app.visit (
		county text NOT NULL,
		plan integer NOT NULL,
		number integer NOT NULL CHECK (number >= 1),
		party text,
		stands_at text NOT NULL,
		items text[] NOT NULL,
		setup_min integer NOT NULL CHECK (setup_min >= 0),
		service_min integer NOT NULL CHECK (service_min >= 0),
		by_hand text CHECK (by_hand <> ''),
		PRIMARY KEY (county, plan, number),
		FOREIGN KEY (county, plan) REFERENCES app.route_plan
	)`,
	// Each target in one visit of a plan: the key.
	`CREATE TABLE app.visit_target (
		county text NOT NULL,
		plan integer NOT NULL,
		target text NOT NULL,
		visit integer NOT NULL,
		PRIMARY KEY (county, plan, target),
		FOREIGN KEY (county, plan, visit) REFERENCES app.visit
	)`,
	`CREATE INDEX visit_target_visit ON app.visit_target (county, plan, visit)`,

	// 路线: a team of an office on a day. Times are seconds of the day in the county, metres and travel those of the whole way.
	`CREATE TABLE app.day_route (
		county text NOT NULL,
		plan integer NOT NULL,
		number integer NOT NULL CHECK (number >= 1),
		day date NOT NULL,
		office text NOT NULL,
		team integer NOT NULL CHECK (team >= 1),
		locked boolean NOT NULL DEFAULT false,
		departs_s integer NOT NULL CHECK (departs_s >= 0),
		returns_s integer NOT NULL CHECK (returns_s >= departs_s),
		rest_s integer,
		rest_min integer,
		travel_s integer NOT NULL CHECK (travel_s >= 0),
		metres integer NOT NULL CHECK (metres >= 0),
		PRIMARY KEY (county, plan, number),
		UNIQUE (county, plan, day, office, team),
		FOREIGN KEY (county, plan) REFERENCES app.route_plan,
		FOREIGN KEY (county, office) REFERENCES app.office,
		CHECK (num_nonnulls(rest_s, rest_min) IN (0, 2))
	)`,
	// travel_s, metres: from the stop before, or the office. lock: what a new solution keeps of it.
	`CREATE TABLE app.stop (
		county text NOT NULL,
		plan integer NOT NULL,
		visit integer NOT NULL,
		route integer NOT NULL,
		position integer NOT NULL CHECK (position >= 1),
		arrival_s integer NOT NULL CHECK (arrival_s >= 0),
		wait_s integer NOT NULL CHECK (wait_s >= 0),
		travel_s integer NOT NULL CHECK (travel_s >= 0),
		metres integer NOT NULL CHECK (metres >= 0),
		lock text CHECK (lock IN ('route', 'order')),
		PRIMARY KEY (county, plan, visit),
		UNIQUE (county, plan, route, position),
		FOREIGN KEY (county, plan, visit) REFERENCES app.visit,
		FOREIGN KEY (county, plan, route) REFERENCES app.day_route
	)`,
	`CREATE TABLE app.unassigned (
		county text NOT NULL,
		plan integer NOT NULL,
		visit integer NOT NULL,
		reason text NOT NULL CHECK (reason IN ('no_vehicle_with_skills', 'unreachable', 'over_capacity', 'outside_hours',
			'no_room', 'locked', 'taken_off')),
		PRIMARY KEY (county, plan, visit),
		FOREIGN KEY (county, plan, visit) REFERENCES app.visit
	)`,

	// Who is called after substitution: the last one granted for a serial number, else who was drawn.
	`CREATE FUNCTION app.called(in_county text, in_draw integer) RETURNS SETOF text LANGUAGE sql STABLE AS $$
		SELECT d.target FROM app.drawn d
		WHERE d.county = in_county AND d.draw = in_draw AND d.rank = coalesce((SELECT max(s.granted)
			FROM app.substitution s WHERE s.county = d.county AND s.draw = d.draw AND s.serial = d.serial), 0)
	$$`,
	// The whole: nobody who is called is missing and nobody else is there, no visit is empty.
	`CREATE FUNCTION app.routes_whole() RETURNS trigger LANGUAGE plpgsql AS $$
	DECLARE target text; empty integer;
	BEGIN
		IF NEW.state <> 'current' THEN RETURN NULL; END IF;
		SELECT c INTO target FROM app.called(NEW.county, NEW.draw) c
			WHERE NOT EXISTS (SELECT FROM app.visit_target t WHERE t.county = NEW.county AND t.plan = NEW.id AND t.target = c)
			LIMIT 1;
		IF FOUND THEN
			RAISE EXCEPTION 'the drawn target % is in no visit of plan %', target, NEW.id USING ERRCODE = 'FL001';
		END IF;
		SELECT t.target INTO target FROM app.visit_target t WHERE t.county = NEW.county AND t.plan = NEW.id
			AND t.target NOT IN (SELECT app.called(NEW.county, NEW.draw)) LIMIT 1;
		IF FOUND THEN
			RAISE EXCEPTION 'the target % of plan % was not drawn', target, NEW.id USING ERRCODE = 'FL001';
		END IF;
		SELECT v.number INTO empty FROM app.visit v WHERE v.county = NEW.county AND v.plan = NEW.id
			AND NOT EXISTS (SELECT FROM app.visit_target t
				WHERE t.county = v.county AND t.plan = v.plan AND t.visit = v.number) LIMIT 1;
		IF FOUND THEN
			RAISE EXCEPTION 'visit % of plan % has no target', empty, NEW.id USING ERRCODE = 'FL001';
		END IF;
		RETURN NULL;
	END $$`,
	`CREATE CONSTRAINT TRIGGER routes_whole AFTER INSERT OR UPDATE ON app.route_plan
		DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.routes_whole()`,
	// Each visit is a stop or left over with a reason: one of the two.
	`CREATE FUNCTION app.visit_placed() RETURNS trigger LANGUAGE plpgsql AS $$
	DECLARE number integer := coalesce(to_jsonb(NEW) -> 'visit', to_jsonb(NEW) -> 'number')::integer; places integer;
	BEGIN
		SELECT (SELECT count(*) FROM app.stop s
				WHERE s.county = NEW.county AND s.plan = NEW.plan AND s.visit = number)
			+ (SELECT count(*) FROM app.unassigned u
				WHERE u.county = NEW.county AND u.plan = NEW.plan AND u.visit = number) INTO places;
		IF places <> 1 THEN
			RAISE EXCEPTION 'visit % of plan % is in % places, not in one', number, NEW.plan, places USING ERRCODE = 'FL001';
		END IF;
		RETURN NULL;
	END $$`,
	...['visit', 'stop', 'unassigned'].map(
		(table) => `CREATE CONSTRAINT TRIGGER visit_placed AFTER INSERT ON app.${table}
			DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.visit_placed()`
	),
	// A target added to a plan after its transaction: it must have been drawn as well.
	`CREATE FUNCTION app.target_called() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF NOT EXISTS (SELECT FROM app.route_plan p JOIN app.drawn d ON d.county = p.county AND d.draw = p.draw
			WHERE p.county = NEW.county AND p.id = NEW.plan AND d.target = NEW.target) THEN
			RAISE EXCEPTION 'the target % of plan % was not drawn', NEW.target, NEW.plan USING ERRCODE = 'FL001';
		END IF;
		RETURN NULL;
	END $$`,
	`CREATE CONSTRAINT TRIGGER target_called AFTER INSERT ON app.visit_target
		DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.target_called()`,

	// Of a version only which is current ever changes.
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.route_plan FOR EACH ROW EXECUTE FUNCTION app.written_once(
		'county', 'id', 'series', 'draw', 'supersedes', 'change', 'reason', 'provider', 'fallback', 'matrix_hash', 'settings',
		'seed', 'iterations', 'cost', 'routes_hash', 'created_by', 'created_at')`,
	`CREATE TRIGGER stays BEFORE DELETE ON app.route_plan FOR EACH ROW EXECUTE FUNCTION app.stays()`,
	...tables
		.filter((table) => table !== 'route_plan')
		.map(
			(table) =>
				`CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON app.${table} FOR EACH ROW EXECUTE FUNCTION app.stays()`
		),
	...tables.flatMap((table) => policiesOf(`app.${table}`))
];
