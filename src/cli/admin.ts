// `npm run -s admin -- create --username NAME`: the first account of a deployment, and the way back in when nobody can
// sign in any more. Prints a one-time password, to be changed at the first sign-in.
import * as v from 'valibot';
import { newAccount, roles } from '../lib/schema/account';
import { createAccount, stepAccount } from '../lib/server/account';
import { databaseFromEnvironment, openDatabase, type Database } from '../lib/server/db/database';
import { BadInput, accept, command, print, readArgs, say } from './command';

const USAGE = `admin create --username NAME [--name TEXT] [--role ROLE]… [--office CODE]
       admin reset --username NAME      a new one-time password, without the second factor, enabled
  ROLE: ${roles.join(', ')}
        none given: system_admin, security_admin and audit_admin, to be parted among three people later (三权分立)`;

await command(async () => {
	const { values, positionals } = readArgs(USAGE, {
		allowPositionals: true,
		options: {
			username: { type: 'string' },
			name: { type: 'string' },
			role: { type: 'string', multiple: true, default: ['system_admin', 'security_admin', 'audit_admin'] },
			office: { type: 'string', default: '' }
		}
	});
	const [what] = positionals;
	if (positionals.length !== 1 || (what !== 'create' && what !== 'reset') || !values.username)
		throw new BadInput(`usage: ${USAGE}`);
	const { db, close } = await openDatabase(databaseFromEnvironment(process.env));
	try {
		if (what === 'reset') return await reset(db, values.username);
		const given = { ...values, name: values.name ?? values.username, roles: values.role };
		const parsed = v.safeParse(newAccount, given);
		if (!parsed.success) {
			const issue = parsed.issues[0];
			throw new BadInput(`${v.getDotPath(issue) ?? ''}: ${issue.message}\nusage: ${USAGE}`);
		}
		const { username, roles: held } = parsed.output;
		const { id, password } = accept('account', await createAccount(db, parsed.output, by()));
		print({ id, username, roles: held, password });
		say('The password works once: it must be changed at the first sign-in.');
	} finally {
		await close();
	}
});

function by() {
	return { actor: 'operator', at: new Date(), address: null };
}

async function reset(db: Database, username: string): Promise<void> {
	const account = await db
		.selectFrom('auth.user')
		.select('id')
		.where('username', '=', username.toLowerCase())
		.executeTakeFirst();
	if (!account) throw new BadInput(`--username ${username}: no such account`);
	accept('account', await stepAccount(db, account.id, 'enable', by()));
	accept('account', await stepAccount(db, account.id, 'factor', by()));
	const { password } = accept('account', await stepAccount(db, account.id, 'password', by()));
	print({ id: account.id, username, password });
}
