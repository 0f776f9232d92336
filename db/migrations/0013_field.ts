// In the inspector's hand: devices, packs of a route, the events written at its stops, photos in pieces, the state of
// each record, messages, what has to be put right. An inspector reaches what belongs to a crew they are or were on.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const tables = ['device', 'pack', 'event', 'photo', 'photo_chunk', 'record', 'message', 'refusal'].map(
	(name) => `app.field_${name}`
);
const hash = (column: string) => `CHECK (${column} ~ '^[0-9a-f]{64}$')`;
const stays = (table: string, verbs: string) =>
	`CREATE TRIGGER stays BEFORE ${verbs} ON app.${table} FOR EACH ROW EXECUTE FUNCTION app.stays()`;

const statements = [
	// Whose row of the directory an account is: set by the security admin, one account for each.
	`ALTER TABLE auth.user ADD inspector text CHECK (inspector <> '')`,
	`CREATE UNIQUE INDEX user_inspector ON auth.user (inspector) WHERE inspector IS NOT NULL`,
	`CREATE FUNCTION app.field_inspector() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
		SET search_path = pg_catalog, pg_temp
		RETURN (SELECT u.inspector FROM auth.user u WHERE u.id = current_setting('fairlot.account', true))`,
	`GRANT EXECUTE ON FUNCTION app.field_inspector TO fairlot_app`,
	// Accounts are changed under an identity that does not read the directory.
	`CREATE FUNCTION app.knows_inspector(in_code text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
		SET search_path = pg_catalog, pg_temp
		RETURN EXISTS (SELECT FROM app.inspector i WHERE i.code = in_code)`,
	`GRANT EXECUTE ON FUNCTION app.knows_inspector TO fairlot_app`,

	// A phone of one account. seq, head: number and hash of its last event here. skew_ms: its clock less ours, last time.
	`CREATE TABLE app.field_device (
		county text NOT NULL REFERENCES app.county,
		id text NOT NULL,
		account text NOT NULL,
		inspector text NOT NULL,
		name text NOT NULL CHECK (name <> ''),
		enrolled_at timestamptz NOT NULL,
		revoked_at timestamptz,
		revoked_by text,
		last_at timestamptz,
		skew_ms bigint,
		seq integer NOT NULL DEFAULT 0 CHECK (seq >= 0),
		head text ${hash('head')},
		PRIMARY KEY (county, id),
		FOREIGN KEY (county, inspector) REFERENCES app.inspector,
		CHECK ((seq = 0) = (head IS NULL)),
		CHECK (num_nonnulls(revoked_at, revoked_by) IN (0, 2))
	)`,
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.field_device FOR EACH ROW EXECUTE FUNCTION
		app.written_once('county', 'id', 'account', 'inspector', 'enrolled_at', 'revoked_at', 'revoked_by')`,
	stays('field_device', 'DELETE'),

	// 路线包: its bytes are found under their hash. plan: version of the routes; crew: codes by seat.
	`CREATE TABLE app.field_pack (
		county text NOT NULL REFERENCES app.county,
		hash text NOT NULL ${hash('hash')},
		number integer GENERATED ALWAYS AS IDENTITY,
		series integer NOT NULL,
		plan integer NOT NULL,
		route text NOT NULL,
		day date NOT NULL,
		office text NOT NULL,
		crew text[] NOT NULL CHECK (cardinality(crew) >= 2),
		stops integer NOT NULL CHECK (stops >= 1),
		bytes bytea NOT NULL,
		expires timestamptz NOT NULL,
		made_at timestamptz NOT NULL,
		PRIMARY KEY (county, hash),
		CHECK (hash = encode(sha256(bytes), 'hex'))
	)`,
	`CREATE INDEX field_pack_route ON app.field_pack (county, series, route)`,
	`CREATE INDEX field_pack_crew ON app.field_pack USING gin (crew)`,
	stays('field_pack', 'UPDATE OR DELETE'),

	// An event as the device wrote it, in the order it came. standing: part of the record, or why it is kept aside.
	`CREATE TABLE app.field_event (
		county text NOT NULL,
		device text NOT NULL,
		seq integer NOT NULL CHECK (seq >= 1),
		number bigint GENERATED ALWAYS AS IDENTITY,
		id text NOT NULL,
		hash text NOT NULL ${hash('hash')},
		pack text NOT NULL,
		stop text NOT NULL,
		kind text NOT NULL,
		standing text NOT NULL CHECK (standing IN ('record', 'not_on_crew', 'unknown_pack', 'unknown_stop',
			'foreign_author', 'form', 'accepted_record')),
		written bytea NOT NULL,
		received_at timestamptz NOT NULL,
		received_by text NOT NULL,
		skew_ms bigint NOT NULL,
		PRIMARY KEY (county, device, seq),
		UNIQUE (county, id),
		FOREIGN KEY (county, device) REFERENCES app.field_device,
		CHECK (hash = encode(sha256(written), 'hex'))
	)`,
	`CREATE INDEX field_event_stop ON app.field_event (county, stop, number)`,
	stays('field_event', 'UPDATE OR DELETE'),

	`CREATE TABLE app.field_photo (
		county text NOT NULL,
		sha256 text NOT NULL ${hash('sha256')},
		pack text NOT NULL,
		stop text NOT NULL,
		size integer NOT NULL CHECK (size BETWEEN 1 AND 20000000),
		type text NOT NULL CHECK (type IN ('image/jpeg', 'image/webp')),
		complete_at timestamptz,
		PRIMARY KEY (county, sha256),
		FOREIGN KEY (county, pack) REFERENCES app.field_pack
	)`,
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.field_photo FOR EACH ROW EXECUTE FUNCTION
		app.written_once('county', 'sha256', 'pack', 'stop', 'size', 'type', 'complete_at')`,
	stays('field_photo', 'DELETE'),
	// A piece from byte \`start\` on, without gaps or overlaps. Pieces of a whole photo stay.
	`CREATE TABLE app.field_photo_chunk (
		county text NOT NULL,
		sha256 text NOT NULL,
		start integer NOT NULL CHECK (start >= 0),
		bytes bytea NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
		PRIMARY KEY (county, sha256, start),
		FOREIGN KEY (county, sha256) REFERENCES app.field_photo
	)`,
	`CREATE FUNCTION app.photo_open() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
		SET search_path = pg_catalog, pg_temp AS $$
	DECLARE piece app.field_photo_chunk := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
	BEGIN
		IF EXISTS (SELECT FROM app.field_photo p WHERE p.county = piece.county AND p.sha256 = piece.sha256
			AND p.complete_at IS NOT NULL) THEN
			RAISE EXCEPTION 'the photo % is whole and stays', piece.sha256;
		END IF;
		RETURN piece;
	END $$`,
	`REVOKE ALL ON FUNCTION app.photo_open FROM PUBLIC`,
	`CREATE TRIGGER photo_open BEFORE INSERT OR DELETE ON app.field_photo_chunk
		FOR EACH ROW EXECUTE FUNCTION app.photo_open()`,
	stays('field_photo_chunk', 'UPDATE'),

	// Where the record of a stop stands. pack: the last one that an event named. content: hash of what it says.
	`CREATE TABLE app.field_record (
		county text NOT NULL,
		stop text NOT NULL,
		pack text NOT NULL,
		state text NOT NULL CHECK (state IN ('open', 'closed', 'returned', 'accepted')),
		reason text CHECK (reason <> ''),
		content text NOT NULL ${hash('content')},
		lacks integer NOT NULL CHECK (lacks >= 0),
		conflicts integer NOT NULL CHECK (conflicts >= 0),
		first_at timestamptz NOT NULL,
		last_at timestamptz NOT NULL,
		decided_by text,
		decided_at timestamptz,
		PRIMARY KEY (county, stop),
		FOREIGN KEY (county, pack) REFERENCES app.field_pack,
		CHECK ((state = 'returned') = (reason IS NOT NULL)),
		CHECK (num_nonnulls(decided_by, decided_at) IN (0, 2)),
		CHECK (state NOT IN ('returned', 'accepted') OR decided_by IS NOT NULL),
		CHECK (state <> 'accepted' OR lacks = 0 AND conflicts = 0)
	)`,
	stays('field_record', 'DELETE'),
	`CREATE TABLE app.field_message (
		county text NOT NULL REFERENCES app.county,
		id integer GENERATED ALWAYS AS IDENTITY,
		inspector text NOT NULL,
		at timestamptz NOT NULL,
		kind text NOT NULL CHECK (kind IN ('new_route', 'changed_route', 'withdrawn_route', 'returned', 'accepted',
			'rectification')),
		route text,
		day date,
		hash text,
		stop text,
		text text,
		PRIMARY KEY (county, id)
	)`,
	`CREATE INDEX field_message_inspector ON app.field_message (county, inspector, id)`,
	stays('field_message', 'UPDATE OR DELETE'),
	// What was sent and refused: foreign, broken, altered.
	`CREATE TABLE app.field_refusal (
		county text NOT NULL REFERENCES app.county,
		id integer GENERATED ALWAYS AS IDENTITY,
		at timestamptz NOT NULL,
		account text NOT NULL,
		device text NOT NULL,
		reason text NOT NULL,
		what text NOT NULL,
		PRIMARY KEY (county, id)
	)`,
	stays('field_refusal', 'UPDATE OR DELETE'),
	...tables.flatMap(policiesOf)
];
