// Role × table × verb, as that role in the database. The letters are written here by hand, not read from the code:
// r read, i insert, u update, d delete, - nothing; some columns at least. Columns follow `who`.
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/lib/server/db/database';
import { databaseAs, freshDatabase, onPostgis } from '../support/database';

const who = [
	...['system_admin', 'security_admin', 'audit_admin', 'planner', 'witness', 'leader', 'office_head'],
	...['inspector', 'legal_reviewer', 'publisher', 'partner', 'guest', 'auth', '']
];
const expected: Record<string, string> = {
	//                        sys  sec  aud  plan wit  lead head insp leg  pub  part guest auth nobody
	'app.county': '           ru   r    r    r    r    r    r    r    r    r    r    r    r    -',
	'app.division': '         riud -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.calendar_year': '    riu  -    -    r    r    r    r    r    r    r    -    r    r    -',
	'app.rule_param': '       riu  -    -    r    r    r    r    r    r    r    -    r    r    -',
	'app.boundary_source': '  ri   -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.township': '         riu  -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.office': '           riud r    r    r    r    r    r    r    r    r    -    r    r    -',
	'app.party': '            riu  -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.blacklist_period': ' riud -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.import': '           riu  -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.target_tally': '     r    -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.directory_version': 'r    -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.saved_view': '       riud -    -    riud riud riud riud riud riud riud -    -    -    -',
	'app.road_layer': '       ri   -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.target': '           riu  -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.item': '             riud -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.inspector': '        riud -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.recusal': '          riu  -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.plan': '             r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.draw': '             r    -    -    riu  ru   ru   r    r    r    r    -    r    -    -',
	'app.frame': '            r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.excluded': '         r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.drawn': '            r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.ceremony': '         r    -    -    riu  ru   ru   r    r    r    r    -    r    -    -',
	'app.ceremony_witness': ' r    -    -    ri   ru   r    r    r    r    r    -    r    -    -',
	'app.paper_record': '     r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.signature': '        r    -    -    ri   ri   r    r    r    r    r    -    r    -    -',
	'app.objection': '        r    -    -    r    ri   r    r    r    r    r    -    r    -    -',
	'app.void_request': '     r    -    -    ri   r    ru   r    r    r    r    -    r    -    -',
	'app.substitution': '     r    -    -    ri   r    ru   riu  ri   r    r    -    r    -    -',
	'app.travel_matrix': '    r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.route_plan': '       r    -    -    riu  r    r    r    r    r    r    -    r    -    -',
	'app.visit': '            r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.visit_target': '     r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.day_route': '        r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.stop': '             r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.unassigned': '       r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.recusal_case': '     r    -    -    ri   r    riu  ri   ri   r    r    -    r    ri   -',
	'app.absence': '          riu  -    -    riu  r    r    riu  riu  r    r    -    r    -    -',
	'app.crew_draw': '        r    -    -    riu  ru   ru   r    r    r    r    -    r    -    -',
	'app.crew_ceremony': '    r    -    -    riu  ru   ru   r    r    r    r    -    r    -    -',
	'app.crew_witness': '     r    -    -    ri   ru   r    r    r    r    r    -    r    -    -',
	'app.crew_signature': '   r    -    -    ri   ri   r    r    r    r    r    -    r    -    -',
	'app.crew_objection': '   r    -    -    r    ri   r    r    r    r    r    -    r    -    -',
	'app.crew_void_request': 'r    -    -    ri   r    ru   r    r    r    r    -    r    -    -',
	'app.crew_lottery': '     r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.crew_inspector': '   r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.crew_party': '       r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.crew_route': '       r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.crew_order': '       r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.crew_member': '      r    -    -    ri   r    riu  r    r    r    r    -    r    -    -',
	'app.crew_replacement': ' r    -    -    ri   r    ru   ri   r    r    r    -    r    -    -',
	'app.annual_plan': '      r    -    -    riu  r    ru   r    r    r    r    -    r    -    -',
	'app.task': '             r    -    -    riud r    r    r    r    r    r    -    r    -    -',
	'app.task_batch': '       r    -    -    riud r    r    r    r    r    r    -    r    -    -',
	'app.task_exclusion': '   r    -    -    riud r    r    r    r    r    r    -    r    -    -',
	'app.responsibility': '   r    -    -    riud r    ru   ru   r    r    r    -    r    -    -',
	'app.task_plan': '        r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.annual_publication': 'r   -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.targeted_check': '   r    -    -    riu  r    r    riu  r    r    r    -    r    ri   -',
	'app.result': '           r    -    -    ri   r    ru   riu  ri   riu  ru   -    r    -    -',
	'app.result_finding': '   r    -    -    riu  r    r    riu  riu  ri   r    -    r    -    -',
	'app.penalty': '          r    -    -    ri   r    ru   ri   ri   ru   ru   -    r    -    -',
	'app.referral': '         r    -    -    riu  r    ru   riu  ri   riu  r    -    r    -    -',
	'app.posting': '          r    -    -    r    r    r    r    r    r    riu  -    r    -    -',
	'app.party_word': '       -    -    -    ri   -    -    ri   -    -    -    -    -    ru   -',
	'app.appeal': '           r    -    -    r    r    ru   r    r    ru   r    -    r    ri   -',
	'app.case_reply': '       r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	'app.credit_message': '   r    -    -    r    r    r    r    r    r    riu  -    r    -    -',
	'app.credit_received': '  r    -    -    r    r    r    r    r    r    ri   -    r    -    -',
	'app.credit_intake': '    ri   -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.credit_reconciliation': 'r -  -    r    r    r    r    r    r    ri   -    r    -    -',
	'app.credit_standing': '  riu  -    -    r    r    r    r    r    r    r    -    r    -    -',
	'app.draw_limit': '       r    -    -    ri   r    r    r    r    r    r    -    r    -    -',
	//                        sys  sec  aud  plan wit  lead head insp leg  pub  part guest auth nobody
	'app.field_device': '     -    ru   -    ru   -    r    ru   riu  r    -    -    -    -    -',
	'app.field_pack': '       -    -    -    ri   -    r    r    ri   r    -    -    -    -    -',
	'app.field_event': '      -    -    -    ri   -    r    ri   ri   r    -    -    -    -    -',
	'app.field_batch': '      -    -    -    ri   -    r    ri   ri   r    -    -    -    -    -',
	'app.field_pass': '       -    -    -    ri   -    -    -    ri   -    -    -    -    -    -',
	'app.field_photo': '      -    -    -    riu  -    r    riu  riu  r    -    -    -    -    -',
	'app.field_photo_chunk': '-    -    -    rid  -    r    rid  rid  r    -    -    -    -    -',
	'app.field_record': '     -    -    -    riu  -    r    riu  riu  ru   -    -    -    -    -',
	'app.field_message': '    -    -    -    ri   -    r    ri   ri   ri   -    -    -    -    -',
	'app.field_refusal': '    -    r    r    ri   -    r    i    i    -    -    -    -    -    -',
	'auth.user': '            r    r    r    r    r    r    r    r    r    r    -    r    riu  -',
	'auth.session': '         -    -    -    -    -    -    -    -    -    -    -    -    riud -',
	'auth.account': '         -    -    -    -    -    -    -    -    -    -    -    -    riud -',
	'auth.two_factor': '      -    -    -    -    -    -    -    -    -    -    -    -    riud -',
	'auth.verification': '    -    -    -    -    -    -    -    -    -    -    -    -    riud -',
	'auth.rate_limit': '      -    -    -    -    -    -    -    -    -    -    -    -    riud -',
	'auth.attempt': '         -    -    -    -    -    -    -    -    -    -    -    -    riud -',
	'auth.refusal': '         -    r    r    -    -    -    -    -    -    -    -    -    riu  -',
	'auth.event': '           -    r    r    -    -    -    -    -    -    -    -    -    ri   -',
	'ledger.entry': '         r    r    r    r    r    r    r    r    r    r    -    -    -    -',
	'ledger.head': '          r    r    r    r    r    r    r    r    r    r    -    r    r    -',
	'ledger.checkpoint': '    r    r    r    r    r    r    r    r    r    r    -    r    r    -',
	'ledger.tile': '          r    r    r    r    r    r    r    r    r    r    -    r    r    -',
	'ledger.cosignature': '   r    r    r    r    r    r    r    r    r    r    -    r    r    -'
};
const verbs = { r: 'SELECT', i: 'INSERT', u: 'UPDATE', d: 'DELETE' } as const;

