// From what was found to what is public, in a real Chromium: typed in, approved by somebody else, published as it was shown,
// penalised by three people, taken off; and nobody does it who may not.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { dayInChina } from '../../src/lib/core/calendar/year';
import { launchBrowser } from '../support/browser';
import { Desks, press, unfold } from '../support/desks';
import { signedIn } from '../support/sign-in';

const origin = inject('origin');
const today = dayInChina(new Date());
let browser: Browser;
let result = '';
let desks: Desks;
/** The page of whoever acts. */
const as = (username: string, path = result): Promise<Page> => desks.of(username, path);
async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
	await page.getByLabel(label).first().click();
	await page.locator('[role="option"]:not([data-disabled])').filter({ hasText: option }).first().click();
}

beforeAll(async () => {
	browser = await launchBrowser();
	desks = new Desks(browser, origin);
});
afterAll(() => browser?.close());

test('typed in without a default, and not approved by who typed it in', async () => {
	const page = await as('planner', '/results');
	await page.waitForLoadState('networkidle');
	await page.getByText('涉嫌犯罪尚未移送').waitFor();
	await page.getByRole('link', { name: '录入', exact: true }).first().click();
	await page.waitForURL(/new\?draw=/);
	await press(page, '保存，送核定');
	await page.getByRole('alert').filter({ hasText: '请选择一项' }).first().waitFor();
	await page.locator('button[aria-invalid]').first().click();
	await page.getByRole('option').first().click();
	await page.getByLabel('检查日期').fill(today);
	await choose(page, '执法人员1', /证号/);
	await choose(page, '执法人员2', /证号/);
	await page.getByLabel('立案查处').click();
	await press(page, '增加问题');
	await choose(page, '事项', /./);
	await choose(page, '程度', '严重');
	await page.getByLabel('内部记录').fill('超出批准范围，联系电话13800138000');
	await choose(page, '处理', '立案');
	await press(page, '保存，送核定');
	await page.waitForURL(/\/results\/[0-9]+$/);
	result = new URL(page.url()).pathname;
	expect(await page.getByRole('button', { name: '核定' }).count()).toBe(0);
	const planner = await signedIn(origin, 'planner');
	expect((await planner.form(`${result}?/approve`)).status).toBe(403);
	expect((await planner.form(`${result}?/publish`)).status).toBe(403);
});

test('approved, and published as it was shown, without what the office keeps', async () => {
	await press(await as('leader'), '核定');
	const page = await as('publisher');
	const shown = page.locator('section', { hasText: '将公示的内容' }).last();
	expect(await shown.innerText()).not.toContain('13800138000');
	await press(page, '公示');
	await page.getByText('已公示的内容').waitFor();
	await page.goto('/results?waits=all');
	await page.locator(`a[href="${result}"]:visible`).first().waitFor();
});

test('a penalty: drafted, reviewed, decided, published', async () => {
	const planner = await as('planner');
	await unfold(planner, '起草处罚决定');
	await planner.getByLabel('决定书文号').fill(`测罚〔2026〕${Date.now() % 100_000}号`);
	await planner.getByLabel('罚款', { exact: true }).click();
	await planner.getByLabel('违法事实').fill('当事人电话13800138000');
	await planner.getByLabel('处罚依据').fill('《中华人民共和国土地管理法》');
	await planner.getByLabel('处罚内容').fill('罚款人民币贰万元');
	await planner.getByLabel('罚款金额').fill('20000');
	await press(planner, '提交法制审核');
	await planner.getByText('含有不能公开的内容：13800138000').waitFor();
	await planner.getByLabel('违法事实').fill('超出批准范围占地');
	await press(planner, '提交法制审核');
	await planner.getByText('待法制审核').first().waitFor();
	const reviewer = await as('reviewer');
	await reviewer.getByLabel('审核意见').fill('同意');
	await press(reviewer, '通过法制审核');
	await reviewer.getByText('待决定').first().waitFor();
	const leader = await as('leader');
	await press(leader, '作出处罚决定');
	await leader.getByText('待公示').first().waitFor();
	const publisher = await as('publisher');
	await publisher.getByLabel('公示截止').fill(`${Number(today.slice(0, 4)) + 1}-12-31`);
	await publisher.getByText('20,000元').last().waitFor();
	await press(publisher, '公示处罚');
	await publisher.locator('#penalties').getByText('已公示').first().waitFor();
});

test('taken off once it was asked for; the papers come as files', async () => {
	const leader = await as('leader');
	await unfold(leader, '要求撤下');
	await leader.getByLabel('原因').first().fill('决定撤销');
	await press(leader, '要求撤下');
	await leader.getByText('已要求撤下：决定撤销').first().waitFor();
	const publisher = await as('publisher');
	await press(publisher, '撤下公示');
	await publisher.getByText('撤下原因：决定撤销').waitFor();
	for (const file of [
		'/results/results.xlsx?waits=all',
		'/results/report/report.docx',
		'/results/report/report.xlsx'
	]) {
		const answer = await leader.request.get(file);
		expect((await answer.body()).subarray(0, 2).toString(), file).toBe('PK');
	}
	expect(desks.errors.flat()).toEqual([]);
});
