// The inspector's phone in a browser: its words and steps; the open stop recorded from arrival to its end, as three people
// sign it.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const words = JSON.parse(readFileSync('messages/phone.zh-CN.json', 'utf8')) as Record<string, string>;
/** What the phone says, up to what is filled in. */
export const say = (key: string) => words[`phone_${key}`]!.replace(/\{.*$/, '');

export interface Photo {
	name: string;
	mimeType: string;
	buffer: Buffer;
}

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

/** The next of those who have not signed. */
export async function sign(page: Page): Promise<void> {
	await page
		.getByRole('button', { name: say('sign'), exact: true })
		.first()
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

/** serious: what was found at the first item, for which a case is proposed; absent: nothing was found at any. */
export async function recordStop(page: Page, photos: Photo[], serious?: string): Promise<void> {
	expect(await page.getByRole('button', { name: say('close') }).isDisabled()).toBe(true);
	await arrive(page);
	for (const button of await page.getByRole('button', { name: '未发现问题', exact: true }).all())
		await button.click();
	if (serious !== undefined) {
		await page.getByRole('button', { name: '发现问题', exact: true }).first().click();
		await page.locator('summary', { hasText: say('finding_add') }).click();
		await page.getByLabel(say('finding_item')).selectOption({ index: 1 });
		await page.getByLabel(say('severity')).selectOption('serious');
		await page.getByLabel(say('measure')).selectOption('case');
		await page.getByLabel(say('finding_text')).fill(serious);
		await page.getByRole('button', { name: say('finding_save') }).click();
		await page.getByText(serious).first().waitFor();
	}
	await page.locator('input[type="file"]').setInputFiles(photos);
	await expect.poll(() => page.locator('li img').count(), { timeout: 20_000 }).toBe(photos.length);
	for (let signer = 0; signer < 3; signer++) await sign(page);
	await page.getByRole('button', { name: say('close') }).click();
	await page.getByText(say('closed')).waitFor();
}
