// The annual plan in a real Chromium: a leader approves it, a task becomes a plan with its preview, the visits that joint
// tasks save, the burden ledger with a proof, the papers, and what the public reads.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { planYears } from '../../src/lib/server/demo/annual';
import { launchBrowser, openPage } from '../support/browser';
import { signedIn, signIn } from '../support/sign-in';

const origin = inject('origin');
const year = planYears(new Date()).waiting;
let browser: Browser;
let planner: Page;
const errors: string[][] = [];

const open = async (username: string, path: string) => {
	const opened = await openPage(browser, { origin, viewport: { width: 1280, height: 800 } });
	opened.page.setDefaultTimeout(30_000);
	errors.push(opened.errors);
	await signIn(opened.page, username, path);
	return opened;
};
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser?.close());

test('a leader approves, nobody else does', async () => {
	const witness = await signedIn(origin, 'witness');
	expect((await witness.form(`/annual/${year}?/approve`)).status).toBe(403);
	expect((await witness.form('/annual/targeted?/register')).status).toBe(403);
	const { page, close } = await open('leader', `/annual/${year}`);
	await page.getByText('待批准').first().waitFor();
	await page.getByRole('button', { name: '批准', exact: true }).click();
	await page.getByText('已批准').first().waitFor();
	await close();
});

test('a batch becomes a plan that says where it is from and what it would draw', async () => {
	({ page: planner } = await open('planner', `/annual/${year}`));
	// Of land: frames of mines that other tests leave frozen may have used the year of every mine up.
	const row = planner.locator('tr', { hasText: '用地批后监管抽查' });
	await row.getByRole('button', { name: '生成抽查计划' }).first().click();
	await planner.waitForURL(/\/plans\/[0-9a-f-]{36}$/);
	await planner.getByText(`来自${year}年度计划的任务`).waitFor();
	await expect.poll(() => planner.locator('table tbody tr').count(), { timeout: 20_000 }).toBeGreaterThan(10);
	await planner.goto(`/annual/${year}`);
	await row.getByText('已制定').waitFor();
	expect(await row.getByRole('button', { name: '生成抽查计划' }).count()).toBe(0);
});

test('two tasks over the same rights are fewer visits', async () => {
	await planner.goto(`/annual/${year}?tasks=1,3`);
	await planner
		.getByText(/[0-9,]+次到场，分开做要[0-9,]+次/)
		.first()
		.waitFor();
});

test('the burden ledger is searched, proved by party and taken away as a workbook', async () => {
	await planner.goto(`/annual/burden?year=${year - 1}&show=called`);
	const name = await planner.locator('tbody a').first().innerText();
	await planner.locator('input[name="q"]').fill(name);
	await planner.getByRole('button', { name: '查找' }).click();
	await expect.poll(() => planner.locator('tbody tr').count()).toBe(1);
	await planner.getByRole('link', { name }).click();
	await planner.getByRole('heading', { name: '计入的批次' }).waitFor();
	expect(await planner.locator('tbody a[href^="/ledger?q="]').count()).toBeGreaterThan(0);
	const file = await planner.request.get(`/annual/burden/burden.xlsx?year=${year - 1}`);
	expect((await file.body()).subarray(0, 2).toString()).toBe('PK');
});

test('the papers can be printed and downloaded, and the public reads what was published', async () => {
	await planner.goto(`/annual/${year - 1}/print`);
	await planner.emulateMedia({ media: 'print' });
	expect(await planner.getByRole('link', { name: '下载公文（Word）' }).isVisible()).toBe(false);
	await planner
		.getByText(`关于报送${year - 1}年度`)
		.first()
		.waitFor();
	const paper = await planner.request.get(`/annual/${year - 1}/plan.docx`);
	expect((await paper.body()).subarray(0, 2).toString()).toBe('PK');
	const { page, errors: seen, close } = await openPage(browser, { origin });
	errors.push(seen);
	await page.goto('/portal/plan');
	await page.getByText('采矿权双随机抽查').first().waitFor();
	await close();
	expect(errors.flat()).toEqual([]);
});
