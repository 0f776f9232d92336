// The second wall: the application's role owns nothing and sees rows by the identity set for it (see db/row-access.ts);
// the public's role reads the schema portal and nothing else. Roles belong to the whole cluster, so they may exist.
import { sql, type Kysely } from 'kysely';
import { policiesOf, rowAccess } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Two databases of one cluster may be migrated at once: whoever comes second finds the role there. */
const role = (name: string) => `DO $$ BEGIN
	BEGIN
		IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${name}') THEN
			CREATE ROLE ${name} NOLOGIN;
		END IF;
	EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
	END;
	IF NOT pg_has_role(current_user, '${name}', 'MEMBER') THEN
		EXECUTE format('GRANT ${name} TO %I', current_user);
	END IF;
END $$`;

// The tables there are at this migration; later ones put up their own.
const tables = [
	...['county', 'boundary_source', 'township', 'office', 'party', 'blacklist_period', 'import', 'target'],
	...['item', 'inspector', 'recusal', 'plan', 'draw', 'frame', 'excluded', 'drawn', 'ceremony'],
	...['ceremony_witness', 'signature', 'objection', 'void_request', 'substitution']
].map((table) => `app.${table}`);
const accounts = [
	...['user', 'session', 'account', 'two_factor', 'verification', 'rate_limit', 'attempt', 'refusal', 'event']
].map((table) => `auth.${table}`);

const statements = [
	role('fairlot_app'),
	role('fairlot_portal'),
	`CREATE SCHEMA portal`,
	`GRANT USAGE ON SCHEMA app, auth, ledger TO fairlot_app`,
	`GRANT USAGE ON SCHEMA portal TO fairlot_portal`,
	// Imports compare their rows in temporary tables.
	`DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO fairlot_app', current_database()); END $$`,

	// Whether the identity of this statement has one of the roles; without an identity it has none.
	`CREATE FUNCTION app.acts_as(wanted text[]) RETURNS boolean LANGUAGE sql STABLE
		RETURN coalesce(string_to_array(current_setting('fairlot.roles', true), ',') && wanted, false)`,
	// Whether the target of this serial number lies in a township the identity's office answers for.
	`CREATE FUNCTION app.office_answers(in_county text, in_draw integer, in_serial integer) RETURNS boolean
		LANGUAGE sql STABLE RETURN EXISTS (
			SELECT 1 FROM app.drawn d
			JOIN app.frame f ON f.county = d.county AND f.draw = d.draw AND f.target = d.target
			JOIN app.office o ON o.county = d.county AND o.code = current_setting('fairlot.office', true)
			WHERE d.county = in_county AND d.draw = in_draw AND d.serial = in_serial AND d.rank = 0
				AND f.township = ANY (o.townships))`,
	...[...tables, ...accounts].flatMap(policiesOf),

	// These run as their owner, who sees every row, and open with the same question as the policy, asked once before any
	// row is read. Behind a policy the planner could not use the indexes of geometries: their operators are not leakproof.
	...['target', 'township'].map(
		(
			table
		) => `CREATE OR REPLACE VIEW app.current_${table} AS SELECT * FROM app.${table} WHERE upper_inf(valid)
			AND (SELECT current_user <> 'fairlot_app' OR app.acts_as('{${rowAccess[`app.${table}`]!.read.join(',')}}'))`
	),
	`GRANT SELECT ON app.current_target, app.current_township TO fairlot_app`,
	`REVOKE ALL ON FUNCTION app.add_county FROM PUBLIC`,

	`GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO fairlot_app`,
	`GRANT EXECUTE ON FUNCTION ledger.append, ledger.add_checkpoint, ledger.add_cosignature TO fairlot_app`,

	// Every commitment in order; trial draws have no place in it. What was drawn is shown once it is revealed.
	`CREATE VIEW portal.draw WITH (security_barrier = true) AS
		SELECT d.county, d.seq, d.kind, d.commitment, d.prev, d.state, d.assurance, c.announced_at, d.drawn_at,
			c.revealed_at, c.reveal_by, c.close_by, c.ended_at, c.end_reason, c.redo_of,
			CASE WHEN c.revealed_at IS NOT NULL THEN d.manifest END AS manifest,
			CASE WHEN c.revealed_at IS NOT NULL THEN d.manifest_hash END AS manifest_hash
		FROM app.draw d JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		WHERE d.seq IS NOT NULL AND d.assurance <> 'trial'`,
	`GRANT SELECT ON portal.draw TO fairlot_portal`
];
