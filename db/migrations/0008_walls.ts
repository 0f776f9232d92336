// What a county is set up with: its divisions, working days and dated rules. And the second wall to its end: the portal
// reads the schema portal only, the sealed nonce is handed to whoever draws, the ledger has row policies too.
import { sql, type Kysely } from 'kysely';
import { policiesOf, rowAccess } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const added = ['division', 'calendar_year', 'rule_param'].map((table) => `app.${table}`);
const ledger = ['entry', 'head', 'checkpoint', 'tile', 'cosignature'].map((table) => `ledger.${table}`);
/** Tables of earlier migrations whose line in row-access.ts is another now. */
const changed = [
	...['county', 'township', 'plan', 'draw', 'frame', 'excluded', 'drawn', 'ceremony', 'ceremony_witness'],
	...['objection', 'substitution']
].map((table) => `app.${table}`);

const rebuilt = (table: string) => [
	...['select', 'insert', 'update', 'delete'].map((verb) => `DROP POLICY IF EXISTS may_${verb} ON ${table}`),
	`REVOKE ALL ON ${table} FROM fairlot_app`,
	...policiesOf(table)
];

/** What nobody reads of a table, although they read its rows. */
const readableBut = (table: string, hidden: string) => `DO $$ BEGIN
	REVOKE SELECT ON ${table} FROM fairlot_app;
	EXECUTE (SELECT format('GRANT SELECT (%s) ON ${table} TO fairlot_app', string_agg(quote_ident(attname), ', '))
		FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped
			AND attname <> ALL ('{${hidden}}'));
END $$`;

// A frozen frame has no number yet, a trial and a list of the superior body never get one.
const published = `d.seq IS NOT NULL AND d.commitment IS NOT NULL AND d.assurance IN ('L1', 'L2', 'L3')
	AND d.source = 'own' AND d.state <> 'frozen'`;
// A draw whose list was opened, even if it was declared void afterwards.
const opened = `c.revealed_at IS NOT NULL AND d.state IN ('revealed', 'void')`;
const ceremonyOf = 'app.ceremony c ON c.county = d.county AND c.draw = d.id';
const view = (name: string, query: string) =>
	`CREATE VIEW portal.${name} WITH (security_barrier = true) AS ${query}`;

