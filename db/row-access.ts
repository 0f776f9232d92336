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
/** better-auth itself, before anybody is known. */
const auth = ['auth', 'system'];

export interface RowAccess {
	read: string[];
	insert?: string[];
	update?: string[];
	delete?: string[];
	/** A further SQL condition on inserted rows. */
	insertOnly?: string;
}

const directory: RowAccess = { read: readers, insert: importer, update: importer };
const ownAccounts: RowAccess = { read: auth, insert: auth, update: auth, delete: auth };
const changedAccounts: RowAccess = {
	read: [...auth, 'security_admin'],
	insert: [...auth, 'security_admin'],
	update: [...auth, 'security_admin'],
	delete: [...auth, 'security_admin']
};

export const rowAccess: Record<string, RowAccess> = {
	'app.county': { read: [...readers, ...admins, 'partner', 'auth'] },
	'app.boundary_source': { read: readers, insert: importer },
	'app.township': directory,
	'app.office': { ...directory, read: [...readers, ...admins] },
	'app.party': directory,
	'app.blacklist_period': directory,
	'app.import': directory,
	'app.target': directory,
	'app.item': directory,
	'app.inspector': directory,
	'app.recusal': directory,
	'app.plan': { read: readers, insert: planner },
	'app.draw': { read: readers, insert: planner, update: conduct },
	'app.frame': { read: readers, insert: planner },
	'app.excluded': { read: readers, insert: planner },
	'app.drawn': { read: readers, insert: planner },
	'app.ceremony': { read: readers, insert: planner, update: conduct },
	'app.ceremony_witness': { read: readers, insert: planner, update: ['witness', 'system'] },
	'app.signature': { read: readers, insert: ['planner', 'witness', 'system'] },
	'app.objection': { read: readers, insert: ['witness', 'system'] },
	'app.void_request': { read: readers, insert: planner, update: ['leader', 'system'] },
	'app.substitution': {
		read: readers,
		insert: ['planner', 'office_head', 'inspector', 'system'],
		update: ['leader', 'office_head', 'system'],
		// An office asks for its own townships only.
		insertOnly: `((SELECT app.acts_as('{planner,system}')) OR app.office_answers(county, draw, serial))`
	},
	'auth.user': { ...changedAccounts, read: [...auth, ...read, ...admins], delete: [] },
	'auth.session': changedAccounts,
	'auth.account': changedAccounts,
	'auth.two_factor': changedAccounts,
	'auth.verification': ownAccounts,
	'auth.rate_limit': ownAccounts,
	'auth.attempt': ownAccounts,
	'auth.refusal': { read: [...auth, ...admins], insert: auth, update: auth },
	'auth.event': { read: [...auth, ...admins], insert: [...auth, 'security_admin'] }
};

/** The statements that put up the wall on one table. */
export function policiesOf(table: string): string[] {
	const access = rowAccess[table];
	if (!access) throw new Error(`${table} has no line in db/row-access.ts`);
	const { read: reads, insert = [], update = [], delete: deletes = [], insertOnly } = access;
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
		...policy('SELECT', reads, `USING (${one(reads)})`),
		...policy('INSERT', insert, `WITH CHECK (${one(insert)}${insertOnly ? ` AND ${insertOnly}` : ''})`),
		...policy('UPDATE', update, `USING (${one(update)}) WITH CHECK (${one(update)})`),
		...policy('DELETE', deletes, `USING (${one(deletes)})`)
	];
}
