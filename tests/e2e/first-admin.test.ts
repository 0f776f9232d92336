// A deployment from nothing, on PostGIS only: it does not start without its secret, opens for nobody, and its first
// admin gets in with a one-time password, changes it, enrols a second factor, and sets up the county step by step.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/lib/server/db/database';
import { ruleKeys } from '../../src/lib/core/rule/catalogue';
import { readSketch } from '../../src/lib/server/demo/geodata';
import { launchBrowser, openPage } from '../support/browser';
import { OidcProvider } from '../support/oidc-provider';
import { Visit } from '../support/sign-in';
import { totp } from '../support/totp';
import { answering, emptyDatabaseBeside, freePort } from './server';

const url = process.env.TEST_DATABASE_URL;

/** The address of the database for the login that the server runs as: a member of the two roles and nothing more. */
async function loginThatOwnsNothing(owner: string): Promise<string> {
	const login = 'fairlot_server_test';
	const client = new pg.Client(owner);
	await client.connect();
	const { rows } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [login]);
	if (rows.length === 0) await client.query(`CREATE ROLE ${login} LOGIN PASSWORD 'of the test'`);
	for (const role of ['fairlot_app', 'fairlot_portal']) {
		const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
		if (known.rows.length === 0) await client.query(`CREATE ROLE ${role} NOLOGIN`);
		await client.query(`GRANT ${role} TO ${login}`);
	}
	await client.end();
	const address = new URL(owner);
	address.username = login;
	address.password = 'of the test';
	return address.href;
}

