// The main job in a real Chromium, once in each language: look at the map, select by lasso, plan, hold a trial draw,
// see it on the map, verify it in the browser, download it and verify the files on the command line.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser, openPage } from '../support/browser';
import { countPixels, differingShare } from '../support/pixels';
import { signIn } from '../support/sign-in';

const origin = inject('origin');
const ochre = [0xb7, 0x79, 0x1f] as const;
const teal = [0x0f, 0x76, 0x6e] as const;
const vermilion = [0xd9, 0x48, 0x0f] as const;

let browser: Browser;
let folder: string;
beforeAll(async () => {
	browser = await launchBrowser();
	folder = mkdtempSync(join(tmpdir(), 'fairlot-journey-'));
});
afterAll(async () => {
	await browser?.close();
	rmSync(folder, { recursive: true, force: true });
});

/** The words of a language, as the pages show them. */
function wordsOf(locale: string): (key: string, values?: Record<string, unknown>) => string {
	const words: Record<string, string> = {};
	for (const part of ['shell', 'map', 'draw', 'account'])
		Object.assign(words, JSON.parse(readFileSync(`messages/${part}.${locale}.json`, 'utf8')));
	return (key, values = {}) =>
		Object.entries(values).reduce(
			(text, [name, value]) => text.replace(`{${name}}`, String(value)),
			words[key]!
		);
}

async function mapReady(page: Page): Promise<void> {
	await page.waitForSelector('.maplibregl-map[data-ready="true"]', { timeout: 60_000 });
}

