// The phone's pages as a test uses them: their words, and a signature with a finger.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const words = JSON.parse(readFileSync('messages/phone.zh-CN.json', 'utf8')) as Record<string, string>;
/** What a page says, up to its first value. */
export const say = (key: string) => words[`phone_${key}`]!.replace(/\{.*$/, '');

/** On the pad that is open. */
export async function draw(page: Page): Promise<void> {
	const pad = page.locator('svg.touch-none');
	await pad.scrollIntoViewIfNeeded();
	const box = (await pad.boundingBox())!;
	await page.mouse.move(box.x + 30, box.y + 40);
	await page.mouse.down();
	await page.mouse.move(box.x + 160, box.y + 90, { steps: 4 });
	await page.mouse.up();
	await page.getByRole('button', { name: say('sign_done') }).click();
	await pad.waitFor({ state: 'detached' });
}

/** The next of those who have not signed; or that one, by place. */
export async function sign(page: Page, signer = 0): Promise<void> {
	await page
		.getByRole('button', { name: say('sign'), exact: true })
		.nth(signer)
		.click();
	await draw(page);
}

/** Arrival without a position, and the notice. */
export async function arrive(page: Page): Promise<void> {
	await page.getByLabel(say('arrival_reason')).fill('卫星信号弱');
	await page.getByRole('button', { name: say('arrive') }).click();
	await page.getByLabel(say('notice_to')).fill('陈某');
	await page.getByRole('button', { name: say('notice_shown') }).click();
}

/** Until the phone says that all of it is there. */
export async function bringIn(page: Page): Promise<void> {
	for (let tries = 0; ; tries++) {
		await page.getByRole('button', { name: say('sync_now') }).click();
		await page.waitForTimeout(500);
		if ((await page.locator('header p').innerText()).includes('已同步')) return;
		if (tries === 120) throw new Error(await page.locator('header p').innerText());
	}
}
