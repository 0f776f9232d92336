// The directories in a real Chromium: a row found, changed and taken back, the day before, a file; and through GDAL.
import { spawnSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchBrowser, openPage } from '../support/browser';
import { signedIn, signIn } from '../support/sign-in';

const origin = inject('origin');
let browser: Browser;
let page: Page;
let errors: string[];
beforeAll(async () => {
	browser = await launchBrowser();
	({ page, errors } = await openPage(browser, { origin, colorScheme: 'light' }));
	page.setDefaultTimeout(30_000);
	await signIn(page, 'admin', '/registry?list=land_parcel&status=active&sort=area_ha&order=desc');
});
afterAll(() => browser?.close());

const ready = () => page.waitForLoadState('networkidle');
const rowsOf = () => page.locator('tbody tr');

test('rows are chosen and suspended together, seen in their history, and taken back as one', async () => {
	await ready();
	const names = await rowsOf().locator('td:nth-child(2)').allInnerTexts();
	const code = await rowsOf().first().locator('td a').first().innerText();
	for (const i of [0, 1]) await rowsOf().nth(i).locator('input[type="checkbox"]').check();
	await page.getByText('已选 2 行').waitFor();
	await page.getByLabel('改为').click();
	await page.getByRole('option', { name: '停产停建' }).click();
	await page.getByPlaceholder('事由').fill('停产通知');
	await page.getByRole('button', { name: '更改 2 行' }).click();
	await page.getByText(/已更改 2 行/).waitFor();
	expect(await rowsOf().locator('td:nth-child(2)').allInnerTexts()).not.toContain(names[0]);

	await page.goto(`/registry/land_parcel/${encodeURIComponent(code)}`);
	await page.getByText('停产通知').first().waitFor();
	await page.goto('/registry/imports');
	await ready();
	const change = rowsOf().filter({ hasText: '停产通知' }).first();
	await change.locator('summary').click();
	await change.getByLabel('撤回原因').fill('选错了行');
	await change.getByRole('button', { name: /确认撤回/ }).click();
	await page.getByText(/已撤回：2 行不再有效，2 行恢复/).waitFor();
	await page.goto('/registry?list=land_parcel&status=active&sort=area_ha&order=desc');
	expect(await rowsOf().locator('td:nth-child(2)').allInnerTexts()).toEqual(names);
});

test('all that a search finds are suspended together, also on other pages, once their number is confirmed', async () => {
	const total = async () => Number((await page.locator('tfoot td').first().innerText()).replace(/\D/g, ''));
	await page.goto('/registry?list=land_parcel&q=示例地块7&status=active&size=50');
	await ready();
	const found = await total();
	expect(found).toBeGreaterThan(50);
	await rowsOf().first().locator('input[type="checkbox"]').check();
	await page.getByRole('button', { name: `选择全部 ${found} 行` }).click();
	await page.getByText(`已选全部 ${found} 行`).waitFor();
	// Ticked another way they are the ticked ones again.
	await rowsOf().first().locator('input[type="checkbox"]').uncheck();
	await page.getByText('已选 49 行').waitFor();
	await page.getByRole('button', { name: `选择全部 ${found} 行` }).click();
	await page.getByLabel('改为').click();
	await page.getByRole('option', { name: '停产停建' }).click();
	await page.getByPlaceholder('事由').fill('全部停产');
	await page.getByRole('button', { name: '全部更改…' }).click();
	await page.getByRole('dialog').getByText(`全部 ${found} 行`).waitFor();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: `更改 ${found} 行` })
		.click();
	await page.getByText(new RegExp(`已更改 ${found} 行`)).waitFor();
	await page.goto('/registry?list=land_parcel&q=示例地块7&status=active');
	await page.getByText('没有找到').first().waitFor();

	await page.goto('/registry/imports');
	await ready();
	const change = rowsOf().filter({ hasText: '全部停产' }).first();
	await change.locator('summary').click();
	await change.getByLabel('撤回原因').fill('选错了');
	await change.getByRole('button', { name: /确认撤回/ }).click();
	await page.getByText(`已撤回：${found} 行不再有效，${found} 行恢复`).waitFor();
	await page.goto('/registry?list=land_parcel&q=示例地块7&status=active');
	expect(await total()).toBe(found);
});

