// The ceremony (protocol §3, §4, §6): a draw is a row from its freeze on and goes one way through its states; what each
// step leaves can be written once. frozen → announced → locked → drawn → revealed; before the list exists it may be
// aborted, afterwards void. Trial draws and those of the superior body have no ceremony.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	`ALTER TABLE app.draw
		ADD source text NOT NULL DEFAULT 'own' CHECK (source IN ('own', 'superior')),
		ALTER commitment DROP NOT NULL,
		ALTER entropy DROP NOT NULL,
		ALTER seed DROP NOT NULL,
		ALTER manifest DROP NOT NULL,
		ALTER manifest_hash DROP NOT NULL,
		ALTER selected_root DROP NOT NULL,
		ALTER drawn_at DROP NOT NULL,
		DROP CONSTRAINT draw_state_check,
		DROP CONSTRAINT draw_assurance_check,
		DROP CONSTRAINT draw_check,
		ADD CHECK (state IN ('frozen', 'announced', 'locked', 'drawn', 'revealed', 'void', 'aborted')),
		ADD CHECK (assurance IN ('trial', 'L1', 'L2', 'L3', 'superior')),
		ADD CHECK ((source = 'superior') = (assurance = 'superior')),
		-- A number with the commitment, for draws that count; one of the superior body has neither.
		ADD CHECK ((seq IS NULL) = (commitment IS NULL OR assurance = 'trial')),
		ADD CHECK (CASE state WHEN 'frozen' THEN commitment IS NULL WHEN 'aborted' THEN true
			ELSE commitment IS NOT NULL OR source = 'superior' END),
		ADD CHECK (num_nonnulls(entropy, seed, manifest, manifest_hash, selected_root) =
			CASE WHEN source = 'own' AND state IN ('drawn', 'revealed', 'void') THEN 5 ELSE 0 END),
		ADD CHECK ((drawn_at IS NOT NULL) = (state IN ('drawn', 'revealed', 'void')))`,

	// A list of the superior body is not ours to recompute: its targets have no frame and no chance.
	`ALTER TABLE app.drawn
		DROP CONSTRAINT drawn_county_draw_target_fkey,
		DROP CONSTRAINT drawn_role_check,
		DROP CONSTRAINT drawn_check,
		ADD CHECK (role IN ('original', 'substitute', 'superior')),
		ADD CHECK ((role = 'substitute') = (rank > 0)),
		ADD framed integer GENERATED ALWAYS AS (CASE WHEN role <> 'superior' THEN draw END) STORED,
		ADD FOREIGN KEY (county, draw) REFERENCES app.draw,
		ADD FOREIGN KEY (county, framed, target) REFERENCES app.frame (county, draw, target)`,

	// What a draw held in public adds. sealed_plan: canonical JSON, C is its hash. nonce_sealed: AES-256-GCM under a key
	// outside the database; nonce_escrow: the same nonce for the superior body's key. redo_of: the draw this one repeats.
	`CREATE TABLE app.ceremony (
		county text NOT NULL,
		draw integer NOT NULL,
		operator text NOT NULL,
		frozen_at timestamptz NOT NULL,
		notice_minutes integer NOT NULL DEFAULT 10 CHECK (notice_minutes BETWEEN 0 AND 43200),
		public_frame boolean NOT NULL DEFAULT false,
		redo_of integer,
		superior_consent text,
		beacon_kind text CHECK (beacon_kind IN ('lottery', 'drand')),
		beacon_source text,
		beacon_pattern text,
		beacon_after timestamptz,
		announced_at timestamptz,
		reveal_by timestamptz NOT NULL,
		close_by timestamptz NOT NULL CHECK (close_by > reveal_by),
		sealed_plan text,
		nonce_commit text CHECK (nonce_commit ~ '^[0-9a-f]{64}$'),
		nonce_sealed bytea,
		nonce_escrow bytea,
		locked_at timestamptz,
		beacon_value text,
		beacon_evidence text,
		beacon_by text,
		beacon_at timestamptz,
		revealed_at timestamptz,
		ended_at timestamptz,
		ended_by text,
		end_reason text CHECK (end_reason <> ''),
		frame_error boolean,
		PRIMARY KEY (county, draw),
		FOREIGN KEY (county, draw) REFERENCES app.draw,
		FOREIGN KEY (county, redo_of) REFERENCES app.draw,
		CHECK (num_nonnulls(beacon_kind, beacon_source, beacon_pattern, beacon_after) IN (0, 4)),
		CHECK (num_nonnulls(announced_at, sealed_plan, nonce_commit, nonce_sealed) IN (0, 4)),
		CHECK (num_nonnulls(beacon_value, beacon_by, beacon_at) IN (0, 3)),
		CHECK (beacon_value IS NULL OR beacon_kind IS NOT NULL AND locked_at IS NOT NULL AND beacon_at >= beacon_after),
		-- Level 3: the digits are locked before the public value exists.
		CHECK (locked_at < beacon_after),
		CHECK (num_nonnulls(ended_at, ended_by, end_reason, frame_error) IN (0, 4)),
		CHECK (redo_of <> draw)
	)`,
	// 现场监督人, in the order of their digits. digits_hash: what is published first where two lock before either opens.
	// paper: digits taken from the printed commitment after a power cut, entered later.
	`CREATE TABLE app.ceremony_witness (
		county text NOT NULL,
		draw integer NOT NULL,
		place integer NOT NULL CHECK (place IN (1, 2)),
		account text NOT NULL,
		body text NOT NULL CHECK (body <> ''),
		digits_hash text CHECK (digits_hash ~ '^[0-9a-f]{64}$'),
		hashed_at timestamptz,
		digits text CHECK (digits ~ '^[0-9]{20}$'),
		salt text CHECK (salt ~ '^[0-9a-f]{32}$'),
		paper boolean NOT NULL DEFAULT false,
		given_at timestamptz,
		PRIMARY KEY (county, draw, place),
		UNIQUE (county, draw, account),
		UNIQUE (county, draw, body),
		FOREIGN KEY (county, draw) REFERENCES app.ceremony,
		CHECK ((digits IS NULL) = (given_at IS NULL)),
		CHECK ((digits_hash IS NULL) = (hashed_at IS NULL))
	)`,

	// Who put their name under a drawn list, or objected in writing. A witness who objects does not sign.
	`CREATE TABLE app.signature (
		county text NOT NULL,
		draw integer NOT NULL,
		account text NOT NULL,
		role text NOT NULL CHECK (role IN ('operator', 'witness')),
		at timestamptz NOT NULL,
		manifest_hash text NOT NULL CHECK (manifest_hash ~ '^[0-9a-f]{64}$'),
		objection text CHECK (objection <> ''),
		PRIMARY KEY (county, draw, account),
		FOREIGN KEY (county, draw) REFERENCES app.draw
	)`,
	// A written objection at any step; it stays.
	`CREATE TABLE app.objection (
		county text NOT NULL,
		draw integer NOT NULL,
		id integer GENERATED ALWAYS AS IDENTITY,
		account text NOT NULL,
		at timestamptz NOT NULL,
		statement text NOT NULL CHECK (statement <> ''),
		PRIMARY KEY (county, draw, id),
		FOREIGN KEY (county, draw) REFERENCES app.ceremony
	)`,

	// A drawn list is declared void by two people: who asks and who agrees.
	`CREATE TABLE app.void_request (
		county text NOT NULL,
		draw integer NOT NULL,
		id integer GENERATED ALWAYS AS IDENTITY,
		reason text NOT NULL CHECK (reason <> ''),
		frame_error boolean NOT NULL,
		asked_by text NOT NULL,
		asked_at timestamptz NOT NULL,
		decision text CHECK (decision IN ('approved', 'refused')),
		decided_by text CHECK (decided_by <> asked_by),
		decided_at timestamptz,
		PRIMARY KEY (county, draw, id),
		FOREIGN KEY (county, draw) REFERENCES app.ceremony,
		CHECK (num_nonnulls(decision, decided_by, decided_at) IN (0, 3))
	)`,
	`CREATE UNIQUE INDEX void_request_open ON app.void_request (county, draw) WHERE decision IS NULL`,

	// 递补: the target of this serial number gives way to its own next substitute and to no other. granted: the rank once
	// approved, so that the constraint below lets rank n be asked for only after n - 1 was granted.
	`CREATE TABLE app.substitution (
		county text NOT NULL,
		draw integer NOT NULL,
		id integer GENERATED ALWAYS AS IDENTITY,
		serial integer NOT NULL,
		rank integer NOT NULL CHECK (rank >= 1),
		reason text NOT NULL CHECK (reason IN ('closed', 'not_found', 'suspended', 'merged', 'beyond_power', 'other')),
		evidence text NOT NULL CHECK (evidence <> ''),
		asked_by text NOT NULL,
		asked_at timestamptz NOT NULL,
		decision text CHECK (decision IN ('approved', 'refused')),
		decided_by text CHECK (decided_by <> asked_by),
		decided_at timestamptz,
		before integer GENERATED ALWAYS AS (NULLIF(rank - 1, 0)) STORED,
		granted integer GENERATED ALWAYS AS (CASE WHEN decision = 'approved' THEN rank END) STORED,
		PRIMARY KEY (county, draw, id),
		UNIQUE (county, draw, serial, granted),
		FOREIGN KEY (county, draw, serial, rank) REFERENCES app.drawn (county, draw, serial, rank),
		FOREIGN KEY (county, draw, serial, before) REFERENCES app.substitution (county, draw, serial, granted),
		CHECK (num_nonnulls(decision, decided_by, decided_at) IN (0, 3))
	)`,
	`CREATE UNIQUE INDEX substitution_open ON app.substitution (county, draw, serial) WHERE decision IS NULL`,

	// Columns named in the trigger are written once: from null to a value and never again.
	`CREATE FUNCTION app.written_once() RETURNS trigger LANGUAGE plpgsql AS $$
	DECLARE name text; was jsonb := to_jsonb(OLD); now jsonb := to_jsonb(NEW);
	BEGIN
		FOREACH name IN ARRAY TG_ARGV LOOP
			IF was -> name <> 'null' AND was -> name <> now -> name THEN
				RAISE EXCEPTION '%.% was written and stays', TG_TABLE_NAME, name;
			END IF;
		END LOOP;
		RETURN NEW;
	END $$`,
	`CREATE FUNCTION app.stays() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		RAISE EXCEPTION 'what belongs to a draw stays as it was made: % of % refused', TG_OP, TG_TABLE_NAME;
	END $$`,
	`CREATE FUNCTION app.one_way() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ('frozen>announced', 'announced>locked',
			'locked>drawn', 'drawn>revealed', 'frozen>aborted', 'announced>aborted', 'locked>aborted', 'drawn>void',
			'revealed>void') THEN
			RAISE EXCEPTION 'a draw does not go from % to %', OLD.state, NEW.state;
		END IF;
		RETURN NEW;
	END $$`,
	`CREATE TRIGGER one_way BEFORE UPDATE ON app.draw FOR EACH ROW EXECUTE FUNCTION app.one_way()`,
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.draw FOR EACH ROW EXECUTE FUNCTION app.written_once(
		'county', 'id', 'plan', 'kind', 'source', 'assurance', 'seq', 'prev', 'commitment', 'entropy', 'seed', 'manifest',
		'manifest_hash', 'selected_root', 'frame_size', 'sample_size', 'drawn_at')`,
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.ceremony FOR EACH ROW EXECUTE FUNCTION app.written_once(
		'county', 'draw', 'operator', 'frozen_at', 'notice_minutes', 'public_frame', 'redo_of', 'superior_consent',
		'beacon_kind', 'beacon_source', 'beacon_pattern', 'beacon_after', 'announced_at', 'reveal_by', 'close_by',
		'sealed_plan', 'nonce_commit', 'nonce_escrow', 'locked_at', 'beacon_value', 'beacon_evidence', 'beacon_by',
		'beacon_at', 'revealed_at', 'ended_at', 'ended_by', 'end_reason', 'frame_error')`,
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.ceremony_witness FOR EACH ROW EXECUTE FUNCTION app.written_once(
		'county', 'draw', 'place', 'account', 'body', 'digits_hash', 'hashed_at', 'digits', 'salt', 'given_at')`,
	...['void_request', 'substitution'].map(
		(
			table
		) => `CREATE TRIGGER written_once BEFORE UPDATE ON app.${table} FOR EACH ROW EXECUTE FUNCTION app.written_once(
		'county', 'draw', 'id', ${table === 'substitution' ? "'serial', 'rank', 'evidence'" : "'frame_error'"},
		'reason', 'asked_by', 'asked_at', 'decision', 'decided_by', 'decided_at')`
	),
	...['draw', 'ceremony', 'ceremony_witness', 'void_request', 'substitution'].map(
		(table) => `CREATE TRIGGER stays BEFORE DELETE ON app.${table} FOR EACH ROW EXECUTE FUNCTION app.stays()`
	),
	...['frame', 'excluded', 'drawn', 'signature', 'objection'].map(
		(table) =>
			`CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON app.${table} FOR EACH ROW EXECUTE FUNCTION app.stays()`
	)
];
