// From a finding on the phone to everything that comes of it, through the pages and on a server of its own: reviewed, approved,
// on the portal, penalised, handed to the police, taken by both credit platforms; then the penalty is revoked, comes off
// within three days, and both platforms hear of it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayInChina } from '../../src/lib/core/calendar/year';
import { daysAfter } from '../../src/lib/core/posting/deadline';
import { launchBrowser, openPage } from '../support/browser';
import { Desks, press, unfold } from '../support/desks';
import { bringIn, recordStop, say } from '../support/phone';
import { signIn } from '../support/sign-in';
import { answering, ownPlace } from './server';

const FINDING = '北侧超出批准范围占地，已拍照并实测';
const DOCUMENT = '测自然资罚〔2026〕7号';
const REVOKED = '复议撤销原处罚决定';
let folder: string;
let env: NodeJS.ProcessEnv;
let server: ChildProcess;
let browser: Browser;
let desks: Desks;
/** Without script, as anybody reads the portal. */
let citizen: Page;
/** The result's page in the office. */
let result = '';
const today = () => dayInChina(new Date());
const as = (username: string, path = result) => desks.of(username, path);
const command = (...args: string[]) => {
	const { status, stderr } = spawnSync('npm', ['run', '-s', ...args], { env, encoding: 'utf8' });
	if (status !== 0) throw new Error(stderr);
};

