// From a draw to day routes in a real Chromium: plan with progress, move with the change shown first, lock, solve again,
// undo, the route book on paper, and the file for a navigator. The server answers others meanwhile.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { RouteEvent } from '../../src/lib/schema/route';
import { launchBrowser, openPage } from '../support/browser';
import { countPixels } from '../support/pixels';
import { signedIn, signIn, type Visit } from '../support/sign-in';

const origin = inject('origin');
const json = { 'content-type': 'application/json' };

let browser: Browser;
let page: Page;
let errors: string[];
let close: () => Promise<void>;
let planner: Visit;
let draw: number;
let address: string;

beforeAll(async () => {
	planner = await signedIn(origin, 'planner');
	// Of a plan of the demonstration: others leave plans of their own.
	const plan = /\/plans\/([0-9a-f-]{36})"[^>]*>2025年下半年采矿权/.exec(
		await (await planner.page('/plans')).text()
	)![1];
	const digits = '31415926535897932384';
	const held = await planner.ask(`/plans/${plan}/draw/run`, {
		method: 'POST',
		headers: json,
		body: JSON.stringify({ digits, again: digits })
	});
	const last = JSON.parse((await held.text()).trim().split('\n').at(-1)!) as {
		type: string;
		draw: number;
	};
	expect(last.type).toBe('done');
	draw = last.draw;
	browser = await launchBrowser();
	({ page, errors, close } = await openPage(browser, {
		origin,
		colorScheme: 'light'
	}));
	page.setDefaultTimeout(20_000);
	await signIn(page, 'planner', `/day-routes/new?draw=${draw}`);
});
afterAll(async () => {
	await close?.();
	await browser?.close();
});

/** Team-days and the visits on each, in order, as the list shows them. */
const listed = () =>
	page
		.locator('[data-route]')
		.evaluateAll((cards) =>
			cards.map((card) => [
				(card as HTMLElement).dataset.route,
				...[...card.querySelectorAll<HTMLElement>('[data-visit]')].map((row) => row.dataset.visit)
			])
		);
const undo = () => page.getByRole('button', { name: '退回', exact: true });
/** Runs `act` and waits until the list is another. */
async function changing(act: () => Promise<void>): Promise<Awaited<ReturnType<typeof listed>>> {
	const before = JSON.stringify(await listed());
	await act();
	await expect.poll(async () => JSON.stringify(await listed()), { timeout: 15_000 }).not.toBe(before);
	return listed();
}

