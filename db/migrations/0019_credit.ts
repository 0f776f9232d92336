// Credit push (二(七)): what 双公示 asks of a penalty beyond the penalty itself; messages that may be sent anew; what was
// compared with the platforms day by day; grades that come back from them, with their source and how long they hold.
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
const stays = (table: string) =>
	`CREATE TRIGGER stays BEFORE DELETE ON app.${table} FOR EACH ROW EXECUTE FUNCTION app.stays()`;

const statements = [
	// violation 违法行为类型: null takes the names of the items found against. licence: the one suspended or revoked.
	`ALTER TABLE app.penalty
		ADD violation text CHECK (violation <> ''),
		ADD confiscated_fen bigint NOT NULL DEFAULT 0 CHECK (confiscated_fen >= 0),
		ADD licence text CHECK (licence <> '')`,

	// queued_at: when it last began to wait; attempts count from there. sent_at: when it first left the house, after which
	// its body stays. A message the platform no longer has goes back to waiting, without its receipt. demo: of made-up data,
	// which goes nowhere but to the counterpart in this database, also after the trial has ended.
	`ALTER TABLE app.credit_message
		ADD queued_at timestamptz,
		ADD sent_at timestamptz,
		ADD demo boolean NOT NULL DEFAULT false`,
	`UPDATE app.credit_message SET queued_at = created_at`,
	`ALTER TABLE app.credit_message ALTER queued_at SET NOT NULL`,
	`DROP TRIGGER written_once ON app.credit_message`,
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.credit_message FOR EACH ROW EXECUTE FUNCTION app.written_once(
		'county', 'id', 'platform', 'penalty', 'number', 'action', 'business_key', 'due', 'created_at', 'sent_at', 'demo')`,
	`CREATE FUNCTION app.credit_body_stays() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		RAISE EXCEPTION 'message % was sent: its body stays', OLD.business_key;
	END $$`,
	`CREATE TRIGGER body_stays BEFORE UPDATE ON app.credit_message FOR EACH ROW
		WHEN (OLD.sent_at IS NOT NULL AND NEW.body <> OLD.body) EXECUTE FUNCTION app.credit_body_stays()`,
	`CREATE INDEX credit_message_penalty ON app.credit_message (county, penalty)`,
	`CREATE INDEX credit_message_newest ON app.credit_message (county, platform, state, id DESC)`,

	// expected: how many the platform should have; missing were queued again. failure: the platform gave no list.
	`CREATE TABLE app.credit_reconciliation (
		county text NOT NULL REFERENCES app.county,
		id integer NOT NULL CHECK (id >= 1),
		platform text NOT NULL CHECK (platform IN ('credit_china', 'enterprise')),
		expected integer NOT NULL CHECK (expected >= 0),
		held integer NOT NULL CHECK (held >= 0),
		missing text[] NOT NULL,
		extra text[] NOT NULL,
		different text[] NOT NULL,
		failure text CHECK (failure <> ''),
		made_by text NOT NULL,
		made_at timestamptz NOT NULL,
		PRIMARY KEY (county, id)
	)`,
	`CREATE INDEX credit_reconciliation_newest ON app.credit_reconciliation (county, platform, made_at DESC)`,

	// A grade a platform gave, and from when to when. applied_at: since when the directory has it, grade_before what it had;
	// ended_at: when it ran out or a newer one took its place.
	`CREATE TABLE app.credit_standing (
		county text NOT NULL,
		id integer NOT NULL CHECK (id >= 1),
		uscc text NOT NULL,
		grade text NOT NULL CHECK (grade IN ('A', 'B', 'C', 'D')),
		valid daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
		source text NOT NULL CHECK (source <> ''),
		recorded_by text NOT NULL,
		recorded_at timestamptz NOT NULL,
		grade_before text CHECK (grade_before IN ('A', 'B', 'C', 'D')),
		applied_at timestamptz,
		ended_at timestamptz,
		PRIMARY KEY (county, id),
		FOREIGN KEY (county, uscc) REFERENCES app.party,
		CHECK ((applied_at IS NULL) = (grade_before IS NULL))
	)`,
	`CREATE INDEX credit_standing_party ON app.credit_standing (county, uscc)`,
	`CREATE INDEX credit_standing_open ON app.credit_standing (county) WHERE ended_at IS NULL`,
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.credit_standing FOR EACH ROW EXECUTE FUNCTION app.written_once(
		'county', 'id', 'uscc', 'grade', 'valid', 'source', 'recorded_by', 'recorded_at', 'grade_before', 'applied_at',
		'ended_at')`,
	stays('credit_reconciliation'),
	stays('credit_standing'),
	...policiesOf('app.credit_reconciliation'),
	...policiesOf('app.credit_standing'),
	...rebuilt('app.credit_message')
];
