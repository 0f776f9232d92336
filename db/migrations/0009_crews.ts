// Crews by lot (protocol §9): who can go when, and a second draw over the day routes, with a commitment and digits of its
// own. Its ceremony has the same columns as that of the targets, so the same steps serve both. Whoever holds a seat is in
// the seat's own order, fixed by the seed; a seat that falls free goes to the next of that order.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const ceremony = ['ceremony', 'witness', 'signature', 'objection', 'void_request'];
const kept = ['lottery', 'inspector', 'party', 'route', 'order'];
const made = [
	'absence',
	'recusal_case',
	...['draw', ...ceremony, ...kept, 'member', 'replacement'].map((table) => `crew_${table}`)
];

/** A table with the columns, checks and keys of another; what it refers to is named anew. */
const like = (name: string, of: string, refers: string) => `CREATE TABLE app.crew_${name} (
	LIKE app.${of} INCLUDING ALL, FOREIGN KEY (county, draw) REFERENCES app.${refers})`;
const writtenOnce = (table: string, columns: string) =>
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.${table} FOR EACH ROW EXECUTE FUNCTION app.written_once(${columns})`;
const stays = (table: string, verbs: string) =>
	`CREATE TRIGGER stays BEFORE ${verbs} ON app.${table} FOR EACH ROW EXECUTE FUNCTION app.stays()`;

const statements = [
	// 不在岗: a day on which an inspector cannot go. Taken back by away = false.
	`CREATE TABLE app.absence (
		county text NOT NULL,
		inspector text NOT NULL,
		day date NOT NULL,
		away boolean NOT NULL DEFAULT true,
		reason text NOT NULL DEFAULT '',
		set_by text NOT NULL,
		set_at timestamptz NOT NULL,
		PRIMARY KEY (county, inspector, day),
		FOREIGN KEY (county, inspector) REFERENCES app.inspector
	)`,
	// 回避 (行政处罚法第四十三条): declared by the inspector or ordered by the head it holds at once; applied for by a party
	// the head decides.
	`CREATE TABLE app.recusal_case (
		county text NOT NULL,
		id integer GENERATED ALWAYS AS IDENTITY,
		inspector text NOT NULL,
		uscc text NOT NULL,
		way text NOT NULL CHECK (way IN ('declared', 'applied', 'ordered')),
		reason text NOT NULL CHECK (reason <> ''),
		asked_by text NOT NULL,
		asked_at timestamptz NOT NULL,
		decision text CHECK (decision IN ('approved', 'refused')),
		decided_by text CHECK (decided_by <> asked_by),
		decided_at timestamptz,
		PRIMARY KEY (county, id),
		FOREIGN KEY (county, inspector) REFERENCES app.inspector,
		FOREIGN KEY (county, uscc) REFERENCES app.party,
		CHECK (num_nonnulls(decision, decided_by, decided_at) IN (0, 3)),
		CHECK (decision IS NULL OR way = 'applied')
	)`,
	`CREATE UNIQUE INDEX recusal_case_open ON app.recusal_case (county, inspector, uscc) WHERE decision IS NULL`,
	// Who must not meet whom, from the directory or a case that holds.
	`CREATE VIEW app.recused WITH (security_invoker = true) AS
		SELECT county, inspector, uscc FROM app.recusal
		UNION SELECT county, inspector, uscc FROM app.recusal_case WHERE way <> 'applied' OR decision = 'approved'`,
	`GRANT SELECT ON app.recused TO fairlot_app`,

	// A draw of crews. routes: the version of day routes it is for. trial: with made-up names, no number, not in the ledger.
	`CREATE TABLE app.crew_draw (
		county text NOT NULL REFERENCES app.county,
		id integer NOT NULL CHECK (id >= 1),
		series integer NOT NULL,
		routes integer NOT NULL,
		last_day date NOT NULL,
		state text NOT NULL CHECK (state IN ('frozen', 'announced', 'locked', 'drawn', 'revealed', 'void', 'aborted')),
		assurance text NOT NULL CHECK (assurance IN ('trial', 'L1', 'L2', 'L3')),
		seq integer CHECK (seq >= 1),
		prev text CHECK (prev ~ '^[0-9a-f]{64}$'),
		commitment text CHECK (commitment ~ '^[0-9a-f]{64}$'),
		routes_hash text NOT NULL CHECK (routes_hash ~ '^[0-9a-f]{64}$'),
		roster_hash text NOT NULL CHECK (roster_hash ~ '^[0-9a-f]{64}$'),
		rules_hash text NOT NULL CHECK (rules_hash ~ '^[0-9a-f]{64}$'),
		portfolio_size integer NOT NULL CHECK (portfolio_size >= 200),
		portfolio_root text NOT NULL CHECK (portfolio_root ~ '^[0-9a-f]{64}$'),
		entropy jsonb,
		seed text CHECK (seed ~ '^[0-9a-f]{64}$'),
		ticket integer CHECK (ticket >= 0 AND ticket < portfolio_size),
		manifest_hash text CHECK (manifest_hash ~ '^[0-9a-f]{64}$'),
		drawn_at timestamptz,
		PRIMARY KEY (county, id),
		UNIQUE (county, seq),
		UNIQUE (county, commitment),
		FOREIGN KEY (county, series, routes) REFERENCES app.route_plan (county, series, id),
		CHECK ((seq IS NULL) = (commitment IS NULL OR assurance = 'trial')),
		CHECK (seq IS NULL OR (seq = 1) = (prev IS NULL)),
		CHECK (CASE state WHEN 'frozen' THEN commitment IS NULL WHEN 'aborted' THEN true ELSE commitment IS NOT NULL END),
		CHECK (num_nonnulls(entropy, seed, ticket, manifest_hash, drawn_at) =
			CASE WHEN state IN ('drawn', 'revealed', 'void') THEN 5 ELSE 0 END)
	)`,
	// One draw of crews for day routes is on its way or holds.
	`CREATE UNIQUE INDEX crew_draw_held ON app.crew_draw (county, series)
		WHERE assurance <> 'trial' AND state NOT IN ('void', 'aborted')`,
	like('ceremony', 'ceremony', 'crew_draw'),
	like('witness', 'ceremony_witness', 'crew_ceremony'),
	like('signature', 'signature', 'crew_draw'),
	like('objection', 'objection', 'crew_ceremony'),
	like('void_request', 'void_request', 'crew_ceremony'),

	// The lottery without its plan, canonical JSON: problem, portfolio, chances, bounds.
	`CREATE TABLE app.crew_lottery (
		county text NOT NULL,
		draw integer NOT NULL,
		lottery text NOT NULL,
		PRIMARY KEY (county, draw),
		FOREIGN KEY (county, draw) REFERENCES app.crew_draw
	)`,
	// 代号: whom the names of the lottery stand for. inspector null: made up.
	`CREATE TABLE app.crew_inspector (
		county text NOT NULL,
		draw integer NOT NULL,
		alias text NOT NULL,
		inspector text,
		name text NOT NULL,
		PRIMARY KEY (county, draw, alias),
		UNIQUE (county, draw, inspector),
		FOREIGN KEY (county, draw) REFERENCES app.crew_draw,
		FOREIGN KEY (county, inspector) REFERENCES app.inspector
	)`,
	`CREATE TABLE app.crew_party (
		county text NOT NULL,
		draw integer NOT NULL,
		alias text NOT NULL,
		uscc text NOT NULL,
		PRIMARY KEY (county, draw, alias),
		UNIQUE (county, draw, uscc),
		FOREIGN KEY (county, draw) REFERENCES app.crew_draw
	)`,
	`CREATE TABLE app.crew_route (
		county text NOT NULL,
		draw integer NOT NULL,
		route text NOT NULL,
		day date NOT NULL,
		seats integer NOT NULL CHECK (seats >= 2),
		townships text[] NOT NULL,
		parties text[] NOT NULL,
		PRIMARY KEY (county, draw, route),
		UNIQUE (county, draw, route, day),
		FOREIGN KEY (county, draw) REFERENCES app.crew_draw
	)`,
	// 递补顺序: who would take a seat, fixed by the seed.
	`CREATE TABLE app.crew_order (
		county text NOT NULL,
		draw integer NOT NULL,
		route text NOT NULL,
		seat integer NOT NULL CHECK (seat >= 1),
		rank integer NOT NULL CHECK (rank >= 1),
		alias text NOT NULL,
		PRIMARY KEY (county, draw, route, seat, rank),
		UNIQUE (county, draw, route, seat, alias),
		UNIQUE (county, draw, route, seat, rank, alias),
		FOREIGN KEY (county, draw, route) REFERENCES app.crew_route,
		FOREIGN KEY (county, draw, alias) REFERENCES app.crew_inspector
	)`,
	// Who holds a seat: turn 0 was drawn, turn n is the n-th replacement. gone: holds it no longer.
	`CREATE TABLE app.crew_member (
		county text NOT NULL,
		draw integer NOT NULL,
		route text NOT NULL,
		seat integer NOT NULL,
		turn integer NOT NULL CHECK (turn >= 0),
		alias text NOT NULL,
		day date NOT NULL,
		inspector text,
		gone boolean NOT NULL DEFAULT false,
		PRIMARY KEY (county, draw, route, seat, turn),
		UNIQUE (county, draw, route, seat, alias),
		FOREIGN KEY (county, draw, route, day) REFERENCES app.crew_route (county, draw, route, day),
		FOREIGN KEY (county, draw, route, seat, alias) REFERENCES app.crew_order (county, draw, route, seat, alias),
		FOREIGN KEY (county, draw, inspector) REFERENCES app.crew_inspector (county, draw, inspector)
	)`,
	`CREATE UNIQUE INDEX crew_member_seat ON app.crew_member (county, draw, route, seat) WHERE NOT gone`,
	// Nobody is twice in a crew or on two routes on one day, whatever draw they are of.
	`CREATE UNIQUE INDEX crew_member_day ON app.crew_member (county, draw, day, alias) WHERE NOT gone`,
	`CREATE UNIQUE INDEX crew_member_inspector ON app.crew_member (county, day, inspector) WHERE NOT gone`,

	// 替换: the holder of a seat gives it up, for a reason, to the next of the seat's order. passed: who stands before that
	// one and what keeps them away, by alias.
	`CREATE TABLE app.crew_replacement (
		county text NOT NULL,
		draw integer NOT NULL,
		id integer GENERATED ALWAYS AS IDENTITY,
		route text NOT NULL,
		seat integer NOT NULL,
		turn integer NOT NULL,
		rank integer NOT NULL,
		alias text NOT NULL,
		reason text NOT NULL CHECK (reason IN ('absent', 'ill', 'recused', 'certificate', 'left', 'duty', 'other')),
		evidence text NOT NULL CHECK (evidence <> ''),
		passed jsonb NOT NULL CHECK (jsonb_typeof(passed) = 'object'),
		asked_by text NOT NULL,
		asked_at timestamptz NOT NULL,
		decision text CHECK (decision IN ('approved', 'refused')),
		decided_by text CHECK (decided_by <> asked_by),
		decided_at timestamptz,
		PRIMARY KEY (county, draw, id),
		FOREIGN KEY (county, draw, route, seat, turn) REFERENCES app.crew_member,
		FOREIGN KEY (county, draw, route, seat, rank, alias)
			REFERENCES app.crew_order (county, draw, route, seat, rank, alias),
		CHECK (num_nonnulls(decision, decided_by, decided_at) IN (0, 3))
	)`,
	`CREATE UNIQUE INDEX crew_replacement_open ON app.crew_replacement (county, draw, route, seat) WHERE decision IS NULL`,

	// Whether the inspector belongs to the office of whoever asks.
	`CREATE FUNCTION app.own_inspector(in_county text, in_inspector text) RETURNS boolean LANGUAGE sql STABLE
		RETURN EXISTS (SELECT 1 FROM app.inspector i WHERE i.county = in_county AND i.code = in_inspector
			AND i.office = current_setting('fairlot.office', true))`,
	// Who comes before somebody in the order of a seat has been out of it before, is in the crew, or is named as passed over.
	`CREATE FUNCTION app.replacement_next() RETURNS trigger LANGUAGE plpgsql AS $$
	DECLARE skipped text;
	BEGIN
		SELECT o.alias INTO skipped FROM app.crew_order o
			WHERE (o.county, o.draw, o.route, o.seat) = (NEW.county, NEW.draw, NEW.route, NEW.seat) AND o.rank < NEW.rank
				AND NOT NEW.passed ? o.alias
				AND NOT EXISTS (SELECT FROM app.crew_member m
					WHERE (m.county, m.draw, m.route, m.alias) = (o.county, o.draw, o.route, o.alias))
			ORDER BY o.rank LIMIT 1;
		IF FOUND THEN
			RAISE EXCEPTION '% comes before % for seat % of %', skipped, NEW.alias, NEW.seat, NEW.route USING ERRCODE = 'FL003';
		END IF;
		RETURN NEW;
	END $$`,
	`CREATE TRIGGER replacement_next BEFORE INSERT ON app.crew_replacement
		FOR EACH ROW EXECUTE FUNCTION app.replacement_next()`,
	// What no order and no request outweighs: home township, certificate; for who comes later also 回避, absence, an approval.
	`CREATE FUNCTION app.member_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
	DECLARE r app.crew_route; i app.inspector; why text;
	BEGIN
		SELECT * INTO r FROM app.crew_route c WHERE (c.county, c.draw, c.route) = (NEW.county, NEW.draw, NEW.route);
		IF NEW.turn > 0 AND NOT EXISTS (SELECT FROM app.crew_replacement x
			WHERE (x.county, x.draw, x.route, x.seat) = (NEW.county, NEW.draw, NEW.route, NEW.seat)
				AND x.turn = NEW.turn - 1 AND x.alias = NEW.alias AND x.decision = 'approved') THEN
			why := 'without an approved replacement';
		END IF;
		IF NEW.inspector IS NOT NULL THEN
			SELECT * INTO i FROM app.inspector x WHERE x.county = NEW.county AND x.code = NEW.inspector;
			IF i.home_townships && r.townships THEN why := 'of a home township'; END IF;
			IF NOT i.certificate_valid @> NEW.day THEN why := 'without a valid certificate'; END IF;
			IF NEW.turn > 0 AND EXISTS (SELECT FROM app.recused x JOIN app.crew_party p
				ON p.county = x.county AND p.draw = NEW.draw AND p.uscc = x.uscc
				WHERE x.county = NEW.county AND x.inspector = NEW.inspector AND p.alias = ANY (r.parties)) THEN
				why := 'recused from a party';
			END IF;
			IF NEW.turn > 0 AND EXISTS (SELECT FROM app.absence a
				WHERE (a.county, a.inspector, a.day) = (NEW.county, NEW.inspector, NEW.day) AND a.away) THEN
				why := 'absent on the day';
			END IF;
		END IF;
		IF why IS NOT NULL THEN
			RAISE EXCEPTION '% cannot go on %: %', NEW.alias, NEW.route, why USING ERRCODE = 'FL003';
		END IF;
		RETURN NEW;
	END $$`,
	`CREATE TRIGGER member_lawful BEFORE INSERT ON app.crew_member FOR EACH ROW EXECUTE FUNCTION app.member_lawful()`,
	// A drawn route has all its seats filled, of a void draw none.
	`CREATE FUNCTION app.crews_whole() RETURNS trigger LANGUAGE plpgsql AS $$
	DECLARE number integer := coalesce(to_jsonb(NEW) -> 'draw', to_jsonb(NEW) -> 'id')::integer; now text; broken text;
	BEGIN
		SELECT state INTO now FROM app.crew_draw WHERE county = NEW.county AND id = number;
		SELECT r.route INTO broken FROM app.crew_route r WHERE r.county = NEW.county AND r.draw = number
			AND (SELECT count(*) FROM app.crew_member m WHERE (m.county, m.draw, m.route) = (r.county, r.draw, r.route)
				AND NOT m.gone) <> CASE WHEN now IN ('drawn', 'revealed') THEN r.seats ELSE 0 END LIMIT 1;
		IF FOUND THEN
			RAISE EXCEPTION 'route % of the crews % (%) has another number of inspectors than seats', broken, number, now
				USING ERRCODE = 'FL003';
		END IF;
		RETURN NULL;
	END $$`,
	...['draw', 'member'].map(
		(table) => `CREATE CONSTRAINT TRIGGER crews_whole AFTER INSERT OR UPDATE ON app.crew_${table}
			DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.crews_whole()`
	),
	// Between the commitment and the drawn crews nobody moves a stop.
	`CREATE FUNCTION app.routes_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF EXISTS (SELECT FROM app.crew_draw c WHERE c.county = NEW.county AND c.series = NEW.series
			AND c.assurance <> 'trial' AND c.state IN ('announced', 'locked')) THEN
			RAISE EXCEPTION 'the crews of day routes % are being drawn', NEW.series USING ERRCODE = 'FL002';
		END IF;
		RETURN NEW;
	END $$`,
	`CREATE TRIGGER routes_fixed BEFORE INSERT OR UPDATE ON app.route_plan
		FOR EACH ROW EXECUTE FUNCTION app.routes_fixed()`,

	`CREATE TRIGGER one_way BEFORE UPDATE ON app.crew_draw FOR EACH ROW EXECUTE FUNCTION app.one_way()`,
	writtenOnce(
		'crew_draw',
		`'county', 'id', 'series', 'routes', 'last_day', 'assurance', 'seq', 'prev', 'commitment', 'routes_hash',
		'roster_hash', 'rules_hash', 'portfolio_size', 'portfolio_root', 'entropy', 'seed', 'ticket', 'manifest_hash', 'drawn_at'`
	),
	writtenOnce(
		'crew_ceremony',
		`'county', 'draw', 'operator', 'frozen_at', 'notice_minutes', 'public_frame', 'redo_of', 'superior_consent',
		'beacon_kind', 'beacon_source', 'beacon_pattern', 'beacon_after', 'announced_at', 'reveal_by', 'close_by',
		'sealed_plan', 'nonce_commit', 'nonce_escrow', 'locked_at', 'beacon_value', 'beacon_evidence', 'beacon_by',
		'beacon_at', 'revealed_at', 'ended_at', 'ended_by', 'end_reason', 'frame_error'`
	),
	writtenOnce(
		'crew_witness',
		`'county', 'draw', 'place', 'account', 'body', 'digits_hash', 'hashed_at', 'digits', 'salt', 'given_at'`
	),
	writtenOnce(
		'crew_void_request',
		`'county', 'draw', 'id', 'frame_error', 'reason', 'asked_by', 'asked_at', 'decision', 'decided_by', 'decided_at'`
	),
	writtenOnce(
		'crew_replacement',
		`'county', 'draw', 'id', 'route', 'seat', 'turn', 'rank', 'alias', 'reason', 'evidence', 'passed', 'asked_by',
		'asked_at', 'decision', 'decided_by', 'decided_at'`
	),
	writtenOnce(
		'recusal_case',
		`'county', 'id', 'inspector', 'uscc', 'way', 'reason', 'asked_by', 'asked_at', 'decision', 'decided_by', 'decided_at'`
	),
	// A seat that was given up stays so.
	`CREATE FUNCTION app.seat_given_up() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF OLD.gone OR to_jsonb(NEW) - 'gone' <> to_jsonb(OLD) - 'gone' THEN
			RAISE EXCEPTION 'who held a seat stays as it was: UPDATE of crew_member refused';
		END IF;
		RETURN NEW;
	END $$`,
	`CREATE TRIGGER seat_given_up BEFORE UPDATE ON app.crew_member FOR EACH ROW EXECUTE FUNCTION app.seat_given_up()`,
	...[...ceremony, 'draw', 'member', 'replacement'].map((table) => stays(`crew_${table}`, 'DELETE')),
	...[...kept, 'signature', 'objection'].map((table) =>
		stays(`crew_${table}`, 'UPDATE').replace('TRIGGER stays', 'TRIGGER stays_as_made')
	),
	...kept.map((table) => stays(`crew_${table}`, 'DELETE')),

	...made.map((table) => `app.${table}`).flatMap(policiesOf),
	// Everybody who reads its rows, but nobody its nonce; that is for whoever draws.
	`DO $$ BEGIN
		REVOKE SELECT ON app.crew_ceremony FROM fairlot_app;
		EXECUTE (SELECT format('GRANT SELECT (%s) ON app.crew_ceremony TO fairlot_app', string_agg(quote_ident(attname), ', '))
			FROM pg_attribute WHERE attrelid = 'app.crew_ceremony'::regclass AND attnum > 0 AND NOT attisdropped
				AND attname NOT IN ('nonce_sealed', 'nonce_escrow'));
	END $$`,
	`CREATE FUNCTION app.sealed_crew_nonce(in_county text, in_draw integer) RETURNS bytea
		LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	BEGIN
		IF NOT (app.acts_as('{planner}') OR current_setting('role') = 'none' AND pg_has_role(session_user,
			(SELECT relowner FROM pg_class WHERE oid = 'app.crew_ceremony'::regclass), 'USAGE')) THEN
			RAISE EXCEPTION 'the nonce is for whoever draws' USING ERRCODE = 'insufficient_privilege';
		END IF;
		RETURN (SELECT nonce_sealed FROM app.crew_ceremony WHERE county = in_county AND draw = in_draw);
	END $$`,
	`REVOKE ALL ON FUNCTION app.sealed_crew_nonce FROM PUBLIC`,
	`GRANT EXECUTE ON FUNCTION app.sealed_crew_nonce TO fairlot_app`,

	// The portal: every commitment to crews at once; lottery, seed and names when the batch is closed.
	`CREATE VIEW portal.crew WITH (security_barrier = true) AS
		SELECT d.county, d.seq, d.state, d.assurance, d.commitment, d.prev, c.sealed_plan AS plan, t.seq AS draw_seq,
			c.announced_at, c.locked_at, d.drawn_at, c.revealed_at, c.ended_at, c.end_reason, c.reveal_by, c.close_by,
			d.manifest_hash, CASE WHEN c.revealed_at IS NOT NULL THEN l.lottery END AS lottery,
			CASE WHEN c.revealed_at IS NOT NULL THEN d.entropy END AS entropy
		FROM app.crew_draw d
		JOIN app.crew_ceremony c ON c.county = d.county AND c.draw = d.id
		JOIN app.crew_lottery l ON l.county = d.county AND l.draw = d.id
		JOIN app.route_plan r ON r.county = d.county AND r.id = d.routes
		JOIN app.draw t ON t.county = r.county AND t.id = r.draw
		WHERE d.seq IS NOT NULL AND d.state <> 'frozen'`,
	`CREATE VIEW portal.crew_name WITH (security_barrier = true) AS
		SELECT d.county, d.seq, n.alias, n.name FROM app.crew_draw d
		JOIN app.crew_ceremony c ON c.county = d.county AND c.draw = d.id AND c.revealed_at IS NOT NULL
		JOIN app.crew_inspector n ON n.county = d.county AND n.draw = d.id
		WHERE d.seq IS NOT NULL`,
	`CREATE VIEW portal.crew_replacement WITH (security_barrier = true) AS
		SELECT d.county, d.seq, x.route, x.seat, m.alias AS gone, x.rank, x.alias, x.reason, x.passed, x.decided_at
		FROM app.crew_draw d
		JOIN app.crew_ceremony c ON c.county = d.county AND c.draw = d.id AND c.revealed_at IS NOT NULL
		JOIN app.crew_replacement x ON x.county = d.county AND x.draw = d.id AND x.decision = 'approved'
		JOIN app.crew_member m ON (m.county, m.draw, m.route, m.seat, m.turn) = (x.county, x.draw, x.route, x.seat, x.turn)
		WHERE d.seq IS NOT NULL`,
	`GRANT SELECT ON portal.crew, portal.crew_name, portal.crew_replacement TO fairlot_portal`
];
