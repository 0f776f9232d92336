// 出示执法证: the word behind the QR of a stop, which a party scans to see whether these people are sent to it today.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	// Of a stop of a route, whatever version of the route a phone holds. 122 random bits that nobody guesses.
	`CREATE TABLE app.field_pass (
		county text NOT NULL REFERENCES app.county,
		series integer NOT NULL,
		route text NOT NULL,
		stop text NOT NULL,
		day date NOT NULL,
		token text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', '') CHECK (token ~ '^[0-9a-f]{32}$'),
		PRIMARY KEY (county, series, route, stop),
		UNIQUE (county, token)
	)`,
	`CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON app.field_pass FOR EACH ROW EXECUTE FUNCTION app.stays()`,
	...policiesOf('app.field_pass'),

	// Who is on their way to a stop as of now, by seat: of the current routes and their crew; of the demonstration, of its
	// last pack. Null: nobody.
	`CREATE FUNCTION app.field_sent(in_county text, in_series integer, in_route text, in_stop text) RETURNS text[]
		LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
		SELECT CASE WHEN in_series = 0 THEN (
			SELECT p.crew FROM app.field_pack p
			WHERE p.county = in_county AND p.series = 0 AND p.route = in_route ORDER BY p.number DESC LIMIT 1
		) ELSE (
			SELECT ARRAY(SELECT m.inspector FROM app.crew_member m WHERE m.county = d.county AND m.draw = d.id
				AND m.route = in_route AND NOT m.gone ORDER BY m.seat)
			FROM app.crew_draw d
			JOIN app.route_plan p ON p.county = d.county AND p.series = d.series AND p.state = 'current'
			JOIN app.day_route r ON r.county = p.county AND r.plan = p.id
				AND r.day::text || ' ' || r.office || ' ' || r.team = in_route
			JOIN app.stop s ON s.county = r.county AND s.plan = r.plan AND s.route = r.number
			WHERE d.county = in_county AND d.series = in_series AND d.assurance <> 'trial'
				AND d.state IN ('drawn', 'revealed') AND in_stop = d.series || '.' || (SELECT min(t.target COLLATE "C")
					FROM app.visit_target t WHERE t.county = s.county AND t.plan = s.plan AND t.visit = s.visit)
			LIMIT 1
		) END
	$$`,
	// What the portal may say to whoever holds the word. Before its day: nothing, as if there were none. After it, and when
	// nobody is sent there any more: that and no more. On its day: the party by name, and who is sent, as of now.
	`CREATE FUNCTION portal.certificates(in_county text, in_token text, in_day date) RETURNS TABLE (
		standing text, day date, uscc text, party text, name text, certificate text, issuer text, office text,
		valid_from date, valid_through date)
		LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
	DECLARE
		pass app.field_pass;
		sent text[];
	BEGIN
		SELECT * INTO pass FROM app.field_pass p WHERE p.county = in_county AND p.token = in_token;
		IF pass.token IS NULL OR pass.day > in_day THEN RETURN; END IF;
		IF pass.day < in_day THEN
			RETURN QUERY SELECT 'over', pass.day, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text,
				NULL::date, NULL::date;
			RETURN;
		END IF;
		sent := app.field_sent(in_county, pass.series, pass.route, pass.stop);
		IF coalesce(cardinality(sent), 0) < 2 THEN
			RETURN QUERY SELECT 'withdrawn', pass.day, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text,
				NULL::text, NULL::date, NULL::date;
			RETURN;
		END IF;
		RETURN QUERY SELECT 'sent', pass.day, y.uscc, y.name, i.name, i.certificate, i.issuer, o.name,
			lower(i.certificate_valid), upper(i.certificate_valid) - 1
		FROM unnest(sent) WITH ORDINALITY AS s(code, seat)
		JOIN app.inspector i ON i.county = in_county AND i.code = s.code
		JOIN app.office o ON o.county = i.county AND o.code = i.office
		LEFT JOIN app.current_target t ON t.county = in_county AND t.code = substr(pass.stop, strpos(pass.stop, '.') + 1)
		LEFT JOIN app.party y ON y.county = t.county AND y.uscc = t.party
		ORDER BY s.seat;
	END $$`,
	`REVOKE ALL ON FUNCTION app.field_sent, portal.certificates FROM PUBLIC`,
	`GRANT EXECUTE ON FUNCTION portal.certificates TO fairlot_portal`
];