let db: Database;
beforeAll(async () => {
	db = await freshDatabase();
	await sql`SELECT app.add_county('350125', '测试县', 4549, true)`.execute(db);
});
const identity = (roles: string) =>
	({ role: 'fairlot_app', account: 'tester', roles: roles ? [roles] : [], office: null }) as const;

test('every table has its wall, and a line above', async () => {
	const { rows } = await sql<{ name: string; walled: boolean }>`
		SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AS walled FROM pg_class c
		JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname IN ('app', 'auth', 'ledger', 'portal') AND c.relkind IN ('r', 'p') AND NOT c.relispartition`.execute(
		db
	);
	expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort());
	expect(rows.filter(({ walled }) => !walled)).toEqual([]);
});

test.each(who.map((role, column) => [role, column] as const))('as "%s"', async (role, column) => {
	const as = await databaseAs(identity(role));
	// The grant, and whether a policy of this verb lets this identity through: all of them in one question.
	const { rows } = await sql<{ name: string; verb: string }>`
		SELECT schemaname || '.' || tablename AS name, cmd AS verb FROM pg_policies
		WHERE CASE WHEN cmd IN ('INSERT', 'DELETE') THEN has_table_privilege(schemaname || '.' || tablename, cmd)
				ELSE has_any_column_privilege(schemaname || '.' || tablename, cmd) END
			AND app.acts_as(substring(coalesce(with_check, qual) FROM 'acts_as\\(''(\\{[^'']*\\})''')::text[])`.execute(
		as
	);
	const passed = new Set(rows.map(({ name, verb }) => `${verb} ${name}`));
	const got: Record<string, string> = {};
	const want: Record<string, string> = {};
	for (const [table, cells] of Object.entries(expected)) {
		want[table] = cells.trim().split(/\s+/)[column] ?? '?';
		const letters = Object.entries(verbs).filter(([, verb]) => passed.has(`${verb} ${table}`));
		got[table] = letters.map(([letter]) => letter).join('') || '-';
	}
	expect(got).toEqual(want);
});

