// Roads of a county as one graph, for travel times over them. A new layer replaces the one before; both stay.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	// hash: SHA-256 of the graph before gzip. left_out: nodes of parts that lead nowhere. metres: of all roads, each once.
	`CREATE TABLE app.road_layer (
		id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
		county text NOT NULL REFERENCES app.county,
		import bigint NOT NULL REFERENCES app.import,
		hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
		nodes integer NOT NULL CHECK (nodes >= 2),
		edges integer NOT NULL CHECK (edges >= 1),
		metres bigint NOT NULL CHECK (metres >= 0),
		left_out integer NOT NULL CHECK (left_out >= 0),
		provenance text NOT NULL,
		licence text,
		graph bytea NOT NULL,
		created_at timestamptz NOT NULL
	)`,
	`CREATE INDEX road_layer_county ON app.road_layer (county, id)`,
	...policiesOf('app.road_layer'),

	// A plan of routes may stand on them.
	`ALTER TABLE app.route_plan DROP CONSTRAINT route_plan_provider_check,
		ADD CONSTRAINT route_plan_provider_check CHECK (provider IN ('great_circle', 'roads', 'osrm', 'valhalla')),
		DROP CONSTRAINT route_plan_fallback_check,
		ADD CONSTRAINT route_plan_fallback_check CHECK (fallback IN ('timeout', 'unanswered', 'nonsense', 'no_roads'))`
];
