// The paper path after a power cut (protocol §4) and public frames under pseudonyms (protocol §2).
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const published = `d.seq IS NOT NULL AND d.commitment IS NOT NULL AND d.assurance IN ('L1', 'L2', 'L3')
	AND d.source = 'own' AND d.state <> 'frozen'`;
const opened = `c.revealed_at IS NOT NULL AND d.state IN ('revealed', 'void')`;
const ceremonyOf = 'app.ceremony c ON c.county = d.county AND c.draw = d.id';
const view = (name: string, query: string) =>
	`CREATE VIEW portal.${name} WITH (security_barrier = true) AS ${query}`;
const hex = (column: string) => `CHECK (${column} ~ '^[0-9a-f]{64}$')`;

const statements = [
	// What a paper sheet says, typed in when the power is back: why and when it went out, when the digits were drawn, the
	// digits in the order of the witnesses, whose names stand under the sheet, the hash of its photograph. A record that was
	// misread is followed by another number; the last one counts. Each witness confirms with digits of their own account.
	`CREATE TABLE app.paper_record (
		county text NOT NULL,
		draw integer NOT NULL,
		number integer NOT NULL CHECK (number >= 1),
		reason text NOT NULL CHECK (reason <> ''),
		cut_at timestamptz NOT NULL,
		drawn_at timestamptz NOT NULL,
		digits text[] NOT NULL CHECK (array_to_string(digits, ',') ~ '^[0-9]{20}(,[0-9]{20})?$'),
		signed text NOT NULL CHECK (signed <> ''),
		scan_sha256 text ${hex('scan_sha256')},
		recorded_by text NOT NULL,
		recorded_at timestamptz NOT NULL,
		PRIMARY KEY (county, draw, number),
		FOREIGN KEY (county, draw) REFERENCES app.ceremony,
		CHECK (cut_at <= recorded_at AND drawn_at <= recorded_at)
	)`,
	`CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON app.paper_record FOR EACH ROW EXECUTE FUNCTION app.stays()`,
	// Only a commitment that still waits for its digits can be finished on paper.
	`CREATE FUNCTION app.paper_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF NOT EXISTS (SELECT FROM app.draw d WHERE d.county = NEW.county AND d.id = NEW.draw AND d.state = 'announced')
			OR EXISTS (SELECT FROM app.ceremony_witness w WHERE w.county = NEW.county AND w.draw = NEW.draw
				AND (w.digits IS NOT NULL OR w.digits_hash IS NOT NULL)) THEN
			RAISE EXCEPTION 'draw % does not wait for digits', NEW.draw;
		END IF;
		RETURN NEW;
	END $$`,
	`CREATE TRIGGER paper_allowed BEFORE INSERT ON app.paper_record FOR EACH ROW EXECUTE FUNCTION app.paper_allowed()`,
	// Digits that were drawn are drawn, even when the draw is aborted before the witnesses confirm them: its redo counts as
	// one after digits were given.
	`CREATE FUNCTION app.paper_stays() RETURNS trigger
		LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	BEGIN
		UPDATE app.ceremony_witness w SET digits = p.digits[w.place], paper = true, given_at = p.recorded_at
		FROM app.paper_record p
		WHERE w.county = NEW.county AND w.draw = NEW.id AND w.digits IS NULL AND p.county = w.county AND p.draw = w.draw
			AND p.number = (SELECT max(number) FROM app.paper_record l WHERE l.county = p.county AND l.draw = p.draw);
		RETURN NULL;
	END $$`,
	`REVOKE ALL ON FUNCTION app.paper_stays FROM PUBLIC`,
	`CREATE TRIGGER paper_stays AFTER UPDATE ON app.draw FOR EACH ROW
		WHEN (OLD.state = 'announced' AND NEW.state = 'aborted') EXECUTE FUNCTION app.paper_stays()`,
	...policiesOf('app.paper_record'),
	view(
		'paper',
		`SELECT d.county, d.seq, p.number, p.reason, p.cut_at, p.drawn_at, p.recorded_at,
			NOT EXISTS (SELECT FROM app.ceremony_witness w WHERE w.county = d.county AND w.draw = d.id
				AND (w.digits IS NULL OR NOT w.paper)) AND c.locked_at IS NOT NULL AS confirmed
		FROM app.draw d
		JOIN ${ceremonyOf}
		JOIN app.paper_record p ON p.county = d.county AND p.draw = d.id
			AND p.number = (SELECT max(number) FROM app.paper_record l WHERE l.county = d.county AND l.draw = d.id)
		WHERE ${published}`
	),

	// A frame that will be public is committed under pseudonyms, and only with the bureau's written permission.
	`ALTER TABLE app.ceremony ADD frame_permission text CHECK (frame_permission <> ''),
		ADD CHECK (public_frame = (frame_permission IS NOT NULL))`,
	`GRANT SELECT (frame_permission) ON app.ceremony TO fairlot_app`,
	`CREATE TRIGGER permission_once BEFORE UPDATE ON app.ceremony
		FOR EACH ROW EXECUTE FUNCTION app.written_once('frame_permission')`,
	// pseudonym = H(TAG("fairlot/id/1") ‖ secret ‖ target): the id of the row in the frame that C commits to.
	...['frame', 'excluded'].flatMap((table) => [
		`ALTER TABLE app.${table} ADD pseudonym text ${hex('pseudonym')}, ADD secret text ${hex('secret')},
			ADD CHECK ((pseudonym IS NULL) = (secret IS NULL))`,
		`CREATE UNIQUE INDEX ${table}_pseudonym ON app.${table} (county, draw, pseudonym COLLATE "C")
			WHERE pseudonym IS NOT NULL`
	]),
	`DROP VIEW portal.frame, portal.excluded`,
	view(
		'frame',
		`SELECT d.county, d.seq, f.pseudonym AS id, f.township, f.cell, f.x, f.y, f.weight, f.take, f.salt FROM app.draw d
		JOIN ${ceremonyOf} AND c.public_frame
		JOIN app.frame f ON f.county = d.county AND f.draw = d.id AND f.pseudonym IS NOT NULL
		WHERE ${published} AND ${opened}`
	),
	view(
		'excluded',
		`SELECT d.county, d.seq, e.pseudonym AS id, e.reason, e.salt FROM app.draw d
		JOIN ${ceremonyOf} AND c.public_frame
		JOIN app.excluded e ON e.county = d.county AND e.draw = d.id AND e.pseudonym IS NOT NULL
		WHERE ${published} AND ${opened}`
	),
	// Rows that are opened to all: who is called, and nobody else.
	view(
		'opening',
		`SELECT d.county, d.seq, f.pseudonym AS id, f.target AS code, f.secret FROM app.draw d
		JOIN ${ceremonyOf} AND c.public_frame
		JOIN app.drawn n ON n.county = d.county AND n.draw = d.id AND n.rank <= coalesce((SELECT max(s.granted)
			FROM app.substitution s WHERE s.county = n.county AND s.draw = n.draw AND s.serial = n.serial), 0)
		JOIN app.frame f ON f.county = n.county AND f.draw = n.draw AND f.target = n.target AND f.pseudonym IS NOT NULL
		WHERE ${published} AND ${opened}`
	),
	`GRANT SELECT ON ALL TABLES IN SCHEMA portal TO fairlot_portal`
];
