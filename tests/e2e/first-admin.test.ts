// A deployment from nothing, on PostGIS only: it does not start without its secret, opens for nobody, and its first
// admin gets in with a one-time password, changes it, enrols a second factor, and only then works.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visit } from '../support/sign-in';
import { totp } from '../support/totp';
import { answering, emptyDatabaseBeside, freePort } from './server';

const url = process.env.TEST_DATABASE_URL;

describe.skipIf(!url)(
	'a real deployment (skipped on the embedded database, which is a demonstration)',
	() => {
		let env: NodeJS.ProcessEnv;
		let origin: string;
		let server: ChildProcess;
		const password = 'Own-Password-7';

		beforeAll(async () => {
			const port = await freePort();
			origin = `http://127.0.0.1:${port}`;
			env = {
				...process.env,
				...{ HOST: '127.0.0.1', PORT: String(port), ORIGIN: origin },
				DATABASE_URL: await emptyDatabaseBeside(url ?? '', '_first')
			};
			delete env.FAIRLOT_SECRET;
		});
		afterAll(() => void server?.kill('SIGTERM'));

		const admin = (...args: string[]) =>
			spawnSync('npm', ['run', '-s', 'admin', '--', ...args], { env, encoding: 'utf8' });

		it('does not start without a secret, and says which', () => {
			const { status, stderr } = spawnSync(process.execPath, ['build/index.js'], { env, encoding: 'utf8' });
			expect(status).toBe(1);
			expect(stderr).toMatch(/cannot start: FAIRLOT_SECRET is not set/);
		});

		it('opens for nobody', async () => {
			env = { ...env, FAIRLOT_SECRET: 'of this one test, and of nothing else' };
			server = spawn(process.execPath, ['build/index.js'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
			await answering(origin, server);
			const nobody = new Visit(origin);
			for (const path of ['/map', '/plans', '/draws', '/admin/accounts', '/account'])
				expect((await nobody.page(path)).headers.get('location')).toBe(
					`/sign-in?next=${encodeURIComponent(path)}`
				);
			for (const path of ['/tiles/townships.json', '/api/search?q=a'])
				expect((await nobody.ask(path)).status).toBe(401);
			const page = await (await nobody.page('/sign-in')).text();
			expect(page).not.toMatch(/demo-county|value="planner"/);
			expect((await nobody.signIn('planner')).status).toBe(401);
		});

		it('lets its first admin in step by step', async () => {
			const created = admin('create', '--username', 'first');
			expect(created.status).toBe(0);
			const { password: given } = JSON.parse(created.stdout) as { password: string };
			expect(admin('create', '--username', 'first').status).toBe(2);

			const visit = new Visit(origin);
			const to = async (path: string) => {
				const page = await visit.page(path);
				return page.headers.get('location') ?? page.status;
			};
			expect((await visit.signIn('first', given)).status).toBe(303);
			expect(await to('/admin/accounts')).toBe('/account');
			expect((await visit.ask('/admin/accounts')).status).toBe(403);
			expect((await visit.form('/account?/password', { current: given, next: 'short' })).status).toBe(400);
			expect((await visit.form('/account?/password', { current: given, next: password })).status).toBe(200);
			expect(await to('/admin/accounts')).toBe('/account');

			const begun = await (await visit.form('/account?/enrol', { password })).text();
			const key = /<code[^>]*>([A-Z2-7]{20,})<\/code>/.exec(begun)?.[1] ?? '';
			expect((await visit.form('/account?/verify', { code: totp(key) })).status).toBe(200);
			expect(await to('/admin/accounts')).toBe(200);

			const again = new Visit(origin);
			expect((await again.signIn('first', given)).status).toBe(401);
			expect((await again.signIn('first', password)).status).toBe(200);
			expect((await again.page('/admin/accounts')).headers.get('location')).toMatch(/^\/sign-in/);
			expect((await again.form('/sign-in?/code', { code: totp(key) })).status).toBe(303);
			expect((await again.page('/admin/accounts')).status).toBe(200);
		});

		it('the way back when nobody can sign in any more', async () => {
			const reset = admin('reset', '--username', 'first');
			const { password: given } = JSON.parse(reset.stdout) as { password: string };
			const visit = new Visit(origin);
			expect((await visit.signIn('first', password)).status).toBe(401);
			expect((await visit.signIn('first', given)).status).toBe(303);
			expect((await visit.page('/admin/accounts')).headers.get('location')).toBe('/account');
		});
	}
);
