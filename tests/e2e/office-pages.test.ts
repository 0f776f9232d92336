// Pages of the office that no journey passes through: no serious fault of access, light or dark, wide or on a phone, and no
// wider than the screen.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { violations } from '../support/axe';
import { launchBrowser, openPage } from '../support/browser';
import { signIn } from '../support/sign-in';

const origin = inject('origin');
let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

const pages: [path: string, heading: string][] = [
	['/results/exchange', '案件交换'],
	['/credit/standing', '信用推送'],
	['/annual/{last}/leaflet', '宣传单'],
	['/results/several', '成批办理'],
	['/draws/1', '抽取'],
	['/annual/targeted', '有因检查'],
	['/registry/reports', '名录疑点'],
	['/field-work', '外业']
];

describe.each([
	['light', 1440, 900],
	['dark', 390, 844]
] as const)('in the %s, %i px wide', (colorScheme, width, height) => {
	it('every page can be read and used by everybody', async () => {
		const viewport = { width, height };
		const { page, errors, close } = await openPage(browser, { origin, colorScheme, viewport });
		await signIn(page, 'planner');
		const found: string[] = [];
		for (const [path, heading] of pages) {
			// The demonstration's plan that is published is the last year's.
			const year = String(new Date().getFullYear() - 1);
			await page.goto(path.replace('{last}', year));
			expect(await page.locator('h1').first().innerText(), path).toContain(heading);
			found.push(...(await violations(page)).map((one) => `${path} ${one}`));
			const wide = await page.evaluate(() => {
				const main = document.querySelector('main')!;
				return main.scrollWidth > main.clientWidth;
			});
			if (wide) found.push(`${path} is wider than the screen`);
		}
		expect(found).toEqual([]);
		expect(errors).toEqual([]);
		await close();
	});
});