describe('day routes', () => {
	test('are planned with progress, and are on the map', async () => {
		await page.locator('form[novalidate]').waitFor();
		// The form works once the page is alive.
		await page.waitForLoadState('networkidle');
		await page.getByRole('button', { name: '开始排' }).click();
		await page.locator('[data-run]').waitFor();
		await page.waitForURL(/\/day-routes\/\d+/);
		address = new URL(page.url()).pathname;
		await page.waitForSelector('.maplibregl-map[data-ready="true"]');
		expect((await listed()).length).toBeGreaterThan(2);
		// Lines and numbered stops in the colours of the first offices.
		const [blue, orange, green] = await countPixels(
			browser,
			await page.locator('.maplibregl-map canvas').screenshot(),
			[
				[0x1b, 0x5e, 0x9e],
				[0xc2, 0x50, 0x0f],
				[0x2b, 0x7a, 0x4b]
			]
		);
		expect(blue! + orange! + green!).toBeGreaterThan(300);
	});

	test('a stop moves by the menu, its change shown before, and undo takes it back', async () => {
		const before = await listed();
		await page.locator('[data-visit] [aria-label^="移动"]').first().click();
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel('哪天哪组').click();
		await page.getByRole('option').first().click();
		await expect.poll(() => dialog.locator('[data-change]').innerText()).toMatch(/分 · .*公里/);
		const moved = await changing(() => dialog.getByRole('button', { name: '移动', exact: true }).click());
		expect(moved.flat().filter(Boolean).length).toBeGreaterThanOrEqual(before.flat().length - 1);
		expect(await changing(() => undo().click())).toEqual(before);
	});

	test('a stop moves by dragging, its change shown while it is held', async () => {
		const before = await listed();
		const [key, first] = before.find((card) => card.length > 2)!;
		const card = page.locator(`[data-route="${key}"]`);
		const row = card.locator(`[data-visit="${first}"][draggable="true"]`);
		await row.scrollIntoViewIfNeeded();
		const from = (await row.boundingBox())!;
		await page.mouse.move(from.x + 90, from.y + 12);
		await page.mouse.down();
		await page.mouse.move(from.x + 95, from.y + 20, { steps: 3 });
		// A hand is never still, and a page hears of a drag as the mouse moves: so it moves a little with every look, on the
		// last row of the card, which grows by the row that shows the change.
		let nudge = 0;
		const held = async () => {
			const box = (await card.boundingBox())!;
			nudge = 1 - nudge;
			await page.mouse.move(box.x + 90 + nudge, box.y + box.height - 14);
			const last = await card.locator('ol > li').last().getAttribute('data-drop');
			return last === null ? '' : page.locator('[data-drop]').innerText();
		};
		await expect.poll(held, { timeout: 15_000 }).toMatch(/公里|放不下/);
		const fits = /公里/.test(await page.locator('[data-drop]').innerText());
		await page.mouse.up();
		// Empty days, which stand in the list as long as the drag lasts, are left out.
		const driven = async () => (await listed()).filter((other) => other.length > 1);
		const last = async () => (await driven()).find(([other]) => other === key)?.at(-1);
		if (fits) {
			await expect.poll(last, { timeout: 15_000 }).toBe(first);
			await undo().click();
		} else await page.getByText('未改动').waitFor();
		await expect.poll(driven, { timeout: 15_000 }).toEqual(before.filter((other) => other.length > 1));
	});

	test('a locked day stays when the rest is solved again, and undo brings back what was', async () => {
		const [key] = (await listed())[0]!;
		const card = page.locator(`[data-route="${key}"]`);
		await card.getByRole('button', { name: '锁定这一天' }).click();
		await card.getByRole('button', { name: '解锁这一天' }).waitFor();
		const locked = await listed();
		// Something to put right: the last stop of another day is taken off.
		await page
			.locator('[data-route]:has([data-visit])')
			.last()
			.locator('[aria-label^="移动"]')
			.last()
			.click();
		const off = await changing(() => page.getByRole('button', { name: '取下不排' }).click());
		const solved = await changing(() => page.getByRole('button', { name: '重新优化' }).click());
		expect(solved.find(([other]) => other === key)).toEqual(locked[0]);
		expect(solved.flat().length).toBeGreaterThan(off.flat().length);
		expect(await changing(() => undo().click())).toEqual(off);
		expect(await changing(() => undo().click())).toEqual(locked);
	});

	test('the route book is one page of paper', async () => {
		await page.goto(`${address}/1/print`);
		await page.locator('article svg polyline').first().waitFor();
		const paper = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
		expect(paper.match(/\/Type \/Page\b/g)).toHaveLength(1);
		expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
	});

	test('the files hold every route, and nothing went wrong in the page', async () => {
		const gpx = await (await planner.ask(`${address}/routes.gpx`)).text();
		expect(gpx).toMatch(/^<\?xml/);
		const stops = gpx.match(/<wpt /g)!.length;
		const shape = JSON.parse(await (await planner.ask(`${address}/routes.geojson`)).text()) as {
			features: { geometry: { type: string } }[];
		};
		expect(gpx.match(/<rte>/g)).toHaveLength(
			shape.features.filter(({ geometry }) => geometry.type === 'LineString').length
		);
		expect(shape.features.filter(({ geometry }) => geometry.type === 'Point')).toHaveLength(stops);
		expect((await planner.ask(`${address}/routes.kml`)).headers.get('content-type')).toContain('kml');
		const book = Buffer.from(await (await planner.ask(`${address}/routes.xlsx`)).arrayBuffer());
		expect(book.subarray(0, 2).toString()).toBe('PK');
		expect(errors).toEqual([]);
	});
});

test('while routes are being searched for the server answers, and cancelling leaves nothing', async () => {
	const form = await (await planner.page('/day-routes/new')).text();
	expect(form).toContain('form');
	const count = async () =>
		(await (await planner.page('/day-routes')).text()).match(/\/day-routes\/\d+"/g)?.length;
	const before = await count();
	const settings = {
		...{
			startsOn: '2027-03-01',
			days: 5,
			onDays: [],
			teamsPerOffice: 2,
			dayFromMin: 510,
			dayToMin: 1050
		},
		...{
			lunchFromMin: 690,
			lunchToMin: 780,
			lunchMin: 60,
			maxVisits: 8,
			setupMin: 10,
			atOnce: 2,
			joinM: 300
		},
		...{
			items: [],
			provider: 'great_circle',
			detour: 1.35,
			kmPerHour: 40,
			mountainFactor: 1.3
		},
		...{
			mountainTownships: [],
			teamDayMin: 120,
			seed: 1,
			iterations: 20_000_000
		}
	};
	const controller = new AbortController();
	const response = await fetch(`${origin}/day-routes/run`, {
		method: 'POST',
		headers: { ...json, cookie: planner.cookie, origin },
		body: JSON.stringify({ draw, settings }),
		signal: controller.signal
	});
	const reader = response.body!.getReader();
	let text = '';
	while (!text.includes('"solve"')) text += new TextDecoder().decode((await reader.read()).value);
	const event = JSON.parse(text.split('\n').find((line) => line.includes('"solve"'))!) as RouteEvent;
	expect(event).toMatchObject({
		type: 'progress',
		step: 'solve',
		leftOver: expect.any(Number)
	});
	const waits: number[] = [];
	for (let k = 0; k < 20; k++) {
		const asked = performance.now();
		expect((await planner.ask('/healthz')).status).toBe(200);
		waits.push(performance.now() - asked);
	}
	// The median: a busy machine stretches single answers.
	expect(waits.sort((a, b) => a - b)[10]).toBeLessThan(200);
	controller.abort();
	expect(await count()).toBe(before);
});