const statements = [
	// 乡镇名单: the official list of a county's divisions, which the boundary layer is held against.
	`CREATE TABLE app.division (
		county text NOT NULL REFERENCES app.county,
		code text NOT NULL CHECK (code ~ '^[0-9]{9}$'),
		name text NOT NULL CHECK (name <> ''),
		PRIMARY KEY (county, code),
		CHECK (left(code, 6) = county)
	)`,

	// A year's days off on weekdays and days of work at weekends (调休), as published. A year without its row has none.
	`CREATE TABLE app.calendar_year (
		county text NOT NULL REFERENCES app.county,
		year integer NOT NULL CHECK (year BETWEEN 2000 AND 2999),
		source text NOT NULL CHECK (source <> ''),
		days_off date[] NOT NULL,
		workdays date[] NOT NULL,
		set_by text NOT NULL,
		set_at timestamptz NOT NULL,
		PRIMARY KEY (county, year),
		CHECK (NOT days_off && workdays)
	)`,

	// 规则参数: a figure, from when to when it holds, and where it says so. A past draw is judged by the rule of its day.
	`CREATE TABLE app.rule_param (
		county text NOT NULL REFERENCES app.county,
		key text NOT NULL CHECK (key ~ '^[a-z_]{1,40}$'),
		value double precision NOT NULL CHECK (value >= 0),
		valid daterange NOT NULL CHECK (NOT isempty(valid) AND lower(valid) IS NOT NULL),
		source text NOT NULL CHECK (source <> ''),
		set_by text NOT NULL,
		set_at timestamptz NOT NULL,
		PRIMARY KEY (county, key, valid),
		EXCLUDE USING gist (county WITH =, key WITH =, valid WITH &&)
	)`,

	// The first county of a deployment, registered by whoever may set it up; false when there is one already.
	`CREATE FUNCTION app.register_county(code text, name text, epsg integer, demo boolean) RETURNS boolean
		LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
	BEGIN
		IF NOT app.acts_as('{system_admin,system}') THEN
			RAISE EXCEPTION 'a county is registered by a system admin' USING ERRCODE = 'insufficient_privilege';
		END IF;
		LOCK TABLE app.county IN SHARE ROW EXCLUSIVE MODE;
		IF EXISTS (SELECT FROM app.county) THEN RETURN false; END IF;
		PERFORM app.add_county(code, name, epsg, demo);
		RETURN true;
	END $$`,
	`REVOKE ALL ON FUNCTION app.register_county FROM PUBLIC`,
	`GRANT EXECUTE ON FUNCTION app.register_county TO fairlot_app`,

	// Whether the nonce is escrowed, without the nonce.
	`ALTER TABLE app.ceremony ADD escrowed boolean NOT NULL GENERATED ALWAYS AS (nonce_escrow IS NOT NULL) STORED`,
	// The nonce under its key, for whoever draws and for the login that owns the table.
	`CREATE FUNCTION app.sealed_nonce(in_county text, in_draw integer) RETURNS bytea
		LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	BEGIN
		IF NOT (app.acts_as('{planner}') OR current_setting('role') = 'none' AND pg_has_role(session_user,
			(SELECT relowner FROM pg_class WHERE oid = 'app.ceremony'::regclass), 'USAGE')) THEN
			RAISE EXCEPTION 'the nonce is for whoever draws' USING ERRCODE = 'insufficient_privilege';
		END IF;
		RETURN (SELECT nonce_sealed FROM app.ceremony WHERE county = in_county AND draw = in_draw);
	END $$`,
	`REVOKE ALL ON FUNCTION app.sealed_nonce FROM PUBLIC`,
	`GRANT EXECUTE ON FUNCTION app.sealed_nonce TO fairlot_app`,

	...[...added, ...ledger].flatMap(policiesOf),
	...changed.flatMap(rebuilt),
	// What a county is known by stays; FOR UPDATE needs the right to change one column only.
	`REVOKE UPDATE ON app.county FROM fairlot_app`,
	`GRANT UPDATE (name, epsg, demo) ON app.county TO fairlot_app`,
	readableBut('app.ceremony', 'nonce_sealed,nonce_escrow'),
	`CREATE OR REPLACE VIEW app.current_township AS SELECT * FROM app.township WHERE upper_inf(valid)
		AND (SELECT current_user <> 'fairlot_app' OR app.acts_as('{${rowAccess['app.township']!.read.join(',')}}'))`,

	// A login that owns nothing sees whether there is anything to migrate.
	`GRANT SELECT ON public.kysely_migration TO fairlot_app`,

	// The portal: who was there is named by the body that sent them, what is not public yet is not in it.
	`DROP VIEW portal.draw`,
	view(
		'draw',
		`SELECT d.county, d.seq, d.kind, p.name AS plan_name, d.sample_size, d.frame_size, d.commitment, d.prev, d.state,
			d.assurance, c.draw IS NOT NULL AS ceremony, c.announced_at, c.locked_at, d.drawn_at, c.revealed_at, c.ended_at,
			c.end_reason, c.reveal_by, c.close_by, o.seq AS redo_of,
			coalesce(c.sealed_plan, (d.manifest::jsonb -> 'plan')::text) AS plan, d.manifest_hash, d.selected_root,
			CASE WHEN ${opened} THEN d.manifest END AS manifest,
			coalesce(${opened} AND c.public_frame, false) AS public_frame
		FROM app.draw d
		JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		LEFT JOIN ${ceremonyOf}
		LEFT JOIN app.draw o ON o.county = d.county AND o.id = c.redo_of
		WHERE ${published}`
	),
	view(
		'witness',
		`SELECT d.county, d.seq, w.place, w.body, w.digits_hash, w.hashed_at, w.paper FROM app.draw d
		JOIN app.ceremony_witness w ON w.county = d.county AND w.draw = d.id WHERE ${published}`
	),
	view(
		'objection',
		`SELECT d.county, d.seq, x.id, x.at, w.body FROM app.draw d
		JOIN app.objection x ON x.county = d.county AND x.draw = d.id
		LEFT JOIN app.ceremony_witness w ON w.county = x.county AND w.draw = x.draw AND w.account = x.account
		WHERE ${published}`
	),
	view(
		'substitution',
		`SELECT d.county, d.seq, s.serial, s.rank, f.target AS failed, n.target AS substitute, s.reason, s.decided_at
		FROM app.draw d
		JOIN ${ceremonyOf}
		JOIN app.substitution s ON s.county = d.county AND s.draw = d.id
		JOIN app.drawn n ON (n.county, n.draw, n.serial, n.rank) = (s.county, s.draw, s.serial, s.rank)
		JOIN app.drawn f ON (f.county, f.draw, f.serial, f.rank) = (s.county, s.draw, s.serial, s.rank - 1)
		WHERE s.decision = 'approved' AND ${published} AND ${opened}`
	),
	// As they were called on the day of the draw.
	view(
		'township',
		`SELECT d.county, d.seq, t.code, t.name FROM app.draw d
		JOIN ${ceremonyOf}
		JOIN app.township t ON t.county = d.county AND t.valid @> d.drawn_at
		WHERE ${published} AND ${opened}`
	),
	view(
		'frame',
		`SELECT d.county, d.seq, f.target, f.township, f.cell, f.x, f.y, f.weight, f.take, f.salt FROM app.draw d
		JOIN ${ceremonyOf} AND c.public_frame
		JOIN app.frame f ON f.county = d.county AND f.draw = d.id
		WHERE ${published} AND ${opened}`
	),
	view(
		'excluded',
		`SELECT d.county, d.seq, e.target, e.reason, e.salt FROM app.draw d
		JOIN ${ceremonyOf} AND c.public_frame
		JOIN app.excluded e ON e.county = d.county AND e.draw = d.id
		WHERE ${published} AND ${opened}`
	),
	`GRANT SELECT ON ALL TABLES IN SCHEMA portal TO fairlot_portal`
];
