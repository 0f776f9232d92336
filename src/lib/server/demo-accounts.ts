// Accounts for trying out: one for each role, one password for all. They open only in a demonstration (hooks.server.ts), so
// nothing of them is left when real work begins.
import type { Role } from '../schema/account';
import { createAccount } from './account';
import type { Database } from './db/database';

export const demoPassword = 'demo-county-2026';

export const demoAccounts: readonly { username: string; name: string; role: Role }[] = [
	{ username: 'planner', name: '演示计划员', role: 'planner' },
	{ username: 'witness', name: '演示监督人', role: 'witness' },
	{ username: 'notary', name: '演示公证监督人', role: 'witness' },
	{ username: 'leader', name: '演示领导', role: 'leader' },
	{ username: 'head', name: '演示所长', role: 'office_head' },
	{ username: 'inspector', name: '演示执法人员', role: 'inspector' },
	{ username: 'reviewer', name: '演示法制审核', role: 'legal_reviewer' },
	{ username: 'publisher', name: '演示公示员', role: 'publisher' },
	{ username: 'partner', name: '演示协同部门', role: 'partner' },
	{ username: 'admin', name: '演示系统管理员', role: 'system_admin' },
	{ username: 'security', name: '演示安全管理员', role: 'security_admin' },
	{ username: 'audit', name: '演示审计管理员', role: 'audit_admin' }
];

/** Makes those that are missing; the head and the inspector belong to the county's first office, the latter as its
 *  first inspector of the directory. */
export async function createDemoAccounts(db: Database, at: Date): Promise<void> {
	const known = await db.selectFrom('auth.user').select('username').where('demo', '=', true).execute();
	const office = await db.selectFrom('app.office').select('code').orderBy('code').executeTakeFirst();
	const own = await db
		.selectFrom('app.inspector')
		.select('code')
		.where('office', '=', office?.code ?? '')
		.orderBy('code')
		.executeTakeFirst();
	for (const { username, name, role } of demoAccounts) {
		if (known.some((account) => account.username === username)) continue;
		const local = role === 'office_head' || role === 'inspector';
		await createAccount(
			db,
			{
				username,
				name,
				roles: [role],
				office: local ? (office?.code ?? null) : null,
				subject: null,
				...(role === 'inspector' && own ? { inspector: own.code } : {})
			},
			{ actor: 'demo', at, address: null },
			{ password: demoPassword, demo: true }
		);
	}
}

/** What a start in demonstration mode says. */
export const demoAccountsText = (): string =>
	[
		`demo accounts, password ${demoPassword}`,
		...demoAccounts.map(({ username, role, name }) => `  ${username.padEnd(10)} ${role.padEnd(15)} ${name}`)
	].join('\n');
