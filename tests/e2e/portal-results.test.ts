// The portal of results in a real browser without script, as a citizen and a party use it; what it hands out holds nothing of
// a person; a posting's proof is checked in the browser with script.
import { HtmlValidate } from 'html-validate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { leaks } from '../../src/lib/core/posting/redact';
import { violations } from '../support/axe';
import { launchBrowser, openPage } from '../support/browser';
import { signedIn, Visit } from '../support/sign-in';

const origin = inject('origin');
const visit = new Visit(origin);
let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

interface Listed {
	items: { id: string; title: string; content_text: string }[];
}
const listed = async () => ((await (await visit.ask('/portal/feed.json')).json()) as Listed).items;
const pathOf = (address: string) => new URL(address).pathname;

describe('the portal of results', () => {
	/** What the portal answers at every address it leads to, and at some it does not. */
	const seen = new Map<string, string>();
	beforeAll(async () => {
		const wanted = ['/portal', '/portal/report', '/portal/party', '/sign-in', '/ogc'];
		for (let path = wanted.shift(); path !== undefined; path = wanted.shift()) {
			if (seen.has(path) || seen.size === 140) continue;
			const text = await (await visit.page(path)).text();
			seen.set(path, text);
			for (const [, found] of text.matchAll(/href="(\/portal(?:\/[^"?#]*)?)"/g)) wanted.push(found!);
		}
		for (const path of [
			...['/portal/results/999999', '/portal/results/x/posting.json', '/portal/nowhere', '/nowhere'],
			...['/portal/targets/350102199001011234', '/portal/results?q=13800138000&page=x', '/portal/data/x.csv']
		])
			seen.set(path, await (await visit.page(path)).text());
	});

	it('hands out nothing of a person and no corner, on any page, in any file, in any error', () => {
		const sections = ['feed.atom', 'feed.json', 'data/postings.csv', 'data/postings.geojson', 'map', 'items'];
		for (const section of sections) expect([...seen.keys()]).toContain(`/portal/${section}`);
		expect([...seen.keys()].filter((path) => path.startsWith('/portal/results/')).length).toBeGreaterThan(20);
		// A township's share in units of 2⁻³⁰ has as many figures as a telephone; what somebody asks for is theirs.
		const found = [...seen].flatMap(([path, text]) =>
			leaks(
				text
					.replace(/"?mass"?:\s*\d+/g, '')
					.replaceAll('13800138000', '')
					.replaceAll('350102199001011234', '')
			).map((leak) => ({ path, ...leak }))
		);
		expect(found).toEqual([]);
	});

	it('is HTML as the standard has it, on every page', async () => {
		const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
		const pages = [...seen].filter(([, text]) => /^<!doctype html>/i.test(text));
		expect(pages.length).toBeGreaterThan(30);
		const faults = new Set<string>();
		for (const [path, html] of pages)
			for (const { messages } of (await validator.validateString(html)).results)
				for (const { ruleId, message, selector } of messages)
					faults.add(`${path} ${ruleId}: ${message} ${selector ?? ''}`);
		expect([...faults]).toEqual([]);
	});

	it('answers a reader who has it already with nothing, and each language for itself', async () => {
		const first = await visit.page('/portal/results');
		const etag = first.headers.get('etag')!;
		const ask = (headers: Record<string, string>) =>
			visit.ask('/portal/results', { headers: { accept: 'text/html', ...headers } });
		expect((await ask({ 'if-none-match': etag })).status).toBe(304);
		const english = await ask({ 'if-none-match': etag, cookie: 'PARAGLIDE_LOCALE=en' });
		expect([english.status, (await english.text()).includes('Results and penalties')]).toEqual([200, true]);
		const office = await signedIn(origin, 'planner');
		const own = await office.page('/portal/results');
		expect(own.headers.get('cache-control')).toBe('private, no-store');
		expect((await first.text()).length).toBeLessThan(40_000);
	});

	it('reads without script: searched, opened, withdrawn with its tombstone; no serious fault of access', async () => {
		const tombstone = (await listed()).find(({ title }) => title.includes('撤下'))!;
		const { page, close } = await openPage(browser, { origin, javaScriptEnabled: false });
		await page.goto('/portal');
		await page.fill('input[name="q"]', '演示自然资罚');
		await page.click('form[role="search"] button');
		expect(new URL(page.url()).pathname).toBe('/portal/results');
		await page.locator('tbody tr a').first().click();
		expect(await page.textContent('main')).toContain('演示自然资罚');
		const gone = await page.goto(pathOf(tombstone.id));
		expect(gone!.status()).toBe(410);
		expect(await page.textContent('main')).toContain(tombstone.content_text);
		await close();

		const scripted = await openPage(browser, { origin });
		const found = [];
		for (const path of [
			...['/portal/results', '/portal/results/1', pathOf(tombstone.id)],
			...['/portal/map', '/portal/report', '/portal/party']
		]) {
			await scripted.page.goto(path);
			found.push(...(await violations(scripted.page)).map((one) => `${path} ${one}`));
		}
		expect(found).toEqual([]);
		await scripted.page.goto('/portal/results/1');
		await scripted.page.getByRole('button', { name: '在这台设备上核对' }).click();
		await scripted.page.getByText('核对一致').waitFor();
		await scripted.close();
	});

	it('lets a party in with the word from the office, once to file; and takes a report', async () => {
		const planner = await signedIn(origin, 'planner');
		const sheet = await (await planner.form('/results/1/word')).text();
		const word = /data-word[^>]*>([^<]+)</.exec(sheet)![1]!.trim();
		const code = /<dd class="font-mono[^"]*">([0-9A-Z]{18})</.exec(sheet)![1]!;
		expect((await visit.form('/results/1/word')).status).not.toBe(200);

		const { page, close } = await openPage(browser, { origin, javaScriptEnabled: false });
		await page.goto('/portal/party');
		await page.fill('input[name="party"]', code);
		await page.fill('input[name="word"]', 'aaaa-aaaa-aaaa');
		await page.click('main button');
		expect(await page.textContent('[role="alert"]')).toContain('不符');
		await page.fill('input[name="word"]', word);
		await page.click('main button');
		await page.check('input[value="objection"]');
		await page.fill('textarea[name="statement"]', '检查当天停产，未见所述问题。');
		await page.click('form[action="?/appeal"] button');
		const main = await page.textContent('main');
		expect(main).toContain('已提交');
		expect(main).toContain('检查当天停产');
		expect(await page.locator('textarea').count()).toBe(0);
		// What is kept in memory is looked at again after a second.
		await page.waitForTimeout(1100);
		await page.goto('/portal/results/1');
		expect(await page.textContent('main')).toContain('答复中');
		expect(await page.textContent('main')).not.toContain('停产');

		await page.goto('/portal/report');
		await page.fill('input[name="place"]', '同安镇芹菜村');
		await page.fill('textarea', '电话 13800138000');
		await page.click('main button');
		expect(await page.textContent('[role="alert"]')).toContain('电话');
		await page.fill('textarea', '夜里有挖机');
		await page.click('main button');
		expect(await page.textContent('[role="status"]')).toMatch(/JB350125-\d{4}-\d{5}/);
		await close();
	});
});
