// The inspector's phone in a real Chromium: a route is fetched, network and server go, eight stops are recorded to their end
// with photos and signatures, the page is opened anew, everything arrives once when both are back, and the office reviews it.
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Pack } from '../../src/lib/core/field/pack';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { qrPath } from '../../src/lib/ui/qr-path';
import { violations } from '../support/axe';
import { launchBrowser, openPage } from '../support/browser';
import { asCamera, pictureMetadata } from '../support/metadata';
import { bringIn, draw, recordStop, say, type Photo } from '../support/phone';
import { signedIn, signIn } from '../support/sign-in';

const origin = inject('origin');
const STOPS = 8;
const PHOTOS = 20;

interface Sent {
	device: string;
	events: { id: string; kind: string; stop: string; body: { sha256?: string; exif?: object } }[];
}

describe('the inspector’s phone', () => {
	let browser: Browser;
	let page: Page;
	let context: BrowserContext;
	let errors: string[];
	const sent: Sent[] = [];
	/** Address of the first stop. */
	let stop: string;
	const photos: Photo[] = [];
	/** The QR on the phone, as drawn. */
	let shown: string;
	const server = (signal: NodeJS.Signals) =>
		process.kill(Number(readFileSync(join(inject('folder'), 'pid'), 'utf8')), signal);

	beforeAll(async () => {
		browser = await launchBrowser();
		({ page, errors } = await openPage(browser, {
			origin,
			viewport: { width: 390, height: 844 },
			geolocation: { longitude: 118.94, latitude: 25.87, accuracy: 10 },
			permissions: ['geolocation']
		}));
		context = page.context();
		page.setDefaultTimeout(20_000);
		// What is tried without a network is not sent.
		page.on('requestfinished', (request) => {
			if (request.url().endsWith('/field/sync')) sent.push(JSON.parse(request.postData() ?? '{}') as Sent);
		});
	});
	afterAll(async () => {
		server('SIGCONT');
		await browser?.close();
	});

	async function scriptKb(): Promise<number> {
		const paths = await page.evaluate(() =>
			performance
				.getEntriesByType('resource')
				.map(({ name }) => new URL(name).pathname)
				.filter((path) => path.startsWith('/_app/') && path.endsWith('.js'))
		);
		const bytes = [...new Set(paths)].map((path) => gzipSync(readFileSync(`build/client${path}`)).length);
		return bytes.reduce((sum, size) => sum + size, 0) / 1000;
	}

	test('signs in once, and has the route', async () => {
		await signIn(page, 'inspector', '/field');
		await page.locator('main a[href^="/field/"]').first().waitFor();
		expect(await violations(page)).toEqual([]);
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		for (let k = 0; k < PHOTOS; k++)
			photos.push({
				...{ name: `${k}.jpg`, mimeType: 'image/jpeg' },
				buffer: asCamera(await page.screenshot({ type: 'jpeg', quality: 30 + k }))
			});
	});

	/** Milliseconds from opening the icon to the list of routes, on a processor a quarter as fast; the best of three. */
	async function opening(): Promise<number> {
		const devtools = await context.newCDPSession(page);
		await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
		const took: number[] = [];
		for (let time = 0; time < 3; time++) {
			const before = Date.now();
			await page.goto('/field');
			await page.locator('main a[href^="/field/"]').first().waitFor();
			took.push(Date.now() - before);
		}
		await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
		await devtools.detach();
		return Math.min(...took);
	}

	/** 送达回证, signed for. */
	async function serve(): Promise<void> {
		await page.getByText(say('served_add')).click();
		const choose = (field: string, value: string) => page.getByLabel(say(field)).selectOption(value);
		await choose('served_document', 'notice');
		await page.getByLabel(say('served_to')).fill('陈某');
		await choose('served_how', 'direct');
		await draw(page);
		await page.locator('p:visible', { hasText: '直接送达，受送达人签收' }).waitFor();
	}

	/** With a finger, as touches of the screen: a point and an area, of which one is taken back. */
	async function sketch(): Promise<void> {
		await page.getByRole('button', { name: say('sketch_draw') }).click();
		const pad = page.getByRole('application', { name: say('sketch') });
		await pad.locator('xpath=self::*[@data-ready]').waitFor();
		await pad.scrollIntoViewIfNeeded();
		const { x, y, width, height } = (await pad.boundingBox())!;
		const devtools = await context.newCDPSession(page);
		const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: [number, number]) =>
			devtools.send('Input.dispatchTouchEvent', {
				type,
				touchPoints: at ? [{ x: x + width * at[0], y: y + height * at[1] }] : []
			});
		const stroke = async (points: [number, number][]) => {
			await touch('touchStart', points[0]);
			for (const at of points.slice(1)) {
				await touch('touchMove', at);
				await page.waitForTimeout(30);
			}
			await touch('touchEnd');
		};
		const save = page.getByRole('button', { name: say('sketch_save') });
		const round = Array.from({ length: 25 }, (_, k): [number, number] => [
			0.5 + 0.25 * Math.cos(k / 4),
			0.5 + 0.25 * Math.sin(k / 4)
		]);
		await stroke(round);
		await page.getByRole('button', { name: '保存草图（1）' }).waitFor();
		await page.getByRole('button', { name: '线', exact: true }).click();
		await stroke([
			[0.2, 0.2],
			[0.3, 0.3],
			[0.4, 0.25],
			[0.5, 0.3]
		]);
		await page.getByRole('button', { name: '保存草图（2）' }).waitFor();
		expect(await violations(page)).toEqual([]);
		await page.getByRole('button', { name: say('sketch_undo') }).click();
		await page.getByRole('button', { name: '保存草图（1）' }).waitFor();
		await save.click();
		await page.getByRole('img', { name: '画的草图' }).waitFor();
		await devtools.detach();
	}

	/** The square that the party scans holds the address of this stop's certificates, and nothing else. */
	async function showCertificates(): Promise<void> {
		await page.getByText(say('certificates_qr')).first().click();
		const square = page.getByRole('img', { name: say('certificates_qr') });
		shown = (await square.locator('path').getAttribute('d'))!;
	}

	test('opens without a network or a server, and records a route of eight stops', async () => {
		await context.setOffline(true);
		server('SIGSTOP');
		expect(await opening()).toBeLessThan(1500);
		await page.locator('main a[href^="/field/"]').first().click();
		await page.locator('ol a').first().waitFor();
		expect(await violations(page)).toEqual([]);
		const list = page.url();
		expect(await page.locator('ol a').count()).toBe(STOPS);
		for (let k = 0; k < STOPS; k++) {
			await page.goto(list);
			await page.locator('ol a').nth(k).click();
			await page.getByRole('heading', { name: say('arrival') }).waitFor();
			if (k === 0) {
				stop = page.url();
				expect(await scriptKb()).toBeLessThan(250);
				expect(await violations(page)).toEqual([]);
				await showCertificates();
				await sketch();
				await serve();
			}
			await recordStop(page, photos.splice(0, k < PHOTOS - 2 * STOPS ? 3 : 2));
		}
	});

	/** The tables as the program before this one left them: version 1, with every row written so far. */
	async function asOfVersion1(): Promise<{ before: number; after: number }> {
		// A page of the same origin that has no program of its own.
		const blank = { contentType: 'text/html', body: '<title>blank</title>' };
		await page.route('**/blank', (route) => route.fulfill(blank));
		await page.goto('/blank');
		return page.evaluate(async () => {
			const kept = ['meta', 'packs', 'events', 'photos'];
			const done = <T>(request: IDBRequest<T>) =>
				new Promise<T>((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error!);
				});
			const now = await done(indexedDB.open('fairlot-field'));
			const before = now.version;
			const reading = now.transaction(kept);
			const rows = await Promise.all(
				kept.map(async (name) => {
					const store = reading.objectStore(name);
					return [name, await done(store.getAll()), await done(store.getAllKeys())] as const;
				})
			);
			now.close();
			await done(indexedDB.deleteDatabase('fairlot-field'));
			const opening = indexedDB.open('fairlot-field', 1);
			opening.onupgradeneeded = () => {
				opening.result.createObjectStore('meta');
				for (const [name, keyPath] of [
					['packs', 'hash'],
					['events', 'seq'],
					['photos', 'sha256']
				] as const)
					opening.result.createObjectStore(name, { keyPath });
			};
			const old = await done(opening);
			const writing = old.transaction(kept, 'readwrite');
			for (const [name, values, keys] of rows)
				values.forEach((value: unknown, k) => {
					if (name === 'meta') writing.objectStore(name).put(value, keys[k]!);
					else writing.objectStore(name).put(value);
				});
			await new Promise((resolve) => (writing.oncomplete = resolve));
			const after = old.version;
			old.close();
			return { before, after };
		});
	}

	test('an update finds the tables of the version before, and what was recorded in them', async () => {
		expect(await asOfVersion1()).toEqual({ before: 2, after: 1 });
		await page.goto(stop);
		await page.getByText(say('closed')).waitFor();
		expect(sent.flatMap(({ events }) => events)).toEqual([]);
	});

	test('still has it when opened anew, and brings everything once', async () => {
		// There is a network, and a server that does not answer.
		await context.setOffline(false);
		await page.goto(stop);
		await page.getByText(say('closed')).waitFor();
		expect(sent.flatMap(({ events }) => events)).toEqual([]);
		server('SIGCONT');
		await bringIn(page);

		const events = sent.flatMap((batch) => batch.events);
		const kinds = events.map(({ kind }) => kind);
		expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
		const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
		expect({ photo: count('photo'), signed: count('signed'), closed: count('closed') }).toEqual({
			...{ photo: PHOTOS, signed: 3 * STOPS, closed: STOPS }
		});
		const inspector = await signedIn(origin, 'inspector');
		const device = sent[0]!.device;
		const { records } = (await (await inspector.ask(`/field/packs?device=${device}`)).json()) as {
			records: { stop: string; state: string }[];
		};
		const ended = new Set(records.filter(({ state }) => state === 'closed').map((one) => one.stop));
		expect(events.filter((event) => !ended.has(event.stop))).toEqual([]);
		for (const { body } of events.filter(({ kind }) => kind === 'photo')) {
			const photo = await inspector.ask(`/field/photos/${body.sha256}?device=${device}`);
			const bytes = Buffer.from(await photo.arrayBuffer());
			expect(createHash('sha256').update(bytes).digest('hex')).toBe(body.sha256);
			// What the camera wrote into the file stands in the record, which is sealed, and no more in the picture.
			expect(body.exif).toMatchObject({
				...{ make: 'Maker of the test', model: 'Model of the test', at: [1_189_400_000, 258_700_000] }
			});
			expect(pictureMetadata(bytes)).toEqual([]);
			expect(bytes.includes('of the test')).toBe(false);
		}
		const leader = await signedIn(origin, 'leader');
		expect((await leader.ask(`/field/packs?device=${device}`)).status).toBe(403);
	});

	test('the party scans the square: the portal tells who is sent to it today, and no more', async () => {
		const inspector = await signedIn(origin, 'inspector');
		const device = sent[0]!.device;
		const id = decodeURIComponent(stop.split('/').at(-1)!);
		const { packs } = (await (await inspector.ask(`/field/packs?device=${device}`)).json()) as {
			packs: { hash: string; day: string }[];
		};
		const all = await Promise.all(
			packs.map(async ({ hash }) => {
				const pack = await inspector.ask(`/field/packs/${hash}?device=${device}`);
				return (await pack.json()) as Pack;
			})
		);
		const pack = all.find(({ stops }) => stops.some((one) => one.id === id))!;
		const { pass, targets, party } = pack.stops.find((one) => one.id === id)!;
		const path = `/portal/certificates/${pass}`;
		expect(qrPath(origin + path).path).toBe(shown);

		const { page: theirs, errors: faults, close } = await openPage(browser, { origin });
		for (const colorScheme of ['dark', 'light'] as const) {
			await theirs.emulateMedia({ colorScheme });
			await theirs.goto(path);
			expect(await violations(theirs)).toEqual([]);
		}
		const text = await theirs.locator('main').innerText();
		expect(text).toContain(party!.name);
		for (const { name, certificate } of pack.crew) {
			expect(text).toContain(name);
			expect(text).not.toContain(certificate);
		}
		for (const target of targets) expect(await theirs.content()).not.toContain(target.code);
		expect(await violations(theirs)).toEqual([]);
		const answer = await fetch(origin + path);
		expect([answer.headers.get('cache-control'), answer.headers.get('x-robots-tag')]).toEqual([
			...['private, no-store', 'noindex']
		]);
		for (const wrong of ['0'.repeat(32), 'x', `${pass}0`]) {
			const none = await fetch(`${origin}/portal/certificates/${wrong}`);
			expect([none.status, (await none.text()).includes('查无此码')]).toEqual([404, true]);
		}
		expect(faults).toEqual([]);
		await close();
	});

	test('the office accepts one record, which becomes a result, and returns another to the phone', async () => {
		const { page: desk, errors: faults, close } = await openPage(browser, { origin });
		await signIn(desk, 'head', '/field-work?when=today&state=review');
		const records = desk.locator('main table a');
		await expect.poll(() => records.count()).toBe(STOPS);
		const [first, second] = await records.evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
		await desk.goto(first!);
		const photo = desk.locator('main img').first();
		await photo.scrollIntoViewIfNeeded();
		await expect
			.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth))
			.toBeGreaterThan(0);
		expect(await violations(desk)).toEqual([]);
		await desk.emulateMedia({ colorScheme: 'dark' });
		expect(await violations(desk)).toEqual([]);
		await desk.getByRole('button', { name: '通过并登记结果' }).click();
		const result = desk.locator('main a[href^="/results/"]');
		await result.waitFor();
		expect((await desk.request.get((await result.getAttribute('href'))!)).status()).toBe(200);
		const archive = await desk.request.get(`${first}/archive.zip`);
		expect([archive.status(), archive.headers()['content-type']]).toEqual([200, 'application/zip']);

		await desk.goto(second!);
		await desk.getByRole('button', { name: '退回', exact: true }).click();
		await desk.getByRole('dialog').getByRole('textbox').fill('请补拍西侧界桩');
		await desk.getByRole('dialog').getByRole('button', { name: '退回', exact: true }).click();
		await desk.getByText('退回原因：请补拍西侧界桩').waitFor();
		const told = await page.request.get(`/field/packs?device=${sent[0]!.device}`);
		expect(await told.text()).toContain('请补拍西侧界桩');

		const path = new URL(desk.url()).pathname;
		const leader = await signedIn(origin, 'leader');
		expect((await leader.form(`${path}?/accept`)).status).toBe(403);
		const publisher = await signedIn(origin, 'publisher');
		expect((await publisher.page(path)).status).toBe(404);
		expect(faults).toEqual([]);
		await close();
	});

	test('nothing went wrong in the page', () => {
		expect(
			errors.filter((error) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(error))
		).toEqual([]);
	});
});
