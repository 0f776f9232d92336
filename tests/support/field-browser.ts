// The one phone of a storm that is a real Chromium: an inspector who photographs and takes notes while requests are lost
// and doubled, the page is closed or crashes at any moment, the disk is full, the clock is a day off, and an update of the
// application arrives. Whatever the page does not show afterwards is done again, as an inspector would.
import { createHash } from 'node:crypto';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Stream } from '../../src/lib/core/bytes/stream';
import { bringIn, say } from './phone';

const DAY_MS = 86_400_000;
const NOTES = 5;

/** What the page showed as written down. */
export interface Handed {
	notes: string[];
	/** SHA-256 of the files that the camera made. */
	originals: string[];
	killed: number;
}

export async function browserPhone(
	browser: Browser,
	{ origin, cookie, luck }: { origin: string; cookie: string; luck: Stream }
) {
	const context = await browser.newContext({
		...{ baseURL: origin, locale: 'zh-CN', viewport: { width: 390, height: 844 } }
	});
	await context.addCookies([{ name: 'fairlot.session_token', value: cookie, url: origin }]);
	await context.addInitScript(misfortune, { skewMs: (luck.int(3) - 1) * DAY_MS, seed: luck.int(2 ** 31) });
	const handed: Handed = { notes: [], originals: [], killed: 0 };
	let page: Page;
	let path: string;
	/** Of this phone: the colleague's arrive whenever they like. */
	const photos = () => page.locator('ul.grid > li[data-own="true"]').count();
	const here = () => page.getByRole('heading', { name: say('arrival') }).waitFor();

	async function show(): Promise<void> {
		page = await context.newPage();
		page.setDefaultTimeout(30_000);
		await page.goto(path);
		await here();
	}
	/** At once, whatever it is doing: closed by the system, or crashed. */
	async function kill(): Promise<void> {
		handed.killed++;
		if (luck.int(2) === 0) {
			const devtools = await context.newCDPSession(page);
			const crashed = page.waitForEvent('crash');
			void devtools.send('Page.crash').catch(() => {});
			await crashed;
		}
		await page.close();
		await show();
	}
	/** Until the page shows it; now and then the page dies in between. */
	async function insist(shown: () => Promise<boolean>, act: () => Promise<void>): Promise<void> {
		while (!(await shown())) {
			await act();
			if (luck.int(4) === 0) {
				await page.waitForTimeout(luck.int(400));
				await kill();
			} else await expect.poll(shown, { timeout: 30_000 }).toBe(true);
		}
	}
	const choose = (file: Buffer) =>
		page.locator('input[type="file"]').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: file });

	/** The browser looks at the room that is left when it opens the database, and keeps that in mind for a while. */
	async function reopened(devtools: CDPSession, quota: { quotaSize?: number }): Promise<void> {
		await devtools.send('Storage.overrideQuotaForOrigin', { origin, ...quota });
		await page.close();
		await new Promise((wait) => setTimeout(wait, 3000));
		await show();
	}
	async function fullDisk(file: Buffer): Promise<void> {
		const before = await photos();
		// Of another page: what it overrides ends with it.
		const other = await context.newPage();
		const devtools = await context.newCDPSession(other);
		await reopened(devtools, { quotaSize: 1 });
		// Writing what the server said is refused, too.
		const refused = async () => {
			await page.getByRole('button', { name: say('sync_now') }).click();
			return page.getByText(say('problem_full')).isVisible();
		};
		await expect.poll(refused, { timeout: 60_000, interval: 500 }).toBe(true);
		await choose(file);
		await page
			.getByRole('alert')
			.filter({ hasText: say('photo_full') })
			.waitFor();
		expect(await photos()).toBe(before);
		await reopened(devtools, {});
		await other.close();
	}

	return {
		/** Enrols, takes the route along, and answers without a network. */
		async open(at: string): Promise<void> {
			path = at;
			page = await context.newPage();
			page.setDefaultTimeout(30_000);
			await page.goto('/field');
			// What the line loses is asked for again, by hand if not by the page.
			const route = page.locator('main a[href^="/field/"]').first();
			while (!(await route.isVisible())) {
				const again = page.getByRole('button', { name: say('sync_now') });
				await route.or(again).first().waitFor();
				if (await again.isEnabled()) await again.click();
				await route.waitFor({ timeout: 5000 }).catch(() => undefined);
			}
			await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
			await context.setOffline(true);
			await page.close();
			await show();
			await page.getByRole('button', { name: '未发现问题', exact: true }).click();
			await page.locator('button[aria-pressed="true"]').waitFor();
		},
		async work(count: number): Promise<Handed> {
			await context.setOffline(false);
			const full = luck.int(count);
			for (let k = 0; k < count; k++) {
				const clip = { x: 0, y: 0, width: 120 + k, height: 90 };
				const file = await page.screenshot({ type: 'jpeg', quality: 60, clip });
				if (k === full) await fullDisk(file);
				const before = await photos();
				await insist(
					async () => (await photos()) > before,
					() => choose(file)
				);
				handed.originals.push(createHash('sha256').update(file).digest('hex'));
				if (k % Math.ceil(count / NOTES) > 0) continue;
				const text = `补充 ${handed.notes.length + 1}`;
				await insist(
					async () => (await page.getByText(text).count()) > 0,
					async () => {
						await page.getByLabel(say('note'), { exact: true }).fill(text);
						await page.getByRole('button', { name: say('note_add'), exact: true }).click();
					}
				);
				handed.notes.push(text);
			}
			return handed;
		},
		/** Takes the update, and brings what is left. */
		async finish(version: string): Promise<Handed> {
			await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
			const versions = () =>
				page.evaluate(async () => (await caches.keys()).filter((name) => name !== 'fairlot-fonts'));
			await expect.poll(versions, { timeout: 30_000 }).toContain(`fairlot-field-${version}`);
			// The old one stays until its pages are closed; a page opened again too soon keeps it.
			const opened = async () => {
				await page.close();
				await show();
				return versions();
			};
			const only = [`fairlot-field-${version}`];
			await expect.poll(opened, { timeout: 60_000, interval: 1000 }).toEqual(only);
			await bringIn(page);
			return handed;
		},
		close: () => context.close()
	};
}

/** Runs in the page: a clock that is off, and a line on which one request in ten is lost, and one in twenty goes twice. */
function misfortune({ skewMs, seed }: { skewMs: number; seed: number }): void {
	const Real = Date;
	class Skewed extends Real {
		constructor(...given: [] | [string | number]) {
			if (given.length === 0) super(Real.now() + skewMs);
			else super(given[0]);
		}
		static override now = () => Real.now() + skewMs;
	}
	globalThis.Date = Skewed as DateConstructor;
	// Another sequence for each page that is opened.
	let state = (seed + Real.now()) >>> 0;
	const random = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	const real = globalThis.fetch;
	globalThis.fetch = async (input, init) => {
		const path = typeof input === 'string' ? input : '';
		if (!/^\/field\/(sync|photos|events|packs)/.test(path)) return real(input, init);
		const luck = random();
		if (luck < 0.05) throw new TypeError('lost on the way there');
		if (luck < 0.1) await real(input, init).catch(() => undefined);
		const answer = await real(input, init);
		if (luck >= 0.1 && luck < 0.15) throw new TypeError('lost on the way back');
		return answer;
	};
}