describe.skipIf(!url)(
	'a real deployment (skipped on the embedded database, which is a demonstration)',
	() => {
		let env: NodeJS.ProcessEnv;
		let origin: string;
		let server: ChildProcess;
		const password = 'Own-Password-7';
		const provider = new OidcProvider();
		/** The first admin, signed in. */
		let inside: Visit;

		beforeAll(async () => {
			const port = await freePort();
			origin = `http://127.0.0.1:${port}`;
			await provider.start();
			const owner = await emptyDatabaseBeside(url ?? '', '_first');
			env = {
				...process.env,
				...{ HOST: '127.0.0.1', PORT: String(port), ORIGIN: origin, BODY_SIZE_LIMIT: '64M' },
				...{ DATABASE_OWNER_URL: owner, DATABASE_URL: await loginThatOwnsNothing(owner) },
				FAIRLOT_OIDC_ISSUER: provider.issuer,
				FAIRLOT_OIDC_CLIENT_ID: provider.client.id,
				FAIRLOT_OIDC_CLIENT_SECRET: provider.client.secret,
				FAIRLOT_OIDC_NAME: '统一认证'
			};
			delete env.FAIRLOT_SECRET;
		});
		afterAll(async () => {
			server?.kill('SIGTERM');
			await provider.stop();
		});

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
			inside = again;
		});

		it('leads whoever may set it up there, and tells everybody else that there is nothing yet', async () => {
			for (const path of ['/', '/map', '/plans', '/ledger']) {
				const page = await inside.page(path);
				const to = path === '/' ? '/map' : '/setup';
				expect(page.headers.get('location'), path).toBe(to);
			}
			expect((await inside.ask('/tiles/townships.json')).status).toBe(503);
			const made = admin('create', '--username', 'reader', '--role', 'leader');
			const { password: given } = JSON.parse(made.stdout) as { password: string };
			const reader = new Visit(origin);
			await reader.signIn('reader', given);
			await reader.form('/account?/password', { current: given, next: password });
			expect((await reader.page('/map')).status).toBe(503);
			expect((await reader.page('/setup')).status).toBe(403);
			expect((await reader.form('/setup?/county', { code: '350125' })).status).toBe(403);
			expect((await inside.form('/setup?/county', { code: '35', name: '', mode: 'real' })).status).toBe(400);
		});

		it('is set up step by step in the browser, left and taken up again', async () => {
			const folder = mkdtempSync(join(tmpdir(), 'fairlot-first-'));
			const layer = join(folder, 'townships.geojson');
			const features = readSketch().map(({ code, name, ring }) => ({
				type: 'Feature',
				properties: { code, name },
				geometry: { type: 'Polygon', coordinates: [ring] }
			}));
			writeFileSync(layer, JSON.stringify({ type: 'FeatureCollection', features }));
			const browser = await launchBrowser();
			try {
				const { page, errors } = await openPage(browser, { origin });
				page.setDefaultTimeout(60_000);
				const cookies = inside.cookie.split('; ').map((pair) => {
					const [name = '', ...value] = pair.split('=');
					return { name, value: value.join('='), url: origin };
				});
				await page.context().addCookies(cookies);
				await setUp(page, layer);
				expect(errors).toEqual([]);
			} finally {
				await browser.close();
				rmSync(folder, { recursive: true, force: true });
			}
		});

		async function setUp(page: Page, layer: string): Promise<void> {
			const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
			const saved = () => page.getByText('已保存，并记入台账。').waitFor();
			await page.goto('/map');
			await page.waitForURL('**/setup');
			await page.getByLabel('行政区划代码').fill('350125');
			await page.getByLabel('名称').fill('永泰县');
			await page.getByLabel('县城大致经度').fill('117.2');
			await page.getByText('按经度推荐 中央经线 117°（EPSG:4548）').waitFor();
			await page.getByLabel('县城大致经度').fill('118.94');
			await page.getByText('按经度推荐 中央经线 120°（EPSG:4549）').waitFor();
			await press('登记');

			await page.waitForURL('**/setup?step=townships');
			await press('保存名单');
			await saved();
			await page.getByText('21 个乡镇中，21 个还没有边界').waitFor();
			await page.getByRole('link', { name: '导入乡镇边界' }).click();
			await page.locator('input[type="file"]').setInputFiles(layer);
			await press('检查');
			await page.getByText('检查完成，尚未写入').waitFor();
			await page.getByRole('button', { name: /^提交 / }).click();
			await page.getByText('已导入', { exact: true }).waitFor();
			// Taken up again: the first step that is open.
			await page.goto('/setup');
			await page.getByRole('heading', { name: '自然资源所' }).waitFor();

			await page.getByLabel('代码').fill('o-1');
			await page.getByLabel('名称').fill('樟城自然资源所');
			for (const { name } of readSketch()) await page.getByLabel(name, { exact: true }).check();
			await press('保存这个所');
			await saved();
			await page.getByText('每个乡镇都有负责的所').waitFor();

			await page.getByRole('link', { name: '下一步：工作日历' }).click();
			await page.getByRole('row', { name: /2026/ }).getByRole('button', { name: '采用' }).click();
			await saved();
			await page.getByRole('link', { name: '下一步：规则参数' }).click();
			await page.getByRole('textbox', { name: '同一主体每年检查频次上限', exact: true }).fill('0');
			await press('保存规则');
			await page.getByText('请填范围内的整数').first().waitFor();
			await page.getByRole('textbox', { name: '同一主体每年检查频次上限', exact: true }).fill('2');
			await press('保存规则');
			await saved();
			await page.getByRole('link', { name: '下一步：完成' }).click();
			await page.getByText('都设好了，可以开始工作').waitFor();
			await page.goto('/ledger');
			for (const entry of [
				'登记 永泰县（350125）',
				'保存乡镇名单（21 个）',
				'保存自然资源所',
				`${ruleKeys.length} 项规则`
			])
				await page.getByText(entry).first().waitFor();
			await page.goto('/map');
			await page.waitForURL('**/map');
		}

		it('runs as a login that owns nothing', async () => {
			const client = new pg.Client(env.DATABASE_URL);
			await client.connect();
			for (const statement of [
				'CREATE TABLE app.mine ()',
				'CREATE SCHEMA mine',
				'SELECT * FROM app.ceremony'
			])
				await expect(client.query(statement), statement).rejects.toThrow(/permission denied/);
			expect((await client.query('SELECT * FROM auth.user')).rows).toEqual([]);
			expect((await client.query('SELECT * FROM ledger.entry')).rows).toEqual([]);
			await client.end();
			// Where nothing is to be migrated it starts alone, and elsewhere says what it needs.
			const alone = (address: string) => openDatabase({ url: address, folder: null });
			await (await alone(env.DATABASE_URL ?? '')).close();
			const empty = new URL(await emptyDatabaseBeside(url ?? '', '_empty'));
			await expect(alone(await loginThatOwnsNothing(empty.href))).rejects.toThrow(/DATABASE_OWNER_URL/);
		});

		it('lets whoever the single sign-on knows in, once they are linked', async () => {
			const through = async (subject: string, next = '') => {
				provider.will({ subject });
				const visit = new Visit(origin);
				const to = (await visit.form(`/sign-in?/oidc${next}`)).headers.get('location') ?? '';
				const back = new URL((await fetch(to, { redirect: 'manual' })).headers.get('location') ?? '');
				const answer = await visit.page(back.pathname + back.search);
				return { visit, to: answer.headers.get('location') };
			};
			const stranger = await through('s-9');
			expect(stranger.to).toBe('/sign-in?note=sign_on');
			expect((await stranger.visit.page('/map')).headers.get('location')).toMatch(/^\/sign-in/);

			const account = { username: 'linked', name: '李四', roles: 'leader', office: '', subject: 's-1' };
			expect((await inside.form('/admin/accounts?/create', account)).status).toBe(200);
			const linked = await through('s-1', '&next=%2Fplans');
			expect(linked.to).toBe('/plans');
			// The one-time password of the account was never used, so nobody is asked to change it.
			expect((await linked.visit.page('/plans')).status).toBe(200);
			expect(provider.complaints).toEqual([]);
			const forged = await linked.visit.page('/sign-in/return?code=x&state=y');
			expect(forged.headers.get('location')).toBe('/sign-in?note=sign_on');
			const noted = await (await inside.page('/admin/accounts?tab=refusals&reason=sign_in_failed')).text();
			expect(noted).toContain('GET /sign-in/return');
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
