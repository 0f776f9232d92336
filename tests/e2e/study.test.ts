// The simulator in a real Chromium: from the form of a new plan, a setting moved, and back with what was found. Of land:
// frames of mines that other tests leave frozen may have used the year of every mine up.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchBrowser, openPage } from '../support/browser';
import { signIn } from '../support/sign-in';

const origin = inject('origin');
let browser: Browser;
let page: Page;
let errors: string[];
beforeAll(async () => {
	browser = await launchBrowser();
	({ page, errors } = await openPage(browser, { origin, colorScheme: 'light' }));
	page.setDefaultTimeout(60_000);
	await signIn(page, 'planner', '/plans/new?kind=land_parcel');
});
afterAll(() => browser?.close());

const figure = async (label: string) =>
	parseFloat(await page.locator('dl > div', { hasText: label }).locator('dd').first().innerText());

test('a plan is simulated, a slider moves the figures, and the plan takes them over', async () => {
	await page.getByRole('link', { name: '模拟', exact: true }).click();
	await page.waitForURL(/\/plans\/simulate/);
	await page.getByText('已整场抽取 1,000 次').waitFor();
	const cells = await figure('抽到的网格');
	expect(cells).toBeGreaterThan(3);
	expect(await page.locator('table tr', { hasText: '%' }).count()).toBeGreaterThan(5);
	await expect
		.poll(() => page.locator('[role="img"] svg path').count(), { timeout: 20_000 })
		.toBeGreaterThan(5);

	await page.getByRole('button', { name: '留作对比' }).click();
	await page.locator('input[type="range"]').first().fill('20');
	await expect.poll(() => figure('抽到的网格'), { timeout: 60_000 }).toBeGreaterThan(cells);
	await page.getByText(`对比：${cells}`).first().waitFor();

	await page.getByRole('link', { name: '按此制定计划' }).click();
	await page.waitForURL(/\/plans\/new/);
	expect(await page.locator('input[name="ratioPercent"]').inputValue()).toBe('20');
});

test('an address without a plan says so', async () => {
	expect((await page.goto('/plans/simulate'))!.status()).toBe(400);
	expect(errors.filter((error) => !error.includes('400'))).toEqual([]);
});