test.each(Object.keys(expected))('nobody empties, alters or drops %s', async (table) => {
	const as = await databaseAs(identity('system_admin'));
	for (const statement of ['TRUNCATE %', 'ALTER TABLE % DISABLE ROW LEVEL SECURITY', 'DROP TABLE %'])
		await expect(sql.raw(statement.replace('%', table)).execute(as)).rejects.toThrow(
			/permission denied|must be owner/
		);
});

test('rows are hidden and refused in fact', async () => {
	const [none, planner, admin, portal] = await Promise.all([
		databaseAs(identity('')),
		databaseAs(identity('planner')),
		databaseAs(identity('system_admin')),
		databaseAs({ ...identity('planner'), role: 'fairlot_portal' })
	]);
	const party = { county: '350125', uscc: '91350125M0001AAA01'.slice(0, 18), name: '甲' };
	await admin.insertInto('app.party').values(party).execute();
	await expect(
		planner
			.insertInto('app.party')
			.values({ ...party, name: '乙' })
			.execute()
	).rejects.toThrow(/row-level security/);
	const changed = await planner.updateTable('app.party').set({ name: '乙' }).executeTakeFirst();
	expect(Number(changed.numUpdatedRows)).toBe(0);
	expect(await planner.selectFrom('app.party').select('name').execute()).toEqual([{ name: '甲' }]);
	expect(await none.selectFrom('app.party').select('name').execute()).toEqual([]);
	expect(await none.selectFrom('app.current_target').select('code').execute()).toEqual([]);
	await expect(planner.deleteFrom('app.party').execute()).rejects.toThrow(/permission denied/);
	await expect(sql`SELECT 1 FROM app.target_350125`.execute(planner)).rejects.toThrow(/permission denied/);
	await expect(sql`SELECT 1 FROM portal.draw`.execute(planner)).rejects.toThrow(/permission denied/);
	await expect(portal.selectFrom('app.party').select('name').execute()).rejects.toThrow(/permission denied/);
	expect((await sql`SELECT * FROM portal.draw`.execute(portal)).rows).toEqual([]);
});

