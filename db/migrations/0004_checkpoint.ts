// Signed checkpoints of the ledger, what proofs are made from, and the lines of cosigners. Append only, like the entries.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const appendOnly = (table: string) => [
	`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.${table} FOR EACH ROW EXECUTE FUNCTION ledger.refuse()`,
	`CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger.${table} FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse()`,
	`ALTER TABLE ledger.${table} ENABLE ALWAYS TRIGGER append_only`,
	`ALTER TABLE ledger.${table} ENABLE ALWAYS TRIGGER no_truncate`
];

const statements = [
	// Root over the first size entries, and text: the signed note, byte for byte. frontier: the roots of the tree's whole
	// subtrees from left to right, one per one-bit of size, so that the next root needs only the entries since.
	`CREATE TABLE ledger.checkpoint (
		county text NOT NULL REFERENCES ledger.head,
		size bigint NOT NULL CHECK (size >= 1),
		root bytea NOT NULL CHECK (octet_length(root) = 32),
		frontier bytea NOT NULL CHECK (octet_length(frontier) = 32 * length(replace(size::bit(64)::text, '0', ''))),
		text text NOT NULL,
		at timestamptz NOT NULL,
		PRIMARY KEY (county, size)
	)`,
	...appendOnly('checkpoint'),

	// Root of the entries 256·number + 1 … 256·(number + 1), written with the first checkpoint beyond them.
	`CREATE TABLE ledger.tile (
		county text NOT NULL REFERENCES ledger.head,
		number bigint NOT NULL CHECK (number >= 0),
		root bytea NOT NULL CHECK (octet_length(root) = 32),
		PRIMARY KEY (county, number)
	)`,
	...appendOnly('tile'),

	// A signature line of a second key under a checkpoint's text.
	`CREATE TABLE ledger.cosignature (
		county text NOT NULL,
		size bigint NOT NULL,
		line text NOT NULL CHECK (line ~ '^— [^[:space:]+]+ [A-Za-z0-9+/]+={0,2}$'),
		at timestamptz NOT NULL,
		PRIMARY KEY (county, size, line),
		FOREIGN KEY (county, size) REFERENCES ledger.checkpoint
	)`,
	...appendOnly('cosignature'),

	// The counter of a county goes up by one and is never taken away.
	`CREATE TRIGGER one_by_one BEFORE UPDATE ON ledger.head FOR EACH ROW
		WHEN (NEW.county <> OLD.county OR NEW.seq <> OLD.seq + 1) EXECUTE FUNCTION ledger.refuse()`,
	`CREATE TRIGGER stays BEFORE DELETE ON ledger.head FOR EACH ROW EXECUTE FUNCTION ledger.refuse()`,
	`CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger.head FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse()`,
	`ALTER TABLE ledger.head ENABLE ALWAYS TRIGGER one_by_one`,
	`ALTER TABLE ledger.head ENABLE ALWAYS TRIGGER stays`,
	`ALTER TABLE ledger.head ENABLE ALWAYS TRIGGER no_truncate`,

	// A checkpoint with the tiles it completes; said again it changes nothing. False when there was one of this size.
	`CREATE FUNCTION ledger.add_checkpoint(in_county text, in_size bigint, in_root bytea, in_frontier bytea, in_text text,
		in_at timestamptz, first_tile bigint, tiles bytea[]) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
		SET search_path = pg_catalog, pg_temp AS $$
	BEGIN
		IF in_size > (SELECT seq FROM ledger.head WHERE county = in_county) THEN
			RAISE EXCEPTION 'a checkpoint of % entries is beyond the ledger', in_size;
		END IF;
		INSERT INTO ledger.tile SELECT in_county, first_tile + place - 1, root
			FROM unnest(tiles) WITH ORDINALITY AS t (root, place) ON CONFLICT DO NOTHING;
		INSERT INTO ledger.checkpoint VALUES (in_county, in_size, in_root, in_frontier, in_text, in_at)
			ON CONFLICT DO NOTHING;
		RETURN FOUND;
	END $$`,
	`CREATE FUNCTION ledger.add_cosignature(in_county text, in_size bigint, in_line text, in_at timestamptz)
		RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	BEGIN
		INSERT INTO ledger.cosignature VALUES (in_county, in_size, in_line, in_at) ON CONFLICT DO NOTHING;
		RETURN FOUND;
	END $$`,
	// Every function of this schema is granted by name, never by default.
	`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC`
];