/** It has a server of its own, and the embedded database takes most of a minute to start one. */
const onPostgis = Boolean(process.env.TEST_DATABASE_URL);
beforeAll(async () => {
	if (!onPostgis) return;
	folder = mkdtempSync(join(tmpdir(), 'fairlot-push-'));
	const place = await ownPlace(folder, '_push');
	({ env } = place);
	if (env.DATABASE_URL) command('demo');
	server = spawn(process.execPath, ['build/index.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
	await answering(place.origin, server);
	browser = await launchBrowser();
	desks = new Desks(browser, place.origin);
	({ page: citizen } = await openPage(browser, { origin: place.origin, javaScriptEnabled: false }));
});
afterAll(async () => {
	await browser?.close();
	const ended = new Promise((resolve) => server?.once('exit', resolve));
	if (server?.kill('SIGTERM')) await ended;
	if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Both platforms have this of the penalty; a worker sends where the server does not. */
async function taken(action: string): Promise<void> {
	if (env.DATABASE_URL) command('worker', '--', '--once');
	const page = await as('publisher', '/credit/received');
	const rows = page.locator('tbody tr', { hasText: DOCUMENT }).filter({ hasText: action });
	await expect
		.poll(async () => (await page.reload(), rows.count()), { timeout: 60_000, interval: 1000 })
		.toBe(2);
	const platforms = await rows.locator('td:nth-child(2)').allInnerTexts();
	expect(platforms.sort()).toEqual(['信用中国', '国家企业信用信息公示系统']);
}

/** The phone finds it, the office accepts the record, another approves the result. */
async function found(): Promise<void> {
	const { page, close } = await openPage(browser, {
		...{ origin: desks.origin, viewport: { width: 390, height: 844 } },
		...{ geolocation: { longitude: 118.94, latitude: 25.87, accuracy: 10 }, permissions: ['geolocation'] }
	});
	page.setDefaultTimeout(20_000);
	await signIn(page, 'inspector', '/field');
	await page.locator('main a[href^="/field/"]').first().click();
	await page.locator('ol a').first().click();
	await page.getByRole('heading', { name: say('arrival') }).waitFor();
	const photo = { name: '1.jpg', mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg' }) };
	await recordStop(page, [photo], FINDING);
	await bringIn(page);
	await close();

	const head = await as('head', '/field-work?when=today&state=review');
	await head.locator('main table a').click();
	await head.getByText(FINDING).first().waitFor();
	await press(head, '通过并登记结果');
	await head.locator('main a[href^="/results/"]').click();
	await head.waitForURL(/\/results\/[0-9]+$/);
	result = new URL(head.url()).pathname;
	const leader = await as('leader');
	await press(leader, '核定');
	await leader.getByText('已核定').first().waitFor();
}

/** A reader of the portal finds it, without what the office keeps. */
async function published(): Promise<void> {
	const publisher = await as('publisher');
	await press(publisher, '公示');
	await publisher.getByText('已公示的内容').waitFor();
	const posting = await publisher.locator('main a[href^="/portal/results/"]').getAttribute('href');
	const answer = await citizen.goto(posting!);
	expect(answer!.status()).toBe(200);
	const read = await citizen.innerText('main');
	expect(read).toContain('立案查处');
	expect(read).not.toContain(FINDING);
}

/** A penalty by three people is public, and both platforms have it. */
async function penalised(): Promise<void> {
	const planner = await as('planner');
	await unfold(planner, '起草处罚决定');
	await planner.getByLabel('决定书文号').fill(DOCUMENT);
	await planner.getByLabel('罚款', { exact: true }).click();
	await planner.getByLabel('违法事实').fill('超出批准范围占地');
	await planner.getByLabel('处罚依据').fill('《中华人民共和国土地管理法》');
	await planner.getByLabel('处罚内容').fill('罚款人民币贰万元');
	await planner.getByLabel('罚款金额').fill('20000');
	await press(planner, '提交法制审核');
	await planner.getByText('待法制审核').first().waitFor();
	const reviewer = await as('reviewer');
	await reviewer.getByLabel('审核意见').fill('同意');
	await press(reviewer, '通过法制审核');
	await reviewer.getByText('待决定').first().waitFor();
	const leader = await as('leader');
	await press(leader, '作出处罚决定');
	await leader.getByText('待公示').first().waitFor();
	const publisher = await as('publisher');
	await publisher.getByLabel('公示截止').fill(`${Number(today().slice(0, 4)) + 1}-12-31`);
	await press(publisher, '公示处罚');
	await publisher.locator('#penalties').getByText('已公示').first().waitFor();
	await taken('新增');
	await citizen.goto(`/portal/results?q=${encodeURIComponent(DOCUMENT)}`);
	await citizen.locator('main tbody a').first().click();
	expect(await citizen.innerText('main')).toContain('20,000');
}

/** The suspected crime stands over the board until the police have it, and nothing is closed before. */
async function referred(): Promise<void> {
	const head = await as('head');
	await unfold(head, '提出移送');
	await head.getByText('涉嫌犯罪', { exact: true }).click();
	await head.getByLabel('受移送单位').fill('县公安局');
	await head.getByLabel('移送事项').fill('涉嫌非法占用农用地，面积待鉴定');
	await press(head, '提出移送');
	await head.getByText('移送第').first().waitFor();
	const leader = await as('leader', '/results');
	const crime = leader.locator(`a[href="${result}#referrals"]`);
	await crime.waitFor();
	await leader.goto(result);
	await leader.getByText('移送还没有结论').waitFor();
	expect(await leader.getByRole('button', { name: '办结', exact: true }).count()).toBe(0);
	await press(leader, '同意移送');
	await leader.getByText('待送达').first().waitFor();
	await as('head');
	await press(head, '已送达');
	await head.getByLabel('签收文号').fill('公收〔2026〕21号');
	await press(head, '登记签收');
	await leader.goto('/results');
	await leader.getByText('涉嫌犯罪尚未移送').waitFor();
	expect(await crime.count()).toBe(0);
	await head.getByLabel('答复内容').first().fill('已受理立案');
	await press(head, '已受理');
	await head.getByText('公收〔2026〕21号').waitFor();
	await head.locator('#referrals').getByText('待答复').waitFor({ state: 'detached' });
}

/** Revoked, it is off the portal and off both platforms within three days, and then the result is closed. */
async function revoked(): Promise<void> {
	const leader = await as('leader');
	const penalties = leader.locator('#penalties');
	await penalties.locator('summary', { hasText: '要求撤下' }).click();
	await penalties.getByLabel('原因').fill(REVOKED);
	await penalties.getByRole('button', { name: '要求撤下', exact: true }).click();
	await penalties.getByText(`期限 ${daysAfter(today(), 3)}`).waitFor();
	expect((await citizen.reload())!.status()).toBe(200);
	const publisher = await as('publisher');
	await publisher.locator('#penalties').getByRole('button', { name: '撤下公示', exact: true }).click();
	await publisher.locator('#penalties').getByText('已撤下').waitFor();
	await taken('撤销');
	// Asked for anew: a browser may keep a page for half a minute.
	expect((await citizen.reload())!.status()).toBe(410);
	const tombstone = await citizen.innerText('main');
	expect(tombstone).toContain(REVOKED);
	expect(tombstone).not.toMatch(/20,000|占地/);
	await as('leader');
	await leader.getByLabel('办结意见').fill('处罚撤销，已移送公安机关');
	await press(leader, '办结');
	await leader.getByText('已办结').first().waitFor();
}

test.runIf(onPostgis)(
	'a field finding becomes a result, a posting, a penalty, a referral, and messages to both platforms',
	async () => {
		await found();
		await published();
		await penalised();
		await referred();
		await revoked();
		expect(desks.errors.flat()).toEqual([]);
	},
	480_000
);