test('the sealed nonce is in no row that anybody reads, and is handed to whoever draws', async () => {
	const [planner, witness] = await Promise.all([
		databaseAs(identity('planner')),
		databaseAs(identity('witness'))
	]);
	for (const column of ['nonce_sealed', 'nonce_escrow', '*'])
		await expect(sql.raw(`SELECT ${column} FROM app.ceremony`).execute(planner)).rejects.toThrow(
			/permission denied/
		);
	expect((await sql`SELECT escrowed, nonce_commit FROM app.ceremony`.execute(witness)).rows).toEqual([]);
	const nonce = (as: Database) => sql`SELECT app.sealed_nonce('350125', 1) AS nonce`.execute(as);
	await expect(nonce(witness)).rejects.toThrow(/for whoever draws/);
	expect((await nonce(planner)).rows).toEqual([{ nonce: null }]);
	expect((await nonce(db)).rows).toEqual([{ nonce: null }]);
});

test('a county is registered once, by a system admin, and keeps its code', async () => {
	const [planner, admin] = await Promise.all([
		databaseAs(identity('planner')),
		databaseAs(identity('system_admin'))
	]);
	const register = (as: Database) =>
		sql<{ done: boolean }>`SELECT app.register_county('350126', '另一县', 4549, false) AS done`.execute(as);
	await expect(register(planner)).rejects.toThrow(/by a system admin/);
	expect((await register(admin)).rows).toEqual([{ done: false }]);
	await expect(sql`SELECT app.add_county('350126', '另一县', 4549, false)`.execute(admin)).rejects.toThrow(
		/permission denied/
	);
	await expect(admin.updateTable('app.county').set({ code: '350126' }).execute()).rejects.toThrow(
		/permission denied/
	);
	const renamed = await planner.updateTable('app.county').set({ name: '改' }).execute().catch(String);
	expect(renamed).toMatch(/row-level security/);
});

test('an identity is not left on the connection, and a transaction keeps its own', async () => {
	const planner = await databaseAs(identity('planner'));
	const name = (on: Database) => sql<{ as: string }>`SELECT current_user AS as`.execute(on);
	const roles = await planner.transaction().execute((trx) => name(trx));
	expect(roles.rows).toEqual([{ as: 'fairlot_app' }]);
	await expect(planner.transaction().execute(() => name(planner))).rejects.toThrow(/its own handle/);
	expect((await name(db)).rows[0]?.as).not.toBe('fairlot_app');
});

test.skipIf(!onPostgis)('changing the identity of a connection takes under half a millisecond', async () => {
	const [a, b] = await Promise.all([databaseAs(identity('planner')), databaseAs(identity('witness'))]);
	const timed = async (handles: Database[]) => {
		const start = performance.now();
		for (let k = 0; k < 1000; k++) await sql`SELECT 1`.execute(handles[k % handles.length] ?? a);
		return (performance.now() - start) / 1000;
	};
	await timed([a, b]);
	const same = await timed([a]);
	const changing = await timed([a, b]);
	console.log(`ms per statement: same identity ${same.toFixed(3)}, changing ${changing.toFixed(3)}`);
	expect(changing - same).toBeLessThan(0.5);
});
