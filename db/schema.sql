CREATE SCHEMA app;

CREATE SCHEMA auth;

CREATE SCHEMA ledger;

CREATE SCHEMA portal;

CREATE FUNCTION app.acts_as(wanted text[]) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((string_to_array(current_setting('fairlot.roles'::text, true), ','::text) && wanted), false);

CREATE FUNCTION app.add_county(code text, name text, epsg integer, demo boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
	BEGIN
		INSERT INTO app.county VALUES (code, name, epsg, demo);
		EXECUTE format('CREATE TABLE app.target_%s PARTITION OF app.target FOR VALUES IN (%L)', code, code);
		EXECUTE format('ALTER TABLE app.target_%s ADD EXCLUDE USING gist (code WITH =, valid WITH &&)', code);
		EXECUTE format('CREATE TABLE app.frame_%s PARTITION OF app.frame FOR VALUES IN (%L)', code, code);
		INSERT INTO ledger.head VALUES (code, 0);
	END $$;

CREATE FUNCTION app.annual_open() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	DECLARE changed jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END; found text;
	BEGIN
		SELECT p.state INTO found FROM app.annual_plan p
			WHERE p.county = changed ->> 'county' AND p.year = (changed ->> 'year')::integer;
		IF found <> ALL (TG_ARGV) THEN
			RAISE EXCEPTION 'the annual plan % is %', changed ->> 'year', found USING ERRCODE = 'FL001';
		END IF;
		RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
	END $$;

CREATE FUNCTION app.called(in_county text, in_draw integer) RETURNS SETOF text
    LANGUAGE sql STABLE
    AS $$
		SELECT d.target FROM app.drawn d
		WHERE d.county = in_county AND d.draw = in_draw AND d.rank = coalesce((SELECT max(s.granted)
			FROM app.substitution s WHERE s.county = d.county AND s.draw = d.draw AND s.serial = d.serial), 0)
	$$;

CREATE FUNCTION app.credit_body_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	BEGIN
		RAISE EXCEPTION 'message % was sent: its body stays', OLD.business_key;
	END $$;

CREATE FUNCTION app.crews_whole() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
	END $$;

CREATE FUNCTION app.directory_code(directory text, content jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
		SELECT CASE directory
			WHEN 'party' THEN content ->> 'uscc'
			WHEN 'recusal' THEN (content ->> 'inspector') || ' ' || (content ->> 'uscc')
			WHEN 'blacklist_period' THEN (content ->> 'uscc') || ' ' || lower((content ->> 'during')::daterange)
			ELSE content ->> 'code' END $$;

CREATE TABLE auth."user" (
    id text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    email_verified boolean DEFAULT false NOT NULL,
    image text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    username text NOT NULL,
    role text DEFAULT ''::text NOT NULL,
    banned boolean DEFAULT false NOT NULL,
    ban_reason text,
    ban_expires timestamp with time zone,
    two_factor_enabled boolean DEFAULT false NOT NULL,
    office text,
    must_change_password boolean DEFAULT false NOT NULL,
    demo boolean DEFAULT false NOT NULL,
    inspector text,
    CONSTRAINT user_inspector_check CHECK ((inspector <> ''::text)),
    CONSTRAINT user_role_check CHECK ((string_to_array(role, ','::text) <@ ARRAY['system_admin'::text, 'security_admin'::text, 'audit_admin'::text, 'planner'::text, 'witness'::text, 'leader'::text, 'office_head'::text, 'inspector'::text, 'legal_reviewer'::text, 'publisher'::text, 'partner'::text])),
    CONSTRAINT user_username_check CHECK ((username ~ '^[a-z0-9_.]{2,32}$'::text))
);

CREATE FUNCTION app.field_inspector() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT u.inspector FROM auth."user" u WHERE (u.id = current_setting('fairlot.account'::text, true)));

CREATE FUNCTION app.field_sent(in_county text, in_series integer, in_route text, in_stop text) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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
	$$;

CREATE FUNCTION app.inspector_named(in_county text, given text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
		SELECT min(code) FROM app.inspector WHERE county = in_county AND given IN (name, certificate)
		HAVING count(*) = 1
	$$;

CREATE FUNCTION app.keep_versions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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
	END $$;

CREATE TABLE app.inspector (
    county text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    office text NOT NULL,
    home_townships text[] NOT NULL,
    scopes text[] NOT NULL,
    lead boolean DEFAULT false NOT NULL,
    certificate text NOT NULL,
    issuer text NOT NULL,
    certificate_valid daterange NOT NULL,
    CONSTRAINT inspector_certificate_check CHECK ((char_length(certificate) <= 32))
);

CREATE FUNCTION app.knows_inspector(in_code text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (EXISTS (SELECT FROM app.inspector i WHERE (i.code = knows_inspector.in_code)));

CREATE FUNCTION app.member_lawful() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
	END $$;

CREATE TABLE app.drawn (
    county text NOT NULL,
    draw integer NOT NULL,
    target text NOT NULL,
    role text NOT NULL,
    serial integer NOT NULL,
    rank integer DEFAULT 0 NOT NULL,
    framed integer GENERATED ALWAYS AS (
CASE
    WHEN (role <> 'superior'::text) THEN draw
    ELSE NULL::integer
END) STORED,
    CONSTRAINT drawn_check CHECK (((role = 'substitute'::text) = (rank > 0))),
    CONSTRAINT drawn_rank_check CHECK ((rank >= 0)),
    CONSTRAINT drawn_role_check CHECK ((role = ANY (ARRAY['original'::text, 'substitute'::text, 'superior'::text]))),
    CONSTRAINT drawn_serial_check CHECK ((serial >= 1))
);

CREATE TABLE app.frame (
    county text NOT NULL,
    draw integer NOT NULL,
    target text NOT NULL,
    township text NOT NULL,
    cell text NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    weight bigint NOT NULL,
    take smallint NOT NULL,
    salt text NOT NULL,
    mass bigint NOT NULL,
    pseudonym text,
    secret text,
    CONSTRAINT frame_check CHECK (((pseudonym IS NULL) = (secret IS NULL))),
    CONSTRAINT frame_mass_check CHECK (((mass > 0) AND (mass <= 1073741824))),
    CONSTRAINT frame_pseudonym_check CHECK ((pseudonym ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT frame_salt_check CHECK ((salt ~ '^([0-9a-f]{32})?$'::text)),
    CONSTRAINT frame_secret_check CHECK ((secret ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT frame_take_check CHECK ((take = ANY (ARRAY[0, 1]))),
    CONSTRAINT frame_weight_check CHECK ((weight >= 1))
)
PARTITION BY LIST (county);

CREATE TABLE app.office (
    county text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    townships text[] NOT NULL,
    point public.geometry(Point,4490) NOT NULL,
    department text DEFAULT ''::text NOT NULL,
    CONSTRAINT office_department_check CHECK ((char_length(department) <= 40)),
    CONSTRAINT office_townships_check CHECK (((department <> ''::text) OR (cardinality(townships) > 0)))
);

CREATE FUNCTION app.office_answers(in_county text, in_draw integer, in_serial integer) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (EXISTS (SELECT 1 FROM ((app.drawn d JOIN app.frame f ON (((f.county = d.county) AND (f.draw = d.draw) AND (f.target = d.target)))) JOIN app.office o ON (((o.county = d.county) AND (o.code = current_setting('fairlot.office'::text, true))))) WHERE ((d.county = office_answers.in_county) AND (d.draw = office_answers.in_draw) AND (d.serial = office_answers.in_serial) AND (d.rank = 0) AND (f.township = ANY (o.townships)))));

CREATE FUNCTION app.one_way() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	BEGIN
		IF NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ('frozen>announced', 'announced>locked',
			'locked>drawn', 'drawn>revealed', 'frozen>aborted', 'announced>aborted', 'locked>aborted', 'drawn>void',
			'revealed>void') THEN
			RAISE EXCEPTION 'a draw does not go from % to %', OLD.state, NEW.state;
		END IF;
		RETURN NEW;
	END $$;

CREATE FUNCTION app.own_inspector(in_county text, in_inspector text) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (EXISTS (SELECT 1 FROM app.inspector i WHERE ((i.county = own_inspector.in_county) AND (i.code = own_inspector.in_inspector) AND (i.office = current_setting('fairlot.office'::text, true)))));

CREATE FUNCTION app.pairs(words text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT COST 1000 PARALLEL SAFE
    AS $$
		SELECT pg_catalog.array_to_tsvector(pg_catalog.array_agg(DISTINCT pg_catalog.substr(words, i, 2)))
		FROM pg_catalog.generate_series(1, pg_catalog.char_length(words)) AS i $$;

CREATE FUNCTION app.paper_allowed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	BEGIN
		IF NOT EXISTS (SELECT FROM app.draw d WHERE d.county = NEW.county AND d.id = NEW.draw AND d.state = 'announced')
			OR EXISTS (SELECT FROM app.ceremony_witness w WHERE w.county = NEW.county AND w.draw = NEW.draw
				AND (w.digits IS NOT NULL OR w.digits_hash IS NOT NULL)) THEN
			RAISE EXCEPTION 'draw % does not wait for digits', NEW.draw;
		END IF;
		RETURN NEW;
	END $$;

CREATE FUNCTION app.paper_stays() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
	BEGIN
		UPDATE app.ceremony_witness w SET digits = p.digits[w.place], paper = true, given_at = p.recorded_at
		FROM app.paper_record p
		WHERE w.county = NEW.county AND w.draw = NEW.id AND w.digits IS NULL AND p.county = w.county AND p.draw = w.draw
			AND p.number = (SELECT max(number) FROM app.paper_record l WHERE l.county = p.county AND l.draw = p.draw);
		RETURN NULL;
	END $$;

CREATE FUNCTION app.photo_open() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
	DECLARE piece app.field_photo_chunk := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
	BEGIN
		IF EXISTS (SELECT FROM app.field_photo p WHERE p.county = piece.county AND p.sha256 = piece.sha256
			AND p.complete_at IS NOT NULL) THEN
			RAISE EXCEPTION 'the photo % is whole and stays', piece.sha256;
		END IF;
		RETURN piece;
	END $$;

CREATE FUNCTION app.postings_of(in_county text, in_party text) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
	BEGIN
		IF NOT app.acts_as('{auth}') THEN
			RAISE EXCEPTION 'postings of a party are for its own access' USING ERRCODE = 'insufficient_privilege';
		END IF;
		RETURN QUERY SELECT p.number FROM app.posting p
			JOIN app.result r ON r.county = p.county AND r.id = p.result AND r.party = in_party
			WHERE p.county = in_county ORDER BY p.number DESC;
	END $$;

CREATE FUNCTION app.register_county(code text, name text, epsg integer, demo boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
	BEGIN
		IF NOT app.acts_as('{system_admin,system}') THEN
			RAISE EXCEPTION 'a county is registered by a system admin' USING ERRCODE = 'insufficient_privilege';
		END IF;
		LOCK TABLE app.county IN SHARE ROW EXCLUSIVE MODE;
		IF EXISTS (SELECT FROM app.county) THEN RETURN false; END IF;
		PERFORM app.add_county(code, name, epsg, demo);
		RETURN true;
	END $$;

CREATE FUNCTION app.replacement_next() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
	END $$;

CREATE FUNCTION app.result_called() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	BEGIN
		IF NOT EXISTS (SELECT FROM app.called(NEW.county, NEW.draw) c WHERE c = NEW.target) THEN
			RAISE EXCEPTION 'the target % was not called in draw %', NEW.target, NEW.draw USING ERRCODE = 'FL001';
		END IF;
		RETURN NEW;
	END $$;

CREATE FUNCTION app.result_closable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	BEGIN
		IF EXISTS (SELECT FROM app.referral r WHERE r.county = NEW.county AND r.result = NEW.id
			AND (r.state IN ('proposed', 'decided', 'sent', 'received') OR r.state = 'returned' AND NOT EXISTS (
				SELECT FROM app.referral n WHERE n.county = r.county AND n.again = r.id))) THEN
			RAISE EXCEPTION 'result % has an open referral', NEW.id USING ERRCODE = 'FL001';
		END IF;
		IF EXISTS (SELECT FROM app.penalty p WHERE p.county = NEW.county AND p.result = NEW.id
			AND p.state IN ('drafted', 'reviewed', 'decided'))
			OR EXISTS (SELECT FROM app.result_finding f WHERE f.county = NEW.county AND f.result = NEW.id
				AND f.measure = 'ordered' AND f.rectified_at IS NULL) THEN
			RAISE EXCEPTION 'result % has a penalty or an order under way', NEW.id USING ERRCODE = 'FL001';
		END IF;
		RETURN NEW;
	END $$;

CREATE FUNCTION app.routes_fixed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	BEGIN
		IF EXISTS (SELECT FROM app.crew_draw c WHERE c.county = NEW.county AND c.series = NEW.series
			AND c.assurance <> 'trial' AND c.state IN ('announced', 'locked')) THEN
			RAISE EXCEPTION 'the crews of day routes % are being drawn', NEW.series USING ERRCODE = 'FL002';
		END IF;
		RETURN NEW;
	END $$;

CREATE FUNCTION app.routes_whole() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
	END $$;

CREATE FUNCTION app.sealed_crew_nonce(in_county text, in_draw integer) RETURNS bytea
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
	BEGIN
		IF NOT (app.acts_as('{planner}') OR current_setting('role') = 'none' AND pg_has_role(session_user,
			(SELECT relowner FROM pg_class WHERE oid = 'app.crew_ceremony'::regclass), 'USAGE')) THEN
			RAISE EXCEPTION 'the nonce is for whoever draws' USING ERRCODE = 'insufficient_privilege';
		END IF;
		RETURN (SELECT nonce_sealed FROM app.crew_ceremony WHERE county = in_county AND draw = in_draw);
	END $$;

CREATE FUNCTION app.sealed_nonce(in_county text, in_draw integer) RETURNS bytea
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
	BEGIN
		IF NOT (app.acts_as('{planner}') OR current_setting('role') = 'none' AND pg_has_role(session_user,
			(SELECT relowner FROM pg_class WHERE oid = 'app.ceremony'::regclass), 'USAGE')) THEN
			RAISE EXCEPTION 'the nonce is for whoever draws' USING ERRCODE = 'insufficient_privilege';
		END IF;
		RETURN (SELECT nonce_sealed FROM app.ceremony WHERE county = in_county AND draw = in_draw);
	END $$;

CREATE FUNCTION app.seat_given_up() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	BEGIN
		IF OLD.gone OR to_jsonb(NEW) - 'gone' <> to_jsonb(OLD) - 'gone' THEN
			RAISE EXCEPTION 'who held a seat stays as it was: UPDATE of crew_member refused';
		END IF;
		RETURN NEW;
	END $$;

CREATE FUNCTION app.settle_tally(in_county text, since timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
		WITH gone AS (DELETE FROM app.target_tally WHERE county = in_county AND at = since RETURNING *)
		INSERT INTO app.target_tally (county, kind, township, status, at, rows, area_m2)
		SELECT county, kind, township, status, at, sum(rows), sum(area_m2) FROM gone
		GROUP BY county, kind, township, status, at HAVING sum(rows) <> 0 OR sum(area_m2) <> 0 $$;

CREATE FUNCTION app.stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	BEGIN
		RAISE EXCEPTION 'what belongs to a draw stays as it was made: % of % refused', TG_OP, TG_TABLE_NAME;
	END $$;

CREATE FUNCTION app.target_added() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ BEGIN INSERT INTO app.target_tally (county, kind, township, status, at, rows, area_m2)
	SELECT county, kind, township, status, at, sum(n), sum(n * area_m2) FROM (
	SELECT county, kind, township, status, coalesce(lower(valid), '-infinity') AS at, 1 AS n, area_m2::numeric AS area_m2
	FROM fresh WHERE NOT isempty(valid)
	UNION ALL SELECT county, kind, township, status, upper(valid), -1, area_m2::numeric
	FROM fresh WHERE NOT upper_inf(valid) AND NOT isempty(valid)) AS d
	GROUP BY county, kind, township, status, at HAVING sum(n) <> 0 OR sum(n * area_m2) <> 0; RETURN NULL; END $$;

CREATE FUNCTION app.target_called() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	BEGIN
		IF NOT EXISTS (SELECT FROM app.route_plan p JOIN app.drawn d ON d.county = p.county AND d.draw = p.draw
			WHERE p.county = NEW.county AND p.id = NEW.plan AND d.target = NEW.target) THEN
			RAISE EXCEPTION 'the target % of plan % was not drawn', NEW.target, NEW.plan USING ERRCODE = 'FL001';
		END IF;
		RETURN NULL;
	END $$;

CREATE FUNCTION app.target_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ BEGIN INSERT INTO app.target_tally (county, kind, township, status, at, rows, area_m2)
	SELECT county, kind, township, status, at, sum(n), sum(n * area_m2) FROM (
	SELECT county, kind, township, status, coalesce(lower(valid), '-infinity') AS at, -1 AS n, area_m2::numeric AS area_m2
	FROM gone WHERE NOT isempty(valid)
	UNION ALL SELECT county, kind, township, status, upper(valid), 1, area_m2::numeric
	FROM gone WHERE NOT upper_inf(valid) AND NOT isempty(valid) UNION ALL 
	SELECT county, kind, township, status, coalesce(lower(valid), '-infinity') AS at, 1 AS n, area_m2::numeric AS area_m2
	FROM fresh WHERE NOT isempty(valid)
	UNION ALL SELECT county, kind, township, status, upper(valid), -1, area_m2::numeric
	FROM fresh WHERE NOT upper_inf(valid) AND NOT isempty(valid)) AS d
	GROUP BY county, kind, township, status, at HAVING sum(n) <> 0 OR sum(n * area_m2) <> 0; RETURN NULL; END $$;

CREATE FUNCTION app.target_removed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ BEGIN INSERT INTO app.target_tally (county, kind, township, status, at, rows, area_m2)
	SELECT county, kind, township, status, at, sum(n), sum(n * area_m2) FROM (
	SELECT county, kind, township, status, coalesce(lower(valid), '-infinity') AS at, -1 AS n, area_m2::numeric AS area_m2
	FROM gone WHERE NOT isempty(valid)
	UNION ALL SELECT county, kind, township, status, upper(valid), 1, area_m2::numeric
	FROM gone WHERE NOT upper_inf(valid) AND NOT isempty(valid)) AS d
	GROUP BY county, kind, township, status, at HAVING sum(n) <> 0 OR sum(n * area_m2) <> 0; RETURN NULL; END $$;

CREATE FUNCTION app.visit_placed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
	END $$;

CREATE FUNCTION app.written_once() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	DECLARE name text; was jsonb := to_jsonb(OLD); now jsonb := to_jsonb(NEW);
	BEGIN
		FOREACH name IN ARRAY TG_ARGV LOOP
			IF was -> name <> 'null' AND was -> name <> now -> name THEN
				RAISE EXCEPTION '%.% was written and stays', TG_TABLE_NAME, name;
			END IF;
		END LOOP;
		RETURN NEW;
	END $$;

CREATE FUNCTION ledger.add_checkpoint(in_county text, in_size bigint, in_root bytea, in_frontier bytea, in_text text, in_at timestamp with time zone, first_tile bigint, tiles bytea[]) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
	BEGIN
		IF in_size > (SELECT seq FROM ledger.head WHERE county = in_county) THEN
			RAISE EXCEPTION 'a checkpoint of % entries is beyond the ledger', in_size;
		END IF;
		INSERT INTO ledger.tile SELECT in_county, first_tile + place - 1, root
			FROM unnest(tiles) WITH ORDINALITY AS t (root, place) ON CONFLICT DO NOTHING;
		INSERT INTO ledger.checkpoint VALUES (in_county, in_size, in_root, in_frontier, in_text, in_at)
			ON CONFLICT DO NOTHING;
		RETURN FOUND;
	END $$;

CREATE FUNCTION ledger.add_cosignature(in_county text, in_size bigint, in_line text, in_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
	BEGIN
		INSERT INTO ledger.cosignature VALUES (in_county, in_size, in_line, in_at) ON CONFLICT DO NOTHING;
		RETURN FOUND;
	END $$;

CREATE FUNCTION ledger.append(in_county text, in_bytes bytea) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
	DECLARE number bigint;
	BEGIN
		UPDATE ledger.head SET seq = seq + 1 WHERE county = in_county RETURNING seq INTO STRICT number;
		INSERT INTO ledger.entry VALUES (in_county, number, clock_timestamp(), in_bytes, sha256('\x00'::bytea || in_bytes));
		RETURN number;
	END $$;

CREATE FUNCTION ledger.refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
	BEGIN
		RAISE EXCEPTION 'the ledger is append only: % refused', TG_OP;
	END $$;

CREATE FUNCTION portal.certificates(in_county text, in_token text, in_day date) RETURNS TABLE(standing text, day date, uscc text, party text, name text, certificate text, issuer text, office text, valid_from date, valid_through date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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
	END $$;

CREATE TABLE app.absence (
    county text NOT NULL,
    inspector text NOT NULL,
    day date NOT NULL,
    away boolean DEFAULT true NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL
);

CREATE TABLE app.annual_plan (
    county text NOT NULL,
    year integer NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    note text,
    filing_number text,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_by text NOT NULL,
    edited_at timestamp with time zone NOT NULL,
    submitted_by text,
    submitted_at timestamp with time zone,
    approved_by text,
    approved_at timestamp with time zone,
    returned_reason text,
    published_by text,
    published_at timestamp with time zone,
    CONSTRAINT annual_plan_check CHECK ((num_nonnulls(submitted_by, submitted_at) =
CASE
    WHEN (state = 'draft'::text) THEN 0
    ELSE 2
END)),
    CONSTRAINT annual_plan_check1 CHECK ((num_nonnulls(approved_by, approved_at) =
CASE
    WHEN (state = ANY (ARRAY['draft'::text, 'submitted'::text])) THEN 0
    ELSE 2
END)),
    CONSTRAINT annual_plan_check2 CHECK ((num_nonnulls(published_by, published_at) =
CASE
    WHEN (state = 'published'::text) THEN 2
    ELSE 0
END)),
    CONSTRAINT annual_plan_check3 CHECK (((state <> 'published'::text) OR (filing_number IS NOT NULL))),
    CONSTRAINT annual_plan_filing_number_check CHECK ((filing_number <> ''::text)),
    CONSTRAINT annual_plan_note_check CHECK ((note <> ''::text)),
    CONSTRAINT annual_plan_returned_reason_check CHECK ((returned_reason <> ''::text)),
    CONSTRAINT annual_plan_revision_check CHECK ((revision >= 1)),
    CONSTRAINT annual_plan_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'published'::text]))),
    CONSTRAINT annual_plan_year_check CHECK (((year >= 2000) AND (year <= 2999))),
    CONSTRAINT approved_by_another CHECK (((approved_by IS NULL) OR ((approved_by <> created_by) AND (approved_by <> edited_by) AND (approved_by <> submitted_by))))
);

CREATE TABLE app.annual_publication (
    county text NOT NULL,
    year integer NOT NULL,
    revision integer NOT NULL,
    filing_number text NOT NULL,
    document text NOT NULL,
    document_hash text NOT NULL,
    published_by text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    CONSTRAINT annual_publication_document_hash_check CHECK ((document_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT annual_publication_filing_number_check CHECK ((filing_number <> ''::text))
);

CREATE TABLE app.appeal (
    county text NOT NULL,
    id integer NOT NULL,
    posting integer NOT NULL,
    party text NOT NULL,
    kind text NOT NULL,
    statement text NOT NULL,
    filed_at timestamp with time zone NOT NULL,
    answer text,
    upheld boolean,
    answered_by text,
    answered_at timestamp with time zone,
    CONSTRAINT appeal_answer_check CHECK ((answer <> ''::text)),
    CONSTRAINT appeal_check CHECK ((num_nonnulls(answered_by, answered_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT appeal_check1 CHECK ((num_nonnulls(answer, upheld, answered_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT appeal_id_check CHECK ((id >= 1)),
    CONSTRAINT appeal_kind_check CHECK ((kind = ANY (ARRAY['objection'::text, 'appeal'::text]))),
    CONSTRAINT appeal_statement_check CHECK (((statement <> ''::text) AND (char_length(statement) <= 2000)))
);

CREATE TABLE app.blacklist_period (
    county text NOT NULL,
    uscc text NOT NULL,
    during daterange NOT NULL,
    source text NOT NULL
);

CREATE TABLE app.boundary_source (
    id bigint NOT NULL,
    county text NOT NULL,
    layer text NOT NULL,
    provenance text NOT NULL,
    licence text,
    review_number text,
    sketch boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT boundary_source_layer_check CHECK ((layer = ANY (ARRAY['township'::text, 'office'::text])))
);

ALTER TABLE app.boundary_source ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.boundary_source_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.calendar_year (
    county text NOT NULL,
    year integer NOT NULL,
    source text NOT NULL,
    days_off date[] NOT NULL,
    workdays date[] NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT calendar_year_check CHECK ((NOT (days_off && workdays))),
    CONSTRAINT calendar_year_source_check CHECK ((source <> ''::text)),
    CONSTRAINT calendar_year_year_check CHECK (((year >= 2000) AND (year <= 2999)))
);

CREATE TABLE app.case_reply (
    county text NOT NULL,
    platform text NOT NULL,
    number text NOT NULL,
    result integer NOT NULL,
    state text NOT NULL,
    happened_on date NOT NULL,
    penalty integer,
    document text NOT NULL,
    hash text NOT NULL,
    taken_by text NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    CONSTRAINT case_reply_check CHECK (((state = 'decided'::text) = (penalty IS NOT NULL))),
    CONSTRAINT case_reply_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT case_reply_number_check CHECK ((number <> ''::text)),
    CONSTRAINT case_reply_platform_check CHECK ((platform <> ''::text)),
    CONSTRAINT case_reply_state_check CHECK ((state = ANY (ARRAY['filed'::text, 'not_filed'::text, 'decided'::text, 'ended'::text])))
);

CREATE TABLE app.ceremony (
    county text NOT NULL,
    draw integer NOT NULL,
    operator text NOT NULL,
    frozen_at timestamp with time zone NOT NULL,
    notice_minutes integer DEFAULT 10 NOT NULL,
    public_frame boolean DEFAULT false NOT NULL,
    redo_of integer,
    superior_consent text,
    beacon_kind text,
    beacon_source text,
    beacon_pattern text,
    beacon_after timestamp with time zone,
    announced_at timestamp with time zone,
    reveal_by timestamp with time zone NOT NULL,
    close_by timestamp with time zone NOT NULL,
    sealed_plan text,
    nonce_commit text,
    nonce_sealed bytea,
    nonce_escrow bytea,
    locked_at timestamp with time zone,
    beacon_value text,
    beacon_evidence text,
    beacon_by text,
    beacon_at timestamp with time zone,
    revealed_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by text,
    end_reason text,
    frame_error boolean,
    escrowed boolean GENERATED ALWAYS AS ((nonce_escrow IS NOT NULL)) STORED NOT NULL,
    frame_permission text,
    CONSTRAINT ceremony_beacon_kind_check CHECK ((beacon_kind = ANY (ARRAY['lottery'::text, 'drand'::text]))),
    CONSTRAINT ceremony_check CHECK ((close_by > reveal_by)),
    CONSTRAINT ceremony_check1 CHECK ((num_nonnulls(beacon_kind, beacon_source, beacon_pattern, beacon_after) = ANY (ARRAY[0, 4]))),
    CONSTRAINT ceremony_check2 CHECK ((num_nonnulls(announced_at, sealed_plan, nonce_commit, nonce_sealed) = ANY (ARRAY[0, 4]))),
    CONSTRAINT ceremony_check3 CHECK ((num_nonnulls(beacon_value, beacon_by, beacon_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT ceremony_check4 CHECK (((beacon_value IS NULL) OR ((beacon_kind IS NOT NULL) AND (locked_at IS NOT NULL) AND (beacon_at >= beacon_after)))),
    CONSTRAINT ceremony_check5 CHECK ((locked_at < beacon_after)),
    CONSTRAINT ceremony_check6 CHECK ((num_nonnulls(ended_at, ended_by, end_reason, frame_error) = ANY (ARRAY[0, 4]))),
    CONSTRAINT ceremony_check7 CHECK ((redo_of <> draw)),
    CONSTRAINT ceremony_check8 CHECK ((public_frame = (frame_permission IS NOT NULL))),
    CONSTRAINT ceremony_end_reason_check CHECK ((end_reason <> ''::text)),
    CONSTRAINT ceremony_frame_permission_check CHECK ((frame_permission <> ''::text)),
    CONSTRAINT ceremony_nonce_commit_check CHECK ((nonce_commit ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT ceremony_notice_minutes_check CHECK (((notice_minutes >= 0) AND (notice_minutes <= 43200)))
);

CREATE TABLE app.ceremony_witness (
    county text NOT NULL,
    draw integer NOT NULL,
    place integer NOT NULL,
    account text NOT NULL,
    body text NOT NULL,
    digits_hash text,
    hashed_at timestamp with time zone,
    digits text,
    salt text,
    paper boolean DEFAULT false NOT NULL,
    given_at timestamp with time zone,
    CONSTRAINT ceremony_witness_body_check CHECK ((body <> ''::text)),
    CONSTRAINT ceremony_witness_check CHECK (((digits IS NULL) = (given_at IS NULL))),
    CONSTRAINT ceremony_witness_check1 CHECK (((digits_hash IS NULL) = (hashed_at IS NULL))),
    CONSTRAINT ceremony_witness_digits_check CHECK ((digits ~ '^[0-9]{20}$'::text)),
    CONSTRAINT ceremony_witness_digits_hash_check CHECK ((digits_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT ceremony_witness_place_check CHECK ((place = ANY (ARRAY[1, 2]))),
    CONSTRAINT ceremony_witness_salt_check CHECK ((salt ~ '^[0-9a-f]{32}$'::text))
);

CREATE TABLE app.county (
    code text NOT NULL,
    name text NOT NULL,
    epsg integer DEFAULT 4549 NOT NULL,
    demo boolean DEFAULT false NOT NULL,
    CONSTRAINT county_code_check CHECK ((code ~ '^[0-9]{6}$'::text))
);

CREATE TABLE app.credit_intake (
    county text NOT NULL,
    id integer NOT NULL,
    platform text NOT NULL,
    given integer NOT NULL,
    grades integer NOT NULL,
    periods integer NOT NULL,
    failure text,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT credit_intake_failure_check CHECK ((failure <> ''::text)),
    CONSTRAINT credit_intake_given_check CHECK ((given >= 0)),
    CONSTRAINT credit_intake_grades_check CHECK ((grades >= 0)),
    CONSTRAINT credit_intake_id_check CHECK ((id >= 1)),
    CONSTRAINT credit_intake_periods_check CHECK ((periods >= 0)),
    CONSTRAINT credit_intake_platform_check CHECK ((platform = ANY (ARRAY['credit_china'::text, 'enterprise'::text])))
);

CREATE TABLE app.credit_message (
    county text NOT NULL,
    id integer NOT NULL,
    platform text NOT NULL,
    penalty integer NOT NULL,
    number integer NOT NULL,
    action text NOT NULL,
    business_key text NOT NULL,
    body text NOT NULL,
    due date,
    created_at timestamp with time zone NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    failure text,
    receipt text,
    accepted_at timestamp with time zone,
    queued_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    demo boolean DEFAULT false NOT NULL,
    CONSTRAINT credit_message_action_check CHECK ((action = ANY (ARRAY['publish'::text, 'correct'::text, 'repair'::text, 'expire'::text, 'withdraw'::text]))),
    CONSTRAINT credit_message_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT credit_message_business_key_check CHECK ((business_key <> ''::text)),
    CONSTRAINT credit_message_check CHECK (((state = 'accepted'::text) = ((accepted_at IS NOT NULL) AND (receipt IS NOT NULL)))),
    CONSTRAINT credit_message_failure_check CHECK ((failure <> ''::text)),
    CONSTRAINT credit_message_id_check CHECK ((id >= 1)),
    CONSTRAINT credit_message_number_check CHECK ((number >= 1)),
    CONSTRAINT credit_message_platform_check CHECK ((platform = ANY (ARRAY['credit_china'::text, 'enterprise'::text]))),
    CONSTRAINT credit_message_receipt_check CHECK ((receipt <> ''::text)),
    CONSTRAINT credit_message_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'dead'::text])))
);

CREATE TABLE app.credit_received (
    county text NOT NULL,
    platform text NOT NULL,
    business_key text NOT NULL,
    body text NOT NULL,
    receipt text NOT NULL,
    received_at timestamp with time zone NOT NULL
);

CREATE TABLE app.credit_reconciliation (
    county text NOT NULL,
    id integer NOT NULL,
    platform text NOT NULL,
    expected integer NOT NULL,
    held integer NOT NULL,
    missing text[] NOT NULL,
    extra text[] NOT NULL,
    different text[] NOT NULL,
    failure text,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT credit_reconciliation_expected_check CHECK ((expected >= 0)),
    CONSTRAINT credit_reconciliation_failure_check CHECK ((failure <> ''::text)),
    CONSTRAINT credit_reconciliation_held_check CHECK ((held >= 0)),
    CONSTRAINT credit_reconciliation_id_check CHECK ((id >= 1)),
    CONSTRAINT credit_reconciliation_platform_check CHECK ((platform = ANY (ARRAY['credit_china'::text, 'enterprise'::text])))
);

CREATE TABLE app.credit_standing (
    county text NOT NULL,
    id integer NOT NULL,
    uscc text NOT NULL,
    grade text NOT NULL,
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    grade_before text,
    applied_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT credit_standing_check CHECK (((applied_at IS NULL) = (grade_before IS NULL))),
    CONSTRAINT credit_standing_grade_before_check CHECK ((grade_before = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text]))),
    CONSTRAINT credit_standing_grade_check CHECK ((grade = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text]))),
    CONSTRAINT credit_standing_id_check CHECK ((id >= 1)),
    CONSTRAINT credit_standing_source_check CHECK ((source <> ''::text)),
    CONSTRAINT credit_standing_valid_check CHECK (((NOT isempty(valid)) AND (NOT lower_inf(valid))))
);

CREATE TABLE app.crew_ceremony (
    county text NOT NULL,
    draw integer NOT NULL,
    operator text NOT NULL,
    frozen_at timestamp with time zone NOT NULL,
    notice_minutes integer DEFAULT 10 NOT NULL,
    public_frame boolean DEFAULT false NOT NULL,
    redo_of integer,
    superior_consent text,
    beacon_kind text,
    beacon_source text,
    beacon_pattern text,
    beacon_after timestamp with time zone,
    announced_at timestamp with time zone,
    reveal_by timestamp with time zone NOT NULL,
    close_by timestamp with time zone NOT NULL,
    sealed_plan text,
    nonce_commit text,
    nonce_sealed bytea,
    nonce_escrow bytea,
    locked_at timestamp with time zone,
    beacon_value text,
    beacon_evidence text,
    beacon_by text,
    beacon_at timestamp with time zone,
    revealed_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by text,
    end_reason text,
    frame_error boolean,
    escrowed boolean GENERATED ALWAYS AS ((nonce_escrow IS NOT NULL)) STORED NOT NULL,
    CONSTRAINT ceremony_beacon_kind_check CHECK ((beacon_kind = ANY (ARRAY['lottery'::text, 'drand'::text]))),
    CONSTRAINT ceremony_check CHECK ((close_by > reveal_by)),
    CONSTRAINT ceremony_check1 CHECK ((num_nonnulls(beacon_kind, beacon_source, beacon_pattern, beacon_after) = ANY (ARRAY[0, 4]))),
    CONSTRAINT ceremony_check2 CHECK ((num_nonnulls(announced_at, sealed_plan, nonce_commit, nonce_sealed) = ANY (ARRAY[0, 4]))),
    CONSTRAINT ceremony_check3 CHECK ((num_nonnulls(beacon_value, beacon_by, beacon_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT ceremony_check4 CHECK (((beacon_value IS NULL) OR ((beacon_kind IS NOT NULL) AND (locked_at IS NOT NULL) AND (beacon_at >= beacon_after)))),
    CONSTRAINT ceremony_check5 CHECK ((locked_at < beacon_after)),
    CONSTRAINT ceremony_check6 CHECK ((num_nonnulls(ended_at, ended_by, end_reason, frame_error) = ANY (ARRAY[0, 4]))),
    CONSTRAINT ceremony_check7 CHECK ((redo_of <> draw)),
    CONSTRAINT ceremony_end_reason_check CHECK ((end_reason <> ''::text)),
    CONSTRAINT ceremony_nonce_commit_check CHECK ((nonce_commit ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT ceremony_notice_minutes_check CHECK (((notice_minutes >= 0) AND (notice_minutes <= 43200)))
);

CREATE TABLE app.crew_draw (
    county text NOT NULL,
    id integer NOT NULL,
    series integer NOT NULL,
    routes integer NOT NULL,
    last_day date NOT NULL,
    state text NOT NULL,
    assurance text NOT NULL,
    seq integer,
    prev text,
    commitment text,
    routes_hash text NOT NULL,
    roster_hash text NOT NULL,
    rules_hash text NOT NULL,
    portfolio_size integer NOT NULL,
    portfolio_root text NOT NULL,
    entropy jsonb,
    seed text,
    ticket integer,
    manifest_hash text,
    drawn_at timestamp with time zone,
    CONSTRAINT crew_draw_assurance_check CHECK ((assurance = ANY (ARRAY['trial'::text, 'L1'::text, 'L2'::text, 'L3'::text]))),
    CONSTRAINT crew_draw_check CHECK (((ticket >= 0) AND (ticket < portfolio_size))),
    CONSTRAINT crew_draw_check1 CHECK (((seq IS NULL) = ((commitment IS NULL) OR (assurance = 'trial'::text)))),
    CONSTRAINT crew_draw_check2 CHECK (((seq IS NULL) OR ((seq = 1) = (prev IS NULL)))),
    CONSTRAINT crew_draw_check3 CHECK (
CASE state
    WHEN 'frozen'::text THEN (commitment IS NULL)
    WHEN 'aborted'::text THEN true
    ELSE (commitment IS NOT NULL)
END),
    CONSTRAINT crew_draw_check4 CHECK ((num_nonnulls(entropy, seed, ticket, manifest_hash, drawn_at) =
CASE
    WHEN (state = ANY (ARRAY['drawn'::text, 'revealed'::text, 'void'::text])) THEN 5
    ELSE 0
END)),
    CONSTRAINT crew_draw_commitment_check CHECK ((commitment ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT crew_draw_id_check CHECK ((id >= 1)),
    CONSTRAINT crew_draw_manifest_hash_check CHECK ((manifest_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT crew_draw_portfolio_root_check CHECK ((portfolio_root ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT crew_draw_portfolio_size_check CHECK ((portfolio_size >= 200)),
    CONSTRAINT crew_draw_prev_check CHECK ((prev ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT crew_draw_roster_hash_check CHECK ((roster_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT crew_draw_routes_hash_check CHECK ((routes_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT crew_draw_rules_hash_check CHECK ((rules_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT crew_draw_seed_check CHECK ((seed ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT crew_draw_seq_check CHECK ((seq >= 1)),
    CONSTRAINT crew_draw_state_check CHECK ((state = ANY (ARRAY['frozen'::text, 'announced'::text, 'locked'::text, 'drawn'::text, 'revealed'::text, 'void'::text, 'aborted'::text])))
);

CREATE TABLE app.crew_inspector (
    county text NOT NULL,
    draw integer NOT NULL,
    alias text NOT NULL,
    inspector text,
    name text NOT NULL
);

CREATE TABLE app.crew_lottery (
    county text NOT NULL,
    draw integer NOT NULL,
    lottery text NOT NULL
);

CREATE TABLE app.crew_member (
    county text NOT NULL,
    draw integer NOT NULL,
    route text NOT NULL,
    seat integer NOT NULL,
    turn integer NOT NULL,
    alias text NOT NULL,
    day date NOT NULL,
    inspector text,
    gone boolean DEFAULT false NOT NULL,
    CONSTRAINT crew_member_turn_check CHECK ((turn >= 0))
);

CREATE TABLE app.crew_objection (
    county text NOT NULL,
    draw integer NOT NULL,
    id integer NOT NULL,
    account text NOT NULL,
    at timestamp with time zone NOT NULL,
    statement text NOT NULL,
    CONSTRAINT objection_statement_check CHECK ((statement <> ''::text))
);

ALTER TABLE app.crew_objection ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.crew_objection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    MAXVALUE 2147483647
    CACHE 1
);

CREATE TABLE app.crew_order (
    county text NOT NULL,
    draw integer NOT NULL,
    route text NOT NULL,
    seat integer NOT NULL,
    rank integer NOT NULL,
    alias text NOT NULL,
    CONSTRAINT crew_order_rank_check CHECK ((rank >= 1)),
    CONSTRAINT crew_order_seat_check CHECK ((seat >= 1))
);

CREATE TABLE app.crew_party (
    county text NOT NULL,
    draw integer NOT NULL,
    alias text NOT NULL,
    uscc text NOT NULL
);

CREATE TABLE app.crew_replacement (
    county text NOT NULL,
    draw integer NOT NULL,
    id integer NOT NULL,
    route text NOT NULL,
    seat integer NOT NULL,
    turn integer NOT NULL,
    rank integer NOT NULL,
    alias text NOT NULL,
    reason text NOT NULL,
    evidence text NOT NULL,
    passed jsonb NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decision text,
    decided_by text,
    decided_at timestamp with time zone,
    CONSTRAINT crew_replacement_check CHECK ((decided_by <> asked_by)),
    CONSTRAINT crew_replacement_check1 CHECK ((num_nonnulls(decision, decided_by, decided_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT crew_replacement_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text]))),
    CONSTRAINT crew_replacement_evidence_check CHECK ((evidence <> ''::text)),
    CONSTRAINT crew_replacement_passed_check CHECK ((jsonb_typeof(passed) = 'object'::text)),
    CONSTRAINT crew_replacement_reason_check CHECK ((reason = ANY (ARRAY['absent'::text, 'ill'::text, 'recused'::text, 'certificate'::text, 'left'::text, 'duty'::text, 'other'::text])))
);

ALTER TABLE app.crew_replacement ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.crew_replacement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.crew_route (
    county text NOT NULL,
    draw integer NOT NULL,
    route text NOT NULL,
    day date NOT NULL,
    seats integer NOT NULL,
    townships text[] NOT NULL,
    parties text[] NOT NULL,
    CONSTRAINT crew_route_seats_check CHECK ((seats >= 2))
);

CREATE TABLE app.crew_signature (
    county text NOT NULL,
    draw integer NOT NULL,
    account text NOT NULL,
    role text NOT NULL,
    at timestamp with time zone NOT NULL,
    manifest_hash text NOT NULL,
    objection text,
    CONSTRAINT signature_manifest_hash_check CHECK ((manifest_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT signature_objection_check CHECK ((objection <> ''::text)),
    CONSTRAINT signature_role_check CHECK ((role = ANY (ARRAY['operator'::text, 'witness'::text])))
);

CREATE TABLE app.crew_void_request (
    county text NOT NULL,
    draw integer NOT NULL,
    id integer NOT NULL,
    reason text NOT NULL,
    frame_error boolean NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decision text,
    decided_by text,
    decided_at timestamp with time zone,
    CONSTRAINT void_request_check CHECK ((decided_by <> asked_by)),
    CONSTRAINT void_request_check1 CHECK ((num_nonnulls(decision, decided_by, decided_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT void_request_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text]))),
    CONSTRAINT void_request_reason_check CHECK ((reason <> ''::text))
);

ALTER TABLE app.crew_void_request ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.crew_void_request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    MAXVALUE 2147483647
    CACHE 1
);

CREATE TABLE app.crew_witness (
    county text NOT NULL,
    draw integer NOT NULL,
    place integer NOT NULL,
    account text NOT NULL,
    body text NOT NULL,
    digits_hash text,
    hashed_at timestamp with time zone,
    digits text,
    salt text,
    paper boolean DEFAULT false NOT NULL,
    given_at timestamp with time zone,
    CONSTRAINT ceremony_witness_body_check CHECK ((body <> ''::text)),
    CONSTRAINT ceremony_witness_check CHECK (((digits IS NULL) = (given_at IS NULL))),
    CONSTRAINT ceremony_witness_check1 CHECK (((digits_hash IS NULL) = (hashed_at IS NULL))),
    CONSTRAINT ceremony_witness_digits_check CHECK ((digits ~ '^[0-9]{20}$'::text)),
    CONSTRAINT ceremony_witness_digits_hash_check CHECK ((digits_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT ceremony_witness_place_check CHECK ((place = ANY (ARRAY[1, 2]))),
    CONSTRAINT ceremony_witness_salt_check CHECK ((salt ~ '^[0-9a-f]{32}$'::text))
);

CREATE TABLE app.target (
    county text NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    party text,
    geom public.geometry(MultiPolygon,4490) NOT NULL,
    point public.geometry(Point,4490) NOT NULL,
    x_m integer NOT NULL,
    y_m integer NOT NULL,
    area_m2 double precision NOT NULL,
    cell text NOT NULL,
    township text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    import bigint,
    valid tstzrange NOT NULL,
    CONSTRAINT target_area_m2_check CHECK ((area_m2 > (0)::double precision)),
    CONSTRAINT target_code_check CHECK (((char_length(code) >= 1) AND (char_length(code) <= 64))),
    CONSTRAINT target_kind_check CHECK ((kind = ANY (ARRAY['mining_right'::text, 'land_parcel'::text]))),
    CONSTRAINT target_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'closed'::text])))
)
PARTITION BY LIST (county);

CREATE VIEW app.current_target AS
 SELECT target.county,
    target.code,
    target.kind,
    target.name,
    target.party,
    target.geom,
    target.point,
    target.x_m,
    target.y_m,
    target.area_m2,
    target.cell,
    target.township,
    target.status,
    target.attributes,
    target.import,
    target.valid
   FROM app.target
  WHERE (upper_inf(target.valid) AND ( SELECT ((CURRENT_USER <> 'fairlot_app'::name) OR app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]))));

CREATE TABLE app.township (
    county text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    geom public.geometry(MultiPolygon,4490) NOT NULL,
    area_m2 double precision NOT NULL,
    source bigint NOT NULL,
    valid tstzrange NOT NULL,
    CONSTRAINT township_area_m2_check CHECK ((area_m2 > (0)::double precision)),
    CONSTRAINT township_check CHECK (("left"(code, 6) = county)),
    CONSTRAINT township_code_check CHECK ((code ~ '^[0-9]{9}$'::text))
);

CREATE VIEW app.current_township AS
 SELECT township.county,
    township.code,
    township.name,
    township.geom,
    township.area_m2,
    township.source,
    township.valid
   FROM app.township
  WHERE (upper_inf(township.valid) AND ( SELECT ((CURRENT_USER <> 'fairlot_app'::name) OR app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]))));

CREATE TABLE app.day_route (
    county text NOT NULL,
    plan integer NOT NULL,
    number integer NOT NULL,
    day date NOT NULL,
    office text NOT NULL,
    team integer NOT NULL,
    locked boolean DEFAULT false NOT NULL,
    departs_s integer NOT NULL,
    returns_s integer NOT NULL,
    rest_s integer,
    rest_min integer,
    travel_s integer NOT NULL,
    metres integer NOT NULL,
    CONSTRAINT day_route_check CHECK ((returns_s >= departs_s)),
    CONSTRAINT day_route_check1 CHECK ((num_nonnulls(rest_s, rest_min) = ANY (ARRAY[0, 2]))),
    CONSTRAINT day_route_departs_s_check CHECK ((departs_s >= 0)),
    CONSTRAINT day_route_metres_check CHECK ((metres >= 0)),
    CONSTRAINT day_route_number_check CHECK ((number >= 1)),
    CONSTRAINT day_route_team_check CHECK ((team >= 1)),
    CONSTRAINT day_route_travel_s_check CHECK ((travel_s >= 0))
);

CREATE TABLE app.directory_version (
    county text NOT NULL,
    directory text NOT NULL,
    code text NOT NULL,
    content jsonb NOT NULL,
    import bigint,
    changed_by text NOT NULL,
    valid tstzrange NOT NULL,
    CONSTRAINT directory_version_directory_check CHECK ((directory = ANY ('{office,party,blacklist_period,inspector,item,recusal}'::text[]))),
    CONSTRAINT directory_version_valid_check CHECK ((NOT isempty(valid)))
);

CREATE TABLE app.division (
    county text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    CONSTRAINT division_check CHECK (("left"(code, 6) = county)),
    CONSTRAINT division_code_check CHECK ((code ~ '^[0-9]{9}$'::text)),
    CONSTRAINT division_name_check CHECK ((name <> ''::text))
);

CREATE TABLE app.draw (
    county text NOT NULL,
    id integer NOT NULL,
    plan uuid NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'drawn'::text NOT NULL,
    assurance text NOT NULL,
    seq integer,
    prev text,
    commitment text,
    entropy jsonb,
    seed text,
    manifest text,
    manifest_hash text,
    selected_root text,
    frame_size integer NOT NULL,
    sample_size integer NOT NULL,
    drawn_at timestamp with time zone,
    source text DEFAULT 'own'::text NOT NULL,
    CONSTRAINT draw_assurance_check CHECK ((assurance = ANY (ARRAY['trial'::text, 'L1'::text, 'L2'::text, 'L3'::text, 'superior'::text]))),
    CONSTRAINT draw_check CHECK (((source = 'superior'::text) = (assurance = 'superior'::text))),
    CONSTRAINT draw_check1 CHECK (((seq IS NULL) OR ((seq = 1) = (prev IS NULL)))),
    CONSTRAINT draw_check2 CHECK (((seq IS NULL) = ((commitment IS NULL) OR (assurance = 'trial'::text)))),
    CONSTRAINT draw_check3 CHECK (
CASE state
    WHEN 'frozen'::text THEN (commitment IS NULL)
    WHEN 'aborted'::text THEN true
    ELSE ((commitment IS NOT NULL) OR (source = 'superior'::text))
END),
    CONSTRAINT draw_check4 CHECK ((num_nonnulls(entropy, seed, manifest, manifest_hash, selected_root) =
CASE
    WHEN ((source = 'own'::text) AND (state = ANY (ARRAY['drawn'::text, 'revealed'::text, 'void'::text]))) THEN 5
    ELSE 0
END)),
    CONSTRAINT draw_check5 CHECK (((drawn_at IS NOT NULL) = (state = ANY (ARRAY['drawn'::text, 'revealed'::text, 'void'::text])))),
    CONSTRAINT draw_commitment_check CHECK ((commitment ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT draw_frame_size_check CHECK ((frame_size >= 1)),
    CONSTRAINT draw_id_check CHECK ((id >= 1)),
    CONSTRAINT draw_kind_check CHECK ((kind = ANY (ARRAY['mining_right'::text, 'land_parcel'::text]))),
    CONSTRAINT draw_manifest_hash_check CHECK ((manifest_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT draw_prev_check CHECK ((prev ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT draw_sample_size_check CHECK ((sample_size >= 1)),
    CONSTRAINT draw_seed_check CHECK ((seed ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT draw_selected_root_check CHECK ((selected_root ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT draw_seq_check CHECK ((seq >= 1)),
    CONSTRAINT draw_source_check CHECK ((source = ANY (ARRAY['own'::text, 'superior'::text]))),
    CONSTRAINT draw_state_check CHECK ((state = ANY (ARRAY['frozen'::text, 'announced'::text, 'locked'::text, 'drawn'::text, 'revealed'::text, 'void'::text, 'aborted'::text])))
);

CREATE TABLE app.draw_limit (
    county text NOT NULL,
    draw integer NOT NULL,
    year integer NOT NULL,
    allowed integer,
    source text,
    exempt boolean NOT NULL,
    parties_full integer NOT NULL,
    CONSTRAINT draw_limit_allowed_check CHECK ((allowed >= 0)),
    CONSTRAINT draw_limit_check CHECK (((allowed IS NULL) = (source IS NULL))),
    CONSTRAINT draw_limit_check1 CHECK (((parties_full = 0) OR ((allowed IS NOT NULL) AND (NOT exempt)))),
    CONSTRAINT draw_limit_parties_full_check CHECK ((parties_full >= 0)),
    CONSTRAINT draw_limit_source_check CHECK ((source <> ''::text)),
    CONSTRAINT draw_limit_year_check CHECK (((year >= 2000) AND (year <= 2999)))
);

CREATE TABLE app.excluded (
    county text NOT NULL,
    draw integer NOT NULL,
    target text NOT NULL,
    reason text NOT NULL,
    salt text NOT NULL,
    pseudonym text,
    secret text,
    CONSTRAINT excluded_check CHECK (((pseudonym IS NULL) = (secret IS NULL))),
    CONSTRAINT excluded_pseudonym_check CHECK ((pseudonym ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT excluded_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT excluded_salt_check CHECK ((salt ~ '^([0-9a-f]{32})?$'::text)),
    CONSTRAINT excluded_secret_check CHECK ((secret ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE app.field_batch (
    county text NOT NULL,
    entry bigint NOT NULL,
    device text NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT field_batch_check CHECK ((last >= first)),
    CONSTRAINT field_batch_first_check CHECK ((first >= 1))
);

CREATE TABLE app.field_device (
    county text NOT NULL,
    id text NOT NULL,
    account text NOT NULL,
    inspector text NOT NULL,
    name text NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_by text,
    last_at timestamp with time zone,
    skew_ms bigint,
    seq integer DEFAULT 0 NOT NULL,
    head text,
    CONSTRAINT field_device_check CHECK (((seq = 0) = (head IS NULL))),
    CONSTRAINT field_device_check1 CHECK ((num_nonnulls(revoked_at, revoked_by) = ANY (ARRAY[0, 2]))),
    CONSTRAINT field_device_head_check CHECK ((head ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT field_device_name_check CHECK ((name <> ''::text)),
    CONSTRAINT field_device_seq_check CHECK ((seq >= 0))
);

CREATE TABLE app.field_event (
    county text NOT NULL,
    device text NOT NULL,
    seq integer NOT NULL,
    number bigint NOT NULL,
    id text NOT NULL,
    hash text NOT NULL,
    pack text NOT NULL,
    stop text NOT NULL,
    kind text NOT NULL,
    standing text NOT NULL,
    written bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    received_by text NOT NULL,
    skew_ms bigint NOT NULL,
    CONSTRAINT field_event_check CHECK ((hash = encode(sha256(written), 'hex'::text))),
    CONSTRAINT field_event_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT field_event_seq_check CHECK ((seq >= 1)),
    CONSTRAINT field_event_standing_check CHECK ((standing = ANY (ARRAY['record'::text, 'not_on_crew'::text, 'unknown_pack'::text, 'unknown_stop'::text, 'foreign_author'::text, 'form'::text, 'accepted_record'::text])))
);

ALTER TABLE app.field_event ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.field_event_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.field_message (
    county text NOT NULL,
    id integer NOT NULL,
    inspector text NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    route text,
    day date,
    hash text,
    stop text,
    text text,
    CONSTRAINT field_message_kind_check CHECK ((kind = ANY (ARRAY['new_route'::text, 'changed_route'::text, 'withdrawn_route'::text, 'returned'::text, 'accepted'::text, 'rectification'::text])))
);

ALTER TABLE app.field_message ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.field_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.field_pack (
    county text NOT NULL,
    hash text NOT NULL,
    number integer NOT NULL,
    series integer NOT NULL,
    plan integer NOT NULL,
    route text NOT NULL,
    day date NOT NULL,
    office text NOT NULL,
    crew text[] NOT NULL,
    stops integer NOT NULL,
    bytes bytea NOT NULL,
    expires timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    draw integer,
    CONSTRAINT field_pack_check CHECK ((hash = encode(sha256(bytes), 'hex'::text))),
    CONSTRAINT field_pack_crew_check CHECK ((cardinality(crew) >= 2)),
    CONSTRAINT field_pack_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT field_pack_stops_check CHECK ((stops >= 1))
);

ALTER TABLE app.field_pack ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.field_pack_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.field_pass (
    county text NOT NULL,
    series integer NOT NULL,
    route text NOT NULL,
    stop text NOT NULL,
    day date NOT NULL,
    token text DEFAULT replace((gen_random_uuid())::text, '-'::text, ''::text) NOT NULL,
    CONSTRAINT field_pass_token_check CHECK ((token ~ '^[0-9a-f]{32}$'::text))
);

CREATE TABLE app.field_photo (
    county text NOT NULL,
    sha256 text NOT NULL,
    pack text NOT NULL,
    stop text NOT NULL,
    size integer NOT NULL,
    type text NOT NULL,
    complete_at timestamp with time zone,
    CONSTRAINT field_photo_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT field_photo_size_check CHECK (((size >= 1) AND (size <= 20000000))),
    CONSTRAINT field_photo_type_check CHECK ((type = ANY (ARRAY['image/jpeg'::text, 'image/webp'::text])))
);

CREATE TABLE app.field_photo_chunk (
    county text NOT NULL,
    sha256 text NOT NULL,
    start integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT field_photo_chunk_bytes_check CHECK (((length(bytes) >= 1) AND (length(bytes) <= 1048576))),
    CONSTRAINT field_photo_chunk_start_check CHECK ((start >= 0))
);

CREATE TABLE app.field_record (
    county text NOT NULL,
    stop text NOT NULL,
    pack text NOT NULL,
    state text NOT NULL,
    reason text,
    content text NOT NULL,
    lacks integer NOT NULL,
    conflicts integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    decided_by text,
    decided_at timestamp with time zone,
    decided_entry bigint,
    CONSTRAINT field_record_check CHECK (((state = 'returned'::text) = (reason IS NOT NULL))),
    CONSTRAINT field_record_check1 CHECK ((num_nonnulls(decided_by, decided_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT field_record_check2 CHECK (((state <> ALL (ARRAY['returned'::text, 'accepted'::text])) OR (decided_by IS NOT NULL))),
    CONSTRAINT field_record_check3 CHECK (((state <> 'accepted'::text) OR ((lacks = 0) AND (conflicts = 0)))),
    CONSTRAINT field_record_conflicts_check CHECK ((conflicts >= 0)),
    CONSTRAINT field_record_content_check CHECK ((content ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT field_record_lacks_check CHECK ((lacks >= 0)),
    CONSTRAINT field_record_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT field_record_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'returned'::text, 'accepted'::text])))
);

CREATE TABLE app.field_refusal (
    county text NOT NULL,
    id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    account text NOT NULL,
    device text NOT NULL,
    reason text NOT NULL,
    what text NOT NULL
);

ALTER TABLE app.field_refusal ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.field_refusal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.import (
    id bigint NOT NULL,
    county text NOT NULL,
    kind text NOT NULL,
    files jsonb NOT NULL,
    report jsonb NOT NULL,
    root text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by text,
    options jsonb DEFAULT '{}'::jsonb NOT NULL,
    source text,
    refused jsonb DEFAULT '[]'::jsonb NOT NULL,
    undone_at timestamp with time zone,
    undone_by text,
    undone_reason text,
    ledger_seq bigint,
    undone_seq bigint,
    CONSTRAINT import_check CHECK ((num_nonnulls(undone_at, undone_by, undone_reason) = ANY (ARRAY[0, 3]))),
    CONSTRAINT import_check1 CHECK ((undone_at > created_at)),
    CONSTRAINT import_root_check CHECK ((root ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT import_source_check CHECK ((source ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT import_undone_reason_check CHECK ((undone_reason <> ''::text))
);

ALTER TABLE app.import ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.item (
    county text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    content text NOT NULL,
    basis text NOT NULL,
    method text NOT NULL,
    category text NOT NULL,
    scopes text[] NOT NULL,
    minutes integer NOT NULL,
    source text NOT NULL,
    valid daterange DEFAULT daterange(NULL::date, NULL::date) NOT NULL,
    template jsonb,
    body text DEFAULT ''::text NOT NULL,
    departments text[] DEFAULT '{}'::text[] NOT NULL,
    notice_days integer DEFAULT 0 NOT NULL,
    CONSTRAINT item_basis_check CHECK ((basis <> ''::text)),
    CONSTRAINT item_category_check CHECK ((category = ANY (ARRAY['priority'::text, 'general'::text]))),
    CONSTRAINT item_kind_check CHECK ((kind = ANY (ARRAY['mining_right'::text, 'land_parcel'::text]))),
    CONSTRAINT item_minutes_check CHECK ((minutes > 0)),
    CONSTRAINT item_notice_days_check CHECK (((notice_days >= 0) AND (notice_days <= 60))),
    CONSTRAINT item_valid_check CHECK ((NOT isempty(valid)))
);

CREATE TABLE app.objection (
    county text NOT NULL,
    draw integer NOT NULL,
    id integer NOT NULL,
    account text NOT NULL,
    at timestamp with time zone NOT NULL,
    statement text NOT NULL,
    CONSTRAINT objection_statement_check CHECK ((statement <> ''::text))
);

ALTER TABLE app.objection ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.objection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.paper_record (
    county text NOT NULL,
    draw integer NOT NULL,
    number integer NOT NULL,
    reason text NOT NULL,
    cut_at timestamp with time zone NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    digits text[] NOT NULL,
    signed text NOT NULL,
    scan_sha256 text,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT paper_record_check CHECK (((cut_at <= recorded_at) AND (drawn_at <= recorded_at))),
    CONSTRAINT paper_record_digits_check CHECK ((array_to_string(digits, ','::text) ~ '^[0-9]{20}(,[0-9]{20})?$'::text)),
    CONSTRAINT paper_record_number_check CHECK ((number >= 1)),
    CONSTRAINT paper_record_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT paper_record_scan_sha256_check CHECK ((scan_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT paper_record_signed_check CHECK ((signed <> ''::text))
);

CREATE TABLE app.party (
    county text NOT NULL,
    uscc text NOT NULL,
    name text NOT NULL,
    credit_grade text DEFAULT 'B'::text NOT NULL,
    address text,
    contact_masked text,
    removed_at timestamp with time zone,
    hours text DEFAULT ''::text NOT NULL,
    CONSTRAINT party_credit_grade_check CHECK ((credit_grade = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text]))),
    CONSTRAINT party_hours_check CHECK ((hours ~ '^([0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9](,|$))*$'::text)),
    CONSTRAINT party_uscc_check CHECK ((uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'::text))
);

CREATE TABLE app.party_word (
    county text NOT NULL,
    id integer NOT NULL,
    party text NOT NULL,
    salt text NOT NULL,
    word_hash text NOT NULL,
    issued_by text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT party_word_check CHECK ((expires_at > issued_at)),
    CONSTRAINT party_word_id_check CHECK ((id >= 1)),
    CONSTRAINT party_word_salt_check CHECK ((salt ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT party_word_word_hash_check CHECK ((word_hash ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE app.penalty (
    county text NOT NULL,
    id integer NOT NULL,
    result integer NOT NULL,
    party text NOT NULL,
    document_number text NOT NULL,
    kinds text[] NOT NULL,
    facts text NOT NULL,
    basis text NOT NULL,
    content text NOT NULL,
    fine_fen bigint DEFAULT 0 NOT NULL,
    state text DEFAULT 'drafted'::text NOT NULL,
    drafted_by text NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    review text,
    reviewed_by text,
    reviewed_at timestamp with time zone,
    decided_on date,
    decided_by text,
    decided_at timestamp with time zone,
    ends_on date,
    posted_by text,
    posted_at timestamp with time zone,
    repaired_on date,
    repaired_by text,
    repaired_at timestamp with time zone,
    withdrawal_reason text,
    withdrawal_asked_by text,
    withdrawal_asked_at timestamp with time zone,
    withdrawn_by text,
    withdrawn_at timestamp with time zone,
    dropped_reason text,
    dropped_by text,
    dropped_at timestamp with time zone,
    violation text,
    confiscated_fen bigint DEFAULT 0 NOT NULL,
    licence text,
    CONSTRAINT penalty_basis_check CHECK ((basis <> ''::text)),
    CONSTRAINT penalty_check CHECK ((num_nonnulls(reviewed_by, reviewed_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT penalty_check1 CHECK ((num_nonnulls(decided_by, decided_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT penalty_check10 CHECK (((state = ANY (ARRAY['posted'::text, 'withdrawn'::text])) = ((posted_at IS NOT NULL) AND (ends_on IS NOT NULL)))),
    CONSTRAINT penalty_check11 CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL))),
    CONSTRAINT penalty_check12 CHECK (((withdrawal_asked_at IS NULL) = (withdrawal_reason IS NULL))),
    CONSTRAINT penalty_check13 CHECK (((dropped_at IS NULL) = (dropped_reason IS NULL))),
    CONSTRAINT penalty_check14 CHECK (((repaired_at IS NULL) = (repaired_on IS NULL))),
    CONSTRAINT penalty_check2 CHECK ((num_nonnulls(posted_by, posted_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT penalty_check3 CHECK ((num_nonnulls(repaired_by, repaired_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT penalty_check4 CHECK ((num_nonnulls(withdrawal_asked_by, withdrawal_asked_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT penalty_check5 CHECK ((num_nonnulls(withdrawn_by, withdrawn_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT penalty_check6 CHECK ((num_nonnulls(dropped_by, dropped_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT penalty_check7 CHECK ((reviewed_by <> drafted_by)),
    CONSTRAINT penalty_check8 CHECK (((decided_by <> drafted_by) AND (decided_by <> reviewed_by))),
    CONSTRAINT penalty_check9 CHECK (
CASE state
    WHEN 'drafted'::text THEN (decided_at IS NULL)
    WHEN 'reviewed'::text THEN (reviewed_at IS NOT NULL)
    WHEN 'dropped'::text THEN (dropped_at IS NOT NULL)
    ELSE ((reviewed_at IS NOT NULL) AND (decided_at IS NOT NULL) AND (decided_on IS NOT NULL))
END),
    CONSTRAINT penalty_confiscated_fen_check CHECK ((confiscated_fen >= 0)),
    CONSTRAINT penalty_content_check CHECK ((content <> ''::text)),
    CONSTRAINT penalty_document_number_check CHECK ((document_number <> ''::text)),
    CONSTRAINT penalty_dropped_reason_check CHECK ((dropped_reason <> ''::text)),
    CONSTRAINT penalty_facts_check CHECK ((facts <> ''::text)),
    CONSTRAINT penalty_fine_fen_check CHECK ((fine_fen >= 0)),
    CONSTRAINT penalty_id_check CHECK ((id >= 1)),
    CONSTRAINT penalty_kinds_check CHECK (((cardinality(kinds) > 0) AND (kinds <@ '{warning,criticism,fine,confiscation,suspension,revocation,restriction,other}'::text[]))),
    CONSTRAINT penalty_licence_check CHECK ((licence <> ''::text)),
    CONSTRAINT penalty_review_check CHECK ((review <> ''::text)),
    CONSTRAINT penalty_state_check CHECK ((state = ANY (ARRAY['drafted'::text, 'reviewed'::text, 'decided'::text, 'posted'::text, 'withdrawn'::text, 'dropped'::text]))),
    CONSTRAINT penalty_violation_check CHECK ((violation <> ''::text)),
    CONSTRAINT penalty_withdrawal_reason_check CHECK ((withdrawal_reason <> ''::text))
);

CREATE TABLE app.plan (
    county text NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    area public.geometry(MultiPolygon,4490),
    area_rule text DEFAULT 'intersects'::text NOT NULL,
    townships text[],
    sample_size integer,
    ratio_percent numeric(6,3),
    min_per_township integer DEFAULT 0 NOT NULL,
    h3_resolution integer NOT NULL,
    grid integer DEFAULT 1 NOT NULL,
    substitutes integer DEFAULT 3 NOT NULL,
    multipliers jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT plan_area_rule_check CHECK ((area_rule = ANY (ARRAY['intersects'::text, 'contains'::text, 'centre'::text]))),
    CONSTRAINT plan_check CHECK ((num_nonnulls(sample_size, ratio_percent) = 1)),
    CONSTRAINT plan_grid_check CHECK ((grid >= 1)),
    CONSTRAINT plan_h3_resolution_check CHECK (((h3_resolution >= 4) AND (h3_resolution <= 9))),
    CONSTRAINT plan_kind_check CHECK ((kind = ANY (ARRAY['mining_right'::text, 'land_parcel'::text]))),
    CONSTRAINT plan_min_per_township_check CHECK ((min_per_township >= 0)),
    CONSTRAINT plan_name_check CHECK ((name <> ''::text)),
    CONSTRAINT plan_ratio_percent_check CHECK (((ratio_percent > (0)::numeric) AND (ratio_percent <= (100)::numeric))),
    CONSTRAINT plan_sample_size_check CHECK ((sample_size >= 1)),
    CONSTRAINT plan_substitutes_check CHECK (((substitutes >= 0) AND (substitutes <= 20))),
    CONSTRAINT plan_townships_check CHECK ((cardinality(townships) > 0))
);

CREATE TABLE app.posting (
    county text NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    result integer NOT NULL,
    penalty integer,
    party text,
    party_name text,
    target text NOT NULL,
    target_kind text NOT NULL,
    township text NOT NULL,
    township_name text NOT NULL,
    cell text NOT NULL,
    items text[] NOT NULL,
    outcome text NOT NULL,
    checked_on date NOT NULL,
    draw integer NOT NULL,
    document text NOT NULL,
    document_hash text NOT NULL,
    proof jsonb,
    due date,
    ends_on date,
    repaired_on date,
    posted_by text NOT NULL,
    posted_at timestamp with time zone NOT NULL,
    withdrawn_reason text,
    withdrawn_by text,
    withdrawn_at timestamp with time zone,
    replaced_by integer,
    CONSTRAINT posting_check CHECK ((num_nonnulls(withdrawn_by, withdrawn_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT posting_check1 CHECK (((kind = 'penalty'::text) = (penalty IS NOT NULL))),
    CONSTRAINT posting_check2 CHECK (((kind = 'penalty'::text) OR (ends_on IS NULL))),
    CONSTRAINT posting_check3 CHECK (((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))),
    CONSTRAINT posting_document_hash_check CHECK ((document_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT posting_kind_check CHECK ((kind = ANY (ARRAY['result'::text, 'penalty'::text]))),
    CONSTRAINT posting_number_check CHECK ((number >= 1)),
    CONSTRAINT posting_target_kind_check CHECK ((target_kind = ANY (ARRAY['mining_right'::text, 'land_parcel'::text]))),
    CONSTRAINT posting_withdrawn_reason_check CHECK ((withdrawn_reason <> ''::text))
);

CREATE TABLE app.recusal (
    county text NOT NULL,
    inspector text NOT NULL,
    uscc text NOT NULL,
    reason text NOT NULL,
    declared_on date NOT NULL
);

CREATE TABLE app.recusal_case (
    county text NOT NULL,
    id integer NOT NULL,
    inspector text NOT NULL,
    uscc text NOT NULL,
    way text NOT NULL,
    reason text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decision text,
    decided_by text,
    decided_at timestamp with time zone,
    CONSTRAINT recusal_case_check CHECK ((decided_by <> asked_by)),
    CONSTRAINT recusal_case_check1 CHECK ((num_nonnulls(decision, decided_by, decided_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT recusal_case_check2 CHECK (((decision IS NULL) OR (way = 'applied'::text))),
    CONSTRAINT recusal_case_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text]))),
    CONSTRAINT recusal_case_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT recusal_case_way_check CHECK ((way = ANY (ARRAY['declared'::text, 'applied'::text, 'ordered'::text])))
);

ALTER TABLE app.recusal_case ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.recusal_case_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW app.recused WITH (security_invoker='true') AS
 SELECT recusal.county,
    recusal.inspector,
    recusal.uscc
   FROM app.recusal
UNION
 SELECT recusal_case.county,
    recusal_case.inspector,
    recusal_case.uscc
   FROM app.recusal_case
  WHERE ((recusal_case.way <> 'applied'::text) OR (recusal_case.decision = 'approved'::text));

CREATE TABLE app.referral (
    county text NOT NULL,
    id integer NOT NULL,
    result integer NOT NULL,
    recipient text NOT NULL,
    body text NOT NULL,
    crime boolean NOT NULL,
    matter text NOT NULL,
    again integer,
    state text DEFAULT 'proposed'::text NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    declined_reason text,
    decided_by text,
    decided_at timestamp with time zone,
    sent_by text,
    sent_at timestamp with time zone,
    receipt text,
    received_by text,
    received_at timestamp with time zone,
    answer text,
    answered_by text,
    answered_at timestamp with time zone,
    CONSTRAINT referral_answer_check CHECK ((answer <> ''::text)),
    CONSTRAINT referral_body_check CHECK ((body <> ''::text)),
    CONSTRAINT referral_check CHECK ((num_nonnulls(decided_by, decided_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT referral_check1 CHECK ((num_nonnulls(sent_by, sent_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT referral_check10 CHECK (((receipt IS NULL) = (received_at IS NULL))),
    CONSTRAINT referral_check11 CHECK (((state = ANY (ARRAY['returned'::text, 'accepted'::text])) = ((answered_at IS NOT NULL) AND (answer IS NOT NULL)))),
    CONSTRAINT referral_check2 CHECK ((num_nonnulls(received_by, received_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT referral_check3 CHECK ((num_nonnulls(answered_by, answered_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT referral_check4 CHECK (((NOT crime) OR (recipient = 'police'::text))),
    CONSTRAINT referral_check5 CHECK ((decided_by <> proposed_by)),
    CONSTRAINT referral_check6 CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
    CONSTRAINT referral_check7 CHECK (((state = 'declined'::text) = (declined_reason IS NOT NULL))),
    CONSTRAINT referral_check8 CHECK (((state = ANY (ARRAY['sent'::text, 'received'::text, 'returned'::text, 'accepted'::text])) = (sent_at IS NOT NULL))),
    CONSTRAINT referral_check9 CHECK (((state <> 'received'::text) OR ((receipt IS NOT NULL) AND (received_at IS NOT NULL)))),
    CONSTRAINT referral_declined_reason_check CHECK ((declined_reason <> ''::text)),
    CONSTRAINT referral_id_check CHECK ((id >= 1)),
    CONSTRAINT referral_matter_check CHECK ((matter <> ''::text)),
    CONSTRAINT referral_receipt_check CHECK ((receipt <> ''::text)),
    CONSTRAINT referral_recipient_check CHECK ((recipient = ANY (ARRAY['department'::text, 'police'::text]))),
    CONSTRAINT referral_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'declined'::text, 'decided'::text, 'sent'::text, 'received'::text, 'returned'::text, 'accepted'::text])))
);

CREATE TABLE app.responsibility (
    county text NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL,
    task integer,
    unit text NOT NULL,
    step text NOT NULL,
    due date NOT NULL,
    done_by text,
    done_at timestamp with time zone,
    CONSTRAINT responsibility_check CHECK ((num_nonnulls(done_by, done_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT responsibility_number_check CHECK ((number >= 1)),
    CONSTRAINT responsibility_step_check CHECK ((step <> ''::text)),
    CONSTRAINT responsibility_unit_check CHECK ((unit <> ''::text))
);

CREATE TABLE app.result (
    county text NOT NULL,
    id integer NOT NULL,
    draw integer NOT NULL,
    target text NOT NULL,
    party text,
    township text NOT NULL,
    checked_on date NOT NULL,
    inspectors jsonb NOT NULL,
    outcome text NOT NULL,
    source text NOT NULL,
    record text,
    corrects integer,
    state text DEFAULT 'recorded'::text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    approved_by text,
    approved_at timestamp with time zone,
    posted_by text,
    posted_at timestamp with time zone,
    withdrawal_reason text,
    withdrawal_asked_by text,
    withdrawal_asked_at timestamp with time zone,
    withdrawn_by text,
    withdrawn_at timestamp with time zone,
    closing text,
    closed_by text,
    closed_at timestamp with time zone,
    CONSTRAINT result_check CHECK ((num_nonnulls(approved_by, approved_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT result_check1 CHECK ((num_nonnulls(posted_by, posted_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT result_check10 CHECK (((withdrawal_asked_at IS NULL) = (withdrawal_reason IS NULL))),
    CONSTRAINT result_check11 CHECK (((withdrawn_at IS NULL) OR (withdrawal_reason IS NOT NULL))),
    CONSTRAINT result_check12 CHECK (((closed_at IS NULL) = (closing IS NULL))),
    CONSTRAINT result_check13 CHECK (((closed_at IS NULL) OR (state = ANY (ARRAY['posted'::text, 'withdrawn'::text])))),
    CONSTRAINT result_check2 CHECK ((num_nonnulls(withdrawal_asked_by, withdrawal_asked_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT result_check3 CHECK ((num_nonnulls(withdrawn_by, withdrawn_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT result_check4 CHECK ((num_nonnulls(closed_by, closed_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT result_check5 CHECK (((source = 'field'::text) = (record IS NOT NULL))),
    CONSTRAINT result_check6 CHECK ((approved_by <> recorded_by)),
    CONSTRAINT result_check7 CHECK (((state = 'recorded'::text) OR (approved_at IS NOT NULL) OR (state = 'withdrawn'::text))),
    CONSTRAINT result_check8 CHECK (((state <> 'posted'::text) OR (posted_at IS NOT NULL))),
    CONSTRAINT result_check9 CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL))),
    CONSTRAINT result_closing_check CHECK ((closing <> ''::text)),
    CONSTRAINT result_id_check CHECK ((id >= 1)),
    CONSTRAINT result_inspectors_check CHECK (((jsonb_typeof(inspectors) = 'array'::text) AND (jsonb_array_length(inspectors) >= 2))),
    CONSTRAINT result_outcome_check CHECK ((outcome = ANY (ARRAY['none_found'::text, 'on_site'::text, 'ordered'::text, 'case'::text, 'unreachable'::text, 'refused'::text]))),
    CONSTRAINT result_record_check CHECK ((record <> ''::text)),
    CONSTRAINT result_source_check CHECK ((source = ANY (ARRAY['field'::text, 'paper'::text]))),
    CONSTRAINT result_state_check CHECK ((state = ANY (ARRAY['recorded'::text, 'approved'::text, 'posted'::text, 'withdrawn'::text]))),
    CONSTRAINT result_withdrawal_reason_check CHECK ((withdrawal_reason <> ''::text))
);

CREATE TABLE app.result_finding (
    county text NOT NULL,
    result integer NOT NULL,
    number integer NOT NULL,
    item text NOT NULL,
    severity text NOT NULL,
    text text NOT NULL,
    measure text NOT NULL,
    rectify_by date,
    rectified_on date,
    rectified_by text,
    rectified_at timestamp with time zone,
    CONSTRAINT result_finding_check CHECK ((num_nonnulls(rectified_by, rectified_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT result_finding_check1 CHECK (((measure = 'ordered'::text) OR (rectify_by IS NULL))),
    CONSTRAINT result_finding_check2 CHECK (((rectified_on IS NULL) = (rectified_at IS NULL))),
    CONSTRAINT result_finding_measure_check CHECK ((measure = ANY (ARRAY['none'::text, 'on_site'::text, 'ordered'::text, 'case'::text, 'referral'::text]))),
    CONSTRAINT result_finding_number_check CHECK ((number >= 1)),
    CONSTRAINT result_finding_severity_check CHECK ((severity = ANY (ARRAY['minor'::text, 'ordinary'::text, 'serious'::text]))),
    CONSTRAINT result_finding_text_check CHECK ((text <> ''::text))
);

CREATE TABLE app.road_layer (
    id integer NOT NULL,
    county text NOT NULL,
    import bigint NOT NULL,
    hash text NOT NULL,
    nodes integer NOT NULL,
    edges integer NOT NULL,
    metres bigint NOT NULL,
    left_out integer NOT NULL,
    provenance text NOT NULL,
    licence text,
    graph bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT road_layer_edges_check CHECK ((edges >= 1)),
    CONSTRAINT road_layer_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT road_layer_left_out_check CHECK ((left_out >= 0)),
    CONSTRAINT road_layer_metres_check CHECK ((metres >= 0)),
    CONSTRAINT road_layer_nodes_check CHECK ((nodes >= 2))
);

ALTER TABLE app.road_layer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.road_layer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.route_plan (
    county text NOT NULL,
    id integer NOT NULL,
    series integer NOT NULL,
    draw integer NOT NULL,
    supersedes integer,
    state text DEFAULT 'current'::text NOT NULL,
    change text NOT NULL,
    reason text,
    provider text NOT NULL,
    fallback text,
    matrix_hash text NOT NULL,
    settings jsonb NOT NULL,
    seed bigint NOT NULL,
    iterations integer NOT NULL,
    cost bigint NOT NULL,
    routes_hash text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT route_plan_change_check CHECK ((change = ANY (ARRAY['planned'::text, 'solved'::text, 'moved'::text, 'locked'::text, 'split'::text, 'joined'::text, 'followed'::text]))),
    CONSTRAINT route_plan_check CHECK (((supersedes IS NULL) = (id = series))),
    CONSTRAINT route_plan_check1 CHECK ((supersedes < id)),
    CONSTRAINT route_plan_check2 CHECK (((fallback IS NULL) OR (provider = 'great_circle'::text))),
    CONSTRAINT route_plan_check3 CHECK (((change = ANY (ARRAY['split'::text, 'joined'::text])) = (reason IS NOT NULL))),
    CONSTRAINT route_plan_cost_check CHECK ((cost >= 0)),
    CONSTRAINT route_plan_fallback_check CHECK ((fallback = ANY (ARRAY['timeout'::text, 'unanswered'::text, 'nonsense'::text, 'no_roads'::text]))),
    CONSTRAINT route_plan_id_check CHECK ((id >= 1)),
    CONSTRAINT route_plan_iterations_check CHECK ((iterations >= 0)),
    CONSTRAINT route_plan_matrix_hash_check CHECK ((matrix_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT route_plan_provider_check CHECK ((provider = ANY (ARRAY['great_circle'::text, 'roads'::text, 'osrm'::text, 'valhalla'::text]))),
    CONSTRAINT route_plan_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT route_plan_routes_hash_check CHECK ((routes_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT route_plan_seed_check CHECK ((seed >= 0)),
    CONSTRAINT route_plan_state_check CHECK ((state = ANY (ARRAY['current'::text, 'set_aside'::text])))
);

CREATE TABLE app.rule_param (
    county text NOT NULL,
    key text NOT NULL,
    value double precision NOT NULL,
    valid daterange NOT NULL,
    source text NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT rule_param_key_check CHECK ((key ~ '^[a-z_]{1,40}$'::text)),
    CONSTRAINT rule_param_source_check CHECK ((source <> ''::text)),
    CONSTRAINT rule_param_valid_check CHECK (((NOT isempty(valid)) AND (lower(valid) IS NOT NULL))),
    CONSTRAINT rule_param_value_check CHECK ((value >= (0)::double precision))
);

CREATE TABLE app.saved_view (
    county text NOT NULL,
    account text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    CONSTRAINT saved_view_address_check CHECK (((address ~ '^\?'::text) AND (char_length(address) <= 2000))),
    CONSTRAINT saved_view_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60)))
);

CREATE TABLE app.signature (
    county text NOT NULL,
    draw integer NOT NULL,
    account text NOT NULL,
    role text NOT NULL,
    at timestamp with time zone NOT NULL,
    manifest_hash text NOT NULL,
    objection text,
    CONSTRAINT signature_manifest_hash_check CHECK ((manifest_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT signature_objection_check CHECK ((objection <> ''::text)),
    CONSTRAINT signature_role_check CHECK ((role = ANY (ARRAY['operator'::text, 'witness'::text])))
);

CREATE TABLE app.stop (
    county text NOT NULL,
    plan integer NOT NULL,
    visit integer NOT NULL,
    route integer NOT NULL,
    "position" integer NOT NULL,
    arrival_s integer NOT NULL,
    wait_s integer NOT NULL,
    travel_s integer NOT NULL,
    metres integer NOT NULL,
    lock text,
    CONSTRAINT stop_arrival_s_check CHECK ((arrival_s >= 0)),
    CONSTRAINT stop_lock_check CHECK ((lock = ANY (ARRAY['route'::text, 'order'::text]))),
    CONSTRAINT stop_metres_check CHECK ((metres >= 0)),
    CONSTRAINT stop_position_check CHECK (("position" >= 1)),
    CONSTRAINT stop_travel_s_check CHECK ((travel_s >= 0)),
    CONSTRAINT stop_wait_s_check CHECK ((wait_s >= 0))
);

CREATE TABLE app.substitution (
    county text NOT NULL,
    draw integer NOT NULL,
    id integer NOT NULL,
    serial integer NOT NULL,
    rank integer NOT NULL,
    reason text NOT NULL,
    evidence text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decision text,
    decided_by text,
    decided_at timestamp with time zone,
    before integer GENERATED ALWAYS AS (NULLIF((rank - 1), 0)) STORED,
    granted integer GENERATED ALWAYS AS (
CASE
    WHEN (decision = 'approved'::text) THEN rank
    ELSE NULL::integer
END) STORED,
    CONSTRAINT substitution_check CHECK ((decided_by <> asked_by)),
    CONSTRAINT substitution_check1 CHECK ((num_nonnulls(decision, decided_by, decided_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT substitution_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text]))),
    CONSTRAINT substitution_evidence_check CHECK ((evidence <> ''::text)),
    CONSTRAINT substitution_rank_check CHECK ((rank >= 1)),
    CONSTRAINT substitution_reason_check CHECK ((reason = ANY (ARRAY['closed'::text, 'not_found'::text, 'suspended'::text, 'merged'::text, 'beyond_power'::text, 'other'::text])))
);

ALTER TABLE app.substitution ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.substitution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.target_tally (
    county text NOT NULL,
    kind text NOT NULL,
    township text NOT NULL,
    status text NOT NULL,
    at timestamp with time zone NOT NULL,
    rows integer NOT NULL,
    area_m2 numeric NOT NULL
);

CREATE VIEW app.target_version AS
 SELECT target.county,
    target.code,
    target.kind,
    target.name,
    target.party,
    target.geom,
    target.point,
    target.x_m,
    target.y_m,
    target.area_m2,
    target.cell,
    target.township,
    target.status,
    target.attributes,
    target.import,
    target.valid
   FROM app.target
  WHERE ( SELECT ((CURRENT_USER <> 'fairlot_app'::name) OR app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[])));

CREATE TABLE app.targeted_check (
    county text NOT NULL,
    id integer NOT NULL,
    channel text NOT NULL,
    received_on date NOT NULL,
    reference text,
    party text,
    target text,
    matter text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    checked_on date,
    outcome text,
    closed_by text,
    closed_at timestamp with time zone,
    CONSTRAINT targeted_check_channel_check CHECK ((channel = ANY (ARRAY['complaint'::text, 'report'::text, 'referral'::text, 'monitoring'::text]))),
    CONSTRAINT targeted_check_check CHECK ((num_nonnulls(checked_on, outcome, closed_by, closed_at) = ANY (ARRAY[0, 4]))),
    CONSTRAINT targeted_check_check1 CHECK ((checked_on >= received_on)),
    CONSTRAINT targeted_check_id_check CHECK ((id >= 1)),
    CONSTRAINT targeted_check_matter_check CHECK ((matter <> ''::text)),
    CONSTRAINT targeted_check_outcome_check CHECK ((outcome <> ''::text)),
    CONSTRAINT targeted_check_reference_check CHECK ((reference <> ''::text)),
    CONSTRAINT targeted_check_target_check CHECK ((target <> ''::text))
);

CREATE TABLE app.task (
    county text NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL,
    title text NOT NULL,
    kinds text[] NOT NULL,
    items text[] NOT NULL,
    departments text[] NOT NULL,
    lead_department text NOT NULL,
    responsible text NOT NULL,
    spec jsonb NOT NULL,
    CONSTRAINT task_check CHECK ((lead_department = ANY (departments))),
    CONSTRAINT task_departments_check CHECK ((cardinality(departments) > 0)),
    CONSTRAINT task_items_check CHECK ((cardinality(items) > 0)),
    CONSTRAINT task_kinds_check CHECK (((cardinality(kinds) > 0) AND (kinds <@ '{mining_right,land_parcel}'::text[]))),
    CONSTRAINT task_number_check CHECK ((number >= 1)),
    CONSTRAINT task_responsible_check CHECK ((responsible <> ''::text)),
    CONSTRAINT task_title_check CHECK ((title <> ''::text))
);

CREATE TABLE app.task_batch (
    county text NOT NULL,
    year integer NOT NULL,
    task integer NOT NULL,
    number integer NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    blacklisted boolean DEFAULT false NOT NULL,
    CONSTRAINT task_batch_check CHECK ((from_day <= to_day)),
    CONSTRAINT task_batch_check1 CHECK ((EXTRACT(year FROM from_day) = (year)::numeric)),
    CONSTRAINT task_batch_number_check CHECK ((number >= 1))
);

CREATE TABLE app.task_exclusion (
    county text NOT NULL,
    year integer NOT NULL,
    task integer NOT NULL,
    target text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT task_exclusion_reason_check CHECK (((reason <> ''::text) AND (char_length(reason) <= 64)))
);

CREATE TABLE app.task_plan (
    county text NOT NULL,
    plan uuid NOT NULL,
    year integer NOT NULL,
    task integer NOT NULL,
    batch integer NOT NULL,
    kind text NOT NULL,
    blacklisted boolean NOT NULL,
    exempt boolean NOT NULL,
    CONSTRAINT task_plan_kind_check CHECK ((kind = ANY (ARRAY['mining_right'::text, 'land_parcel'::text])))
);

CREATE TABLE app.travel_matrix (
    county text NOT NULL,
    hash text NOT NULL,
    size integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT travel_matrix_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT travel_matrix_size_check CHECK ((size >= 1))
);

CREATE TABLE app.unassigned (
    county text NOT NULL,
    plan integer NOT NULL,
    visit integer NOT NULL,
    reason text NOT NULL,
    CONSTRAINT unassigned_reason_check CHECK ((reason = ANY (ARRAY['no_vehicle_with_skills'::text, 'unreachable'::text, 'over_capacity'::text, 'outside_hours'::text, 'no_room'::text, 'locked'::text, 'taken_off'::text])))
);

CREATE TABLE app.visit (
    county text NOT NULL,
    plan integer NOT NULL,
    number integer NOT NULL,
    party text,
    stands_at text NOT NULL,
    items text[] NOT NULL,
    setup_min integer NOT NULL,
    service_min integer NOT NULL,
    by_hand text,
    CONSTRAINT visit_by_hand_check CHECK ((by_hand <> ''::text)),
    CONSTRAINT visit_number_check CHECK ((number >= 1)),
    CONSTRAINT visit_service_min_check CHECK ((service_min >= 0)),
    CONSTRAINT visit_setup_min_check CHECK ((setup_min >= 0))
);

CREATE TABLE app.visit_target (
    county text NOT NULL,
    plan integer NOT NULL,
    target text NOT NULL,
    visit integer NOT NULL
);

CREATE TABLE app.void_request (
    county text NOT NULL,
    draw integer NOT NULL,
    id integer NOT NULL,
    reason text NOT NULL,
    frame_error boolean NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decision text,
    decided_by text,
    decided_at timestamp with time zone,
    CONSTRAINT void_request_check CHECK ((decided_by <> asked_by)),
    CONSTRAINT void_request_check1 CHECK ((num_nonnulls(decision, decided_by, decided_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT void_request_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text]))),
    CONSTRAINT void_request_reason_check CHECK ((reason <> ''::text))
);

ALTER TABLE app.void_request ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.void_request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE auth.account (
    id text NOT NULL,
    account_id text NOT NULL,
    provider_id text NOT NULL,
    user_id text NOT NULL,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamp with time zone,
    refresh_token_expires_at timestamp with time zone,
    scope text,
    password text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.attempt (
    key text NOT NULL,
    guesses integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    locked_until timestamp with time zone,
    CONSTRAINT attempt_guesses_check CHECK ((guesses >= 0))
);

CREATE TABLE auth.event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    type text NOT NULL,
    account text NOT NULL,
    actor text NOT NULL,
    address text,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE auth.event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME auth.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE auth.rate_limit (
    id text NOT NULL,
    key text NOT NULL,
    count integer NOT NULL,
    last_request bigint NOT NULL
);

CREATE TABLE auth.refusal (
    minute timestamp with time zone NOT NULL,
    reason text NOT NULL,
    account text NOT NULL,
    address text NOT NULL,
    method text NOT NULL,
    route text NOT NULL,
    action text NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    CONSTRAINT refusal_times_check CHECK ((times >= 1))
);

CREATE TABLE auth.session (
    id text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    token text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    ip_address text,
    user_agent text,
    user_id text NOT NULL,
    impersonated_by text,
    second_factor boolean DEFAULT false NOT NULL,
    elevated_until timestamp with time zone
);

CREATE TABLE auth.two_factor (
    id text NOT NULL,
    secret text NOT NULL,
    backup_codes text NOT NULL,
    user_id text NOT NULL,
    verified boolean,
    failed_verification_count integer,
    locked_until timestamp with time zone
);

CREATE TABLE auth.verification (
    id text NOT NULL,
    identifier text NOT NULL,
    value text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE ledger.checkpoint (
    county text NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    frontier bytea NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT checkpoint_check CHECK ((octet_length(frontier) = (32 * length(replace(((size)::bit(64))::text, '0'::text, ''::text))))),
    CONSTRAINT checkpoint_root_check CHECK ((octet_length(root) = 32)),
    CONSTRAINT checkpoint_size_check CHECK ((size >= 1))
);

CREATE TABLE ledger.cosignature (
    county text NOT NULL,
    size bigint NOT NULL,
    line text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT cosignature_line_check CHECK ((line ~ '^— [^[:space:]+]+ [A-Za-z0-9+/]+={0,2}$'::text))
);

CREATE TABLE ledger.entry (
    county text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    bytes bytea NOT NULL,
    leaf_hash bytea NOT NULL,
    CONSTRAINT entry_check CHECK ((leaf_hash = sha256(('\x00'::bytea || bytes)))),
    CONSTRAINT entry_seq_check CHECK ((seq >= 1))
);

CREATE TABLE ledger.head (
    county text NOT NULL,
    seq bigint NOT NULL,
    CONSTRAINT head_seq_check CHECK ((seq >= 0))
);

CREATE TABLE ledger.tile (
    county text NOT NULL,
    number bigint NOT NULL,
    root bytea NOT NULL,
    CONSTRAINT tile_number_check CHECK ((number >= 0)),
    CONSTRAINT tile_root_check CHECK ((octet_length(root) = 32))
);

CREATE VIEW portal.annual_plan WITH (security_barrier='true') AS
 SELECT annual_publication.county,
    annual_publication.year,
    annual_publication.revision,
    annual_publication.filing_number,
    annual_publication.document,
    annual_publication.document_hash,
    annual_publication.published_at
   FROM app.annual_publication;

CREATE VIEW portal.appeal WITH (security_barrier='true') AS
 SELECT appeal.county,
    appeal.posting,
    appeal.id,
    appeal.kind,
    appeal.filed_at,
    appeal.answered_at,
    appeal.upheld
   FROM app.appeal;

CREATE VIEW portal.boundary WITH (security_barrier='true') AS
 SELECT t.county,
    t.code,
    t.name,
    t.geom,
    t.area_m2,
    s.provenance,
    s.licence,
    s.review_number,
    s.sketch
   FROM (app.current_township t
     JOIN app.boundary_source s ON ((s.id = t.source)));

CREATE VIEW portal.called WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    d.drawn_at,
    n.target,
    p.number,
    p.outcome,
    p.posted_at
   FROM (((app.draw d
     JOIN app.drawn n ON (((n.county = d.county) AND (n.draw = d.id) AND (n.rank = COALESCE(( SELECT max(s.granted) AS max
           FROM app.substitution s
          WHERE ((s.county = n.county) AND (s.draw = n.draw) AND (s.serial = n.serial))), 0)))))
     LEFT JOIN app.ceremony c ON (((c.county = d.county) AND (c.draw = d.id))))
     LEFT JOIN app.posting p ON (((p.county = d.county) AND (p.draw = d.id) AND (p.target = n.target) AND (p.kind = 'result'::text) AND (p.withdrawn_at IS NULL))))
  WHERE ((d.seq IS NOT NULL) AND (d.commitment IS NOT NULL) AND (d.assurance = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text])) AND (d.source = 'own'::text) AND ((d.state = 'revealed'::text) OR ((d.state = 'drawn'::text) AND (c.draw IS NULL))));

CREATE VIEW portal.crew WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    d.state,
    d.assurance,
    d.commitment,
    d.prev,
    c.sealed_plan AS plan,
    t.seq AS draw_seq,
    c.announced_at,
    c.locked_at,
    d.drawn_at,
    c.revealed_at,
    c.ended_at,
    c.end_reason,
    c.reveal_by,
    c.close_by,
    d.manifest_hash,
        CASE
            WHEN (c.revealed_at IS NOT NULL) THEN l.lottery
            ELSE NULL::text
        END AS lottery,
        CASE
            WHEN (c.revealed_at IS NOT NULL) THEN d.entropy
            ELSE NULL::jsonb
        END AS entropy
   FROM ((((app.crew_draw d
     JOIN app.crew_ceremony c ON (((c.county = d.county) AND (c.draw = d.id))))
     JOIN app.crew_lottery l ON (((l.county = d.county) AND (l.draw = d.id))))
     JOIN app.route_plan r ON (((r.county = d.county) AND (r.id = d.routes))))
     JOIN app.draw t ON (((t.county = r.county) AND (t.id = r.draw))))
  WHERE ((d.seq IS NOT NULL) AND (d.state <> 'frozen'::text));

CREATE VIEW portal.crew_name WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    n.alias,
    n.name
   FROM ((app.crew_draw d
     JOIN app.crew_ceremony c ON (((c.county = d.county) AND (c.draw = d.id) AND (c.revealed_at IS NOT NULL))))
     JOIN app.crew_inspector n ON (((n.county = d.county) AND (n.draw = d.id))))
  WHERE (d.seq IS NOT NULL);

CREATE VIEW portal.crew_replacement WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    x.route,
    x.seat,
    m.alias AS gone,
    x.rank,
    x.alias,
    x.reason,
    x.passed,
    x.decided_at
   FROM (((app.crew_draw d
     JOIN app.crew_ceremony c ON (((c.county = d.county) AND (c.draw = d.id) AND (c.revealed_at IS NOT NULL))))
     JOIN app.crew_replacement x ON (((x.county = d.county) AND (x.draw = d.id) AND (x.decision = 'approved'::text))))
     JOIN app.crew_member m ON (((m.county = x.county) AND (m.draw = x.draw) AND (m.route = x.route) AND (m.seat = x.seat) AND (m.turn = x.turn))))
  WHERE (d.seq IS NOT NULL);

CREATE VIEW portal.draw WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    d.kind,
    p.name AS plan_name,
    d.sample_size,
    d.frame_size,
    d.commitment,
    d.prev,
    d.state,
    d.assurance,
    (c.draw IS NOT NULL) AS ceremony,
    c.announced_at,
    c.locked_at,
    d.drawn_at,
    c.revealed_at,
    c.ended_at,
    c.end_reason,
    c.reveal_by,
    c.close_by,
    o.seq AS redo_of,
    COALESCE(c.sealed_plan, (((d.manifest)::jsonb -> 'plan'::text))::text) AS plan,
    d.manifest_hash,
    d.selected_root,
        CASE
            WHEN ((c.revealed_at IS NOT NULL) AND (d.state = ANY (ARRAY['revealed'::text, 'void'::text]))) THEN d.manifest
            ELSE NULL::text
        END AS manifest,
    COALESCE(((c.revealed_at IS NOT NULL) AND (d.state = ANY (ARRAY['revealed'::text, 'void'::text])) AND c.public_frame), false) AS public_frame
   FROM (((app.draw d
     JOIN app.plan p ON (((p.county = d.county) AND (p.id = d.plan))))
     LEFT JOIN app.ceremony c ON (((c.county = d.county) AND (c.draw = d.id))))
     LEFT JOIN app.draw o ON (((o.county = d.county) AND (o.id = c.redo_of))))
  WHERE ((d.seq IS NOT NULL) AND (d.commitment IS NOT NULL) AND (d.assurance = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text])) AND (d.source = 'own'::text) AND (d.state <> 'frozen'::text));

CREATE VIEW portal.excluded WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    e.pseudonym AS id,
    e.reason,
    e.salt
   FROM ((app.draw d
     JOIN app.ceremony c ON (((c.county = d.county) AND (c.draw = d.id) AND c.public_frame)))
     JOIN app.excluded e ON (((e.county = d.county) AND (e.draw = d.id) AND (e.pseudonym IS NOT NULL))))
  WHERE ((d.seq IS NOT NULL) AND (d.commitment IS NOT NULL) AND (d.assurance = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text])) AND (d.source = 'own'::text) AND (d.state <> 'frozen'::text) AND (c.revealed_at IS NOT NULL) AND (d.state = ANY (ARRAY['revealed'::text, 'void'::text])));

CREATE VIEW portal.frame WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    f.pseudonym AS id,
    f.township,
    f.cell,
    f.x,
    f.y,
    f.weight,
    f.take,
    f.salt
   FROM ((app.draw d
     JOIN app.ceremony c ON (((c.county = d.county) AND (c.draw = d.id) AND c.public_frame)))
     JOIN app.frame f ON (((f.county = d.county) AND (f.draw = d.id) AND (f.pseudonym IS NOT NULL))))
  WHERE ((d.seq IS NOT NULL) AND (d.commitment IS NOT NULL) AND (d.assurance = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text])) AND (d.source = 'own'::text) AND (d.state <> 'frozen'::text) AND (c.revealed_at IS NOT NULL) AND (d.state = ANY (ARRAY['revealed'::text, 'void'::text])));

CREATE VIEW portal.item WITH (security_barrier='true') AS
 SELECT item.county,
    item.code,
    item.name,
    item.kind,
    item.content,
    item.basis,
    item.method,
    item.category,
    item.valid
   FROM app.item;

CREATE VIEW portal.objection WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    x.id,
    x.at,
    w.body
   FROM ((app.draw d
     JOIN app.objection x ON (((x.county = d.county) AND (x.draw = d.id))))
     LEFT JOIN app.ceremony_witness w ON (((w.county = x.county) AND (w.draw = x.draw) AND (w.account = x.account))))
  WHERE ((d.seq IS NOT NULL) AND (d.commitment IS NOT NULL) AND (d.assurance = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text])) AND (d.source = 'own'::text) AND (d.state <> 'frozen'::text));

CREATE VIEW portal.opening WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    f.pseudonym AS id,
    f.target AS code,
    f.secret
   FROM (((app.draw d
     JOIN app.ceremony c ON (((c.county = d.county) AND (c.draw = d.id) AND c.public_frame)))
     JOIN app.drawn n ON (((n.county = d.county) AND (n.draw = d.id) AND (n.rank <= COALESCE(( SELECT max(s.granted) AS max
           FROM app.substitution s
          WHERE ((s.county = n.county) AND (s.draw = n.draw) AND (s.serial = n.serial))), 0)))))
     JOIN app.frame f ON (((f.county = n.county) AND (f.draw = n.draw) AND (f.target = n.target) AND (f.pseudonym IS NOT NULL))))
  WHERE ((d.seq IS NOT NULL) AND (d.commitment IS NOT NULL) AND (d.assurance = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text])) AND (d.source = 'own'::text) AND (d.state <> 'frozen'::text) AND (c.revealed_at IS NOT NULL) AND (d.state = ANY (ARRAY['revealed'::text, 'void'::text])));

CREATE VIEW portal.outline WITH (security_barrier='true') AS
 SELECT t.county,
    t.code,
    t.name,
    public.st_asgeojson(public.st_multi(public.st_simplifypreservetopology(t.geom, (0.002)::double precision)), 3) AS shape,
    s.provenance,
    s.licence,
    s.review_number,
    s.sketch
   FROM (app.township t
     JOIN app.boundary_source s ON ((s.id = t.source)))
  WHERE upper_inf(t.valid);

CREATE VIEW portal.paper WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    p.number,
    p.reason,
    p.cut_at,
    p.drawn_at,
    p.recorded_at,
    ((NOT (EXISTS ( SELECT
           FROM app.ceremony_witness w
          WHERE ((w.county = d.county) AND (w.draw = d.id) AND ((w.digits IS NULL) OR (NOT w.paper)))))) AND (c.locked_at IS NOT NULL)) AS confirmed
   FROM ((app.draw d
     JOIN app.ceremony c ON (((c.county = d.county) AND (c.draw = d.id))))
     JOIN app.paper_record p ON (((p.county = d.county) AND (p.draw = d.id) AND (p.number = ( SELECT max(l.number) AS max
           FROM app.paper_record l
          WHERE ((l.county = d.county) AND (l.draw = d.id)))))))
  WHERE ((d.seq IS NOT NULL) AND (d.commitment IS NOT NULL) AND (d.assurance = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text])) AND (d.source = 'own'::text) AND (d.state <> 'frozen'::text));

CREATE VIEW portal.posting WITH (security_barrier='true') AS
 SELECT p.county,
    p.number,
    p.kind,
    p.posted_at,
    p.withdrawn_at,
    p.withdrawn_reason,
    p.replaced_by,
    d.seq,
    p.result,
    w.party,
    w.party_name,
    w.target,
    w.target_kind,
    w.township,
    w.township_name,
    w.cell,
    w.items,
    w.outcome,
    w.checked_on,
    w.document,
    w.document_hash,
    w.proof,
    w.ends_on,
    w.repaired_on
   FROM ((app.posting p
     JOIN app.draw d ON (((d.county = p.county) AND (d.id = p.draw))))
     LEFT JOIN LATERAL ( SELECT p.party,
            p.party_name,
            p.target,
            p.target_kind,
            p.township,
            p.township_name,
            p.cell,
            p.items,
            p.outcome,
            p.checked_on,
            p.document,
            p.document_hash,
            p.proof,
            p.ends_on,
            p.repaired_on) w ON ((p.withdrawn_at IS NULL)));

CREATE VIEW portal.substitution WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    s.serial,
    s.rank,
    f.target AS failed,
    n.target AS substitute,
    s.reason,
    s.decided_at
   FROM ((((app.draw d
     JOIN app.ceremony c ON (((c.county = d.county) AND (c.draw = d.id))))
     JOIN app.substitution s ON (((s.county = d.county) AND (s.draw = d.id))))
     JOIN app.drawn n ON (((n.county = s.county) AND (n.draw = s.draw) AND (n.serial = s.serial) AND (n.rank = s.rank))))
     JOIN app.drawn f ON (((f.county = s.county) AND (f.draw = s.draw) AND (f.serial = s.serial) AND (f.rank = (s.rank - 1)))))
  WHERE ((s.decision = 'approved'::text) AND (d.seq IS NOT NULL) AND (d.commitment IS NOT NULL) AND (d.assurance = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text])) AND (d.source = 'own'::text) AND (d.state <> 'frozen'::text) AND (c.revealed_at IS NOT NULL) AND (d.state = ANY (ARRAY['revealed'::text, 'void'::text])));

CREATE VIEW portal.township WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    t.code,
    t.name
   FROM ((app.draw d
     JOIN app.ceremony c ON (((c.county = d.county) AND (c.draw = d.id))))
     JOIN app.township t ON (((t.county = d.county) AND (t.valid @> d.drawn_at))))
  WHERE ((d.seq IS NOT NULL) AND (d.commitment IS NOT NULL) AND (d.assurance = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text])) AND (d.source = 'own'::text) AND (d.state <> 'frozen'::text) AND (c.revealed_at IS NOT NULL) AND (d.state = ANY (ARRAY['revealed'::text, 'void'::text])));

CREATE VIEW portal.version WITH (security_barrier='true') AS
 SELECT head.county,
    head.seq AS version
   FROM ledger.head;

CREATE VIEW portal.witness WITH (security_barrier='true') AS
 SELECT d.county,
    d.seq,
    w.place,
    w.body,
    w.digits_hash,
    w.hashed_at,
    w.paper
   FROM (app.draw d
     JOIN app.ceremony_witness w ON (((w.county = d.county) AND (w.draw = d.id))))
  WHERE ((d.seq IS NOT NULL) AND (d.commitment IS NOT NULL) AND (d.assurance = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text])) AND (d.source = 'own'::text) AND (d.state <> 'frozen'::text));

ALTER TABLE ONLY app.absence
    ADD CONSTRAINT absence_pkey PRIMARY KEY (county, inspector, day);

ALTER TABLE ONLY app.annual_plan
    ADD CONSTRAINT annual_plan_pkey PRIMARY KEY (county, year);

ALTER TABLE ONLY app.annual_publication
    ADD CONSTRAINT annual_publication_pkey PRIMARY KEY (county, year, revision);

ALTER TABLE ONLY app.appeal
    ADD CONSTRAINT appeal_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.blacklist_period
    ADD CONSTRAINT blacklist_period_county_uscc_during_excl EXCLUDE USING gist (county WITH =, uscc WITH =, during WITH &&);

ALTER TABLE ONLY app.blacklist_period
    ADD CONSTRAINT blacklist_period_pkey PRIMARY KEY (county, uscc, during);

ALTER TABLE ONLY app.boundary_source
    ADD CONSTRAINT boundary_source_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.calendar_year
    ADD CONSTRAINT calendar_year_pkey PRIMARY KEY (county, year);

ALTER TABLE ONLY app.case_reply
    ADD CONSTRAINT case_reply_pkey PRIMARY KEY (county, platform, number);

ALTER TABLE ONLY app.ceremony
    ADD CONSTRAINT ceremony_pkey PRIMARY KEY (county, draw);

ALTER TABLE ONLY app.ceremony_witness
    ADD CONSTRAINT ceremony_witness_county_draw_account_key UNIQUE (county, draw, account);

ALTER TABLE ONLY app.ceremony_witness
    ADD CONSTRAINT ceremony_witness_county_draw_body_key UNIQUE (county, draw, body);

ALTER TABLE ONLY app.ceremony_witness
    ADD CONSTRAINT ceremony_witness_pkey PRIMARY KEY (county, draw, place);

ALTER TABLE ONLY app.county
    ADD CONSTRAINT county_pkey PRIMARY KEY (code);

ALTER TABLE ONLY app.credit_intake
    ADD CONSTRAINT credit_intake_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.credit_message
    ADD CONSTRAINT credit_message_county_platform_business_key_key UNIQUE (county, platform, business_key);

ALTER TABLE ONLY app.credit_message
    ADD CONSTRAINT credit_message_county_platform_penalty_number_key UNIQUE (county, platform, penalty, number);

ALTER TABLE ONLY app.credit_message
    ADD CONSTRAINT credit_message_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.credit_received
    ADD CONSTRAINT credit_received_pkey PRIMARY KEY (county, platform, business_key);

ALTER TABLE ONLY app.credit_reconciliation
    ADD CONSTRAINT credit_reconciliation_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.credit_standing
    ADD CONSTRAINT credit_standing_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.crew_ceremony
    ADD CONSTRAINT crew_ceremony_pkey PRIMARY KEY (county, draw);

ALTER TABLE ONLY app.crew_draw
    ADD CONSTRAINT crew_draw_county_commitment_key UNIQUE (county, commitment);

ALTER TABLE ONLY app.crew_draw
    ADD CONSTRAINT crew_draw_county_seq_key UNIQUE (county, seq);

ALTER TABLE ONLY app.crew_draw
    ADD CONSTRAINT crew_draw_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.crew_inspector
    ADD CONSTRAINT crew_inspector_county_draw_inspector_key UNIQUE (county, draw, inspector);

ALTER TABLE ONLY app.crew_inspector
    ADD CONSTRAINT crew_inspector_pkey PRIMARY KEY (county, draw, alias);

ALTER TABLE ONLY app.crew_lottery
    ADD CONSTRAINT crew_lottery_pkey PRIMARY KEY (county, draw);

ALTER TABLE ONLY app.crew_member
    ADD CONSTRAINT crew_member_county_draw_route_seat_alias_key UNIQUE (county, draw, route, seat, alias);

ALTER TABLE ONLY app.crew_member
    ADD CONSTRAINT crew_member_pkey PRIMARY KEY (county, draw, route, seat, turn);

ALTER TABLE ONLY app.crew_objection
    ADD CONSTRAINT crew_objection_pkey PRIMARY KEY (county, draw, id);

ALTER TABLE ONLY app.crew_order
    ADD CONSTRAINT crew_order_county_draw_route_seat_alias_key UNIQUE (county, draw, route, seat, alias);

ALTER TABLE ONLY app.crew_order
    ADD CONSTRAINT crew_order_county_draw_route_seat_rank_alias_key UNIQUE (county, draw, route, seat, rank, alias);

ALTER TABLE ONLY app.crew_order
    ADD CONSTRAINT crew_order_pkey PRIMARY KEY (county, draw, route, seat, rank);

ALTER TABLE ONLY app.crew_party
    ADD CONSTRAINT crew_party_county_draw_uscc_key UNIQUE (county, draw, uscc);

ALTER TABLE ONLY app.crew_party
    ADD CONSTRAINT crew_party_pkey PRIMARY KEY (county, draw, alias);

ALTER TABLE ONLY app.crew_replacement
    ADD CONSTRAINT crew_replacement_pkey PRIMARY KEY (county, draw, id);

ALTER TABLE ONLY app.crew_route
    ADD CONSTRAINT crew_route_county_draw_route_day_key UNIQUE (county, draw, route, day);

ALTER TABLE ONLY app.crew_route
    ADD CONSTRAINT crew_route_pkey PRIMARY KEY (county, draw, route);

ALTER TABLE ONLY app.crew_signature
    ADD CONSTRAINT crew_signature_pkey PRIMARY KEY (county, draw, account);

ALTER TABLE ONLY app.crew_void_request
    ADD CONSTRAINT crew_void_request_pkey PRIMARY KEY (county, draw, id);

ALTER TABLE ONLY app.crew_witness
    ADD CONSTRAINT crew_witness_county_draw_account_key UNIQUE (county, draw, account);

ALTER TABLE ONLY app.crew_witness
    ADD CONSTRAINT crew_witness_county_draw_body_key UNIQUE (county, draw, body);

ALTER TABLE ONLY app.crew_witness
    ADD CONSTRAINT crew_witness_pkey PRIMARY KEY (county, draw, place);

ALTER TABLE ONLY app.day_route
    ADD CONSTRAINT day_route_county_plan_day_office_team_key UNIQUE (county, plan, day, office, team);

ALTER TABLE ONLY app.day_route
    ADD CONSTRAINT day_route_pkey PRIMARY KEY (county, plan, number);

ALTER TABLE ONLY app.directory_version
    ADD CONSTRAINT directory_version_county_directory_code_valid_excl EXCLUDE USING gist (county WITH =, directory WITH =, code WITH =, valid WITH &&);

ALTER TABLE ONLY app.directory_version
    ADD CONSTRAINT directory_version_pkey PRIMARY KEY (county, directory, code, valid);

ALTER TABLE ONLY app.division
    ADD CONSTRAINT division_pkey PRIMARY KEY (county, code);

ALTER TABLE ONLY app.draw
    ADD CONSTRAINT draw_county_commitment_key UNIQUE (county, commitment);

ALTER TABLE ONLY app.draw
    ADD CONSTRAINT draw_county_seq_key UNIQUE (county, seq);

ALTER TABLE ONLY app.draw_limit
    ADD CONSTRAINT draw_limit_pkey PRIMARY KEY (county, draw);

ALTER TABLE ONLY app.draw
    ADD CONSTRAINT draw_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.drawn
    ADD CONSTRAINT drawn_county_draw_serial_rank_key UNIQUE (county, draw, serial, rank);

ALTER TABLE ONLY app.drawn
    ADD CONSTRAINT drawn_pkey PRIMARY KEY (county, draw, target);

ALTER TABLE ONLY app.excluded
    ADD CONSTRAINT excluded_pkey PRIMARY KEY (county, draw, target);

ALTER TABLE ONLY app.field_batch
    ADD CONSTRAINT field_batch_county_device_first_key UNIQUE (county, device, first);

ALTER TABLE ONLY app.field_batch
    ADD CONSTRAINT field_batch_pkey PRIMARY KEY (county, entry);

ALTER TABLE ONLY app.field_device
    ADD CONSTRAINT field_device_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.field_event
    ADD CONSTRAINT field_event_county_id_key UNIQUE (county, id);

ALTER TABLE ONLY app.field_event
    ADD CONSTRAINT field_event_pkey PRIMARY KEY (county, device, seq);

ALTER TABLE ONLY app.field_message
    ADD CONSTRAINT field_message_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.field_pack
    ADD CONSTRAINT field_pack_pkey PRIMARY KEY (county, hash);

ALTER TABLE ONLY app.field_pass
    ADD CONSTRAINT field_pass_county_token_key UNIQUE (county, token);

ALTER TABLE ONLY app.field_pass
    ADD CONSTRAINT field_pass_pkey PRIMARY KEY (county, series, route, stop);

ALTER TABLE ONLY app.field_photo_chunk
    ADD CONSTRAINT field_photo_chunk_pkey PRIMARY KEY (county, sha256, start);

ALTER TABLE ONLY app.field_photo
    ADD CONSTRAINT field_photo_pkey PRIMARY KEY (county, sha256);

ALTER TABLE ONLY app.field_record
    ADD CONSTRAINT field_record_pkey PRIMARY KEY (county, stop);

ALTER TABLE ONLY app.field_refusal
    ADD CONSTRAINT field_refusal_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.frame
    ADD CONSTRAINT frame_pkey PRIMARY KEY (county, draw, target);

ALTER TABLE ONLY app.import
    ADD CONSTRAINT import_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.inspector
    ADD CONSTRAINT inspector_county_certificate_key UNIQUE (county, certificate);

ALTER TABLE ONLY app.inspector
    ADD CONSTRAINT inspector_pkey PRIMARY KEY (county, code);

ALTER TABLE ONLY app.item
    ADD CONSTRAINT item_pkey PRIMARY KEY (county, code);

ALTER TABLE ONLY app.objection
    ADD CONSTRAINT objection_pkey PRIMARY KEY (county, draw, id);

ALTER TABLE ONLY app.office
    ADD CONSTRAINT office_pkey PRIMARY KEY (county, code);

ALTER TABLE ONLY app.paper_record
    ADD CONSTRAINT paper_record_pkey PRIMARY KEY (county, draw, number);

ALTER TABLE ONLY app.party
    ADD CONSTRAINT party_pkey PRIMARY KEY (county, uscc);

ALTER TABLE ONLY app.party_word
    ADD CONSTRAINT party_word_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.penalty
    ADD CONSTRAINT penalty_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.plan
    ADD CONSTRAINT plan_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.posting
    ADD CONSTRAINT posting_pkey PRIMARY KEY (county, number);

ALTER TABLE ONLY app.recusal_case
    ADD CONSTRAINT recusal_case_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.recusal
    ADD CONSTRAINT recusal_pkey PRIMARY KEY (county, inspector, uscc);

ALTER TABLE ONLY app.referral
    ADD CONSTRAINT referral_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.responsibility
    ADD CONSTRAINT responsibility_pkey PRIMARY KEY (county, year, number);

ALTER TABLE ONLY app.result_finding
    ADD CONSTRAINT result_finding_pkey PRIMARY KEY (county, result, number);

ALTER TABLE ONLY app.result
    ADD CONSTRAINT result_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.road_layer
    ADD CONSTRAINT road_layer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.route_plan
    ADD CONSTRAINT route_plan_county_series_id_key UNIQUE (county, series, id);

ALTER TABLE ONLY app.route_plan
    ADD CONSTRAINT route_plan_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.rule_param
    ADD CONSTRAINT rule_param_county_key_valid_excl EXCLUDE USING gist (county WITH =, key WITH =, valid WITH &&);

ALTER TABLE ONLY app.rule_param
    ADD CONSTRAINT rule_param_pkey PRIMARY KEY (county, key, valid);

ALTER TABLE ONLY app.saved_view
    ADD CONSTRAINT saved_view_pkey PRIMARY KEY (county, account, name);

ALTER TABLE ONLY app.signature
    ADD CONSTRAINT signature_pkey PRIMARY KEY (county, draw, account);

ALTER TABLE ONLY app.stop
    ADD CONSTRAINT stop_county_plan_route_position_key UNIQUE (county, plan, route, "position");

ALTER TABLE ONLY app.stop
    ADD CONSTRAINT stop_pkey PRIMARY KEY (county, plan, visit);

ALTER TABLE ONLY app.substitution
    ADD CONSTRAINT substitution_county_draw_serial_granted_key UNIQUE (county, draw, serial, granted);

ALTER TABLE ONLY app.substitution
    ADD CONSTRAINT substitution_pkey PRIMARY KEY (county, draw, id);

ALTER TABLE ONLY app.target
    ADD CONSTRAINT target_pkey PRIMARY KEY (county, code, valid);

ALTER TABLE ONLY app.targeted_check
    ADD CONSTRAINT targeted_check_pkey PRIMARY KEY (county, id);

ALTER TABLE ONLY app.task_batch
    ADD CONSTRAINT task_batch_pkey PRIMARY KEY (county, year, task, number);

ALTER TABLE ONLY app.task_exclusion
    ADD CONSTRAINT task_exclusion_pkey PRIMARY KEY (county, year, task, target);

ALTER TABLE ONLY app.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (county, year, number);

ALTER TABLE ONLY app.task_plan
    ADD CONSTRAINT task_plan_county_year_task_batch_kind_key UNIQUE (county, year, task, batch, kind);

ALTER TABLE ONLY app.task_plan
    ADD CONSTRAINT task_plan_pkey PRIMARY KEY (county, plan);

ALTER TABLE ONLY app.township
    ADD CONSTRAINT township_county_code_valid_excl EXCLUDE USING gist (county WITH =, code WITH =, valid WITH &&);

ALTER TABLE ONLY app.township
    ADD CONSTRAINT township_pkey PRIMARY KEY (county, code, valid);

ALTER TABLE ONLY app.travel_matrix
    ADD CONSTRAINT travel_matrix_pkey PRIMARY KEY (county, hash);

ALTER TABLE ONLY app.unassigned
    ADD CONSTRAINT unassigned_pkey PRIMARY KEY (county, plan, visit);

ALTER TABLE ONLY app.visit
    ADD CONSTRAINT visit_pkey PRIMARY KEY (county, plan, number);

ALTER TABLE ONLY app.visit_target
    ADD CONSTRAINT visit_target_pkey PRIMARY KEY (county, plan, target);

ALTER TABLE ONLY app.void_request
    ADD CONSTRAINT void_request_pkey PRIMARY KEY (county, draw, id);

ALTER TABLE ONLY auth.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.account
    ADD CONSTRAINT account_provider_id_account_id_key UNIQUE (provider_id, account_id);

ALTER TABLE ONLY auth.account
    ADD CONSTRAINT account_user_id_provider_id_key UNIQUE (user_id, provider_id);

ALTER TABLE ONLY auth.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (key);

ALTER TABLE ONLY auth.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.rate_limit
    ADD CONSTRAINT rate_limit_key_key UNIQUE (key);

ALTER TABLE ONLY auth.rate_limit
    ADD CONSTRAINT rate_limit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.refusal
    ADD CONSTRAINT refusal_pkey PRIMARY KEY (minute, reason, account, address, method, route, action);

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_token_key UNIQUE (token);

ALTER TABLE ONLY auth.two_factor
    ADD CONSTRAINT two_factor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth."user"
    ADD CONSTRAINT user_email_key UNIQUE (email);

ALTER TABLE ONLY auth."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth."user"
    ADD CONSTRAINT user_username_key UNIQUE (username);

ALTER TABLE ONLY auth.verification
    ADD CONSTRAINT verification_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ledger.checkpoint
    ADD CONSTRAINT checkpoint_pkey PRIMARY KEY (county, size);

ALTER TABLE ONLY ledger.cosignature
    ADD CONSTRAINT cosignature_pkey PRIMARY KEY (county, size, line);

ALTER TABLE ONLY ledger.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (county, seq);

ALTER TABLE ONLY ledger.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (county);

ALTER TABLE ONLY ledger.tile
    ADD CONSTRAINT tile_pkey PRIMARY KEY (county, number);

CREATE INDEX case_reply_result ON app.case_reply USING btree (county, result);

CREATE INDEX credit_message_newest ON app.credit_message USING btree (county, platform, state, id DESC);

CREATE INDEX credit_message_penalty ON app.credit_message USING btree (county, penalty);

CREATE INDEX credit_message_waiting ON app.credit_message USING btree (county, next_at) WHERE (state = 'waiting'::text);

CREATE INDEX credit_reconciliation_newest ON app.credit_reconciliation USING btree (county, platform, made_at DESC);

CREATE INDEX credit_standing_open ON app.credit_standing USING btree (county) WHERE (ended_at IS NULL);

CREATE INDEX credit_standing_party ON app.credit_standing USING btree (county, uscc);

CREATE UNIQUE INDEX crew_draw_held ON app.crew_draw USING btree (county, series) WHERE ((assurance <> 'trial'::text) AND (state <> ALL (ARRAY['void'::text, 'aborted'::text])));

CREATE UNIQUE INDEX crew_member_day ON app.crew_member USING btree (county, draw, day, alias) WHERE (NOT gone);

CREATE UNIQUE INDEX crew_member_inspector ON app.crew_member USING btree (county, day, inspector) WHERE (NOT gone);

CREATE UNIQUE INDEX crew_member_seat ON app.crew_member USING btree (county, draw, route, seat) WHERE (NOT gone);

CREATE UNIQUE INDEX crew_replacement_open ON app.crew_replacement USING btree (county, draw, route, seat) WHERE (decision IS NULL);

CREATE UNIQUE INDEX crew_void_request_county_draw_idx ON app.crew_void_request USING btree (county, draw) WHERE (decision IS NULL);

CREATE INDEX directory_version_import ON app.directory_version USING btree (county, import) WHERE (import IS NOT NULL);

CREATE INDEX drawn_target ON app.drawn USING btree (county, target);

CREATE UNIQUE INDEX excluded_pseudonym ON app.excluded USING btree (county, draw, pseudonym COLLATE "C") WHERE (pseudonym IS NOT NULL);

CREATE INDEX field_event_stop ON app.field_event USING btree (county, stop, number);

CREATE INDEX field_message_inspector ON app.field_message USING btree (county, inspector, id);

CREATE INDEX field_pack_crew ON app.field_pack USING gin (crew);

CREATE INDEX field_pack_route ON app.field_pack USING btree (county, series, route);

CREATE UNIQUE INDEX frame_pseudonym ON ONLY app.frame USING btree (county, draw, pseudonym COLLATE "C") WHERE (pseudonym IS NOT NULL);

CREATE INDEX import_recent ON app.import USING btree (county, created_at DESC);

CREATE INDEX import_source ON app.import USING btree (county, kind, source) WHERE (source IS NOT NULL);

CREATE INDEX party_graded ON app.party USING btree (county, credit_grade, uscc);

CREATE INDEX party_named ON app.party USING btree (county, name, uscc);

CREATE INDEX party_word_party ON app.party_word USING btree (county, party);

CREATE UNIQUE INDEX penalty_number ON app.penalty USING btree (county, document_number) WHERE (state <> 'dropped'::text);

CREATE INDEX penalty_result ON app.penalty USING btree (county, result);

CREATE INDEX posting_newest ON app.posting USING btree (county, posted_at DESC);

CREATE UNIQUE INDEX posting_subject ON app.posting USING btree (county, result, COALESCE(penalty, 0)) WHERE (withdrawn_at IS NULL);

CREATE INDEX posting_target ON app.posting USING btree (county, target);

CREATE UNIQUE INDEX recusal_case_open ON app.recusal_case USING btree (county, inspector, uscc) WHERE (decision IS NULL);

CREATE UNIQUE INDEX referral_again ON app.referral USING btree (county, again) WHERE (again IS NOT NULL);

CREATE INDEX referral_result ON app.referral USING btree (county, result);

CREATE UNIQUE INDEX result_current ON app.result USING btree (county, draw, target) WHERE (state <> 'withdrawn'::text);

CREATE INDEX result_open ON app.result USING btree (county, checked_on) WHERE (closed_at IS NULL);

CREATE UNIQUE INDEX result_record ON app.result USING btree (county, record, target) WHERE ((record IS NOT NULL) AND (state <> 'withdrawn'::text));

CREATE INDEX result_target ON app.result USING btree (county, target);

CREATE INDEX road_layer_county ON app.road_layer USING btree (county, id);

CREATE UNIQUE INDEX route_plan_current ON app.route_plan USING btree (county, series) WHERE (state = 'current'::text);

CREATE INDEX route_plan_draw ON app.route_plan USING btree (county, draw);

CREATE UNIQUE INDEX substitution_open ON app.substitution USING btree (county, draw, serial) WHERE (decision IS NULL);

CREATE INDEX target_current ON ONLY app.target USING btree (county, kind, township, code);

CREATE INDEX target_geom ON ONLY app.target USING gist (geom);

CREATE INDEX target_import ON ONLY app.target USING btree (county, import);

CREATE INDEX target_listed ON ONLY app.target USING btree (county, kind, code) INCLUDE (township, area_m2, status, party) WHERE upper_inf(valid);

CREATE INDEX target_named ON ONLY app.target USING btree (county, kind, name, code);

CREATE INDEX target_party ON ONLY app.target USING btree (county, party, kind, code) WHERE upper_inf(valid);

CREATE INDEX target_past ON ONLY app.target USING btree (county, kind, code, valid) INCLUDE (township, area_m2, status, party);

CREATE INDEX target_point ON ONLY app.target USING gist (point) WHERE upper_inf(valid);

CREATE INDEX target_since ON ONLY app.target USING btree (county, kind, lower(valid), code);

CREATE INDEX target_sized ON ONLY app.target USING btree (county, kind, area_m2, code);

CREATE INDEX target_standing ON ONLY app.target USING btree (county, kind, status, code);

CREATE INDEX target_tally_at ON app.target_tally USING btree (county, kind, at) INCLUDE (township, status, rows, area_m2);

CREATE INDEX target_words ON ONLY app.target USING gin (app.pairs(upper((((code || '
'::text) || "left"(name, 200)) COLLATE "C"))));

CREATE INDEX targeted_check_day ON app.targeted_check USING btree (county, received_on);

CREATE INDEX township_geom ON app.township USING gist (geom);

CREATE INDEX visit_target_visit ON app.visit_target USING btree (county, plan, visit);

CREATE UNIQUE INDEX void_request_open ON app.void_request USING btree (county, draw) WHERE (decision IS NULL);

CREATE INDEX attempt_age ON auth.attempt USING btree (last_at);

CREATE INDEX event_account ON auth.event USING btree (account, id);

CREATE INDEX session_owner ON auth.session USING btree (user_id);

CREATE INDEX two_factor_owner ON auth.two_factor USING btree (user_id);

CREATE UNIQUE INDEX user_inspector ON auth."user" USING btree (inspector) WHERE (inspector IS NOT NULL);

CREATE INDEX verification_identifier ON auth.verification USING btree (identifier);

CREATE TRIGGER annual_open BEFORE INSERT OR DELETE ON app.responsibility FOR EACH ROW EXECUTE FUNCTION app.annual_open('draft');

CREATE TRIGGER annual_open BEFORE INSERT OR DELETE OR UPDATE ON app.task FOR EACH ROW EXECUTE FUNCTION app.annual_open('draft');

CREATE TRIGGER annual_open BEFORE INSERT OR DELETE OR UPDATE ON app.task_batch FOR EACH ROW EXECUTE FUNCTION app.annual_open('draft');

CREATE TRIGGER annual_open BEFORE INSERT OR DELETE OR UPDATE ON app.task_exclusion FOR EACH ROW EXECUTE FUNCTION app.annual_open('draft');

CREATE TRIGGER annual_open BEFORE INSERT ON app.task_plan FOR EACH ROW EXECUTE FUNCTION app.annual_open('approved', 'published');

CREATE TRIGGER body_stays BEFORE UPDATE ON app.credit_message FOR EACH ROW WHEN (((old.sent_at IS NOT NULL) AND (new.body <> old.body))) EXECUTE FUNCTION app.credit_body_stays();

CREATE CONSTRAINT TRIGGER crews_whole AFTER INSERT OR UPDATE ON app.crew_draw DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.crews_whole();

CREATE CONSTRAINT TRIGGER crews_whole AFTER INSERT OR UPDATE ON app.crew_member DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.crews_whole();

CREATE TRIGGER member_lawful BEFORE INSERT ON app.crew_member FOR EACH ROW EXECUTE FUNCTION app.member_lawful();

CREATE TRIGGER one_way BEFORE UPDATE ON app.crew_draw FOR EACH ROW EXECUTE FUNCTION app.one_way();

CREATE TRIGGER one_way BEFORE UPDATE ON app.draw FOR EACH ROW EXECUTE FUNCTION app.one_way();

CREATE TRIGGER paper_allowed BEFORE INSERT ON app.paper_record FOR EACH ROW EXECUTE FUNCTION app.paper_allowed();

CREATE TRIGGER paper_stays AFTER UPDATE ON app.draw FOR EACH ROW WHEN (((old.state = 'announced'::text) AND (new.state = 'aborted'::text))) EXECUTE FUNCTION app.paper_stays();

CREATE TRIGGER permission_once BEFORE UPDATE ON app.ceremony FOR EACH ROW EXECUTE FUNCTION app.written_once('frame_permission');

CREATE TRIGGER photo_open BEFORE INSERT OR DELETE ON app.field_photo_chunk FOR EACH ROW EXECUTE FUNCTION app.photo_open();

CREATE TRIGGER replacement_next BEFORE INSERT ON app.crew_replacement FOR EACH ROW EXECUTE FUNCTION app.replacement_next();

CREATE TRIGGER result_called BEFORE INSERT ON app.result FOR EACH ROW EXECUTE FUNCTION app.result_called();

CREATE TRIGGER result_closable BEFORE UPDATE ON app.result FOR EACH ROW WHEN (((old.closed_at IS NULL) AND (new.closed_at IS NOT NULL))) EXECUTE FUNCTION app.result_closable();

CREATE TRIGGER routes_fixed BEFORE INSERT OR UPDATE ON app.route_plan FOR EACH ROW EXECUTE FUNCTION app.routes_fixed();

CREATE CONSTRAINT TRIGGER routes_whole AFTER INSERT OR UPDATE ON app.route_plan DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.routes_whole();

CREATE TRIGGER seat_given_up BEFORE UPDATE ON app.crew_member FOR EACH ROW EXECUTE FUNCTION app.seat_given_up();

CREATE TRIGGER stays BEFORE DELETE ON app.annual_plan FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.annual_publication FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.appeal FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.case_reply FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.ceremony FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.ceremony_witness FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.credit_intake FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.credit_message FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.credit_received FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.credit_reconciliation FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.credit_standing FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_ceremony FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_draw FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_inspector FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_lottery FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_member FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_objection FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_order FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_party FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_replacement FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_route FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_signature FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_void_request FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.crew_witness FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.day_route FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.draw FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.draw_limit FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.drawn FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.excluded FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.field_batch FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.field_device FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.field_event FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.field_message FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.field_pack FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.field_pass FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.field_photo FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE UPDATE ON app.field_photo_chunk FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.field_record FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.field_refusal FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.frame FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.objection FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.paper_record FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.party_word FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.penalty FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.posting FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.referral FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.result FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.result_finding FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.route_plan FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.signature FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.stop FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.substitution FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.targeted_check FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.task_plan FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.travel_matrix FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.unassigned FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.visit FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON app.visit_target FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays BEFORE DELETE ON app.void_request FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays_as_made BEFORE UPDATE ON app.crew_inspector FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays_as_made BEFORE UPDATE ON app.crew_lottery FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays_as_made BEFORE UPDATE ON app.crew_objection FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays_as_made BEFORE UPDATE ON app.crew_order FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays_as_made BEFORE UPDATE ON app.crew_party FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays_as_made BEFORE UPDATE ON app.crew_route FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER stays_as_made BEFORE UPDATE ON app.crew_signature FOR EACH ROW EXECUTE FUNCTION app.stays();

CREATE TRIGGER target_added AFTER INSERT ON app.target REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.target_added();

CREATE CONSTRAINT TRIGGER target_called AFTER INSERT ON app.visit_target DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.target_called();

CREATE TRIGGER target_changed AFTER UPDATE ON app.target REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.target_changed();

CREATE TRIGGER target_removed AFTER DELETE ON app.target REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.target_removed();

CREATE TRIGGER undone_once BEFORE UPDATE ON app.import FOR EACH ROW EXECUTE FUNCTION app.written_once('undone_at');

CREATE TRIGGER versions_added AFTER INSERT ON app.blacklist_period REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_added AFTER INSERT ON app.inspector REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_added AFTER INSERT ON app.item REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_added AFTER INSERT ON app.office REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_added AFTER INSERT ON app.party REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_added AFTER INSERT ON app.recusal REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_changed AFTER UPDATE ON app.blacklist_period REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_changed AFTER UPDATE ON app.inspector REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_changed AFTER UPDATE ON app.item REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_changed AFTER UPDATE ON app.office REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_changed AFTER UPDATE ON app.party REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_changed AFTER UPDATE ON app.recusal REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_ended AFTER DELETE ON app.blacklist_period REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_ended AFTER DELETE ON app.inspector REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_ended AFTER DELETE ON app.item REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_ended AFTER DELETE ON app.office REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_ended AFTER DELETE ON app.party REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE TRIGGER versions_ended AFTER DELETE ON app.recusal REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.keep_versions();

CREATE CONSTRAINT TRIGGER visit_placed AFTER INSERT ON app.stop DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.visit_placed();

CREATE CONSTRAINT TRIGGER visit_placed AFTER INSERT ON app.unassigned DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.visit_placed();

CREATE CONSTRAINT TRIGGER visit_placed AFTER INSERT ON app.visit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.visit_placed();

CREATE TRIGGER written_once BEFORE UPDATE ON app.appeal FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'posting', 'party', 'kind', 'statement', 'filed_at', 'answer', 'upheld', 'answered_by', 'answered_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.ceremony FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'draw', 'operator', 'frozen_at', 'notice_minutes', 'public_frame', 'redo_of', 'superior_consent', 'beacon_kind', 'beacon_source', 'beacon_pattern', 'beacon_after', 'announced_at', 'reveal_by', 'close_by', 'sealed_plan', 'nonce_commit', 'nonce_escrow', 'locked_at', 'beacon_value', 'beacon_evidence', 'beacon_by', 'beacon_at', 'revealed_at', 'ended_at', 'ended_by', 'end_reason', 'frame_error');

CREATE TRIGGER written_once BEFORE UPDATE ON app.ceremony_witness FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'draw', 'place', 'account', 'body', 'digits_hash', 'hashed_at', 'digits', 'salt', 'given_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.credit_message FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'platform', 'penalty', 'number', 'action', 'business_key', 'due', 'created_at', 'sent_at', 'demo');

CREATE TRIGGER written_once BEFORE UPDATE ON app.credit_standing FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'uscc', 'grade', 'valid', 'source', 'recorded_by', 'recorded_at', 'grade_before', 'applied_at', 'ended_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.crew_ceremony FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'draw', 'operator', 'frozen_at', 'notice_minutes', 'public_frame', 'redo_of', 'superior_consent', 'beacon_kind', 'beacon_source', 'beacon_pattern', 'beacon_after', 'announced_at', 'reveal_by', 'close_by', 'sealed_plan', 'nonce_commit', 'nonce_escrow', 'locked_at', 'beacon_value', 'beacon_evidence', 'beacon_by', 'beacon_at', 'revealed_at', 'ended_at', 'ended_by', 'end_reason', 'frame_error');

CREATE TRIGGER written_once BEFORE UPDATE ON app.crew_draw FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'series', 'routes', 'last_day', 'assurance', 'seq', 'prev', 'commitment', 'routes_hash', 'roster_hash', 'rules_hash', 'portfolio_size', 'portfolio_root', 'entropy', 'seed', 'ticket', 'manifest_hash', 'drawn_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.crew_replacement FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'draw', 'id', 'route', 'seat', 'turn', 'rank', 'alias', 'reason', 'evidence', 'passed', 'asked_by', 'asked_at', 'decision', 'decided_by', 'decided_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.crew_void_request FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'draw', 'id', 'frame_error', 'reason', 'asked_by', 'asked_at', 'decision', 'decided_by', 'decided_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.crew_witness FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'draw', 'place', 'account', 'body', 'digits_hash', 'hashed_at', 'digits', 'salt', 'given_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.draw FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'plan', 'kind', 'source', 'assurance', 'seq', 'prev', 'commitment', 'entropy', 'seed', 'manifest', 'manifest_hash', 'selected_root', 'frame_size', 'sample_size', 'drawn_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.field_device FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'account', 'inspector', 'enrolled_at', 'revoked_at', 'revoked_by');

CREATE TRIGGER written_once BEFORE UPDATE ON app.field_photo FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'sha256', 'pack', 'stop', 'size', 'type', 'complete_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.party_word FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'party', 'salt', 'word_hash', 'issued_by', 'issued_at', 'expires_at', 'used_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.penalty FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'result', 'party', 'document_number', 'kinds', 'facts', 'basis', 'content', 'fine_fen', 'review', 'drafted_by', 'drafted_at', 'reviewed_by', 'reviewed_at', 'decided_by', 'decided_at', 'posted_by', 'posted_at', 'repaired_by', 'repaired_at', 'withdrawal_asked_by', 'withdrawal_asked_at', 'withdrawn_by', 'withdrawn_at', 'dropped_by', 'dropped_at', 'decided_on', 'repaired_on', 'withdrawal_reason', 'dropped_reason');

CREATE TRIGGER written_once BEFORE UPDATE ON app.posting FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'number', 'kind', 'result', 'penalty', 'party', 'target', 'document', 'document_hash', 'proof', 'due', 'posted_by', 'posted_at', 'withdrawn_by', 'withdrawn_at', 'withdrawn_reason', 'replaced_by', 'repaired_on');

CREATE TRIGGER written_once BEFORE UPDATE ON app.recusal_case FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'inspector', 'uscc', 'way', 'reason', 'asked_by', 'asked_at', 'decision', 'decided_by', 'decided_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.referral FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'result', 'recipient', 'body', 'crime', 'matter', 'again', 'declined_reason', 'receipt', 'answer', 'proposed_by', 'proposed_at', 'decided_by', 'decided_at', 'sent_by', 'sent_at', 'received_by', 'received_at', 'answered_by', 'answered_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.result FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'draw', 'target', 'party', 'township', 'checked_on', 'inspectors', 'outcome', 'source', 'record', 'corrects', 'recorded_by', 'recorded_at', 'approved_by', 'approved_at', 'posted_by', 'posted_at', 'withdrawal_asked_by', 'withdrawal_asked_at', 'withdrawn_by', 'withdrawn_at', 'closed_by', 'closed_at', 'withdrawal_reason', 'closing');

CREATE TRIGGER written_once BEFORE UPDATE ON app.result_finding FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'result', 'number', 'item', 'severity', 'text', 'measure', 'rectify_by', 'rectified_on', 'rectified_by', 'rectified_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.route_plan FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'series', 'draw', 'supersedes', 'change', 'reason', 'provider', 'fallback', 'matrix_hash', 'settings', 'seed', 'iterations', 'cost', 'routes_hash', 'created_by', 'created_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.substitution FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'draw', 'id', 'serial', 'rank', 'evidence', 'reason', 'asked_by', 'asked_at', 'decision', 'decided_by', 'decided_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.targeted_check FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'id', 'channel', 'received_on', 'reference', 'party', 'target', 'matter', 'created_by', 'created_at');

CREATE TRIGGER written_once BEFORE UPDATE ON app.void_request FOR EACH ROW EXECUTE FUNCTION app.written_once('county', 'draw', 'id', 'frame_error', 'reason', 'asked_by', 'asked_at', 'decision', 'decided_by', 'decided_at');

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON ledger.checkpoint FOR EACH ROW EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.checkpoint ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON ledger.cosignature FOR EACH ROW EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.cosignature ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON ledger.entry FOR EACH ROW EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON ledger.tile FOR EACH ROW EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.tile ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger.checkpoint FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.checkpoint ENABLE ALWAYS TRIGGER no_truncate;

CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger.cosignature FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.cosignature ENABLE ALWAYS TRIGGER no_truncate;

CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger.entry FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER no_truncate;

CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger.head FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.head ENABLE ALWAYS TRIGGER no_truncate;

CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger.tile FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.tile ENABLE ALWAYS TRIGGER no_truncate;

CREATE TRIGGER one_by_one BEFORE UPDATE ON ledger.head FOR EACH ROW WHEN (((new.county <> old.county) OR (new.seq <> (old.seq + 1)))) EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.head ENABLE ALWAYS TRIGGER one_by_one;

CREATE TRIGGER stays BEFORE DELETE ON ledger.head FOR EACH ROW EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.head ENABLE ALWAYS TRIGGER stays;

ALTER TABLE ONLY app.absence
    ADD CONSTRAINT absence_county_inspector_fkey FOREIGN KEY (county, inspector) REFERENCES app.inspector(county, code);

ALTER TABLE ONLY app.annual_plan
    ADD CONSTRAINT annual_plan_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.annual_publication
    ADD CONSTRAINT annual_publication_county_year_fkey FOREIGN KEY (county, year) REFERENCES app.annual_plan(county, year);

ALTER TABLE ONLY app.appeal
    ADD CONSTRAINT appeal_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.appeal
    ADD CONSTRAINT appeal_county_party_fkey FOREIGN KEY (county, party) REFERENCES app.party(county, uscc);

ALTER TABLE ONLY app.appeal
    ADD CONSTRAINT appeal_county_posting_fkey FOREIGN KEY (county, posting) REFERENCES app.posting(county, number);

ALTER TABLE ONLY app.blacklist_period
    ADD CONSTRAINT blacklist_period_county_uscc_fkey FOREIGN KEY (county, uscc) REFERENCES app.party(county, uscc);

ALTER TABLE ONLY app.boundary_source
    ADD CONSTRAINT boundary_source_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.calendar_year
    ADD CONSTRAINT calendar_year_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.case_reply
    ADD CONSTRAINT case_reply_county_penalty_fkey FOREIGN KEY (county, penalty) REFERENCES app.penalty(county, id);

ALTER TABLE ONLY app.case_reply
    ADD CONSTRAINT case_reply_county_result_fkey FOREIGN KEY (county, result) REFERENCES app.result(county, id);

ALTER TABLE ONLY app.ceremony
    ADD CONSTRAINT ceremony_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.draw(county, id);

ALTER TABLE ONLY app.ceremony
    ADD CONSTRAINT ceremony_county_redo_of_fkey FOREIGN KEY (county, redo_of) REFERENCES app.draw(county, id);

ALTER TABLE ONLY app.ceremony_witness
    ADD CONSTRAINT ceremony_witness_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.ceremony(county, draw);

ALTER TABLE ONLY app.credit_intake
    ADD CONSTRAINT credit_intake_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.credit_message
    ADD CONSTRAINT credit_message_county_penalty_fkey FOREIGN KEY (county, penalty) REFERENCES app.penalty(county, id);

ALTER TABLE ONLY app.credit_received
    ADD CONSTRAINT credit_received_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.credit_reconciliation
    ADD CONSTRAINT credit_reconciliation_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.credit_standing
    ADD CONSTRAINT credit_standing_county_uscc_fkey FOREIGN KEY (county, uscc) REFERENCES app.party(county, uscc);

ALTER TABLE ONLY app.crew_ceremony
    ADD CONSTRAINT crew_ceremony_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.crew_draw(county, id);

ALTER TABLE ONLY app.crew_draw
    ADD CONSTRAINT crew_draw_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.crew_draw
    ADD CONSTRAINT crew_draw_county_series_routes_fkey FOREIGN KEY (county, series, routes) REFERENCES app.route_plan(county, series, id);

ALTER TABLE ONLY app.crew_inspector
    ADD CONSTRAINT crew_inspector_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.crew_draw(county, id);

ALTER TABLE ONLY app.crew_inspector
    ADD CONSTRAINT crew_inspector_county_inspector_fkey FOREIGN KEY (county, inspector) REFERENCES app.inspector(county, code);

ALTER TABLE ONLY app.crew_lottery
    ADD CONSTRAINT crew_lottery_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.crew_draw(county, id);

ALTER TABLE ONLY app.crew_member
    ADD CONSTRAINT crew_member_county_draw_inspector_fkey FOREIGN KEY (county, draw, inspector) REFERENCES app.crew_inspector(county, draw, inspector);

ALTER TABLE ONLY app.crew_member
    ADD CONSTRAINT crew_member_county_draw_route_day_fkey FOREIGN KEY (county, draw, route, day) REFERENCES app.crew_route(county, draw, route, day);

ALTER TABLE ONLY app.crew_member
    ADD CONSTRAINT crew_member_county_draw_route_seat_alias_fkey FOREIGN KEY (county, draw, route, seat, alias) REFERENCES app.crew_order(county, draw, route, seat, alias);

ALTER TABLE ONLY app.crew_objection
    ADD CONSTRAINT crew_objection_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.crew_ceremony(county, draw);

ALTER TABLE ONLY app.crew_order
    ADD CONSTRAINT crew_order_county_draw_alias_fkey FOREIGN KEY (county, draw, alias) REFERENCES app.crew_inspector(county, draw, alias);

ALTER TABLE ONLY app.crew_order
    ADD CONSTRAINT crew_order_county_draw_route_fkey FOREIGN KEY (county, draw, route) REFERENCES app.crew_route(county, draw, route);

ALTER TABLE ONLY app.crew_party
    ADD CONSTRAINT crew_party_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.crew_draw(county, id);

ALTER TABLE ONLY app.crew_replacement
    ADD CONSTRAINT crew_replacement_county_draw_route_seat_rank_alias_fkey FOREIGN KEY (county, draw, route, seat, rank, alias) REFERENCES app.crew_order(county, draw, route, seat, rank, alias);

ALTER TABLE ONLY app.crew_replacement
    ADD CONSTRAINT crew_replacement_county_draw_route_seat_turn_fkey FOREIGN KEY (county, draw, route, seat, turn) REFERENCES app.crew_member(county, draw, route, seat, turn);

ALTER TABLE ONLY app.crew_route
    ADD CONSTRAINT crew_route_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.crew_draw(county, id);

ALTER TABLE ONLY app.crew_signature
    ADD CONSTRAINT crew_signature_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.crew_draw(county, id);

ALTER TABLE ONLY app.crew_void_request
    ADD CONSTRAINT crew_void_request_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.crew_ceremony(county, draw);

ALTER TABLE ONLY app.crew_witness
    ADD CONSTRAINT crew_witness_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.crew_ceremony(county, draw);

ALTER TABLE ONLY app.day_route
    ADD CONSTRAINT day_route_county_office_fkey FOREIGN KEY (county, office) REFERENCES app.office(county, code);

ALTER TABLE ONLY app.day_route
    ADD CONSTRAINT day_route_county_plan_fkey FOREIGN KEY (county, plan) REFERENCES app.route_plan(county, id);

ALTER TABLE ONLY app.directory_version
    ADD CONSTRAINT directory_version_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.directory_version
    ADD CONSTRAINT directory_version_import_fkey FOREIGN KEY (import) REFERENCES app.import(id);

ALTER TABLE ONLY app.division
    ADD CONSTRAINT division_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.draw
    ADD CONSTRAINT draw_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.draw
    ADD CONSTRAINT draw_county_plan_fkey FOREIGN KEY (county, plan) REFERENCES app.plan(county, id);

ALTER TABLE ONLY app.draw_limit
    ADD CONSTRAINT draw_limit_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.draw(county, id);

ALTER TABLE ONLY app.drawn
    ADD CONSTRAINT drawn_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.draw(county, id);

ALTER TABLE ONLY app.drawn
    ADD CONSTRAINT drawn_county_framed_target_fkey FOREIGN KEY (county, framed, target) REFERENCES app.frame(county, draw, target);

ALTER TABLE ONLY app.excluded
    ADD CONSTRAINT excluded_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.draw(county, id);

ALTER TABLE ONLY app.field_batch
    ADD CONSTRAINT field_batch_county_device_fkey FOREIGN KEY (county, device) REFERENCES app.field_device(county, id);

ALTER TABLE ONLY app.field_device
    ADD CONSTRAINT field_device_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.field_device
    ADD CONSTRAINT field_device_county_inspector_fkey FOREIGN KEY (county, inspector) REFERENCES app.inspector(county, code);

ALTER TABLE ONLY app.field_event
    ADD CONSTRAINT field_event_county_device_fkey FOREIGN KEY (county, device) REFERENCES app.field_device(county, id);

ALTER TABLE ONLY app.field_message
    ADD CONSTRAINT field_message_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.field_pack
    ADD CONSTRAINT field_pack_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.draw(county, id);

ALTER TABLE ONLY app.field_pack
    ADD CONSTRAINT field_pack_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.field_pass
    ADD CONSTRAINT field_pass_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.field_photo_chunk
    ADD CONSTRAINT field_photo_chunk_county_sha256_fkey FOREIGN KEY (county, sha256) REFERENCES app.field_photo(county, sha256);

ALTER TABLE ONLY app.field_photo
    ADD CONSTRAINT field_photo_county_pack_fkey FOREIGN KEY (county, pack) REFERENCES app.field_pack(county, hash);

ALTER TABLE ONLY app.field_record
    ADD CONSTRAINT field_record_county_pack_fkey FOREIGN KEY (county, pack) REFERENCES app.field_pack(county, hash);

ALTER TABLE ONLY app.field_refusal
    ADD CONSTRAINT field_refusal_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE app.frame
    ADD CONSTRAINT frame_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.draw(county, id);

ALTER TABLE ONLY app.import
    ADD CONSTRAINT import_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.inspector
    ADD CONSTRAINT inspector_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.inspector
    ADD CONSTRAINT inspector_county_office_fkey FOREIGN KEY (county, office) REFERENCES app.office(county, code);

ALTER TABLE ONLY app.item
    ADD CONSTRAINT item_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.objection
    ADD CONSTRAINT objection_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.ceremony(county, draw);

ALTER TABLE ONLY app.office
    ADD CONSTRAINT office_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.paper_record
    ADD CONSTRAINT paper_record_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.ceremony(county, draw);

ALTER TABLE ONLY app.party
    ADD CONSTRAINT party_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.party_word
    ADD CONSTRAINT party_word_county_party_fkey FOREIGN KEY (county, party) REFERENCES app.party(county, uscc);

ALTER TABLE ONLY app.penalty
    ADD CONSTRAINT penalty_county_party_fkey FOREIGN KEY (county, party) REFERENCES app.party(county, uscc);

ALTER TABLE ONLY app.penalty
    ADD CONSTRAINT penalty_county_result_fkey FOREIGN KEY (county, result) REFERENCES app.result(county, id);

ALTER TABLE ONLY app.plan
    ADD CONSTRAINT plan_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.posting
    ADD CONSTRAINT posting_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.draw(county, id);

ALTER TABLE ONLY app.posting
    ADD CONSTRAINT posting_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.posting
    ADD CONSTRAINT posting_county_penalty_fkey FOREIGN KEY (county, penalty) REFERENCES app.penalty(county, id);

ALTER TABLE ONLY app.posting
    ADD CONSTRAINT posting_county_replaced_by_fkey FOREIGN KEY (county, replaced_by) REFERENCES app.posting(county, number);

ALTER TABLE ONLY app.posting
    ADD CONSTRAINT posting_county_result_fkey FOREIGN KEY (county, result) REFERENCES app.result(county, id);

ALTER TABLE ONLY app.recusal_case
    ADD CONSTRAINT recusal_case_county_inspector_fkey FOREIGN KEY (county, inspector) REFERENCES app.inspector(county, code);

ALTER TABLE ONLY app.recusal_case
    ADD CONSTRAINT recusal_case_county_uscc_fkey FOREIGN KEY (county, uscc) REFERENCES app.party(county, uscc);

ALTER TABLE ONLY app.recusal
    ADD CONSTRAINT recusal_county_inspector_fkey FOREIGN KEY (county, inspector) REFERENCES app.inspector(county, code);

ALTER TABLE ONLY app.recusal
    ADD CONSTRAINT recusal_county_uscc_fkey FOREIGN KEY (county, uscc) REFERENCES app.party(county, uscc);

ALTER TABLE ONLY app.referral
    ADD CONSTRAINT referral_county_again_fkey FOREIGN KEY (county, again) REFERENCES app.referral(county, id);

ALTER TABLE ONLY app.referral
    ADD CONSTRAINT referral_county_result_fkey FOREIGN KEY (county, result) REFERENCES app.result(county, id);

ALTER TABLE ONLY app.responsibility
    ADD CONSTRAINT responsibility_county_year_fkey FOREIGN KEY (county, year) REFERENCES app.annual_plan(county, year);

ALTER TABLE ONLY app.responsibility
    ADD CONSTRAINT responsibility_county_year_task_fkey FOREIGN KEY (county, year, task) REFERENCES app.task(county, year, number);

ALTER TABLE ONLY app.result
    ADD CONSTRAINT result_county_corrects_fkey FOREIGN KEY (county, corrects) REFERENCES app.result(county, id);

ALTER TABLE ONLY app.result
    ADD CONSTRAINT result_county_draw_target_fkey FOREIGN KEY (county, draw, target) REFERENCES app.drawn(county, draw, target);

ALTER TABLE ONLY app.result
    ADD CONSTRAINT result_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.result
    ADD CONSTRAINT result_county_party_fkey FOREIGN KEY (county, party) REFERENCES app.party(county, uscc);

ALTER TABLE ONLY app.result_finding
    ADD CONSTRAINT result_finding_county_item_fkey FOREIGN KEY (county, item) REFERENCES app.item(county, code);

ALTER TABLE ONLY app.result_finding
    ADD CONSTRAINT result_finding_county_result_fkey FOREIGN KEY (county, result) REFERENCES app.result(county, id);

ALTER TABLE ONLY app.road_layer
    ADD CONSTRAINT road_layer_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.road_layer
    ADD CONSTRAINT road_layer_import_fkey FOREIGN KEY (import) REFERENCES app.import(id);

ALTER TABLE ONLY app.route_plan
    ADD CONSTRAINT route_plan_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.draw(county, id);

ALTER TABLE ONLY app.route_plan
    ADD CONSTRAINT route_plan_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.route_plan
    ADD CONSTRAINT route_plan_county_series_fkey FOREIGN KEY (county, series) REFERENCES app.route_plan(county, id);

ALTER TABLE ONLY app.route_plan
    ADD CONSTRAINT route_plan_county_series_supersedes_fkey FOREIGN KEY (county, series, supersedes) REFERENCES app.route_plan(county, series, id);

ALTER TABLE ONLY app.rule_param
    ADD CONSTRAINT rule_param_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.saved_view
    ADD CONSTRAINT saved_view_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.signature
    ADD CONSTRAINT signature_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.draw(county, id);

ALTER TABLE ONLY app.stop
    ADD CONSTRAINT stop_county_plan_route_fkey FOREIGN KEY (county, plan, route) REFERENCES app.day_route(county, plan, number);

ALTER TABLE ONLY app.stop
    ADD CONSTRAINT stop_county_plan_visit_fkey FOREIGN KEY (county, plan, visit) REFERENCES app.visit(county, plan, number);

ALTER TABLE ONLY app.substitution
    ADD CONSTRAINT substitution_county_draw_serial_before_fkey FOREIGN KEY (county, draw, serial, before) REFERENCES app.substitution(county, draw, serial, granted);

ALTER TABLE ONLY app.substitution
    ADD CONSTRAINT substitution_county_draw_serial_rank_fkey FOREIGN KEY (county, draw, serial, rank) REFERENCES app.drawn(county, draw, serial, rank);

ALTER TABLE app.target
    ADD CONSTRAINT target_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE app.target
    ADD CONSTRAINT target_county_party_fkey FOREIGN KEY (county, party) REFERENCES app.party(county, uscc);

ALTER TABLE app.target
    ADD CONSTRAINT target_import_fkey FOREIGN KEY (import) REFERENCES app.import(id);

ALTER TABLE ONLY app.target_tally
    ADD CONSTRAINT target_tally_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.targeted_check
    ADD CONSTRAINT targeted_check_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.targeted_check
    ADD CONSTRAINT targeted_check_county_party_fkey FOREIGN KEY (county, party) REFERENCES app.party(county, uscc);

ALTER TABLE ONLY app.task_batch
    ADD CONSTRAINT task_batch_county_year_task_fkey FOREIGN KEY (county, year, task) REFERENCES app.task(county, year, number);

ALTER TABLE ONLY app.task
    ADD CONSTRAINT task_county_year_fkey FOREIGN KEY (county, year) REFERENCES app.annual_plan(county, year);

ALTER TABLE ONLY app.task_exclusion
    ADD CONSTRAINT task_exclusion_county_year_task_fkey FOREIGN KEY (county, year, task) REFERENCES app.task(county, year, number);

ALTER TABLE ONLY app.task_plan
    ADD CONSTRAINT task_plan_county_plan_fkey FOREIGN KEY (county, plan) REFERENCES app.plan(county, id);

ALTER TABLE ONLY app.task_plan
    ADD CONSTRAINT task_plan_county_year_task_batch_fkey FOREIGN KEY (county, year, task, batch) REFERENCES app.task_batch(county, year, task, number);

ALTER TABLE ONLY app.township
    ADD CONSTRAINT township_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.township
    ADD CONSTRAINT township_source_fkey FOREIGN KEY (source) REFERENCES app.boundary_source(id);

ALTER TABLE ONLY app.travel_matrix
    ADD CONSTRAINT travel_matrix_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY app.unassigned
    ADD CONSTRAINT unassigned_county_plan_visit_fkey FOREIGN KEY (county, plan, visit) REFERENCES app.visit(county, plan, number);

ALTER TABLE ONLY app.visit
    ADD CONSTRAINT visit_county_plan_fkey FOREIGN KEY (county, plan) REFERENCES app.route_plan(county, id);

ALTER TABLE ONLY app.visit_target
    ADD CONSTRAINT visit_target_county_plan_visit_fkey FOREIGN KEY (county, plan, visit) REFERENCES app.visit(county, plan, number);

ALTER TABLE ONLY app.void_request
    ADD CONSTRAINT void_request_county_draw_fkey FOREIGN KEY (county, draw) REFERENCES app.ceremony(county, draw);

ALTER TABLE ONLY auth.account
    ADD CONSTRAINT account_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE;

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE;

ALTER TABLE ONLY auth.two_factor
    ADD CONSTRAINT two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE;

ALTER TABLE ONLY ledger.checkpoint
    ADD CONSTRAINT checkpoint_county_fkey FOREIGN KEY (county) REFERENCES ledger.head(county);

ALTER TABLE ONLY ledger.cosignature
    ADD CONSTRAINT cosignature_county_size_fkey FOREIGN KEY (county, size) REFERENCES ledger.checkpoint(county, size);

ALTER TABLE ONLY ledger.entry
    ADD CONSTRAINT entry_county_fkey FOREIGN KEY (county) REFERENCES ledger.head(county);

ALTER TABLE ONLY ledger.head
    ADD CONSTRAINT head_county_fkey FOREIGN KEY (county) REFERENCES app.county(code);

ALTER TABLE ONLY ledger.tile
    ADD CONSTRAINT tile_county_fkey FOREIGN KEY (county) REFERENCES ledger.head(county);

ALTER TABLE app.absence ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.annual_plan ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.annual_publication ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.appeal ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.blacklist_period ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.boundary_source ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.calendar_year ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.case_reply ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.ceremony ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.ceremony_witness ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.county ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.credit_intake ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.credit_message ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.credit_received ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.credit_reconciliation ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.credit_standing ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_ceremony ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_draw ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_inspector ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_lottery ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_member ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_objection ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_order ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_party ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_replacement ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_route ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_signature ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_void_request ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.crew_witness ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.day_route ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.directory_version ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.division ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.draw ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.draw_limit ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.drawn ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.excluded ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.field_batch ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.field_device ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.field_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.field_message ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.field_pack ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.field_pass ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.field_photo ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.field_photo_chunk ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.field_record ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.field_refusal ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.frame ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.import ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.inspector ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.item ENABLE ROW LEVEL SECURITY;

CREATE POLICY may_delete ON app.blacklist_period FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_delete ON app.division FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_delete ON app.field_photo_chunk FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{inspector,office_head,planner}'::text[]) AS acts_as));

CREATE POLICY may_delete ON app.inspector FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_delete ON app.item FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_delete ON app.office FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_delete ON app.responsibility FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_delete ON app.saved_view FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher}'::text[]) AS acts_as));

CREATE POLICY may_delete ON app.task FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_delete ON app.task_batch FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_delete ON app.task_exclusion FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.absence FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner,system_admin,office_head,inspector}'::text[]) AS acts_as) AND (set_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting)) AND (( SELECT app.acts_as('{planner,system_admin,system}'::text[]) AS acts_as) OR app.own_inspector(county, inspector))));

CREATE POLICY may_insert ON app.annual_plan FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner}'::text[]) AS acts_as) AND (created_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.annual_publication FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner}'::text[]) AS acts_as) AND (published_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.appeal FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.blacklist_period FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.boundary_source FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.calendar_year FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.case_reply FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner}'::text[]) AS acts_as) AND (taken_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.ceremony FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner}'::text[]) AS acts_as) AND (operator = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.ceremony_witness FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.credit_intake FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.credit_message FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{publisher,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.credit_received FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{publisher,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.credit_reconciliation FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{publisher,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.credit_standing FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.crew_ceremony FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner}'::text[]) AS acts_as) AND (operator = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.crew_draw FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.crew_inspector FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.crew_lottery FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.crew_member FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner,leader}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.crew_objection FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{witness}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.crew_order FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.crew_party FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.crew_replacement FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner,office_head}'::text[]) AS acts_as) AND (asked_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.crew_route FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.crew_signature FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner,witness}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.crew_void_request FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner}'::text[]) AS acts_as) AND (asked_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.crew_witness FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.day_route FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.division FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.draw FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.draw_limit FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.drawn FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.excluded FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.field_batch FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{inspector,office_head,planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.field_device FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{inspector}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting)) AND (inspector = ( SELECT app.field_inspector() AS field_inspector))));

CREATE POLICY may_insert ON app.field_event FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{inspector,office_head,planner}'::text[]) AS acts_as) AND (received_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.field_message FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{inspector,office_head,planner,legal_reviewer}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.field_pack FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{inspector,planner}'::text[]) AS acts_as) AND (( SELECT app.acts_as('{planner}'::text[]) AS acts_as) OR (( SELECT app.field_inspector() AS field_inspector) = ANY (crew)))));

CREATE POLICY may_insert ON app.field_pass FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{inspector,planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.field_photo FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{inspector,office_head,planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.field_photo_chunk FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{inspector,office_head,planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.field_record FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{inspector,office_head,planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.field_refusal FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{inspector,office_head,planner}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.frame FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.import FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.inspector FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.item FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.objection FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{witness}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.office FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.paper_record FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner}'::text[]) AS acts_as) AND (recorded_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.party FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.party_word FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{office_head,planner}'::text[]) AS acts_as) AND (issued_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.penalty FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{office_head,inspector,planner}'::text[]) AS acts_as) AND (drafted_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.plan FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.posting FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{publisher}'::text[]) AS acts_as) AND (posted_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.recusal FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.recusal_case FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner,office_head,inspector,leader,auth}'::text[]) AS acts_as) AND
CASE
    WHEN ( SELECT app.acts_as('{auth}'::text[]) AS acts_as) THEN ((way = 'applied'::text) AND (asked_by = 'party'::text))
    ELSE ((asked_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting)) AND
    CASE way
        WHEN 'ordered'::text THEN ( SELECT app.acts_as('{leader}'::text[]) AS acts_as)
        ELSE (( SELECT app.acts_as('{planner,system_admin,system}'::text[]) AS acts_as) OR app.own_inspector(county, inspector))
    END)
END));

CREATE POLICY may_insert ON app.referral FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{office_head,inspector,planner,legal_reviewer}'::text[]) AS acts_as) AND (proposed_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.responsibility FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.result FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner,office_head,inspector,legal_reviewer}'::text[]) AS acts_as) AND (recorded_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.result_finding FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner,office_head,inspector,legal_reviewer}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.road_layer FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.route_plan FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner}'::text[]) AS acts_as) AND (created_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.rule_param FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.saved_view FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.signature FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner,witness}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_insert ON app.stop FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.substitution FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner,office_head,inspector}'::text[]) AS acts_as) AND (asked_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting)) AND (( SELECT app.acts_as('{planner}'::text[]) AS acts_as) OR app.office_answers(county, draw, serial))));

CREATE POLICY may_insert ON app.target FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.targeted_check FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner,office_head,auth}'::text[]) AS acts_as) AND
CASE
    WHEN ( SELECT app.acts_as('{auth}'::text[]) AS acts_as) THEN ((created_by = 'public'::text) AND (channel = 'report'::text))
    ELSE (created_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))
END));

CREATE POLICY may_insert ON app.task FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.task_batch FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.task_exclusion FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.task_plan FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.township FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.travel_matrix FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.unassigned FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.visit FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.visit_target FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_insert ON app.void_request FOR INSERT TO fairlot_app WITH CHECK ((( SELECT app.acts_as('{planner}'::text[]) AS acts_as) AND (asked_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_select ON app.absence FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.annual_plan FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.annual_publication FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.appeal FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.blacklist_period FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.boundary_source FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.calendar_year FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.case_reply FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.ceremony FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.ceremony_witness FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.county FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system,security_admin,audit_admin,partner,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.credit_intake FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.credit_message FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.credit_received FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.credit_reconciliation FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.credit_standing FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_ceremony FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_draw FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_inspector FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_lottery FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_member FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_objection FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_order FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_party FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_replacement FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_route FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_signature FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_void_request FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.crew_witness FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.day_route FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.directory_version FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.division FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.draw FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.draw_limit FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.drawn FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.excluded FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.field_batch FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{planner,leader,legal_reviewer,office_head,inspector,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.field_device FOR SELECT TO fairlot_app USING ((( SELECT app.acts_as('{planner,leader,legal_reviewer,office_head,inspector,system,security_admin}'::text[]) AS acts_as) AND (( SELECT app.acts_as('{planner,leader,legal_reviewer,office_head,security_admin,system}'::text[]) AS acts_as) OR (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting)))));

CREATE POLICY may_select ON app.field_event FOR SELECT TO fairlot_app USING ((( SELECT app.acts_as('{planner,leader,legal_reviewer,office_head,inspector,system}'::text[]) AS acts_as) AND (( SELECT app.acts_as('{planner,leader,legal_reviewer,system}'::text[]) AS acts_as) OR (received_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting)) OR (EXISTS ( SELECT
   FROM app.field_pack p
  WHERE ((p.county = field_event.county) AND (p.hash = field_event.pack)))))));

CREATE POLICY may_select ON app.field_message FOR SELECT TO fairlot_app USING ((( SELECT app.acts_as('{planner,leader,legal_reviewer,office_head,inspector,system}'::text[]) AS acts_as) AND (( SELECT app.acts_as('{planner,leader,legal_reviewer,system}'::text[]) AS acts_as) OR (inspector = ( SELECT app.field_inspector() AS field_inspector)))));

CREATE POLICY may_select ON app.field_pack FOR SELECT TO fairlot_app USING ((( SELECT app.acts_as('{planner,leader,legal_reviewer,office_head,inspector,system}'::text[]) AS acts_as) AND (( SELECT app.acts_as('{planner,leader,legal_reviewer,system}'::text[]) AS acts_as) OR (( SELECT app.field_inspector() AS field_inspector) = ANY (crew)) OR (( SELECT app.acts_as('{office_head}'::text[]) AS acts_as) AND (office = ( SELECT current_setting('fairlot.office'::text, true) AS current_setting))))));

CREATE POLICY may_select ON app.field_pass FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{inspector,planner,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.field_photo FOR SELECT TO fairlot_app USING ((( SELECT app.acts_as('{planner,leader,legal_reviewer,office_head,inspector,system}'::text[]) AS acts_as) AND (EXISTS ( SELECT
   FROM app.field_pack p
  WHERE ((p.county = field_photo.county) AND (p.hash = field_photo.pack))))));

CREATE POLICY may_select ON app.field_photo_chunk FOR SELECT TO fairlot_app USING ((( SELECT app.acts_as('{planner,leader,legal_reviewer,office_head,inspector,system}'::text[]) AS acts_as) AND (EXISTS ( SELECT
   FROM app.field_photo p
  WHERE ((p.county = field_photo_chunk.county) AND (p.sha256 = field_photo_chunk.sha256))))));

CREATE POLICY may_select ON app.field_record FOR SELECT TO fairlot_app USING ((( SELECT app.acts_as('{planner,leader,legal_reviewer,office_head,inspector,system}'::text[]) AS acts_as) AND (EXISTS ( SELECT
   FROM app.field_pack p
  WHERE ((p.county = field_record.county) AND (p.hash = field_record.pack))))));

CREATE POLICY may_select ON app.field_refusal FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{audit_admin,security_admin,planner,leader}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.frame FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.import FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.inspector FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.item FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.objection FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.office FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system,security_admin,audit_admin,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.paper_record FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.party FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.party_word FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{office_head,planner,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.penalty FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.plan FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.posting FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.recusal FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.recusal_case FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.referral FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.responsibility FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.result FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.result_finding FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.road_layer FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.route_plan FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.rule_param FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.saved_view FOR SELECT TO fairlot_app USING ((( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_select ON app.signature FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.stop FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.substitution FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.target FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.target_tally FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.targeted_check FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.task FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.task_batch FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.task_exclusion FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.task_plan FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.township FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.travel_matrix FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.unassigned FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.visit FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.visit_target FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON app.void_request FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,guest,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.absence FOR UPDATE TO fairlot_app USING ((( SELECT app.acts_as('{planner,system_admin,office_head,inspector}'::text[]) AS acts_as) AND (( SELECT app.acts_as('{planner,system_admin,system}'::text[]) AS acts_as) OR app.own_inspector(county, inspector)))) WITH CHECK ((( SELECT app.acts_as('{planner,system_admin,office_head,inspector}'::text[]) AS acts_as) AND (set_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting)) AND (( SELECT app.acts_as('{planner,system_admin,system}'::text[]) AS acts_as) OR app.own_inspector(county, inspector))));

CREATE POLICY may_update ON app.annual_plan FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner,leader}'::text[]) AS acts_as)) WITH CHECK ((( SELECT app.acts_as('{planner,leader}'::text[]) AS acts_as) AND ((state <> 'approved'::text) OR (( SELECT app.acts_as('{leader}'::text[]) AS acts_as) AND (approved_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))))));

CREATE POLICY may_update ON app.appeal FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{legal_reviewer,leader}'::text[]) AS acts_as)) WITH CHECK ((( SELECT app.acts_as('{legal_reviewer,leader}'::text[]) AS acts_as) AND (answered_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_update ON app.blacklist_period FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.calendar_year FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.ceremony FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner,witness,leader,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{planner,witness,leader,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.ceremony_witness FOR UPDATE TO fairlot_app USING ((( SELECT app.acts_as('{witness}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting)))) WITH CHECK ((( SELECT app.acts_as('{witness}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_update ON app.county FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system,planner}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.credit_message FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{publisher,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{publisher,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.credit_standing FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.crew_ceremony FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner,witness,leader}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{planner,witness,leader}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.crew_draw FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner,witness,leader,office_head}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{planner,witness,leader}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.crew_member FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{leader}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{leader}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.crew_replacement FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{leader}'::text[]) AS acts_as)) WITH CHECK ((( SELECT app.acts_as('{leader}'::text[]) AS acts_as) AND (decided_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_update ON app.crew_void_request FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{leader}'::text[]) AS acts_as)) WITH CHECK ((( SELECT app.acts_as('{leader}'::text[]) AS acts_as) AND (decided_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_update ON app.crew_witness FOR UPDATE TO fairlot_app USING ((( SELECT app.acts_as('{witness}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting)))) WITH CHECK ((( SELECT app.acts_as('{witness}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_update ON app.division FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.draw FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner,witness,leader,system,office_head,inspector}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{planner,witness,leader,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.field_device FOR UPDATE TO fairlot_app USING ((( SELECT app.acts_as('{inspector,office_head,planner,security_admin}'::text[]) AS acts_as) AND (( SELECT app.acts_as('{office_head,planner,security_admin}'::text[]) AS acts_as) OR (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))))) WITH CHECK (( SELECT app.acts_as('{inspector,office_head,planner,security_admin}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.field_photo FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{inspector,office_head,planner}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{inspector,office_head,planner}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.field_record FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{inspector,office_head,planner,legal_reviewer}'::text[]) AS acts_as)) WITH CHECK ((( SELECT app.acts_as('{inspector,office_head,planner,legal_reviewer}'::text[]) AS acts_as) AND ((state <> ALL (ARRAY['returned'::text, 'accepted'::text])) OR ( SELECT app.acts_as('{office_head,planner,legal_reviewer}'::text[]) AS acts_as))));

CREATE POLICY may_update ON app.import FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.inspector FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.item FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.office FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.party FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.party_word FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.penalty FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{legal_reviewer,leader,publisher}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{legal_reviewer,leader,publisher}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.posting FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{publisher}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{publisher}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.recusal FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.recusal_case FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{leader}'::text[]) AS acts_as)) WITH CHECK ((( SELECT app.acts_as('{leader}'::text[]) AS acts_as) AND (decided_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_update ON app.referral FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{leader,office_head,planner,legal_reviewer}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{leader,office_head,planner,legal_reviewer}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.responsibility FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner,leader,office_head}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{planner,leader,office_head}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.result FOR UPDATE TO fairlot_app USING ((( SELECT app.acts_as('{leader,office_head,publisher,legal_reviewer,planner,inspector}'::text[]) AS acts_as) AND (( SELECT app.acts_as('{planner,inspector,leader,publisher,legal_reviewer}'::text[]) AS acts_as) OR (EXISTS ( SELECT
   FROM app.office o
  WHERE ((o.county = result.county) AND (o.code = ( SELECT current_setting('fairlot.office'::text, true) AS current_setting)) AND (result.township = ANY (o.townships)))))))) WITH CHECK (( SELECT app.acts_as('{leader,office_head,publisher,legal_reviewer}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.result_finding FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{office_head,inspector,planner}'::text[]) AS acts_as)) WITH CHECK ((( SELECT app.acts_as('{office_head,inspector,planner}'::text[]) AS acts_as) AND (rectified_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_update ON app.route_plan FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.rule_param FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.saved_view FOR UPDATE TO fairlot_app USING ((( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting)))) WITH CHECK ((( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher}'::text[]) AS acts_as) AND (account = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_update ON app.substitution FOR UPDATE TO fairlot_app USING ((( SELECT app.acts_as('{leader,office_head}'::text[]) AS acts_as) AND (( SELECT app.acts_as('{leader}'::text[]) AS acts_as) OR app.office_answers(county, draw, serial)))) WITH CHECK ((( SELECT app.acts_as('{leader,office_head}'::text[]) AS acts_as) AND (decided_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_update ON app.target FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.targeted_check FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner,office_head}'::text[]) AS acts_as)) WITH CHECK ((( SELECT app.acts_as('{planner,office_head}'::text[]) AS acts_as) AND (closed_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

CREATE POLICY may_update ON app.task FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.task_batch FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.task_exclusion FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{planner}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{planner}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.township FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{system_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_update ON app.void_request FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{leader}'::text[]) AS acts_as)) WITH CHECK ((( SELECT app.acts_as('{leader}'::text[]) AS acts_as) AND (decided_by = ( SELECT current_setting('fairlot.account'::text, true) AS current_setting))));

ALTER TABLE app.objection ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.office ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.paper_record ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.party ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.party_word ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.penalty ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.plan ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.posting ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.recusal ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.recusal_case ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.referral ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.responsibility ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.result ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.result_finding ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.road_layer ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.route_plan ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.rule_param ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.saved_view ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.signature ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.stop ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.substitution ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.target ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.target_tally ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.targeted_check ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.task ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.task_batch ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.task_exclusion ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.task_plan ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.township ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.travel_matrix ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.unassigned ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.visit ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.visit_target ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.void_request ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.account ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.attempt ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.event ENABLE ROW LEVEL SECURITY;

CREATE POLICY may_delete ON auth.account FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_delete ON auth.attempt FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_delete ON auth.rate_limit FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_delete ON auth.session FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_delete ON auth.two_factor FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_delete ON auth.verification FOR DELETE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_insert ON auth.account FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_insert ON auth.attempt FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_insert ON auth.event FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_insert ON auth.rate_limit FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_insert ON auth.refusal FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_insert ON auth.session FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_insert ON auth.two_factor FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_insert ON auth."user" FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_insert ON auth.verification FOR INSERT TO fairlot_app WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON auth.account FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON auth.attempt FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON auth.event FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{auth,security_admin,audit_admin}'::text[]) AS acts_as));

CREATE POLICY may_select ON auth.rate_limit FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON auth.refusal FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{auth,security_admin,audit_admin}'::text[]) AS acts_as));

CREATE POLICY may_select ON auth.session FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON auth.two_factor FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON auth."user" FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{auth,system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,security_admin,audit_admin,guest}'::text[]) AS acts_as));

CREATE POLICY may_select ON auth.verification FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_update ON auth.account FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_update ON auth.attempt FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_update ON auth.rate_limit FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_update ON auth.refusal FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_update ON auth.session FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_update ON auth.two_factor FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_update ON auth."user" FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

CREATE POLICY may_update ON auth.verification FOR UPDATE TO fairlot_app USING (( SELECT app.acts_as('{auth}'::text[]) AS acts_as)) WITH CHECK (( SELECT app.acts_as('{auth}'::text[]) AS acts_as));

ALTER TABLE auth.rate_limit ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.refusal ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.session ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.two_factor ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth."user" ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.verification ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.checkpoint ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.cosignature ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.head ENABLE ROW LEVEL SECURITY;

CREATE POLICY may_select ON ledger.checkpoint FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,security_admin,audit_admin,guest,system,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON ledger.cosignature FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,security_admin,audit_admin,guest,system,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON ledger.entry FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,security_admin,audit_admin,system}'::text[]) AS acts_as));

CREATE POLICY may_select ON ledger.head FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,security_admin,audit_admin,guest,system,auth}'::text[]) AS acts_as));

CREATE POLICY may_select ON ledger.tile FOR SELECT TO fairlot_app USING (( SELECT app.acts_as('{system_admin,planner,witness,leader,office_head,inspector,legal_reviewer,publisher,security_admin,audit_admin,guest,system,auth}'::text[]) AS acts_as));

ALTER TABLE ledger.tile ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA app TO fairlot_app;

GRANT USAGE ON SCHEMA auth TO fairlot_app;

GRANT USAGE ON SCHEMA ledger TO fairlot_app;

GRANT USAGE ON SCHEMA portal TO fairlot_portal;

REVOKE ALL ON FUNCTION app.add_county(code text, name text, epsg integer, demo boolean) FROM PUBLIC;

GRANT SELECT,INSERT,UPDATE ON TABLE auth."user" TO fairlot_app;

GRANT ALL ON FUNCTION app.field_inspector() TO fairlot_app;

REVOKE ALL ON FUNCTION app.field_sent(in_county text, in_series integer, in_route text, in_stop text) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.inspector_named(in_county text, given text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.inspector_named(in_county text, given text) TO fairlot_app;

REVOKE ALL ON FUNCTION app.keep_versions() FROM PUBLIC;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.inspector TO fairlot_app;

GRANT ALL ON FUNCTION app.knows_inspector(in_code text) TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.drawn TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.frame TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.office TO fairlot_app;

REVOKE ALL ON FUNCTION app.paper_stays() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.photo_open() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.postings_of(in_county text, in_party text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.postings_of(in_county text, in_party text) TO fairlot_app;

REVOKE ALL ON FUNCTION app.register_county(code text, name text, epsg integer, demo boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app.register_county(code text, name text, epsg integer, demo boolean) TO fairlot_app;

REVOKE ALL ON FUNCTION app.sealed_crew_nonce(in_county text, in_draw integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.sealed_crew_nonce(in_county text, in_draw integer) TO fairlot_app;

REVOKE ALL ON FUNCTION app.sealed_nonce(in_county text, in_draw integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.sealed_nonce(in_county text, in_draw integer) TO fairlot_app;

REVOKE ALL ON FUNCTION app.settle_tally(in_county text, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.settle_tally(in_county text, since timestamp with time zone) TO fairlot_app;

REVOKE ALL ON FUNCTION app.target_added() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.target_changed() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.target_removed() FROM PUBLIC;

REVOKE ALL ON FUNCTION ledger.add_checkpoint(in_county text, in_size bigint, in_root bytea, in_frontier bytea, in_text text, in_at timestamp with time zone, first_tile bigint, tiles bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.add_checkpoint(in_county text, in_size bigint, in_root bytea, in_frontier bytea, in_text text, in_at timestamp with time zone, first_tile bigint, tiles bytea[]) TO fairlot_app;

REVOKE ALL ON FUNCTION ledger.add_cosignature(in_county text, in_size bigint, in_line text, in_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.add_cosignature(in_county text, in_size bigint, in_line text, in_at timestamp with time zone) TO fairlot_app;

REVOKE ALL ON FUNCTION ledger.append(in_county text, in_bytes bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.append(in_county text, in_bytes bytea) TO fairlot_app;

REVOKE ALL ON FUNCTION ledger.refuse() FROM PUBLIC;

REVOKE ALL ON FUNCTION portal.certificates(in_county text, in_token text, in_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION portal.certificates(in_county text, in_token text, in_day date) TO fairlot_portal;

GRANT SELECT,INSERT,UPDATE ON TABLE app.absence TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.annual_plan TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.annual_publication TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.appeal TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.blacklist_period TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.boundary_source TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.calendar_year TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.case_reply TO fairlot_app;

GRANT INSERT,UPDATE ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(county) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(draw) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(operator) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(frozen_at) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(notice_minutes) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(public_frame) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(redo_of) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(superior_consent) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(beacon_kind) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(beacon_source) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(beacon_pattern) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(beacon_after) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(announced_at) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(reveal_by) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(close_by) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(sealed_plan) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(nonce_commit) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(locked_at) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(beacon_value) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(beacon_evidence) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(beacon_by) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(beacon_at) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(revealed_at) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(ended_at) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(ended_by) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(end_reason) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(frame_error) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(escrowed) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT(frame_permission) ON TABLE app.ceremony TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.ceremony_witness TO fairlot_app;

GRANT SELECT ON TABLE app.county TO fairlot_app;

GRANT UPDATE(name) ON TABLE app.county TO fairlot_app;

GRANT UPDATE(epsg) ON TABLE app.county TO fairlot_app;

GRANT UPDATE(demo) ON TABLE app.county TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.credit_intake TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.credit_message TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.credit_received TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.credit_reconciliation TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.credit_standing TO fairlot_app;

GRANT INSERT,UPDATE ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(county) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(draw) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(operator) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(frozen_at) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(notice_minutes) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(public_frame) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(redo_of) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(superior_consent) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(beacon_kind) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(beacon_source) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(beacon_pattern) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(beacon_after) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(announced_at) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(reveal_by) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(close_by) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(sealed_plan) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(nonce_commit) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(locked_at) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(beacon_value) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(beacon_evidence) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(beacon_by) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(beacon_at) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(revealed_at) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(ended_at) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(ended_by) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(end_reason) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(frame_error) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT(escrowed) ON TABLE app.crew_ceremony TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.crew_draw TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.crew_inspector TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.crew_lottery TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.crew_member TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.crew_objection TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.crew_order TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.crew_party TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.crew_replacement TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.crew_route TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.crew_signature TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.crew_void_request TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.crew_witness TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.target TO fairlot_app;

GRANT SELECT ON TABLE app.current_target TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.township TO fairlot_app;

GRANT SELECT ON TABLE app.current_township TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.day_route TO fairlot_app;

GRANT SELECT ON TABLE app.directory_version TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.division TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.draw TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.draw_limit TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.excluded TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.field_batch TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.field_device TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.field_event TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.field_message TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.field_pack TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.field_pass TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.field_photo TO fairlot_app;

GRANT SELECT,INSERT,DELETE ON TABLE app.field_photo_chunk TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.field_record TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.field_refusal TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.import TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.item TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.objection TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.paper_record TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.party TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.party_word TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.penalty TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.plan TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.posting TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.recusal TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.recusal_case TO fairlot_app;

GRANT SELECT ON TABLE app.recused TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.referral TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.responsibility TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.result TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.result_finding TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.road_layer TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.route_plan TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.rule_param TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.saved_view TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.signature TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.stop TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.substitution TO fairlot_app;

GRANT SELECT ON TABLE app.target_tally TO fairlot_app;

GRANT SELECT ON TABLE app.target_version TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.targeted_check TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.task TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.task_batch TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.task_exclusion TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.task_plan TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.travel_matrix TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.unassigned TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.visit TO fairlot_app;

GRANT SELECT,INSERT ON TABLE app.visit_target TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE app.void_request TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.account TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.attempt TO fairlot_app;

GRANT SELECT,INSERT ON TABLE auth.event TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.rate_limit TO fairlot_app;

GRANT SELECT,INSERT,UPDATE ON TABLE auth.refusal TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.session TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.two_factor TO fairlot_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.verification TO fairlot_app;

GRANT SELECT ON TABLE ledger.checkpoint TO fairlot_app;

GRANT SELECT ON TABLE ledger.cosignature TO fairlot_app;

GRANT SELECT ON TABLE ledger.entry TO fairlot_app;

GRANT SELECT ON TABLE ledger.head TO fairlot_app;

GRANT SELECT ON TABLE ledger.tile TO fairlot_app;

GRANT SELECT ON TABLE portal.annual_plan TO fairlot_portal;

GRANT SELECT ON TABLE portal.appeal TO fairlot_portal;

GRANT SELECT ON TABLE portal.boundary TO fairlot_portal;

GRANT SELECT ON TABLE portal.called TO fairlot_portal;

GRANT SELECT ON TABLE portal.crew TO fairlot_portal;

GRANT SELECT ON TABLE portal.crew_name TO fairlot_portal;

GRANT SELECT ON TABLE portal.crew_replacement TO fairlot_portal;

GRANT SELECT ON TABLE portal.draw TO fairlot_portal;

GRANT SELECT ON TABLE portal.excluded TO fairlot_portal;

GRANT SELECT ON TABLE portal.frame TO fairlot_portal;

GRANT SELECT ON TABLE portal.item TO fairlot_portal;

GRANT SELECT ON TABLE portal.objection TO fairlot_portal;

GRANT SELECT ON TABLE portal.opening TO fairlot_portal;

GRANT SELECT ON TABLE portal.outline TO fairlot_portal;

GRANT SELECT ON TABLE portal.paper TO fairlot_portal;

GRANT SELECT ON TABLE portal.posting TO fairlot_portal;

GRANT SELECT ON TABLE portal.substitution TO fairlot_portal;

GRANT SELECT ON TABLE portal.township TO fairlot_portal;

GRANT SELECT ON TABLE portal.version TO fairlot_portal;

GRANT SELECT ON TABLE portal.witness TO fairlot_portal;
