// Crews by lot in a real Chromium: a list → day routes → pairings, commitment, digits on a second screen → crews → one of
// them replaced by the next of the seat's order. Both offline verifiers accept the document the page hands out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser, openPage } from '../support/browser';
import { signedIn, signIn, type Visit } from '../support/sign-in';
import { hasPython, pagePath, pythonPath } from '../support/verifiers';

const origin = inject('origin');
const json = { 'content-type': 'application/json' };
const digits = '31415926535897932384';

let browser: Browser;
let folder: string;
let planner: Page;
let witness: Page;
let errors: string[][];
let visit: Visit;
let series: number;
let address: string;

/** Day routes of the last list of mines, as the form suggests them, but few: a lottery of seconds. */
async function planRoutes(): Promise<number> {
	const settings = {
		...{ startsOn: '2027-04-05', days: 3, onDays: [], teamsPerOffice: 1, dayFromMin: 480, dayToMin: 1140 },
		...{ lunchFromMin: 690, lunchToMin: 780, lunchMin: 0, maxVisits: 12, setupMin: 5, atOnce: 6, joinM: 500 },
		...{ items: [], provider: 'great_circle', detour: 1.35, kmPerHour: 60, mountainFactor: 1.1 },
		...{ mountainTownships: [], teamDayMin: 600, seed: 1, iterations: 3000 }
	};
	const answer = await visit.ask('/day-routes/run', {
		method: 'POST',
		headers: json,
		body: JSON.stringify({ draw: 10, settings })
	});
	const last = JSON.parse((await answer.text()).trim().split('\n').at(-1)!) as {
		type: string;
		series: number;
	};
	expect(last.type).toBe('done');
	return last.series;
}

beforeAll(async () => {
	visit = await signedIn(origin, 'planner');
	series = await planRoutes();
	browser = await launchBrowser();
	folder = mkdtempSync(join(tmpdir(), 'fairlot-crew-'));
	const open = async (username: string, next: string) => {
		const opened = await openPage(browser, { origin, viewport: { width: 1024, height: 768 } });
		opened.page.setDefaultTimeout(15_000);
		await signIn(opened.page, username, next);
		return opened;
	};
	const people = [
		await open('planner', `/crews/new?routes=${series}`),
		await open('witness', '/crews')
	] as const;
	[planner, witness] = [people[0].page, people[1].page];
	errors = people.map((person) => person.errors);
});
afterAll(async () => {
	await browser?.close();
	rmSync(folder, { recursive: true, force: true });
});

const press = (page: Page, action: string) =>
	page.locator(`form[action="?/${action}"] button[type="submit"]`).first().click();
const seats = () =>
	planner.locator('[data-crew] [data-name]').evaluateAll((names) => names.map((name) => name.textContent));

describe('crews by lot', () => {
	test('are prepared with progress, and committed to in public', async () => {
		await planner.waitForLoadState('networkidle');
		await planner.getByLabel(/^监督人/).click();
		await planner.getByRole('option', { name: '（witness）' }).click();
		await planner.locator('input[name="body1"]').fill('局办公室');
		await planner.locator('input[name="noticeMinutes"]').fill('0');
		await planner.getByRole('button', { name: '计算组合' }).click();
		await planner.locator('[data-run]').waitFor();
		await planner.waitForURL(/\/crews\/\d+$/, { timeout: 60_000 });
		address = new URL(planner.url()).pathname;
		await planner.getByText('任何抽法最多').waitFor();
		await press(planner, 'announce');
		await planner.locator('[data-commitment]').waitFor();
		expect(await (await visit.page(`/day-routes/${series}`)).text()).toContain(address);
	});

	test('are drawn by the digits of a witness on another screen, and signed on both', async () => {
		await witness.goto(address);
		for (const name of ['digits', 'again']) await witness.locator(`input[name="${name}"]`).fill(digits);
		await press(witness, 'digits');
		await press(planner, 'draw');
		await planner.locator('[data-crew]').first().waitFor();
		const names = await seats();
		expect(names.length).toBeGreaterThanOrEqual(2);
		expect(names.length % 2).toBe(0);
		await press(planner, 'sign');
		await press(witness, 'sign');
		await witness.locator('[data-crew]').first().waitFor();
		const notices = await visit.ask(`/day-routes/${series}/notices.docx`);
		const text = strFromU8(unzipSync(new Uint8Array(await notices.arrayBuffer()))['word/document.xml']!);
		expect(text).toContain(`执法人员：${names[0]}`);
	});

	test('who may go with whom is said, and why not', async () => {
		await planner.getByRole('tab', { name: '谁能和谁去' }).click();
		await planner.locator('[data-pairs]').getByText('可以一起去', { exact: true }).first().waitFor();
		await planner.locator('[data-pairs] summary').click();
		await planner.locator('[data-pairs] li').getByText('来自同一个所').first().waitFor();
		await planner.getByRole('tab', { name: '各路线人员' }).click();
	});

	test('one who falls ill gives the seat to the next of its order, once the head approves', async () => {
		const seat = planner.locator('[data-crew] [data-seat="1"]').first();
		const held = await seat.locator('[data-name]').innerText();
		await seat.getByRole('button', { name: '替换' }).click();
		const dialog = planner.getByRole('dialog');
		await dialog.locator('input[name="evidence"]').fill('病假条 12 号');
		await dialog.getByRole('button', { name: '申请替换' }).click();
		const row = planner.locator('[data-replacement]').first();
		const next = await row.locator('strong').innerText();
		expect(next).not.toBe(held);
		const leader = await signedIn(origin, 'leader');
		const id = (await row.getAttribute('data-replacement'))!;
		expect((await leader.form(`${address}?/decide`, { id, decision: 'approved' })).status).toBe(303);
		await planner.reload();
		await planner.locator('[data-crew]').first().waitFor();
		expect((await seats())[0]).toBe(next);
		expect(errors.flat()).toEqual([]);
	});

	test('both offline verifiers accept the document, which names nobody', async () => {
		const document = await (await visit.ask(`${address}/crew.json`)).text();
		const commitment = (await planner.locator('[data-commitment]').getAttribute('data-commitment'))!;
		const file = join(folder, 'crew.json');
		writeFileSync(file, document);
		expect(document).not.toMatch(/演示|91350125/);
		if (hasPython) {
			const said = spawnSync('python3', [pythonPath, file, '--commitment', commitment], { encoding: 'utf8' });
			expect(said).toMatchObject({ status: 0 });
		}
		const { page, close } = await openPage(browser);
		await page.goto(pathToFileURL(pagePath).href);
		await page.locator('input[type="file"]').first().setInputFiles(file);
		await page.locator('#c').fill(commitment);
		await page.locator('#go').click();
		await page.locator('#outcome').waitFor({ state: 'visible' });
		expect(await page.locator('#verdict').innerText()).toMatch(/核验通过|check/);
		await close();
	});

	test('those whose work it is not are refused', async () => {
		const head = await signedIn(origin, 'inspector');
		expect((await head.form(`${address}?/replace`, { route: 'x', seat: '1' })).status).toBe(403);
		expect((await head.form(`${address}?/announce`)).status).toBe(403);
		expect((await visit.form(`${address}?/decide`, { id: '1', decision: 'approved' })).status).toBe(403);
		expect((await visit.form(`${address}?/digits`, { digits, again: digits })).status).toBe(403);
	});
});
