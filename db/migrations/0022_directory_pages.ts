// A directory of a million targets, read by page: every order one may ask for has an index that gives its next rows, what
// one looks for is found by pairs of characters, and how many there are is known without counting them.
import { sql, type Kysely } from 'kysely';
import { policiesOf, rowAccess } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const readers = rowAccess['app.target']!.read.join(',');
/** What versions add at the instant they begin, and take away at the one they end; sign: of the rows themselves. */
const deltas = (rows: string, sign: 1 | -1) => `
	SELECT county, kind, township, status, coalesce(lower(valid), '-infinity') AS at, ${sign} AS n, area_m2::numeric AS area_m2
	FROM ${rows} WHERE NOT isempty(valid)
	UNION ALL SELECT county, kind, township, status, upper(valid), ${-sign}, area_m2::numeric
	FROM ${rows} WHERE NOT upper_inf(valid) AND NOT isempty(valid)`;
const tallied = (
	from: string
) => `INSERT INTO app.target_tally (county, kind, township, status, at, rows, area_m2)
	SELECT county, kind, township, status, at, sum(n), sum(n * area_m2) FROM (${from}) AS d
	GROUP BY county, kind, township, status, at HAVING sum(n) <> 0 OR sum(n * area_m2) <> 0`;
const counting = (name: string, event: string, rows: string, from: string) => [
	`CREATE FUNCTION app.${name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
		SET search_path = pg_catalog, public, pg_temp AS $$ BEGIN ${tallied(from)}; RETURN NULL; END $$`,
	`REVOKE ALL ON FUNCTION app.${name} FROM PUBLIC`,
	`CREATE TRIGGER ${name} AFTER ${event} ON app.target REFERENCING ${rows}
		FOR EACH STATEMENT EXECUTE FUNCTION app.${name}()`
];

const statements = [
	`DROP INDEX app.target_current, app.target_named, app.target_party`,
	// Of every version: a past day is read in the same orders.
	`CREATE INDEX target_current ON app.target (county, kind, township, code)`,
	`CREATE INDEX target_named ON app.target (county, kind, name, code)`,
	`CREATE INDEX target_sized ON app.target (county, kind, area_m2, code)`,
	`CREATE INDEX target_standing ON app.target (county, kind, status, code)`,
	`CREATE INDEX target_since ON app.target (county, kind, lower(valid), code)`,
	`CREATE INDEX target_party ON app.target (county, party, kind, code) WHERE upper_inf(valid)`,
	`CREATE INDEX party_named ON app.party (county, name, uscc)`,
	`CREATE INDEX party_graded ON app.party (county, credit_grade, uscc)`,

	// Every two characters that follow one another, and the last one: words of any script and length are found by them,
	// where the trigrams of pg_trgm need three, and letters that the database's locale knows.
	`CREATE FUNCTION app.pairs(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
		SELECT pg_catalog.array_to_tsvector(pg_catalog.array_agg(DISTINCT pg_catalog.substr(words, i, 2)))
		FROM pg_catalog.generate_series(1, pg_catalog.char_length(words)) AS i $$`,
	`CREATE INDEX target_words ON app.target USING gin (app.pairs(upper((code || E'\\n' || left(name, 200)) COLLATE "C")))`,

	// Every version, as app.current_target shows the current ones: behind a policy the planner may not use the index of words.
	`CREATE VIEW app.target_version AS SELECT * FROM app.target
		WHERE (SELECT current_user <> 'fairlot_app' OR app.acts_as('{${readers}}'))`,
	`GRANT SELECT ON app.target_version TO fairlot_app`,

	// How many targets there are, and how large, as what each instant adds to them; their sum up to an instant is what the
	// directory held then. Written by triggers and by nothing else.
	`CREATE TABLE app.target_tally (
		county text NOT NULL REFERENCES app.county,
		kind text NOT NULL,
		township text NOT NULL,
		status text NOT NULL,
		at timestamptz NOT NULL,
		rows integer NOT NULL,
		area_m2 numeric NOT NULL
	)`,
	`CREATE INDEX target_tally_at ON app.target_tally (county, kind, at) INCLUDE (township, status, rows, area_m2)`,
	...policiesOf('app.target_tally'),
	tallied(deltas('app.target', 1)),
	...counting('target_added', 'INSERT', 'NEW TABLE AS fresh', deltas('fresh', 1)),
	...counting(
		'target_changed',
		'UPDATE',
		'OLD TABLE AS gone NEW TABLE AS fresh',
		`${deltas('gone', -1)} UNION ALL ${deltas('fresh', 1)}`
	),
	...counting('target_removed', 'DELETE', 'OLD TABLE AS gone', deltas('gone', -1)),
	// An import writes in hundreds of statements: one row for each of them becomes one for all.
	`CREATE FUNCTION app.settle_tally(in_county text, since timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER
		SET search_path = pg_catalog, public, pg_temp AS $$
		WITH gone AS (DELETE FROM app.target_tally WHERE county = in_county AND at = since RETURNING *)
		INSERT INTO app.target_tally (county, kind, township, status, at, rows, area_m2)
		SELECT county, kind, township, status, at, sum(rows), sum(area_m2) FROM gone
		GROUP BY county, kind, township, status, at HAVING sum(rows) <> 0 OR sum(area_m2) <> 0 $$`,
	`REVOKE ALL ON FUNCTION app.settle_tally FROM PUBLIC`,
	`GRANT EXECUTE ON FUNCTION app.settle_tally TO fairlot_app`
];
