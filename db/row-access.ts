// The second wall: which role of a visitor may read, insert or change the rows of which table. Policies are generated
// from here. What is not listed is refused; nobody deletes what belongs to a draw. A later migration that makes a table
// adds its line here and calls policiesOf() for it; a test fails when a table has no line.

const read = [
	'system_admin',
	'planner',
	'witness',
	'leader',
	'office_head',
	'inspector',
	'legal_reviewer',
	'publisher'
];
const admins = ['security_admin', 'audit_admin'];
/** guest: the visitor without account of demonstration mode; system: command line and background work. */
const readers = [...read, 'guest', 'system'];
const importer = ['system_admin', 'system'];
const planner = ['planner', 'system'];
const conduct = ['planner', 'witness', 'leader', 'system'];
/** better-auth, the account pages and refusals: before anybody is known, and about oneself. */
const auth = ['auth'];
/** The trace: checkpoints are made from it after whatever somebody changed. */
const trace: RowAccess = { read: [...read, ...admins, 'guest', 'system', 'auth'] };

export interface RowAccess {
	read: string[];
	insert?: string[];
	update?: string[];
	/** Who may lock rows so that others wait (FOR UPDATE), without changing them. */
	lock?: string[];
	delete?: string[];
	/** Further SQL conditions: on rows read, on inserted rows, on rows before their update, on rows after it. */
	readOnly?: string;
	insertOnly?: string;
	updateFrom?: string;
	updateOnly?: string;
}

/** The column names whoever acts: nobody signs, objects or decides in another's name. */
const actingAs = (column: string) => `${column} = (SELECT current_setting('fairlot.account', true))`;

/** An office and its people speak for its own inspectors, who plans or keeps the directory for all. */
const ofTheirs = (column: string) => `((SELECT app.acts_as('{planner,system_admin,system}'))
			OR app.own_inspector(county, ${column}))`;

/** Whoever has one of the roles for all rows, a head of an office for those in its townships. */
const ofOwnTownships = (roles: string[], table: string) =>
	`((SELECT app.acts_as('{${roles.join(',')}}')) OR EXISTS (SELECT FROM app.office o WHERE o.county = ${table}.county
				AND o.code = (SELECT current_setting('fairlot.office', true)) AND ${table}.township = ANY (o.townships)))`;

const directory: RowAccess = { read: readers, insert: importer, update: importer };
/** What a planner writes and takes back until it is approved; triggers know when. */
const drafted: RowAccess = { read: readers, insert: ['planner'], update: ['planner'], delete: ['planner'] };
/** A version of a plan of routes is written once. */
const routes: RowAccess = { read: readers, insert: ['planner'] };
/** Passwords, second factors, sessions. */
const secret: RowAccess = { read: auth, insert: auth, update: auth, delete: auth };

/** Who looks at field work: the county's, an office its own; an inspector what their own crews do. */
const fieldReaders = ['planner', 'leader', 'legal_reviewer', 'office_head', 'inspector', 'system'];
const fieldWriters = ['inspector', 'office_head', 'planner'];
const wholeCounty = `(SELECT app.acts_as('{planner,leader,legal_reviewer,system}'))`;
/** Rows that name a pack are seen by whoever sees the pack. */
const ofPack = (table: string) =>
	`EXISTS (SELECT FROM app.field_pack p WHERE p.county = ${table}.county AND p.hash = ${table}.pack)`;

