// The directories with their past: versions of parties, offices, inspectors, items, recusals and blacklist periods,
// which until now were updated in place; imports that can be undone; items with their form.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const kept = ['office', 'party', 'blacklist_period', 'inspector', 'item', 'recusal'];
/** Rows that an undone import added are taken out again; foreign keys keep what something stands on. */
const deletable = ['office', 'blacklist_period', 'inspector', 'item'].map((table) => `app.${table}`);

const rebuilt = (table: string) => [
	...['select', 'insert', 'update', 'delete'].map((verb) => `DROP POLICY IF EXISTS may_${verb} ON ${table}`),
	`REVOKE ALL ON ${table} FROM fairlot_app`,
	...policiesOf(table)
];

const statements = [
	// options: as given, to be suggested when a file with the same columns comes again (source: SHA-256 of its header).
	// refused: the refused rows with their values, for download. An import is undone once.
	`ALTER TABLE app.import
		ADD created_by text,
		ADD options jsonb NOT NULL DEFAULT '{}',
		ADD source text CHECK (source ~ '^[0-9a-f]{64}$'),
		ADD refused jsonb NOT NULL DEFAULT '[]',
		ADD undone_at timestamptz,
		ADD undone_by text,
		ADD undone_reason text CHECK (undone_reason <> ''),
		ADD CHECK (num_nonnulls(undone_at, undone_by, undone_reason) IN (0, 3)),
		ADD CHECK (undone_at > created_at)`,
	`CREATE INDEX import_recent ON app.import (county, created_at DESC)`,
	`CREATE INDEX import_source ON app.import (county, kind, source) WHERE source IS NOT NULL`,
	`CREATE TRIGGER undone_once BEFORE UPDATE ON app.import
		FOR EACH ROW EXECUTE FUNCTION app.written_once('undone_at')`,
	`CREATE INDEX target_import ON app.target (county, import)`,

	// A party that only an undone import named: what stands on it stays, the directory no longer lists it.
	`ALTER TABLE app.party ADD removed_at timestamptz`,

	// body 主体: who inspects. departments: who cooperates. template: the typed checklist of the item's form, without any
	// default answer.
	`ALTER TABLE app.item ADD COLUMN IF NOT EXISTS template jsonb`,
	`ALTER TABLE app.item ADD body text NOT NULL DEFAULT '',
		ADD departments text[] NOT NULL DEFAULT '{}',
		ADD CHECK (NOT isempty(valid))`,

	// Every row as it was, from when to when; the current one has an open range. Written by triggers and by nothing else.
	// import: the one that brought it. Rows from before this table begin at no known time.
	`CREATE TABLE app.directory_version (
		county text NOT NULL REFERENCES app.county,
		directory text NOT NULL CHECK (directory = ANY ('{${kept.join(',')}}')),
		code text NOT NULL,
		content jsonb NOT NULL,
		import bigint REFERENCES app.import,
		changed_by text NOT NULL,
		valid tstzrange NOT NULL CHECK (NOT isempty(valid)),
		PRIMARY KEY (county, directory, code, valid),
		EXCLUDE USING gist (county WITH =, directory WITH =, code WITH =, valid WITH &&)
	)`,
	`CREATE INDEX directory_version_import ON app.directory_version (county, import) WHERE import IS NOT NULL`,
	...policiesOf('app.directory_version'),
	`CREATE FUNCTION app.directory_code(directory text, content jsonb) RETURNS text LANGUAGE sql IMMUTABLE
		SET search_path = pg_catalog, pg_temp AS $$
		SELECT CASE directory
			WHEN 'party' THEN content ->> 'uscc'
			WHEN 'recusal' THEN (content ->> 'inspector') || ' ' || (content ->> 'uscc')
			WHEN 'blacklist_period' THEN (content ->> 'uscc') || ' ' || lower((content ->> 'during')::daterange)
			ELSE content ->> 'code' END $$`,
	// The instant and the import are those that the transaction names (fairlot.at, fairlot.import). What changes twice at
	// one instant leaves its last state; a clock set back does not make two rows hold at once.
	`CREATE FUNCTION app.keep_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
		SET search_path = pg_catalog, public, pg_temp AS $$
	DECLARE
		instant timestamptz := coalesce(nullif(current_setting('fairlot.at', true), '')::timestamptz, transaction_timestamp());
		by_import bigint := nullif(current_setting('fairlot.import', true), '')::bigint;
		account text := coalesce(current_setting('fairlot.account', true), '');
	BEGIN
		IF TG_OP <> 'INSERT' THEN
			DELETE FROM app.directory_version v USING gone g
			WHERE v.county = g.county AND v.directory = TG_TABLE_NAME AND upper_inf(v.valid)
				AND v.code = app.directory_code(TG_TABLE_NAME, to_jsonb(g)) AND lower(v.valid) >= instant;
			UPDATE app.directory_version v SET valid = tstzrange(lower(v.valid), instant) FROM gone g
			WHERE v.county = g.county AND v.directory = TG_TABLE_NAME AND upper_inf(v.valid)
				AND v.code = app.directory_code(TG_TABLE_NAME, to_jsonb(g));
		END IF;
		IF TG_OP <> 'DELETE' THEN
			INSERT INTO app.directory_version (county, directory, code, content, import, changed_by, valid)
			SELECT n.county, TG_TABLE_NAME, app.directory_code(TG_TABLE_NAME, to_jsonb(n)), to_jsonb(n) - 'county', by_import,
				account, tstzrange(greatest(instant, (SELECT max(upper(v.valid)) FROM app.directory_version v
					WHERE v.county = n.county AND v.directory = TG_TABLE_NAME
						AND v.code = app.directory_code(TG_TABLE_NAME, to_jsonb(n)))), NULL)
			FROM fresh n;
		END IF;
		RETURN NULL;
	END $$`,
	`REVOKE ALL ON FUNCTION app.keep_versions FROM PUBLIC`,
	...kept.flatMap((table) => [
		`INSERT INTO app.directory_version (county, directory, code, content, changed_by, valid)
			SELECT county, '${table}', app.directory_code('${table}', to_jsonb(t)), to_jsonb(t) - 'county', '', tstzrange(NULL, NULL)
			FROM app.${table} t`,
		`CREATE TRIGGER versions_added AFTER INSERT ON app.${table} REFERENCING NEW TABLE AS fresh
			FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions()`,
		`CREATE TRIGGER versions_changed AFTER UPDATE ON app.${table} REFERENCING OLD TABLE AS gone NEW TABLE AS fresh
			FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions()`,
		`CREATE TRIGGER versions_ended AFTER DELETE ON app.${table} REFERENCING OLD TABLE AS gone
			FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions()`
	]),

	...deletable.flatMap(rebuilt)
];
