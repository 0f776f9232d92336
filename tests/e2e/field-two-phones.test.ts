// Two inspectors on two phones at one stop, one browser each: what they answer without knowing of each other is shown to
// both and settled by one; each signs on their own phone; one closes it for both.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from '../support/browser';
import { arrive, bringIn, say, sign } from '../support/phone';
import { openStorm, type Storm } from '../support/field-storm';

let browser: Browser;
let storm: Storm;
let phones: { page: Page; errors: string[]; offline: (is: boolean) => Promise<void> }[];

/** It has a server of its own, and the embedded database takes most of a minute to start one. */
const onPostgis = Boolean(process.env.TEST_DATABASE_URL);
beforeAll(async () => {
	if (!onPostgis) return;
	browser = await launchBrowser();
	storm = await openStorm(browser, 2);
	const { origin, cookies, path } = await storm.calm('two');
	phones = [];
	for (const cookie of cookies) {
		const { page, errors } = await openPage(browser, { origin, viewport: { width: 390, height: 844 } });
		const context = page.context();
		await context.addCookies([{ name: 'fairlot.session_token', value: cookie, url: origin }]);
		await page.goto('/field');
		await page.locator('main a[href^="/field/"]').first().waitFor();
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		await context.setOffline(true);
		await page.goto(path);
		await page.getByRole('heading', { name: say('arrival') }).waitFor();
		phones.push({ page, errors, offline: (is) => context.setOffline(is) });
	}
});
afterAll(async () => {
	await storm?.close();
	await browser?.close();
});

const option = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const pressed = async (page: Page, name: string) =>
	(await option(page, name).getAttribute('aria-pressed')) === 'true';

test.runIf(onPostgis)('what both answered apart is kept, shown to both, and settled once', async () => {
	const [one, two] = phones as [(typeof phones)[0], (typeof phones)[0]];
	await arrive(one.page);
	await option(one.page, '未发现问题').click();
	await option(two.page, '发现问题').click();
	await Promise.all([one.offline(false), two.offline(false)]);
	await bringIn(one.page);
	await bringIn(two.page);
	await bringIn(one.page);
	for (const { page } of [one, two]) {
		await page.getByText(say('conflict')).waitFor();
		expect(await page.getByText(/Y0: none_found/).isVisible()).toBe(true);
		expect(await page.getByText(/Y1: found/).isVisible()).toBe(true);
		expect(await option(page, say('close')).isDisabled()).toBe(true);
	}
	await option(two.page, '未发现问题').click();
	await bringIn(two.page);
	await bringIn(one.page);
	for (const { page } of [one, two]) {
		await page.getByText(say('conflict')).waitFor({ state: 'detached' });
		expect(await pressed(page, '未发现问题')).toBe(true);
	}
});

test.runIf(onPostgis)('each signs on their own phone, and one closes the record of both', async () => {
	const [one, two] = phones as [(typeof phones)[0], (typeof phones)[0]];
	await sign(one.page);
	await bringIn(one.page);
	await bringIn(two.page);
	// The colleague's is there already: the next is one's own.
	await two.page.getByText(say('signed'), { exact: true }).first().waitFor();
	await sign(two.page);
	await two.page.getByLabel(say('party_signer')).fill('陈某');
	await sign(two.page);
	await option(two.page, say('close')).click();
	await two.page.getByText(say('closed')).waitFor();
	await bringIn(two.page);
	await bringIn(one.page);
	await one.page.getByText(say('closed')).waitFor();
});

test.runIf(onPostgis)('nothing went wrong in either page', () => {
	const faults = phones.flatMap(({ errors }) => errors);
	expect(faults.filter((error) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(error))).toEqual(
		[]
	);
});