export const rowAccess: Record<string, RowAccess> = {
	// Imports, and draws, of one county queue on its row. It is registered by app.register_county().
	'app.county': {
		read: [...readers, ...admins, 'partner', 'auth'],
		update: importer,
		lock: ['planner']
	},
	'app.division': { ...directory, delete: importer },
	// Who answers parties through the portal tells them until when.
	'app.calendar_year': { ...directory, read: [...readers, 'auth'] },
	'app.rule_param': { ...directory, read: [...readers, 'auth'] },
	'app.boundary_source': { read: readers, insert: importer },
	'app.township': directory,
	'app.office': { ...directory, read: [...readers, ...admins, 'auth'], delete: importer },
	'app.party': directory,
	'app.blacklist_period': { ...directory, delete: importer },
	'app.import': directory,
	// Written by triggers, which run as the owner.
	'app.directory_version': { read: readers },
	'app.target_tally': { read: readers },
	// One's own.
	'app.saved_view': {
		read,
		readOnly: actingAs('account'),
		insert: read,
		insertOnly: actingAs('account'),
		update: read,
		updateFrom: actingAs('account'),
		updateOnly: actingAs('account'),
		delete: read
	},
	'app.road_layer': { read: readers, insert: importer },
	'app.target': directory,
	'app.item': { ...directory, delete: importer },
	'app.inspector': { ...directory, delete: importer },
	'app.recusal': directory,
	// An office declares for its own, the head orders; a party asks through the portal.
	'app.recusal_case': {
		read: [...readers, 'auth'],
		insert: ['planner', 'office_head', 'inspector', 'leader', 'auth'],
		insertOnly: `CASE WHEN (SELECT app.acts_as('{auth}')) THEN way = 'applied' AND asked_by = 'party'
			ELSE ${actingAs('asked_by')} AND CASE way WHEN 'ordered' THEN (SELECT app.acts_as('{leader}'))
				ELSE ${ofTheirs('inspector')} END END`,
		update: ['leader'],
		updateOnly: actingAs('decided_by')
	},
	'app.absence': {
		read: readers,
		insert: ['planner', 'system_admin', 'office_head', 'inspector'],
		insertOnly: `${actingAs('set_by')} AND ${ofTheirs('inspector')}`,
		update: ['planner', 'system_admin', 'office_head', 'inspector'],
		updateFrom: ofTheirs('inspector'),
		updateOnly: `${actingAs('set_by')} AND ${ofTheirs('inspector')}`
	},
	'app.plan': { read: readers, insert: planner },
	'app.draw': {
		read: readers,
		insert: planner,
		update: conduct,
		// Who asks for a substitute, or grants it.
		lock: ['office_head', 'inspector']
	},
	'app.frame': { read: readers, insert: planner },
	'app.excluded': { read: readers, insert: planner },
	'app.drawn': { read: readers, insert: planner },
	'app.ceremony': { read: readers, insert: ['planner'], insertOnly: actingAs('operator'), update: conduct },
	'app.ceremony_witness': {
		read: readers,
		insert: planner,
		update: ['witness'],
		updateFrom: actingAs('account'),
		updateOnly: actingAs('account')
	},
	// Who typed the sheet in is not who confirms it: a witness does, with digits in their own row above.
	'app.paper_record': { read: readers, insert: ['planner'], insertOnly: actingAs('recorded_by') },
	'app.signature': { read: readers, insert: ['planner', 'witness'], insertOnly: actingAs('account') },
	'app.objection': { read: readers, insert: ['witness'], insertOnly: actingAs('account') },
	'app.void_request': {
		read: readers,
		insert: ['planner'],
		insertOnly: actingAs('asked_by'),
		update: ['leader'],
		updateOnly: actingAs('decided_by')
	},
	'app.substitution': {
		read: readers,
		insert: ['planner', 'office_head', 'inspector'],
		// An office asks for its own townships only.
		insertOnly: `${actingAs('asked_by')}
			AND ((SELECT app.acts_as('{planner}')) OR app.office_answers(county, draw, serial))`,
		update: ['leader', 'office_head'],
		updateFrom: `((SELECT app.acts_as('{leader}')) OR app.office_answers(county, draw, serial))`,
		updateOnly: actingAs('decided_by')
	},
	'app.travel_matrix': routes,
	'app.route_plan': { ...routes, insertOnly: actingAs('created_by'), update: ['planner'] },
	'app.visit': routes,
	'app.visit_target': routes,
	'app.day_route': routes,
	'app.stop': routes,
	'app.unassigned': routes,
	// An approved plan is the leader's word, in their own name.
	'app.annual_plan': {
		read: readers,
		insert: ['planner'],
		insertOnly: actingAs('created_by'),
		update: ['planner', 'leader'],
		updateOnly: `(state <> 'approved' OR (SELECT app.acts_as('{leader}')) AND ${actingAs('approved_by')})`
	},
	'app.task': drafted,
	'app.task_batch': drafted,
	'app.task_exclusion': drafted,
	'app.responsibility': { ...drafted, update: ['planner', 'leader', 'office_head'] },
	'app.task_plan': { read: readers, insert: ['planner'] },
	'app.annual_publication': {
		read: readers,
		insert: ['planner'],
		insertOnly: actingAs('published_by')
	},
	// A citizen's report comes in before anybody is known.
	'app.targeted_check': {
		read: [...readers, 'auth'],
		insert: ['planner', 'office_head', 'auth'],
		insertOnly: `CASE WHEN (SELECT app.acts_as('{auth}')) THEN created_by = 'public' AND channel = 'report'
			ELSE ${actingAs('created_by')} END`,
		update: ['planner', 'office_head'],
		updateOnly: actingAs('closed_by')
	},
	'app.result': {
		read: readers,
		// A legal reviewer by accepting a record of the field.
		insert: ['planner', 'office_head', 'inspector', 'legal_reviewer'],
		insertOnly: actingAs('recorded_by'),
		update: ['leader', 'office_head', 'publisher', 'legal_reviewer'],
		// Every step locks its result first: a head takes them with the results of their own townships.
		updateFrom: ofOwnTownships(['planner', 'inspector', 'leader', 'publisher', 'legal_reviewer'], 'result'),
		// Who refers or penalises what a result tells of.
		lock: ['planner', 'inspector']
	},
	'app.result_finding': {
		read: readers,
		insert: ['planner', 'office_head', 'inspector', 'legal_reviewer'],
		update: ['office_head', 'inspector', 'planner'],
		updateOnly: actingAs('rectified_by')
	},
	// Drafted, reviewed, decided and published by four roles.
	'app.penalty': {
		read: readers,
		insert: ['office_head', 'inspector', 'planner'],
		insertOnly: actingAs('drafted_by'),
		update: ['legal_reviewer', 'leader', 'publisher']
	},
	'app.referral': {
		read: readers,
		insert: ['office_head', 'inspector', 'planner', 'legal_reviewer'],
		insertOnly: actingAs('proposed_by'),
		update: ['leader', 'office_head', 'planner', 'legal_reviewer']
	},
	'app.posting': {
		read: readers,
		insert: ['publisher'],
		insertOnly: actingAs('posted_by'),
		update: ['publisher']
	},
	'app.party_word': {
		read: ['office_head', 'planner', 'auth'],
		insert: ['office_head', 'planner'],
		insertOnly: actingAs('issued_by'),
		update: auth
	},
	'app.appeal': {
		read: [...readers, 'auth'],
		insert: auth,
		update: ['legal_reviewer', 'leader'],
		updateOnly: actingAs('answered_by')
	},
	'app.case_reply': {
		read: readers,
		insert: ['planner'],
		insertOnly: actingAs('taken_by')
	},
	// Written with the step of a penalty that it tells of; sent by background work.
	'app.credit_message': {
		read: readers,
		insert: ['publisher', 'system'],
		update: ['publisher', 'system']
	},
	'app.credit_received': { read: readers, insert: ['publisher', 'system'] },
	'app.credit_reconciliation': { read: readers, insert: ['publisher', 'system'] },
	'app.credit_standing': directory,
	'app.credit_intake': { read: readers, insert: importer },
	'app.draw_limit': { read: readers, insert: planner },
	'app.crew_draw': {
		read: readers,
		insert: ['planner'],
		update: ['planner', 'witness', 'leader'],
		// Who asks for a replacement.
		lock: ['office_head']
	},
	'app.crew_ceremony': {
		read: readers,
		insert: ['planner'],
		insertOnly: actingAs('operator'),
		update: ['planner', 'witness', 'leader']
	},
	'app.crew_witness': {
		read: readers,
		insert: ['planner'],
		update: ['witness'],
		updateFrom: actingAs('account'),
		updateOnly: actingAs('account')
	},
	'app.crew_signature': { read: readers, insert: ['planner', 'witness'], insertOnly: actingAs('account') },
	'app.crew_objection': { read: readers, insert: ['witness'], insertOnly: actingAs('account') },
	'app.crew_void_request': {
		read: readers,
		insert: ['planner'],
		insertOnly: actingAs('asked_by'),
		update: ['leader'],
		updateOnly: actingAs('decided_by')
	},
	'app.crew_lottery': routes,
	'app.crew_inspector': routes,
	'app.crew_party': routes,
	'app.crew_route': routes,
	'app.crew_order': routes,
	// A seat is filled by the draw, and later by whoever approves a replacement.
	'app.crew_member': { read: readers, insert: ['planner', 'leader'], update: ['leader'] },
	'app.crew_replacement': {
		read: readers,
		insert: ['planner', 'office_head'],
		insertOnly: actingAs('asked_by'),
		update: ['leader'],
		updateOnly: actingAs('decided_by')
	},
	'app.field_device': {
		read: [...fieldReaders, 'security_admin'],
		readOnly: `((SELECT app.acts_as('{planner,leader,legal_reviewer,office_head,security_admin,system}'))
			OR ${actingAs('account')})`,
		insert: ['inspector'],
		insertOnly: `${actingAs('account')} AND inspector = (SELECT app.field_inspector())`,
		update: [...fieldWriters, 'security_admin'],
		updateFrom: `((SELECT app.acts_as('{office_head,planner,security_admin}')) OR ${actingAs('account')})`
	},
	'app.field_pack': {
		read: fieldReaders,
		readOnly: `(${wholeCounty} OR (SELECT app.field_inspector()) = ANY (crew)
			OR (SELECT app.acts_as('{office_head}')) AND office = (SELECT current_setting('fairlot.office', true)))`,
		insert: ['inspector', 'planner'],
		insertOnly: `((SELECT app.acts_as('{planner}')) OR (SELECT app.field_inspector()) = ANY (crew))`
	},
	// Tokens of QR codes: with the pack they stand in, which its own line guards. Made by whoever makes that.
	'app.field_pass': { read: ['inspector', 'planner', 'system'], insert: ['inspector', 'planner'] },
	'app.field_event': {
		read: fieldReaders,
		readOnly: `(${wholeCounty} OR received_by = (SELECT current_setting('fairlot.account', true))
			OR ${ofPack('field_event')})`,
		insert: fieldWriters,
		insertOnly: actingAs('received_by')
	},
	// Numbers only: which entry of the ledger holds which events.
	'app.field_batch': { read: fieldReaders, insert: fieldWriters },
	'app.field_photo': {
		read: fieldReaders,
		readOnly: ofPack('field_photo'),
		insert: fieldWriters,
		update: fieldWriters
	},
	'app.field_photo_chunk': {
		read: fieldReaders,
		readOnly: `EXISTS (SELECT FROM app.field_photo p
			WHERE p.county = field_photo_chunk.county AND p.sha256 = field_photo_chunk.sha256)`,
		insert: fieldWriters,
		delete: fieldWriters
	},
	'app.field_record': {
		read: fieldReaders,
		readOnly: ofPack('field_record'),
		insert: fieldWriters,
		update: [...fieldWriters, 'legal_reviewer'],
		// Who decides does so in their own name, and does not write the record.
		updateOnly: `(state NOT IN ('returned', 'accepted') OR (SELECT app.acts_as('{office_head,planner,legal_reviewer}')))`
	},
	'app.field_message': {
		read: fieldReaders,
		readOnly: `(${wholeCounty} OR inspector = (SELECT app.field_inspector()))`,
		insert: [...fieldWriters, 'legal_reviewer']
	},
	'app.field_refusal': {
		read: ['audit_admin', 'security_admin', 'planner', 'leader'],
		insert: fieldWriters,
		insertOnly: actingAs('account')
	},
	'auth.user': { read: [...auth, ...read, ...admins, 'guest'], insert: auth, update: auth },
	'auth.session': secret,
	'auth.account': secret,
	'auth.two_factor': secret,
	'auth.verification': secret,
	'auth.rate_limit': secret,
	'auth.attempt': secret,
	'auth.refusal': { read: [...auth, ...admins], insert: auth, update: auth },
	'auth.event': { read: [...auth, ...admins], insert: auth },
	// Written by functions of the schema only, which run as the owner.
	'ledger.entry': { read: [...read, ...admins, 'system'] },
	'ledger.head': trace,
	'ledger.checkpoint': trace,
	'ledger.tile': trace,
	'ledger.cosignature': trace
};

