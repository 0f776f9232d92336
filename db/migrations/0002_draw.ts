// Plans, frames and draws. A draw is one row; its frame, its drawn targets and their substitutes hang from it.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	// 抽查计划. Either sample_size or ratio says how many; area null = the whole county.
	// area_rule: how a target meets the drawn area. multipliers: numerators over multiplier_denominator by grade and blacklist.
	`CREATE TABLE app.plan (
		county text NOT NULL REFERENCES app.county,
		id uuid NOT NULL DEFAULT gen_random_uuid(),
		name text NOT NULL CHECK (name <> ''),
		kind text NOT NULL CHECK (kind IN ('mining_right', 'land_parcel')),
		area geometry(MultiPolygon, 4490),
		area_rule text NOT NULL DEFAULT 'intersects' CHECK (area_rule IN ('intersects', 'contains', 'centre')),
		townships text[] CHECK (cardinality(townships) > 0),
		sample_size integer CHECK (sample_size >= 1),
		ratio_percent numeric(6, 3) CHECK (ratio_percent > 0 AND ratio_percent <= 100),
		min_per_township integer NOT NULL DEFAULT 0 CHECK (min_per_township >= 0),
		h3_resolution integer NOT NULL CHECK (h3_resolution BETWEEN 4 AND 9),
		grid integer NOT NULL DEFAULT 1 CHECK (grid >= 1),
		substitutes integer NOT NULL DEFAULT 3 CHECK (substitutes BETWEEN 0 AND 20),
		multipliers jsonb NOT NULL,
		created_at timestamptz NOT NULL,
		PRIMARY KEY (county, id),
		CHECK (num_nonnulls(sample_size, ratio_percent) = 1)
	)`,

	// 抽取. id numbers every draw of the county; seq and prev chain the draws that count (protocol §3), a trial 试抽 has none.
	// manifest: canonical JSON, byte for byte what was hashed; entropy: what made the seed. Neither ever changes. A void draw stays.
	`CREATE TABLE app.draw (
		county text NOT NULL REFERENCES app.county,
		id integer NOT NULL CHECK (id >= 1),
		plan uuid NOT NULL,
		kind text NOT NULL CHECK (kind IN ('mining_right', 'land_parcel')),
		state text NOT NULL DEFAULT 'drawn' CHECK (state IN ('drawn', 'void')),
		assurance text NOT NULL CHECK (assurance IN ('trial', 'L1', 'L2', 'L3')),
		seq integer CHECK (seq >= 1),
		prev text CHECK (prev ~ '^[0-9a-f]{64}$'),
		commitment text NOT NULL CHECK (commitment ~ '^[0-9a-f]{64}$'),
		entropy jsonb NOT NULL,
		seed text NOT NULL CHECK (seed ~ '^[0-9a-f]{64}$'),
		manifest text NOT NULL,
		manifest_hash text NOT NULL CHECK (manifest_hash ~ '^[0-9a-f]{64}$'),
		selected_root text NOT NULL CHECK (selected_root ~ '^[0-9a-f]{64}$'),
		frame_size integer NOT NULL CHECK (frame_size >= 1),
		sample_size integer NOT NULL CHECK (sample_size >= 1),
		drawn_at timestamptz NOT NULL,
		PRIMARY KEY (county, id),
		UNIQUE (county, seq),
		UNIQUE (county, commitment),
		FOREIGN KEY (county, plan) REFERENCES app.plan,
		CHECK ((assurance = 'trial') = (seq IS NULL)),
		CHECK (seq IS NULL OR (seq = 1) = (prev IS NULL))
	)`,

	// 名录快照（抽样框): one row of protocol §2 per target; mass = a_i, its chance times 2^30, 0 < mass <= 2^30.
	`CREATE TABLE app.frame (
		county text NOT NULL,
		draw integer NOT NULL,
		target text NOT NULL,
		township text NOT NULL,
		cell text NOT NULL,
		x integer NOT NULL,
		y integer NOT NULL,
		weight bigint NOT NULL CHECK (weight >= 1),
		take smallint NOT NULL CHECK (take IN (0, 1)),
		salt text NOT NULL CHECK (salt ~ '^([0-9a-f]{32})?$'),
		mass bigint NOT NULL CHECK (mass > 0 AND mass <= 1073741824),
		PRIMARY KEY (county, draw, target),
		FOREIGN KEY (county, draw) REFERENCES app.draw
	) PARTITION BY LIST (county)`,
	`CREATE TABLE app.excluded (
		county text NOT NULL,
		draw integer NOT NULL,
		target text NOT NULL,
		reason text NOT NULL CHECK (reason <> ''),
		salt text NOT NULL CHECK (salt ~ '^([0-9a-f]{32})?$'),
		PRIMARY KEY (county, draw, target),
		FOREIGN KEY (county, draw) REFERENCES app.draw
	)`,
	// The drawn in serial order (role 'original'), and each one's substitutes in theirs (role 'substitute', stands_for, rank 1…).
	`CREATE TABLE app.drawn (
		county text NOT NULL,
		draw integer NOT NULL,
		target text NOT NULL,
		role text NOT NULL CHECK (role IN ('original', 'substitute')),
		serial integer NOT NULL CHECK (serial >= 1),
		rank integer NOT NULL DEFAULT 0 CHECK (rank >= 0),
		PRIMARY KEY (county, draw, target),
		UNIQUE (county, draw, serial, rank),
		FOREIGN KEY (county, draw, target) REFERENCES app.frame,
		CHECK ((role = 'original') = (rank = 0))
	)`,
	`CREATE INDEX drawn_target ON app.drawn (county, target)`,

	// PostgreSQL 15 has no exclusion constraint on a partitioned table, so each partition gets its own here.
	// A county is registered with this function and in no other way.
	`CREATE FUNCTION app.add_county(code text, name text, epsg integer, demo boolean) RETURNS void LANGUAGE plpgsql AS $$
	BEGIN
		INSERT INTO app.county VALUES (code, name, epsg, demo);
		EXECUTE format('CREATE TABLE app.target_%s PARTITION OF app.target FOR VALUES IN (%L)', code, code);
		EXECUTE format('ALTER TABLE app.target_%s ADD EXCLUDE USING gist (code WITH =, valid WITH &&)', code);
		EXECUTE format('CREATE TABLE app.frame_%s PARTITION OF app.frame FOR VALUES IN (%L)', code, code);
		INSERT INTO ledger.head VALUES (code, 0);
	END $$`,

	// The ledger: gapless seq from one locked head row per county, RFC 6962 leaf hash over the canonical bytes.
	// Written by ledger.append() only, last in the transaction of the change it records.
	`CREATE SCHEMA ledger`,
	`CREATE TABLE ledger.head (
		county text PRIMARY KEY REFERENCES app.county,
		seq bigint NOT NULL CHECK (seq >= 0)
	)`,
	`CREATE TABLE ledger.entry (
		county text NOT NULL REFERENCES ledger.head,
		seq bigint NOT NULL CHECK (seq >= 1),
		at timestamptz NOT NULL,
		bytes bytea NOT NULL,
		leaf_hash bytea NOT NULL CHECK (leaf_hash = sha256('\\x00'::bytea || bytes)),
		PRIMARY KEY (county, seq)
	)`,
	`CREATE FUNCTION ledger.append(in_county text, in_bytes bytea) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
		SET search_path = pg_catalog, pg_temp AS $$
	DECLARE number bigint;
	BEGIN
		UPDATE ledger.head SET seq = seq + 1 WHERE county = in_county RETURNING seq INTO STRICT number;
		INSERT INTO ledger.entry VALUES (in_county, number, clock_timestamp(), in_bytes, sha256('\\x00'::bytea || in_bytes));
		RETURN number;
	END $$`,
	`CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		RAISE EXCEPTION 'the ledger is append only: % refused', TG_OP;
	END $$`,
	`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.entry FOR EACH ROW EXECUTE FUNCTION ledger.refuse()`,
	`CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger.entry FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse()`,
	`ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER append_only`,
	`ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER no_truncate`
];