test('a row is edited by the rules of an import', async () => {
	await page.goto('/registry?list=inspector');
	await rowsOf().first().locator('td a').first().click();
	await page.getByRole('link', { name: '修改' }).click();
	await ready();
	await page.locator('input[name="field.valid_to"]').fill('2001-01-01');
	await page.locator('input[name="note"]').fill('换证');
	await page.getByRole('button', { name: '保存更改' }).click();
	await page.getByText('结束日期早于开始日期').first().waitFor();
	await page.locator('input[name="field.valid_to"]').fill('2035-12-31');
	await page.getByRole('button', { name: '保存更改' }).click();
	await page.getByText(/已更改 1 行/).waitFor();
});

test('the directory of a past day is smaller, and says what it is', async () => {
	const total = async (on: string) => {
		await page.goto(`/registry?list=land_parcel${on}`);
		return Number((await page.locator('tfoot td').first().innerText()).replace(/\D/g, ''));
	};
	const today = await total('');
	const past = await total('&on=2024-03-01');
	expect(past).toBeGreaterThan(0);
	expect(past).toBeLessThan(today);
	await page.getByText('2024-03-01 当天结束时的名录').waitFor();
});

test('files: as shown, as for an import; nobody without the role gets inspectors in full', async () => {
	const admin = await signedIn(origin, 'admin');
	const sheet = await admin.ask('/registry/export/import.csv?list=mining_right');
	expect(await sheet.text()).toMatch(/^\ufeff?采矿许可证号,名称,统一社会信用代码/);
	const corners = await admin.ask('/registry/export/corners.txt?list=land_parcel&status=suspended');
	expect(await corners.text()).toMatch(
		/^\ufeff?\[属性描述\]\r\n[^@]*带号=40\r\n[^@]*\[地块坐标\]\r\n\d+,[\d.]+,350125[^,]+,[^,]+,面,,,\d*,@\r\nJ1,1,28\d{5}\.\d{3,6},40\d{6}\./
	);
	expect((await admin.ask('/registry/export/corners.txt?list=mining_right')).status).toBe(404);
	const book = await admin.ask('/registry/export/list.xlsx?list=party&credit_grade=D');
	expect(new Uint8Array(await book.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));
	const witness = await signedIn(origin, 'witness');
	expect((await witness.ask('/registry/export/import.csv?list=inspector')).status).toBe(403);
	expect((await witness.form('/registry?list=party&/change', { code: 'x', note: 'x' })).status).toBe(403);
	const whole = { found: '1', note: 'x', 'field.credit_grade': 'D' };
	for (const name of ['witness', 'planner'] as const) {
		const other = await signedIn(origin, name);
		expect((await other.form('/registry?list=party&/change', whole)).status).toBe(403);
	}
	expect((await witness.form('/registry/imports?/undo', { import: '1', reason: 'x' })).status).toBe(403);
	expect((await witness.form('/rules?/rules', { key: 'year_cap' })).status).toBe(403);
});

test.skipIf(spawnSync('ogrinfo', ['--version']).status !== 0)(
	'GDAL lists the collections and pulls a box',
	() => {
		const address = `OAPIF:${origin}/ogc`;
		const listed = spawnSync('ogrinfo', ['-ro', address], { encoding: 'utf8', timeout: 30_000 });
		expect(listed.stdout).toContain('townships');
		const box = ['-spat', '118.85', '25.8', '118.95', '25.9'];
		const pulled = spawnSync('ogr2ogr', ['-f', 'GeoJSON', '/vsistdout/', address, 'townships', ...box], {
			...({ encoding: 'utf8', timeout: 30_000 } as const)
		});
		const features = (JSON.parse(pulled.stdout) as { features: unknown[] }).features.length;
		expect(features).toBeGreaterThan(0);
		expect(features).toBeLessThan(21);
	}
);

test('nothing went wrong in the page', () => {
	expect(errors.filter((error) => !error.includes('400'))).toEqual([]);
});
