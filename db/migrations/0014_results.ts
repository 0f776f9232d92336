// What was found and what becomes of it (二(六), 二(七)): results with their findings, penalties, referrals 移送, postings 公示
// with their tombstones, what parties object to, and the two outboxes to the credit platforms. A step is written once and in
// the name of whoever takes it; nothing is deleted; nothing is closed over an open referral.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const tables = [
	...['result', 'result_finding', 'penalty', 'referral', 'posting', 'party_word', 'appeal'],
	...['credit_message', 'credit_received']
];
const hex = (column: string) => `CHECK (${column} ~ '^[0-9a-f]{64}$')`;
const step = (name: string) =>
	`${name}_by text, ${name}_at timestamptz, CHECK (num_nonnulls(${name}_by, ${name}_at) IN (0, 2))`;
const once = (table: string, ...columns: string[]) =>
	`CREATE TRIGGER written_once BEFORE UPDATE ON app.${table} FOR EACH ROW
		EXECUTE FUNCTION app.written_once(${['county', ...columns].map((name) => `'${name}'`).join(', ')})`;
const steps = (...names: string[]) => names.flatMap((name) => [`${name}_by`, `${name}_at`]);

const rebuilt = (table: string) => [
	...['select', 'insert', 'update', 'delete'].map((verb) => `DROP POLICY IF EXISTS may_${verb} ON ${table}`),
	`REVOKE ALL ON ${table} FROM fairlot_app`,
	...policiesOf(table)
];

