// The directories as a bureau keeps them: changes made by hand are imports without a file, so they too have an author, an
// entry in the ledger and an undo; indexes by which a list of a million targets pages; views that an account has saved.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	// Numbers of the entries that tell of it.
	`ALTER TABLE app.import ADD ledger_seq bigint, ADD undone_seq bigint`,
	// A list counts, sums and pages without touching the outlines.
	`CREATE INDEX target_listed ON app.target (county, kind, code) INCLUDE (township, area_m2, status, party)
		WHERE upper_inf(valid)`,
	`CREATE INDEX target_named ON app.target (county, kind, name, code) WHERE upper_inf(valid)`,
	`CREATE INDEX target_party ON app.target (county, party) WHERE upper_inf(valid) AND party IS NOT NULL`,
	// Rows of any past day, likewise.
	`CREATE INDEX target_past ON app.target (county, kind, code, valid) INCLUDE (township, area_m2, status, party)`,

	// Asked in every row policy; reads a setting only. Not said, no statement is shared out to several processes.
	`ALTER FUNCTION app.acts_as(text[]) PARALLEL SAFE`,

	// As before, with the table's name as text: as a name it kept the versions' index from being used, and a file of some
	// thousand parties took minutes.
	`CREATE OR REPLACE FUNCTION app.keep_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
		SET search_path = pg_catalog, public, pg_temp AS $$
	DECLARE
		instant timestamptz := coalesce(nullif(current_setting('fairlot.at', true), '')::timestamptz, transaction_timestamp());
		by_import bigint := nullif(current_setting('fairlot.import', true), '')::bigint;
		account text := coalesce(current_setting('fairlot.account', true), '');
		in_table text := TG_TABLE_NAME;
	BEGIN
		IF TG_OP <> 'INSERT' THEN
			DELETE FROM app.directory_version v USING gone g
			WHERE v.county = g.county AND v.directory = in_table AND upper_inf(v.valid)
				AND v.code = app.directory_code(in_table, to_jsonb(g)) AND lower(v.valid) >= instant;
			UPDATE app.directory_version v SET valid = tstzrange(lower(v.valid), instant) FROM gone g
			WHERE v.county = g.county AND v.directory = in_table AND upper_inf(v.valid)
				AND v.code = app.directory_code(in_table, to_jsonb(g));
		END IF;
		IF TG_OP <> 'DELETE' THEN
			INSERT INTO app.directory_version (county, directory, code, content, import, changed_by, valid)
			SELECT r.county, in_table, r.code, r.content - 'county', by_import, account,
				tstzrange(greatest(instant, (SELECT max(upper(v.valid)) FROM app.directory_version v
					WHERE v.county = r.county AND v.directory = in_table AND v.code = r.code)), NULL)
			FROM (SELECT n.county, to_jsonb(n) AS content, app.directory_code(in_table, to_jsonb(n)) AS code FROM fresh n) AS r;
		END IF;
		RETURN NULL;
	END $$`,

	`CREATE TABLE app.saved_view (
		county text NOT NULL REFERENCES app.county,
		account text NOT NULL,
		name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
		address text NOT NULL CHECK (address ~ '^\\?' AND char_length(address) <= 2000),
		PRIMARY KEY (county, account, name)
	)`,
	...policiesOf('app.saved_view'),

	// Boundaries are public; whose and under which map review number goes with them.
	`CREATE VIEW portal.boundary WITH (security_barrier = true) AS
		SELECT t.county, t.code, t.name, t.geom, t.area_m2, s.provenance, s.licence, s.review_number, s.sketch
		FROM app.current_township t JOIN app.boundary_source s ON s.id = t.source`,
	`GRANT SELECT ON portal.boundary TO fairlot_portal`
];
