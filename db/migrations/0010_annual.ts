// 年度抽查计划: what a year is to be checked, task by task, decided before anything is drawn; who does which step by when;
// checks that have a cause of their own (投诉, 举报, 移送, 监测), which never mix with what is drawn; and the yearly limit
// every freeze was judged by.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const tables = [
	...['annual_plan', 'task', 'task_batch', 'task_exclusion', 'responsibility', 'task_plan'],
	...['annual_publication', 'targeted_check', 'draw_limit']
];

const statements = [
	// One a county and year. revision: raised when an approved plan is opened again; what was published stays in
	// annual_publication. Whoever wrote it or sent it in does not approve it.
	`CREATE TABLE app.annual_plan (
		county text NOT NULL REFERENCES app.county,
		year integer NOT NULL CHECK (year BETWEEN 2000 AND 2999),
		revision integer NOT NULL DEFAULT 1 CHECK (revision >= 1),
		state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'submitted', 'approved', 'published')),
		note text CHECK (note <> ''),
		filing_number text CHECK (filing_number <> ''),
		created_by text NOT NULL,
		created_at timestamptz NOT NULL,
		edited_by text NOT NULL,
		edited_at timestamptz NOT NULL,
		submitted_by text,
		submitted_at timestamptz,
		approved_by text,
		approved_at timestamptz,
		-- Why the leader gave it back, or why an approved plan was opened again.
		returned_reason text CHECK (returned_reason <> ''),
		published_by text,
		published_at timestamptz,
		PRIMARY KEY (county, year),
		CHECK (num_nonnulls(submitted_by, submitted_at) = CASE WHEN state = 'draft' THEN 0 ELSE 2 END),
		CHECK (num_nonnulls(approved_by, approved_at) = CASE WHEN state IN ('draft', 'submitted') THEN 0 ELSE 2 END),
		CHECK (num_nonnulls(published_by, published_at) = CASE WHEN state = 'published' THEN 2 ELSE 0 END),
		CHECK (state <> 'published' OR filing_number IS NOT NULL),
		CONSTRAINT approved_by_another CHECK (approved_by IS NULL
			OR approved_by <> created_by AND approved_by <> edited_by AND approved_by <> submitted_by)
	)`,
	`CREATE TRIGGER stays BEFORE DELETE ON app.annual_plan FOR EACH ROW EXECUTE FUNCTION app.stays()`,

	// 抽查任务. spec: the plan it becomes, as the form of a plan writes it, for each of its kinds. departments: those taking
	// part, the leading one among them.
	`CREATE TABLE app.task (
		county text NOT NULL,
		year integer NOT NULL,
		number integer NOT NULL CHECK (number >= 1),
		title text NOT NULL CHECK (title <> ''),
		kinds text[] NOT NULL CHECK (cardinality(kinds) > 0 AND kinds <@ '{mining_right,land_parcel}'),
		items text[] NOT NULL CHECK (cardinality(items) > 0),
		departments text[] NOT NULL CHECK (cardinality(departments) > 0),
		lead_department text NOT NULL CHECK (lead_department = ANY (departments)),
		responsible text NOT NULL CHECK (responsible <> ''),
		spec jsonb NOT NULL,
		PRIMARY KEY (county, year, number),
		FOREIGN KEY (county, year) REFERENCES app.annual_plan
	)`,
	// When a task is drawn. blacklisted: an extra one for the blacklisted alone (二(四): 提高抽查比例和频次).
	`CREATE TABLE app.task_batch (
		county text NOT NULL,
		year integer NOT NULL,
		task integer NOT NULL,
		number integer NOT NULL CHECK (number >= 1),
		from_day date NOT NULL,
		to_day date NOT NULL,
		blacklisted boolean NOT NULL DEFAULT false,
		PRIMARY KEY (county, year, task, number),
		FOREIGN KEY (county, year, task) REFERENCES app.task,
		CHECK (from_day <= to_day),
		CHECK (extract(year FROM from_day) = year)
	)`,
	// Targets that a task leaves out, each with its reason: they stand in the list of what was left out of every frame.
	`CREATE TABLE app.task_exclusion (
		county text NOT NULL,
		year integer NOT NULL,
		task integer NOT NULL,
		target text NOT NULL,
		reason text NOT NULL CHECK (reason <> '' AND char_length(reason) <= 64),
		PRIMARY KEY (county, year, task, target),
		FOREIGN KEY (county, year, task) REFERENCES app.task
	)`,
	// 责任分解: which 所, 科室 or 大队 does which step by when. Marked done at any time; changed while the plan is a draft.
	`CREATE TABLE app.responsibility (
		county text NOT NULL,
		year integer NOT NULL,
		number integer NOT NULL CHECK (number >= 1),
		task integer,
		unit text NOT NULL CHECK (unit <> ''),
		step text NOT NULL CHECK (step <> ''),
		due date NOT NULL,
		done_by text,
		done_at timestamptz,
		PRIMARY KEY (county, year, number),
		FOREIGN KEY (county, year) REFERENCES app.annual_plan,
		FOREIGN KEY (county, year, task) REFERENCES app.task,
		CHECK (num_nonnulls(done_by, done_at) IN (0, 2))
	)`,

	// The plan of draws a batch became, one for each kind. exempt: all its items were 重点 on the day it was made, which
	// the yearly limit leaves alone.
	`CREATE TABLE app.task_plan (
		county text NOT NULL,
		plan uuid NOT NULL,
		year integer NOT NULL,
		task integer NOT NULL,
		batch integer NOT NULL,
		kind text NOT NULL CHECK (kind IN ('mining_right', 'land_parcel')),
		blacklisted boolean NOT NULL,
		exempt boolean NOT NULL,
		PRIMARY KEY (county, plan),
		UNIQUE (county, year, task, batch, kind),
		FOREIGN KEY (county, plan) REFERENCES app.plan,
		FOREIGN KEY (county, year, task, batch) REFERENCES app.task_batch
	)`,

	// What was put before the public: JSON as it was, whatever becomes of the plan.
	`CREATE TABLE app.annual_publication (
		county text NOT NULL,
		year integer NOT NULL,
		revision integer NOT NULL,
		filing_number text NOT NULL CHECK (filing_number <> ''),
		document text NOT NULL,
		document_hash text NOT NULL CHECK (document_hash ~ '^[0-9a-f]{64}$'),
		published_by text NOT NULL,
		published_at timestamptz NOT NULL,
		PRIMARY KEY (county, year, revision),
		FOREIGN KEY (county, year) REFERENCES app.annual_plan
	)`,

	// 有因检查: complaint 投诉, report 举报, referral 移送, monitoring 监测. No draw, no frame and no limit knows of them.
	`CREATE TABLE app.targeted_check (
		county text NOT NULL REFERENCES app.county,
		id integer NOT NULL CHECK (id >= 1),
		channel text NOT NULL CHECK (channel IN ('complaint', 'report', 'referral', 'monitoring')),
		received_on date NOT NULL,
		reference text CHECK (reference <> ''),
		party text,
		target text CHECK (target <> ''),
		matter text NOT NULL CHECK (matter <> ''),
		created_by text NOT NULL,
		created_at timestamptz NOT NULL,
		checked_on date,
		outcome text CHECK (outcome <> ''),
		closed_by text,
		closed_at timestamptz,
		PRIMARY KEY (county, id),
		FOREIGN KEY (county, party) REFERENCES app.party,
		CHECK (num_nonnulls(checked_on, outcome, closed_by, closed_at) IN (0, 4)),
		CHECK (checked_on >= received_on)
	)`,
	`CREATE INDEX targeted_check_day ON app.targeted_check (county, received_on)`,
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.targeted_check FOR EACH ROW EXECUTE FUNCTION app.written_once(
		'county', 'id', 'channel', 'received_on', 'reference', 'party', 'target', 'matter', 'created_by', 'created_at')`,
	`CREATE TRIGGER stays BEFORE DELETE ON app.targeted_check FOR EACH ROW EXECUTE FUNCTION app.stays()`,

	// 频次上限 as a freeze applied it: batches a party and year; allowed null: no rule was set. year: the one in which the
	// batch counts, that of its freeze by the calendar of China.
	`CREATE TABLE app.draw_limit (
		county text NOT NULL,
		draw integer NOT NULL,
		year integer NOT NULL CHECK (year BETWEEN 2000 AND 2999),
		allowed integer CHECK (allowed >= 0),
		source text CHECK (source <> ''),
		exempt boolean NOT NULL,
		parties_full integer NOT NULL CHECK (parties_full >= 0),
		PRIMARY KEY (county, draw),
		FOREIGN KEY (county, draw) REFERENCES app.draw,
		CHECK ((allowed IS NULL) = (source IS NULL)),
		CHECK (parties_full = 0 OR allowed IS NOT NULL AND NOT exempt)
	)`,

	// Tasks are changed while their plan is a draft and become plans once it is approved.
	`CREATE FUNCTION app.annual_open() RETURNS trigger LANGUAGE plpgsql AS $$
	DECLARE changed jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END; found text;
	BEGIN
		SELECT p.state INTO found FROM app.annual_plan p
			WHERE p.county = changed ->> 'county' AND p.year = (changed ->> 'year')::integer;
		IF found <> ALL (TG_ARGV) THEN
			RAISE EXCEPTION 'the annual plan % is %', changed ->> 'year', found USING ERRCODE = 'FL001';
		END IF;
		RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
	END $$`,
	...['task', 'task_batch', 'task_exclusion'].map(
		(table) => `CREATE TRIGGER annual_open BEFORE INSERT OR UPDATE OR DELETE ON app.${table}
			FOR EACH ROW EXECUTE FUNCTION app.annual_open('draft')`
	),
	`CREATE TRIGGER annual_open BEFORE INSERT OR DELETE ON app.responsibility
		FOR EACH ROW EXECUTE FUNCTION app.annual_open('draft')`,
	`CREATE TRIGGER annual_open BEFORE INSERT ON app.task_plan
		FOR EACH ROW EXECUTE FUNCTION app.annual_open('approved', 'published')`,
	...['task_plan', 'annual_publication', 'draw_limit'].map(
		(table) => `CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON app.${table}
			FOR EACH ROW EXECUTE FUNCTION app.stays()`
	),
	...tables.flatMap((table) => policiesOf(`app.${table}`)),

	`CREATE VIEW portal.annual_plan WITH (security_barrier = true) AS
		SELECT county, year, revision, filing_number, document, document_hash, published_at FROM app.annual_publication`,
	`GRANT SELECT ON portal.annual_plan TO fairlot_portal`
];