const statements = [
	// 检查结果 of one target of one batch. outcome has no default: an untouched form is no result. inspectors: name and
	// certificate of each. record: the phone record it was taken over from. A correction is a result of its own (corrects).
	`CREATE TABLE app.result (
		county text NOT NULL REFERENCES app.county,
		id integer NOT NULL CHECK (id >= 1),
		draw integer NOT NULL,
		target text NOT NULL,
		party text,
		township text NOT NULL,
		checked_on date NOT NULL,
		inspectors jsonb NOT NULL CHECK (jsonb_typeof(inspectors) = 'array' AND jsonb_array_length(inspectors) >= 2),
		outcome text NOT NULL CHECK (outcome IN ('none_found', 'on_site', 'ordered', 'case', 'unreachable', 'refused')),
		source text NOT NULL CHECK (source IN ('field', 'paper')),
		record text CHECK (record <> ''),
		corrects integer,
		state text NOT NULL DEFAULT 'recorded' CHECK (state IN ('recorded', 'approved', 'posted', 'withdrawn')),
		recorded_by text NOT NULL,
		recorded_at timestamptz NOT NULL,
		${step('approved')},
		${step('posted')},
		-- Why it has to be taken off the portal; the clock of the withdrawal runs from here.
		withdrawal_reason text CHECK (withdrawal_reason <> ''),
		${step('withdrawal_asked')},
		${step('withdrawn')},
		-- 办结.
		closing text CHECK (closing <> ''),
		${step('closed')},
		PRIMARY KEY (county, id),
		FOREIGN KEY (county, draw, target) REFERENCES app.drawn,
		FOREIGN KEY (county, party) REFERENCES app.party,
		FOREIGN KEY (county, corrects) REFERENCES app.result,
		CHECK ((source = 'field') = (record IS NOT NULL)),
		CHECK (approved_by <> recorded_by),
		CHECK (state = 'recorded' OR approved_at IS NOT NULL OR state = 'withdrawn'),
		CHECK (state <> 'posted' OR posted_at IS NOT NULL),
		CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
		CHECK ((withdrawal_asked_at IS NULL) = (withdrawal_reason IS NULL)),
		CHECK (withdrawn_at IS NULL OR withdrawal_reason IS NOT NULL),
		CHECK ((closed_at IS NULL) = (closing IS NULL)),
		CHECK (closed_at IS NULL OR state IN ('posted', 'withdrawn'))
	)`,
	// One result of a drawn target at a time; what was withdrawn makes room for its correction.
	`CREATE UNIQUE INDEX result_current ON app.result (county, draw, target) WHERE state <> 'withdrawn'`,
	`CREATE UNIQUE INDEX result_record ON app.result (county, record) WHERE record IS NOT NULL AND state <> 'withdrawn'`,
	`CREATE INDEX result_target ON app.result (county, target)`,
	`CREATE INDEX result_open ON app.result (county, checked_on) WHERE closed_at IS NULL`,
	// text stays in the office: what is public of a finding is its item, how grave it is and what was done.
	`CREATE TABLE app.result_finding (
		county text NOT NULL,
		result integer NOT NULL,
		number integer NOT NULL CHECK (number >= 1),
		item text NOT NULL,
		severity text NOT NULL CHECK (severity IN ('minor', 'ordinary', 'serious')),
		text text NOT NULL CHECK (text <> ''),
		measure text NOT NULL CHECK (measure IN ('none', 'on_site', 'ordered', 'case', 'referral')),
		-- 责令改正: until when, and when somebody saw that it was done.
		rectify_by date,
		rectified_on date,
		${step('rectified')},
		PRIMARY KEY (county, result, number),
		FOREIGN KEY (county, result) REFERENCES app.result,
		FOREIGN KEY (county, item) REFERENCES app.item,
		CHECK (measure = 'ordered' OR rectify_by IS NULL),
		CHECK ((rectified_on IS NULL) = (rectified_at IS NULL))
	)`,

	// 行政处罚. Drafted, reviewed by law (法制审核) and decided by three people; then published. The columns are those of 双公示.
	`CREATE TABLE app.penalty (
		county text NOT NULL,
		id integer NOT NULL CHECK (id >= 1),
		result integer NOT NULL,
		party text NOT NULL,
		document_number text NOT NULL CHECK (document_number <> ''),
		kinds text[] NOT NULL CHECK (cardinality(kinds) > 0
			AND kinds <@ '{warning,criticism,fine,confiscation,suspension,revocation,restriction,other}'),
		facts text NOT NULL CHECK (facts <> ''),
		basis text NOT NULL CHECK (basis <> ''),
		content text NOT NULL CHECK (content <> ''),
		fine_fen bigint NOT NULL DEFAULT 0 CHECK (fine_fen >= 0),
		state text NOT NULL DEFAULT 'drafted' CHECK (state IN ('drafted', 'reviewed', 'decided', 'posted', 'withdrawn', 'dropped')),
		drafted_by text NOT NULL,
		drafted_at timestamptz NOT NULL,
		review text CHECK (review <> ''),
		${step('reviewed')},
		decided_on date,
		${step('decided')},
		-- Publicity lasts until then; shortened when the party repaired its credit.
		ends_on date,
		${step('posted')},
		repaired_on date,
		${step('repaired')},
		withdrawal_reason text CHECK (withdrawal_reason <> ''),
		${step('withdrawal_asked')},
		${step('withdrawn')},
		-- Why no penalty came of it.
		dropped_reason text CHECK (dropped_reason <> ''),
		${step('dropped')},
		PRIMARY KEY (county, id),
		UNIQUE (county, document_number),
		FOREIGN KEY (county, result) REFERENCES app.result,
		FOREIGN KEY (county, party) REFERENCES app.party,
		CHECK (reviewed_by <> drafted_by),
		CHECK (decided_by <> drafted_by AND decided_by <> reviewed_by),
		CHECK (CASE state WHEN 'drafted' THEN decided_at IS NULL WHEN 'reviewed' THEN reviewed_at IS NOT NULL
			WHEN 'dropped' THEN dropped_at IS NOT NULL ELSE reviewed_at IS NOT NULL AND decided_at IS NOT NULL
				AND decided_on IS NOT NULL END),
		CHECK ((state IN ('posted', 'withdrawn')) = (posted_at IS NOT NULL AND ends_on IS NOT NULL)),
		CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
		CHECK ((withdrawal_asked_at IS NULL) = (withdrawal_reason IS NULL)),
		CHECK ((dropped_at IS NULL) = (dropped_reason IS NULL)),
		CHECK ((repaired_at IS NULL) = (repaired_on IS NULL))
	)`,
	`CREATE INDEX penalty_result ON app.penalty (county, result)`,

	// 移送: to a department, or to the police where a crime is suspected (国务院令310: decided within 3 days, handed over
	// within 24 hours). Returned ones are referred again under a new number or stay with a reason.
	`CREATE TABLE app.referral (
		county text NOT NULL,
		id integer NOT NULL CHECK (id >= 1),
		result integer NOT NULL,
		recipient text NOT NULL CHECK (recipient IN ('department', 'police')),
		body text NOT NULL CHECK (body <> ''),
		crime boolean NOT NULL,
		matter text NOT NULL CHECK (matter <> ''),
		again integer,
		state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'declined', 'decided', 'sent', 'received', 'returned', 'accepted')),
		proposed_by text NOT NULL,
		proposed_at timestamptz NOT NULL,
		declined_reason text CHECK (declined_reason <> ''),
		${step('decided')},
		${step('sent')},
		receipt text CHECK (receipt <> ''),
		${step('received')},
		-- What the other body did: took the case, or gave it back and why.
		answer text CHECK (answer <> ''),
		${step('answered')},
		PRIMARY KEY (county, id),
		FOREIGN KEY (county, result) REFERENCES app.result,
		FOREIGN KEY (county, again) REFERENCES app.referral,
		CHECK (NOT crime OR recipient = 'police'),
		CHECK (decided_by <> proposed_by),
		CHECK ((state = 'proposed') = (decided_at IS NULL)),
		CHECK ((state = 'declined') = (declined_reason IS NOT NULL)),
		CHECK ((state IN ('sent', 'received', 'returned', 'accepted')) = (sent_at IS NOT NULL)),
		CHECK (state <> 'received' OR receipt IS NOT NULL AND received_at IS NOT NULL),
		CHECK ((receipt IS NULL) = (received_at IS NULL)),
		CHECK ((state IN ('returned', 'accepted')) = (answered_at IS NOT NULL AND answer IS NOT NULL))
	)`,
	`CREATE INDEX referral_result ON app.referral (county, result)`,
	`CREATE UNIQUE INDEX referral_again ON app.referral (county, again) WHERE again IS NOT NULL`,

	// 公示. number: the permanent address. document: canonical JSON, what the allow-list lets through and nothing else.
	// proof: that the target was drawn, while its list is closed (protocol §4). Withdrawn, a tombstone stays.
	`CREATE TABLE app.posting (
		county text NOT NULL REFERENCES app.county,
		number integer NOT NULL CHECK (number >= 1),
		kind text NOT NULL CHECK (kind IN ('result', 'penalty')),
		result integer NOT NULL,
		penalty integer,
		party text,
		party_name text,
		target text NOT NULL,
		target_kind text NOT NULL CHECK (target_kind IN ('mining_right', 'land_parcel')),
		township text NOT NULL,
		township_name text NOT NULL,
		-- H3 at resolution 7: some 5 km², never a corner.
		cell text NOT NULL,
		items text[] NOT NULL,
		outcome text NOT NULL,
		checked_on date NOT NULL,
		draw integer NOT NULL,
		document text NOT NULL,
		document_hash text NOT NULL ${hex('document_hash')},
		proof jsonb,
		due date,
		ends_on date,
		repaired_on date,
		posted_by text NOT NULL,
		posted_at timestamptz NOT NULL,
		withdrawn_reason text CHECK (withdrawn_reason <> ''),
		${step('withdrawn')},
		replaced_by integer,
		PRIMARY KEY (county, number),
		FOREIGN KEY (county, result) REFERENCES app.result,
		FOREIGN KEY (county, penalty) REFERENCES app.penalty,
		FOREIGN KEY (county, draw) REFERENCES app.draw,
		FOREIGN KEY (county, replaced_by) REFERENCES app.posting,
		CHECK ((kind = 'penalty') = (penalty IS NOT NULL)),
		CHECK (kind = 'penalty' OR ends_on IS NULL),
		CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
	)`,
	`CREATE UNIQUE INDEX posting_subject ON app.posting (county, result, coalesce(penalty, 0)) WHERE withdrawn_at IS NULL`,
	`CREATE INDEX posting_newest ON app.posting (county, posted_at DESC)`,
	`CREATE INDEX posting_target ON app.posting (county, target)`,

	// The one-time word on a party's notice: salted hash, used up by what it files.
	`CREATE TABLE app.party_word (
		county text NOT NULL,
		id integer NOT NULL CHECK (id >= 1),
		party text NOT NULL,
		salt text NOT NULL CHECK (salt ~ '^[0-9a-f]{32}$'),
		word_hash text NOT NULL ${hex('word_hash')},
		issued_by text NOT NULL,
		issued_at timestamptz NOT NULL,
		expires_at timestamptz NOT NULL CHECK (expires_at > issued_at),
		used_at timestamptz,
		PRIMARY KEY (county, id),
		FOREIGN KEY (county, party) REFERENCES app.party
	)`,
	`CREATE INDEX party_word_party ON app.party_word (county, party)`,
	// 异议, 申诉: what a party says against a posting, answered within a time.
	`CREATE TABLE app.appeal (
		county text NOT NULL REFERENCES app.county,
		id integer NOT NULL CHECK (id >= 1),
		posting integer NOT NULL,
		party text NOT NULL,
		kind text NOT NULL CHECK (kind IN ('objection', 'appeal')),
		statement text NOT NULL CHECK (statement <> '' AND char_length(statement) <= 2000),
		filed_at timestamptz NOT NULL,
		answer text CHECK (answer <> ''),
		upheld boolean,
		${step('answered')},
		PRIMARY KEY (county, id),
		FOREIGN KEY (county, posting) REFERENCES app.posting,
		FOREIGN KEY (county, party) REFERENCES app.party,
		CHECK (num_nonnulls(answer, upheld, answered_at) IN (0, 3))
	)`,

	// The outboxes: 信用中国 and 国家企业信用信息公示系统. Written in the transaction of what they tell of; number orders the
	// messages of one penalty, and no later one goes before it is accepted. lease_until: whoever took it has until then.
	`CREATE TABLE app.credit_message (
		county text NOT NULL,
		id integer NOT NULL CHECK (id >= 1),
		platform text NOT NULL CHECK (platform IN ('credit_china', 'enterprise')),
		penalty integer NOT NULL,
		number integer NOT NULL CHECK (number >= 1),
		action text NOT NULL CHECK (action IN ('publish', 'correct', 'repair', 'expire', 'withdraw')),
		business_key text NOT NULL CHECK (business_key <> ''),
		body text NOT NULL,
		due date,
		created_at timestamptz NOT NULL,
		state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'dead')),
		attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
		next_at timestamptz NOT NULL,
		lease_until timestamptz,
		failure text CHECK (failure <> ''),
		receipt text CHECK (receipt <> ''),
		accepted_at timestamptz,
		PRIMARY KEY (county, id),
		UNIQUE (county, platform, penalty, number),
		UNIQUE (county, platform, business_key),
		FOREIGN KEY (county, penalty) REFERENCES app.penalty,
		CHECK ((state = 'accepted') = (accepted_at IS NOT NULL AND receipt IS NOT NULL))
	)`,
	`CREATE INDEX credit_message_waiting ON app.credit_message (county, next_at) WHERE state = 'waiting'`,
	// The counterpart of demonstration mode: what a platform would have taken, once by business key.
	`CREATE TABLE app.credit_received (
		county text NOT NULL REFERENCES app.county,
		platform text NOT NULL,
		business_key text NOT NULL,
		body text NOT NULL,
		receipt text NOT NULL,
		received_at timestamptz NOT NULL,
		PRIMARY KEY (county, platform, business_key)
	)`,

	// Nothing is closed over a referral that is not at its end, a penalty under way, or an order not carried out.
	`CREATE FUNCTION app.result_closable() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF EXISTS (SELECT FROM app.referral r WHERE r.county = NEW.county AND r.result = NEW.id
			AND (r.state IN ('proposed', 'decided', 'sent', 'received') OR r.state = 'returned' AND NOT EXISTS (
				SELECT FROM app.referral n WHERE n.county = r.county AND n.again = r.id))) THEN
			RAISE EXCEPTION 'result % has an open referral', NEW.id USING ERRCODE = 'FL001';
		END IF;
		IF EXISTS (SELECT FROM app.penalty p WHERE p.county = NEW.county AND p.result = NEW.id
			AND p.state IN ('drafted', 'reviewed', 'decided'))
			OR EXISTS (SELECT FROM app.result_finding f WHERE f.county = NEW.county AND f.result = NEW.id
				AND f.measure = 'ordered' AND f.rectified_at IS NULL) THEN
			RAISE EXCEPTION 'result % has a penalty or an order under way', NEW.id USING ERRCODE = 'FL001';
		END IF;
		RETURN NEW;
	END $$`,
	`CREATE TRIGGER result_closable BEFORE UPDATE ON app.result FOR EACH ROW
		WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL) EXECUTE FUNCTION app.result_closable()`,
	// A result whose draw drew the target: the one called, or a substitute that was granted.
	`CREATE FUNCTION app.result_called() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF NOT EXISTS (SELECT FROM app.called(NEW.county, NEW.draw) c WHERE c = NEW.target) THEN
			RAISE EXCEPTION 'the target % was not called in draw %', NEW.target, NEW.draw USING ERRCODE = 'FL001';
		END IF;
		RETURN NEW;
	END $$`,
	`CREATE TRIGGER result_called BEFORE INSERT ON app.result FOR EACH ROW EXECUTE FUNCTION app.result_called()`,

	once(
		'result',
		...[
			'id',
			'draw',
			'target',
			'party',
			'township',
			'checked_on',
			'inspectors',
			'outcome',
			'source',
			'record',
			'corrects'
		],
		...[
			'recorded_by',
			'recorded_at',
			...steps('approved', 'posted', 'withdrawal_asked', 'withdrawn', 'closed')
		],
		...['withdrawal_reason', 'closing']
	),
	once(
		'result_finding',
		...[
			'result',
			'number',
			'item',
			'severity',
			'text',
			'measure',
			'rectify_by',
			'rectified_on',
			...steps('rectified')
		]
	),
	once(
		'penalty',
		...[
			'id',
			'result',
			'party',
			'document_number',
			'kinds',
			'facts',
			'basis',
			'content',
			'fine_fen',
			'review'
		],
		...steps(
			'drafted',
			'reviewed',
			'decided',
			'posted',
			'repaired',
			'withdrawal_asked',
			'withdrawn',
			'dropped'
		),
		...['decided_on', 'repaired_on', 'withdrawal_reason', 'dropped_reason']
	),
	once(
		'referral',
		...[
			'id',
			'result',
			'recipient',
			'body',
			'crime',
			'matter',
			'again',
			'declined_reason',
			'receipt',
			'answer'
		],
		...steps('proposed', 'decided', 'sent', 'received', 'answered')
	),
	once(
		'posting',
		...[
			'number',
			'kind',
			'result',
			'penalty',
			'party',
			'target',
			'document',
			'document_hash',
			'proof',
			'due'
		],
		...[...steps('posted', 'withdrawn'), 'withdrawn_reason', 'replaced_by', 'repaired_on']
	),
	once('party_word', 'id', 'party', 'salt', 'word_hash', 'issued_by', 'issued_at', 'expires_at', 'used_at'),
	once(
		'appeal',
		'id',
		'posting',
		'party',
		'kind',
		'statement',
		'filed_at',
		'answer',
		'upheld',
		...steps('answered')
	),
	once(
		'credit_message',
		...[
			'id',
			'platform',
			'penalty',
			'number',
			'action',
			'business_key',
			'body',
			'due',
			'created_at',
			'receipt',
			'accepted_at'
		]
	),
	...tables.map(
		(table) => `CREATE TRIGGER stays BEFORE DELETE ON app.${table} FOR EACH ROW EXECUTE FUNCTION app.stays()`
	),
	...tables.flatMap((table) => policiesOf(`app.${table}`)),
	// A citizen's report 举报 comes in through the portal.
	...rebuilt('app.targeted_check'),

	// The portal. What was withdrawn has no content here.
	`CREATE VIEW portal.posting WITH (security_barrier = true) AS
		SELECT p.county, p.number, p.kind, p.posted_at, p.withdrawn_at, p.withdrawn_reason, p.replaced_by,
			d.seq, p.result, w.*
		FROM app.posting p
		JOIN app.draw d ON d.county = p.county AND d.id = p.draw
		LEFT JOIN LATERAL (SELECT p.party, p.party_name, p.target, p.target_kind, p.township, p.township_name, p.cell,
			p.items, p.outcome, p.checked_on, p.document, p.document_hash, p.proof, p.ends_on, p.repaired_on) w
			ON p.withdrawn_at IS NULL`,
	// 状态条: every batch that called a target whose list is open, with what was posted of it; null: 未核定.
	`CREATE VIEW portal.called WITH (security_barrier = true) AS
		SELECT d.county, d.seq, d.drawn_at, n.target, p.number, p.outcome, p.posted_at
		FROM app.draw d
		JOIN app.drawn n ON n.county = d.county AND n.draw = d.id AND n.rank = coalesce((SELECT max(s.granted)
			FROM app.substitution s WHERE s.county = n.county AND s.draw = n.draw AND s.serial = n.serial), 0)
		LEFT JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		LEFT JOIN app.posting p ON p.county = d.county AND p.draw = d.id AND p.target = n.target AND p.kind = 'result'
			AND p.withdrawn_at IS NULL
		WHERE d.seq IS NOT NULL AND d.commitment IS NOT NULL AND d.assurance IN ('L1', 'L2', 'L3') AND d.source = 'own'
			AND (d.state = 'revealed' OR d.state = 'drawn' AND c.draw IS NULL)`,
	`CREATE VIEW portal.item WITH (security_barrier = true) AS
		SELECT county, code, name, kind, content, basis, method, category, valid FROM app.item`,
	`CREATE VIEW portal.appeal WITH (security_barrier = true) AS
		SELECT county, posting, id, kind, filed_at, answered_at, upheld FROM app.appeal`,
	`GRANT SELECT ON ALL TABLES IN SCHEMA portal TO fairlot_portal`
];