/** The statements that put up the wall on one table. */
export function policiesOf(table: string): string[] {
	const access = rowAccess[table];
	if (!access) throw new Error(`${table} has no line in db/row-access.ts`);
	const { read: reads, insert = [], update = [], lock = [], delete: deletes = [] } = access;
	const { readOnly, insertOnly, updateFrom, updateOnly } = access;
	const and = (condition: string | undefined) => (condition ? ` AND ${condition}` : '');
	const one = (of: string[]) => `(SELECT app.acts_as('{${of.join(',')}}'))`;
	const policy = (verb: string, of: string[], rule: string) =>
		of.length === 0
			? []
			: [
					`CREATE POLICY may_${verb.toLowerCase()} ON ${table} FOR ${verb} TO fairlot_app ${rule}`,
					`GRANT ${verb} ON ${table} TO fairlot_app`
				];
	return [
		`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
		...policy('SELECT', reads, `USING (${one(reads)}${and(readOnly)})`),
		...policy('INSERT', insert, `WITH CHECK (${one(insert)}${and(insertOnly)})`),
		// Locking asks for the right to update, and writes nothing that could be checked.
		...policy(
			'UPDATE',
			[...update, ...lock],
			`USING (${one([...update, ...lock])}${and(updateFrom)}) WITH CHECK (${one(update)}${and(updateOnly)})`
		),
		...policy('DELETE', deletes, `USING (${one(deletes)})`)
	];
}