describe.each([
	{ locale: 'zh-CN', other: 'English', viewport: { width: 1280, height: 800 } },
	{ locale: 'en', other: '中文', viewport: { width: 1100, height: 720 } }
])('the main job in $locale', ({ locale, other, viewport }) => {
	const say = wordsOf(locale);
	let page: Page;
	let errors: string[];
	let close: () => Promise<void>;
	let draw: string;
	/** Pixels of the colour of the drawn before there is a draw. */
	let undrawn: number;

	beforeAll(async () => {
		({ page, errors, close } = await openPage(browser, {
			origin,
			locale,
			viewport,
			colorScheme: 'light',
			acceptDownloads: true
		}));
		page.setDefaultTimeout(60_000);
		await signIn(page, 'planner');
	});
	afterAll(() => close());

	test('the map shows both kinds of target and Chinese labels', async () => {
		await page.goto('/map');
		await mapReady(page);
		expect(await page.locator('html').getAttribute('lang')).toBe(locale);
		expect(await page.getByRole('button', { name: other }).isVisible()).toBe(true);
		const box = (await page.locator('.maplibregl-map canvas').boundingBox())!;
		expect(box.width * box.height).toBeGreaterThan(0.3 * viewport.width * viewport.height);
		const [mining, parcels, red] = await countPixels(browser, await page.screenshot(), [
			ochre,
			teal,
			vermilion
		]);
		undrawn = red!;
		expect(mining).toBeGreaterThan(300);
		expect(parcels).toBeGreaterThan(1000);

		// A missing font reports nothing and draws boxes: the bundled one must be there and hold the characters.
		const font = await page.evaluate(
			() =>
				[...document.fonts].filter((face) => face.family.includes('Noto Sans SC') && face.status === 'loaded')
					.length
		);
		expect(font).toBeGreaterThan(0);
		expect(
			await page.evaluate(() => document.fonts.check('500 14px "Noto Sans SC Variable"', '永泰县城峰镇'))
		).toBe(true);
		const canvas = page.locator('.maplibregl-map canvas');
		const labelled = await canvas.screenshot();
		for (const layer of ['map_layer_township', 'map_layer_office'])
			await page.getByRole('checkbox', { name: say(layer), exact: true }).uncheck();
		await expect
			.poll(async () => differingShare(browser, labelled, await canvas.screenshot()), { timeout: 60_000 })
			.toBeGreaterThan(0.01);
	});

	test('a lasso selects, with counts that the table repeats', async () => {
		await page.getByRole('button', { name: say('map_kind_mining_right'), exact: true }).click();
		await page.getByRole('button', { name: say('map_tool_lasso') }).click();
		const box = (await page.locator('.maplibregl-map canvas').boundingBox())!;
		const centre = { x: box.x + box.width * 0.62, y: box.y + box.height * 0.5 };
		const at = (k: number) =>
			[
				centre.x + Math.cos((2 * Math.PI * k) / 24) * box.width * 0.25,
				centre.y + Math.sin((2 * Math.PI * k) / 24) * box.height * 0.3
			] as const;
		await page.mouse.move(...at(0));
		await page.mouse.down();
		for (let k = 1; k <= 24; k++) await page.mouse.move(...at(k), { steps: 2 });
		await page.mouse.up();
		await page.waitForURL(/[?&]area=/);
		const link = page.locator('a[href^="/plans/new?"]');
		await expect.poll(() => link.getAttribute('aria-disabled'), { timeout: 60_000 }).not.toBe('true');
		await expect.poll(() => link.getAttribute('href')).toMatch(/area=.+/);
		const [promised] = (await link.innerText()).match(/\d[\d,]*/)!;
		expect(Number(promised.replace(',', ''))).toBeGreaterThan(20);

		await link.click();
		await page.waitForURL(/\/plans\/new/);
	});

	test('the plan is saved with what it suggests', async () => {
		await page.getByRole('button', { name: say('draw_save_plan') }).click();
		await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/);
		await page.getByRole('link', { name: say('draw_plan_hold_trial') }).click();
		await page.waitForURL(/\/draw$/);
	});

	test('a trial draw is held with 20 digits', async () => {
		const digits = '31415926535897932384';
		await page.locator('input[name="digits"]').fill(digits);
		await page.locator('input[name="again"]').fill(digits.replace(/4$/, '5'));
		await page.getByRole('button', { name: say('draw_trial_begin') }).click();
		await page.getByText(say('draw_trial_error_differs', { place: 20 })).waitFor();
		await page.locator('input[name="again"]').fill(digits);
		await page.getByRole('button', { name: say('draw_trial_begin') }).click();
		await page.waitForURL(/\/draws\/\d+$/);
		draw = new URL(page.url()).pathname.split('/').at(-1)!;
		expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
			say('draw_draw_title', { id: draw })
		);
		expect(await page.locator('table tbody tr').count()).toBeGreaterThan(3);
	});

	test('the drawn are on the map in their own red', async () => {
		await page.goto(`/map?draw=${draw}`);
		await mapReady(page);
		await expect
			.poll(
				async () =>
					(
						await countPixels(browser, await page.locator('.maplibregl-map canvas').screenshot(), [vermilion])
					)[0]! - undrawn,
				{ timeout: 90_000, interval: 1000 }
			)
			.toBeGreaterThan(100);
	});

	test('the browser recomputes it, and names what was changed', async () => {
		await page.goto(`/verify?draw=${draw}`);
		await page.getByText(say('draw_verify_self')).waitFor();
		await page.goto(`/verify?draw=${draw}&commitment=${'0'.repeat(64)}`);
		await page.getByText(say('draw_verify_differs'), { exact: true }).first().waitFor();
	});

	test('the downloads verify on the command line', async () => {
		await page.goto(`/draws/${draw}`);
		const files: Record<string, string> = {};
		for (const name of ['manifest.json', 'frame.csv', 'excluded.csv']) {
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				page.locator(`a[href="/draws/${draw}/${name}"]`).click()
			]);
			files[name] = join(folder, `${locale}-${name}`);
			await download.saveAs(files[name]);
		}
		const manifest = readFileSync(files['manifest.json']!, 'utf8');
		const given = ['--frame', files['frame.csv']!, '--excluded', files['excluded.csv']!];
		const verify = (...args: string[]) =>
			spawnSync('npm', ['run', '-s', 'verify', '--', files['manifest.json']!, ...given, ...args], {
				encoding: 'utf8'
			});
		const { commitment } = JSON.parse(manifest) as { commitment: string };
		expect(verify('--commitment', commitment).status).toBe(0);
		expect(verify('--commitment', 'f'.repeat(64)).status).toBe(1);
	});

	test('nothing went wrong in the page', () => {
		expect(errors).toEqual([]);
	});
});
