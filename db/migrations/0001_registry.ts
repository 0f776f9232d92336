// Boundaries and the two directories 两库: parties, targets, inspectors, items; and the record of every import.
// County code first in every key, so one county is one partition of the tables that grow.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	`CREATE EXTENSION IF NOT EXISTS postgis`,
	`CREATE EXTENSION IF NOT EXISTS btree_gist`,
	`CREATE SCHEMA app`,

	// A county the system works for. epsg: the plane CRS of x_m, y_m, without zone prefix (4549 or 4548).
	`CREATE TABLE app.county (
		code text PRIMARY KEY CHECK (code ~ '^[0-9]{6}$'),
		name text NOT NULL,
		epsg integer NOT NULL DEFAULT 4549,
		demo boolean NOT NULL DEFAULT false
	)`,

	// Where a boundary layer came from. sketch: drawn by us for demonstration (示意), never evidence of where a parcel lies.
	`CREATE TABLE app.boundary_source (
		id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
		county text NOT NULL REFERENCES app.county,
		layer text NOT NULL CHECK (layer IN ('township', 'office')),
		provenance text NOT NULL,
		licence text,
		review_number text,
		sketch boolean NOT NULL DEFAULT false,
		created_at timestamptz NOT NULL
	)`,

	// 乡镇. Rows are versions; the current one has an open range.
	`CREATE TABLE app.township (
		county text NOT NULL REFERENCES app.county,
		code text NOT NULL CHECK (code ~ '^[0-9]{9}$'),
		name text NOT NULL,
		geom geometry(MultiPolygon, 4490) NOT NULL,
		area_m2 double precision NOT NULL CHECK (area_m2 > 0),
		source bigint NOT NULL REFERENCES app.boundary_source,
		valid tstzrange NOT NULL,
		PRIMARY KEY (county, code, valid),
		CHECK (left(code, 6) = county),
		EXCLUDE USING gist (county WITH =, code WITH =, valid WITH &&)
	)`,
	`CREATE INDEX township_geom ON app.township USING gist (geom)`,

	// 自然资源所: its seat, and the townships it answers for.
	`CREATE TABLE app.office (
		county text NOT NULL REFERENCES app.county,
		code text NOT NULL,
		name text NOT NULL,
		townships text[] NOT NULL CHECK (cardinality(townships) > 0),
		point geometry(Point, 4490) NOT NULL,
		PRIMARY KEY (county, code)
	)`,

	// 市场主体.
	`CREATE TABLE app.party (
		county text NOT NULL REFERENCES app.county,
		uscc text NOT NULL CHECK (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
		name text NOT NULL,
		credit_grade text NOT NULL DEFAULT 'B' CHECK (credit_grade IN ('A', 'B', 'C', 'D')),
		address text,
		contact_masked text,
		PRIMARY KEY (county, uscc)
	)`,
	`CREATE TABLE app.blacklist_period (
		county text NOT NULL,
		uscc text NOT NULL,
		during daterange NOT NULL,
		source text NOT NULL,
		PRIMARY KEY (county, uscc, during),
		FOREIGN KEY (county, uscc) REFERENCES app.party,
		EXCLUDE USING gist (county WITH =, uscc WITH =, during WITH &&)
	)`,

	// An import is one row here and one ledger entry; root: Merkle root of the rows it changed.
	`CREATE TABLE app.import (
		id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
		county text NOT NULL REFERENCES app.county,
		kind text NOT NULL,
		files jsonb NOT NULL,
		report jsonb NOT NULL,
		root text NOT NULL CHECK (root ~ '^[0-9a-f]{64}$'),
		created_at timestamptz NOT NULL
	)`,

	// 检查对象. Rows are versions, so any past frame can be rebuilt. x_m east, y_m north in the county's plane CRS,
	// whole metres of the representative point; cell: H3 index of that point at resolution 9, parents are derived.
	`CREATE TABLE app.target (
		county text NOT NULL,
		code text NOT NULL CHECK (char_length(code) BETWEEN 1 AND 64),
		kind text NOT NULL CHECK (kind IN ('mining_right', 'land_parcel')),
		name text NOT NULL,
		party text,
		geom geometry(MultiPolygon, 4490) NOT NULL,
		point geometry(Point, 4490) NOT NULL,
		x_m integer NOT NULL,
		y_m integer NOT NULL,
		area_m2 double precision NOT NULL CHECK (area_m2 > 0),
		cell text NOT NULL,
		township text NOT NULL,
		status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'closed')),
		attributes jsonb NOT NULL DEFAULT '{}',
		import bigint REFERENCES app.import,
		valid tstzrange NOT NULL,
		PRIMARY KEY (county, code, valid),
		FOREIGN KEY (county) REFERENCES app.county,
		FOREIGN KEY (county, party) REFERENCES app.party (county, uscc)
	) PARTITION BY LIST (county)`,
	`CREATE INDEX target_geom ON app.target USING gist (geom)`,
	`CREATE INDEX target_point ON app.target USING gist (point) WHERE upper_inf(valid)`,
	`CREATE INDEX target_current ON app.target (county, kind, township) WHERE upper_inf(valid)`,
	`CREATE VIEW app.current_target AS SELECT * FROM app.target WHERE upper_inf(valid)`,
	`CREATE VIEW app.current_township AS SELECT * FROM app.township WHERE upper_inf(valid)`,

	// 抽查事项. What law does not provide for is not inspected: basis is never empty.
	`CREATE TABLE app.item (
		county text NOT NULL REFERENCES app.county,
		code text NOT NULL,
		name text NOT NULL,
		kind text NOT NULL CHECK (kind IN ('mining_right', 'land_parcel')),
		content text NOT NULL,
		basis text NOT NULL CHECK (basis <> ''),
		method text NOT NULL,
		category text NOT NULL CHECK (category IN ('priority', 'general')),
		scopes text[] NOT NULL,
		minutes integer NOT NULL CHECK (minutes > 0),
		source text NOT NULL,
		valid daterange NOT NULL DEFAULT daterange(NULL, NULL),
		PRIMARY KEY (county, code)
	)`,

	// 执法人员: a valid certificate and a range of duties (scopes).
	`CREATE TABLE app.inspector (
		county text NOT NULL REFERENCES app.county,
		code text NOT NULL,
		name text NOT NULL,
		office text NOT NULL,
		home_townships text[] NOT NULL,
		scopes text[] NOT NULL,
		lead boolean NOT NULL DEFAULT false,
		certificate text NOT NULL CHECK (char_length(certificate) <= 32),
		issuer text NOT NULL,
		certificate_valid daterange NOT NULL,
		PRIMARY KEY (county, code),
		UNIQUE (county, certificate),
		FOREIGN KEY (county, office) REFERENCES app.office
	)`,
	// 回避.
	`CREATE TABLE app.recusal (
		county text NOT NULL,
		inspector text NOT NULL,
		uscc text NOT NULL,
		reason text NOT NULL,
		declared_on date NOT NULL,
		PRIMARY KEY (county, inspector, uscc),
		FOREIGN KEY (county, inspector) REFERENCES app.inspector,
		FOREIGN KEY (county, uscc) REFERENCES app.party
	)`
];
