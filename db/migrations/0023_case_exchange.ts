// What the law-enforcement platform (闽执法) says became of a case that was handed to it: one row to a message, under the
// number it gave it. Written once; the same number again has to be the same message. And a head of an office takes steps with
// the results of their own townships only; and each time grades were asked for from a credit platform.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	// document: canonical JSON of the message, hash its SHA-256. penalty: the draft that came of a decision.
	`CREATE TABLE app.case_reply (
		county text NOT NULL,
		platform text NOT NULL CHECK (platform <> ''),
		number text NOT NULL CHECK (number <> ''),
		result integer NOT NULL,
		state text NOT NULL CHECK (state IN ('filed', 'not_filed', 'decided', 'ended')),
		happened_on date NOT NULL,
		penalty integer,
		document text NOT NULL,
		hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
		taken_by text NOT NULL,
		taken_at timestamptz NOT NULL,
		PRIMARY KEY (county, platform, number),
		FOREIGN KEY (county, result) REFERENCES app.result,
		FOREIGN KEY (county, penalty) REFERENCES app.penalty,
		CHECK ((state = 'decided') = (penalty IS NOT NULL))
	)`,
	`CREATE INDEX case_reply_result ON app.case_reply (county, result)`,
	`CREATE TRIGGER stays BEFORE DELETE ON app.case_reply FOR EACH ROW EXECUTE FUNCTION app.stays()`,
	...policiesOf('app.case_reply'),
	// given: rows a platform gave; grades and periods: of them those that were new. failure: no answer, or rows that are wrong.
	`CREATE TABLE app.credit_intake (
		county text NOT NULL REFERENCES app.county,
		id integer NOT NULL CHECK (id >= 1),
		platform text NOT NULL CHECK (platform IN ('credit_china', 'enterprise')),
		given integer NOT NULL CHECK (given >= 0),
		grades integer NOT NULL CHECK (grades >= 0),
		periods integer NOT NULL CHECK (periods >= 0),
		failure text CHECK (failure <> ''),
		made_by text NOT NULL,
		made_at timestamptz NOT NULL,
		PRIMARY KEY (county, id)
	)`,
	`CREATE TRIGGER stays BEFORE DELETE ON app.credit_intake FOR EACH ROW EXECUTE FUNCTION app.stays()`,
	...policiesOf('app.credit_intake'),
	...['select', 'insert', 'update', 'delete'].map(
		(verb) => `DROP POLICY IF EXISTS may_${verb} ON app.result`
	),
	`REVOKE ALL ON app.result FROM fairlot_app`,
	...policiesOf('app.result')
];
