// Coverage in a real Chromium: the figures, chips, time and gaps move the map and each other, on a desk and on a phone;
// the sheet is one page of paper; a bad list of another system is seen through.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchBrowser, openPage } from '../support/browser';
import { countPixels } from '../support/pixels';
import { signIn, signedIn } from '../support/sign-in';

const origin = inject('origin');
const RED = [180, 35, 24] as const;
let browser: Browser;
let page: Page;
let errors: string[];
beforeAll(async () => {
	browser = await launchBrowser();
	({ page, errors } = await openPage(browser, { origin, colorScheme: 'light', reducedMotion: 'reduce' }));
	page.setDefaultTimeout(60_000);
	await signIn(page, 'leader', '/coverage');
	await page.locator('[data-ready="true"]').waitFor();
	await page.locator('[data-figures]').waitFor();
});
afterAll(() => browser?.close());

const figure = async (on: Page, label: string) =>
	Number(
		(await on.locator('[data-figures] > div', { hasText: label }).locator('dd').first().innerText()).replace(
			/\D/g,
			''
		)
	);
const shown = (on: Page) =>
	on.locator('canvas.maplibregl-canvas').evaluate((canvas) => {
		const { width, height } = canvas.getBoundingClientRect();
		return width * height;
	});

test('what is on the map is in the figures: chips, gaps and time', async () => {
	expect(await shown(page)).toBeGreaterThan(300_000);
	const all = await figure(page, '应查对象');
	const gaps = await figure(page, '缺口网格');
	expect(all).toBeGreaterThan(5000);
	expect(await page.getByRole('heading', { name: `${gaps} 个网格有检查对象` }).count()).toBe(1);
	const [red] = await countPixels(browser, await page.locator('canvas').first().screenshot(), [RED], 40);
	expect(red).toBeGreaterThan(500);

	const chip = page.getByRole('group', { name: '类别' }).getByRole('button', { name: /^采矿权/ });
	const mines = Number((await chip.innerText()).replace(/\D/g, ''));
	await chip.click();
	await expect.poll(() => figure(page, '应查对象')).toBe(mines);
	await page.waitForURL(/kind=mining_right/);
	await chip.press('Enter');
	await expect.poll(() => figure(page, '应查对象')).toBe(all);

	// Before the first batch nothing is visited; each of the demonstration's adds something.
	const slider = page.getByRole('slider');
	const done = async (place: number) => {
		await slider.fill(String(place));
		await expect.poll(() => slider.inputValue()).toBe(String(place));
		return figure(page, '24 个月内已查');
	};
	expect(await done(0)).toBe(0);
	const first = await done(1);
	expect(first).toBeGreaterThan(20);
	expect(await done(3)).toBeGreaterThan(first);
	await page.waitForURL(/after=3/);
	await slider.press('End');
	await page.waitForURL((url) => !url.search.includes('after'));

	// The worst gap and who answers for it: two actions after opening. The figures stay those of the county.
	const worst = page.locator('[data-gaps] li button').first();
	expect(await worst.innerText()).toMatch(/自然资源所/);
	const before = page.url();
	await worst.click();
	await page.waitForURL((url) => url.href !== before && /at=.*picked=8/.test(url.search));
	expect(await figure(page, '应查对象')).toBe(all);
	await page.getByRole('button', { name: '放大' }).click();
	await expect.poll(() => figure(page, '应查对象')).toBeLessThan(all);
	await page.getByRole('button', { name: '全县' }).click();
	await expect.poll(() => figure(page, '应查对象')).toBe(all);
	expect(errors).toEqual([]);
});

test('pictures: the map, and a slide of 16:9 with the figures', async () => {
	for (const [button, size] of [
		['地图存为图片', null],
		['幻灯片图片（16:9，带指标）', [1920, 1080]]
	] as const) {
		const [file] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: button }).click()
		]);
		const png = readFileSync(await file.path());
		expect(png.subarray(1, 4).toString()).toBe('PNG');
		if (size) expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size);
		// The map is on it, not an empty canvas: gaps are outlined in red.
		const [red] = await countPixels(browser, png, [RED], 40);
		expect(red).toBeGreaterThan(500);
	}
	expect(errors).toEqual([]);
});

test('one sheet of A3, a workbook, and nothing for others', async () => {
	const sheet = (await page.getByRole('link', { name: /打印/ }).getAttribute('href'))!;
	const book = (await page.getByRole('link', { name: /Excel/ }).getAttribute('href'))!;
	await page.goto(sheet);
	expect(await page.locator('article').innerText()).toMatch(/审图号/);
	const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
	expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
	const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!.map(Number);
	expect([Math.round(width! / 2.8346), Math.round(height! / 2.8346)]).toEqual([420, 297]);
	const leader = await signedIn(origin, 'leader');
	const answer = await leader.ask(book);
	expect(answer.status).toBe(200);
	expect(
		Buffer.from(await answer.arrayBuffer())
			.subarray(0, 2)
			.toString()
	).toBe('PK');
	const security = await signedIn(origin, 'security');
	expect((await security.ask('/coverage/table', { headers: { accept: 'application/json' } })).status).toBe(
		403
	);
});

test('on a phone in English, and a list of another system', async () => {
	const phone = await openPage(browser, {
		...{ origin, colorScheme: 'dark', reducedMotion: 'reduce', locale: 'en', hasTouch: true },
		viewport: { width: 390, height: 844 }
	});
	phone.page.setDefaultTimeout(60_000);
	await signIn(phone.page, 'leader', '/coverage/audit');
	// Before the page's script is there, a click on a tab does nothing.
	const file = phone.page.locator('input[type="file"]');
	const tab = phone.page.getByRole('tab', { name: /another system/ });
	await expect.poll(async () => tab.click().then(() => file.count()), { timeout: 30_000 }).toBe(1);
	await file.setInputFiles('tests/support/files/past_list_every_nth.csv');
	await phone.page.getByText('A defect: 99 targets could never be drawn').waitFor();
	expect(await phone.page.locator('[data-unreachable="99"] li').count()).toBe(99);
	await phone.page.goto('/coverage?measure=months');
	await phone.page.locator('[data-ready="true"]').waitFor();
	await phone.page.locator('[data-gaps] li button').first().waitFor();
	expect(await figure(phone.page, 'Targets')).toBeGreaterThan(5000);
	expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
	expect(phone.errors).toEqual([]);
	await phone.close();
});
