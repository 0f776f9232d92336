// What the portal shows beside postings: how far the county's ledger is, by which it knows that something changed; the
// townships as a sketch, too coarse to be measured on. And what a party asks for through it: the recusal of an inspector
// it knows by name or certificate from its notice.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const rebuilt = (table: string) => [
	...['select', 'insert', 'update', 'delete'].map((verb) => `DROP POLICY IF EXISTS may_${verb} ON ${table}`),
	`REVOKE ALL ON ${table} FROM fairlot_app`,
	...policiesOf(table)
];

const statements = [
	`CREATE VIEW portal.version WITH (security_barrier = true) AS SELECT county, seq AS version FROM ledger.head`,
	// Simplified to some 200 m and cut to 0.001°: no corner of a survey is in it.
	`CREATE VIEW portal.outline WITH (security_barrier = true) AS
		SELECT t.county, t.code, t.name, ST_AsGeoJSON(ST_Multi(ST_SimplifyPreserveTopology(t.geom, 0.002)), 3) AS shape,
			s.provenance, s.licence, s.review_number, s.sketch
		FROM app.township t JOIN app.boundary_source s ON s.id = t.source WHERE upper_inf(t.valid)`,
	`GRANT SELECT ON portal.version, portal.outline TO fairlot_portal`,

	// A party is told until when it is answered: the sign-in reads rules and working days.
	...['app.rule_param', 'app.calendar_year', 'app.recusal_case'].flatMap(rebuilt),
	// Every posting about a party, also where a person's code is not public.
	`CREATE FUNCTION app.postings_of(in_county text, in_party text) RETURNS SETOF integer
		LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	BEGIN
		IF NOT app.acts_as('{auth}') THEN
			RAISE EXCEPTION 'postings of a party are for its own access' USING ERRCODE = 'insufficient_privilege';
		END IF;
		RETURN QUERY SELECT p.number FROM app.posting p
			JOIN app.result r ON r.county = p.county AND r.id = p.result AND r.party = in_party
			WHERE p.county = in_county ORDER BY p.number DESC;
	END $$`,
	// The one inspector of that name or certificate; null: none, or more than one.
	`CREATE FUNCTION app.inspector_named(in_county text, given text) RETURNS text
		LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
		SELECT min(code) FROM app.inspector WHERE county = in_county AND given IN (name, certificate)
		HAVING count(*) = 1
	$$`,
	`REVOKE ALL ON FUNCTION app.inspector_named, app.postings_of FROM PUBLIC`,
	`GRANT EXECUTE ON FUNCTION app.inspector_named, app.postings_of TO fairlot_app`
];
