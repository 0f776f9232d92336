// From files to a draw in a real Chromium, on a server of its own: a township layer replaces the sketch, parcels are
// checked, committed, planned, drawn and seen on the map. The real layer is used where it lies beside the project.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSketch } from '../../src/lib/server/demo/geodata';
import { launchBrowser, openPage } from '../support/browser';
import { writeParcels } from '../support/parcels';
import { countPixels } from '../support/pixels';
import { hasGdal } from '../support/same-parcels';
import { signIn, signedIn } from '../support/sign-in';
import { answering, emptyDatabaseBeside, freePort } from './server';

const REAL = '../shared/data/real/yongtai_townships_wgs84.geojson';
const MINES = '../shared/data/real/gem_china_mine_boundaries_103.geojson';
const PARCELS = 12_000;
const vermilion = [0xd9, 0x48, 0x0f] as const;

let folder: string;
let origin: string;
let server: ChildProcess;
let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
	if (!process.env.TEST_DATABASE_URL) return;
	folder = mkdtempSync(join(tmpdir(), 'fairlot-e2e-import-'));
	const port = await freePort();
	origin = `http://127.0.0.1:${port}`;
	const env: NodeJS.ProcessEnv = {
		...process.env,
		...{ HOST: '127.0.0.1', PORT: String(port), ORIGIN: origin, FAIRLOT_DATA: join(folder, 'data') },
		// As `npm start` sets it.
		BODY_SIZE_LIMIT: '64M',
		FAIRLOT_SECRET: 'of this one test, and of nothing else'
	};
	delete env.DATABASE_URL;
	if (process.env.TEST_DATABASE_URL) {
		env.DATABASE_URL = await emptyDatabaseBeside(process.env.TEST_DATABASE_URL, '_import');
		spawnSync('npm', ['run', '-s', 'demo'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
	}
	server = spawn(process.execPath, ['build/index.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
	await answering(origin, server);
	browser = await launchBrowser();
	({ page, errors } = await openPage(browser, { origin, colorScheme: 'light' }));
	page.setDefaultTimeout(60_000);
});
afterAll(async () => {
	await browser?.close();
	if (!server) return;
	server.kill('SIGTERM');
	await new Promise((ended) => (server.exitCode === null ? server.once('exit', ended) : ended(null)));
	rmSync(folder, { recursive: true, force: true });
});

/** The sketch of the demonstration 50 m to the east, as a layer of its own, for where the real one is absent. */
function sketchLayer(): string {
	const file = join(folder, 'townships.geojson');
	const features = readSketch().map(({ code, name, ring }) => ({
		type: 'Feature',
		properties: { code, name },
		geometry: { type: 'Polygon', coordinates: [ring.map(([lon, lat]) => [lon + 0.0005, lat])] }
	}));
	writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }));
	return file;
}

/** Twelve parcels as ArcMap in China leaves them: GBK, no .cpg, no .prj, eastings without a prefix; the code in a column
 *  of no known name; two of them wrong. */
function shapefile(): string {
	const source = join(folder, 'source.geojson');
	const features = Array.from({ length: 12 }, (_, i) => {
		const [lon, lat] = [118.93 + i / 1000, i === 11 ? 27.5 : 25.87];
		const ring = [
			[lon, lat],
			[lon + 0.0005, lat],
			[lon + 0.0005, lat + 0.0005],
			[lon, lat + 0.0005],
			[lon, lat]
		];
		const code = i === 10 ? '' : `350125001001GB${80_000 + i}W00000000`;
		const properties = { 宗地编: code, DKMC: `旧图第${i}号`, QLR: '' };
		return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } };
	});
	writeFileSync(source, JSON.stringify({ type: 'FeatureCollection', features }));
	const shapes = join(folder, '旧图');
	const options = [
		'-f',
		'ESRI Shapefile',
		'-lco',
		'ENCODING=GBK',
		'-s_srs',
		'EPSG:4490',
		'-t_srs',
		'EPSG:4549'
	];
	spawnSync('ogr2ogr', [...options, shapes, source], { stdio: 'inherit' });
	for (const part of ['cpg', 'prj']) rmSync(join(shapes, `source.${part}`));
	spawnSync('zip', ['-qrX', '旧图.zip', '旧图'], { cwd: folder, stdio: 'inherit' });
	return join(folder, '旧图.zip');
}

const figure = async (label: string) =>
	Number(
		(await page.locator('dl > div', { hasText: label }).locator('dd').first().innerText()).replace(/,/g, '')
	);

async function check(kind: string, file: string): Promise<void> {
	await page.goto(`/registry/import?kind=${kind}`);
	// The page takes files once it is alive.
	await page.waitForLoadState('networkidle');
	await page.locator('input[type="file"]').setInputFiles(file);
	await page.getByRole('button', { name: '检查', exact: true }).click();
}

async function commit(): Promise<void> {
	await page.getByText('检查完成，尚未写入').waitFor();
	await page.getByRole('button', { name: /^提交 / }).click();
	await page.getByText('已导入', { exact: true }).waitFor();
}

describe.skipIf(!process.env.TEST_DATABASE_URL)('import in the browser (on PostGIS: a minute)', () => {
	test('only who may import gets there', async () => {
		await signIn(page, 'planner');
		expect((await page.goto('/registry/import'))!.status()).toBe(403);
		await page.goto('/account');
		await page.context().clearCookies();
		await signIn(page, 'admin', '/registry/import');
	});

	test('a township layer replaces the sketch and re-assigns every target', async () => {
		await check('township', existsSync(REAL) ? REAL : sketchLayer());
		await commit();
		expect((await figure('新增')) + (await figure('变更'))).toBe(21);
		if (existsSync(REAL)) expect(await figure('面积')).toBeCloseTo(2229.01, 0);
	});

	test('refused rows are named with the reason and can be taken away', async (context) => {
		if (!existsSync(MINES)) context.skip('the file of real mine boundaries is not beside the project');
		await check('mining_right', MINES);
		await page
			.getByText(/km|千米|公里/)
			.first()
			.waitFor();
		expect(await figure('拒绝')).toBe(103);
		await expect.poll(() => page.locator('a[href$="/refused.xlsx"]').count()).toBe(1);
	});

	test('an old datum is refused until its seven parameters are given', async () => {
		const file = join(folder, 'xian80.txt');
		const corners = [
			[2862861, 40393754],
			[2862861, 40393854],
			[2862761, 40393854],
			[2862761, 40393754]
		].map(([north, east], i) => `J${i + 1},1,${north}.118,${east}.911`);
		const head = ['[属性描述]', '坐标系=1980西安坐标系', '几度分带=3', '带号=40', '[地块坐标]'];
		const parcel = '4,1.0000,350125001001GB90001W00000000,旧坐标地块,面,,,,@';
		writeFileSync(file, [...head, parcel, ...corners, corners[0], ''].join('\r\n'));
		await page.goto('/registry/import?kind=land_parcel');
		await page.waitForLoadState('networkidle');
		await page.locator('input[type="file"]').first().setInputFiles(file);
		const panel = page.getByRole('region', { name: '七参数' });
		await panel.getByRole('textbox').fill('DX=-12.5\nDY=34.25');
		await panel.getByRole('button', { name: '使用' }).click();
		expect(await panel.getByText('缺少 ΔZ').count()).toBe(1);
		await panel.getByRole('textbox').fill('-12.5 34.25 -8.75 0.31 -0.62 1.24 -2.5');
		await panel.getByRole('button', { name: '使用' }).click();
		await panel.locator('[data-datum]').waitFor();
		await page.getByRole('article', { name: 'xian80.txt' }).getByText('图形', { exact: true }).waitFor();
		await page.getByRole('button', { name: '检查', exact: true }).click();
		await page.getByText('检查完成，尚未写入').waitFor();
		expect(await figure('新增')).toBe(1);
	});

	test('two tables with different headers at once: each has its own columns', async () => {
		const ring = (lon: number) =>
			`"POLYGON((${lon} 25.9,${lon + 0.001} 25.9,${lon + 0.001} 25.901,${lon} 25.9))"`;
		const tables = {
			'甲所.csv': `地块编码,地块名称,wkt\n350125001001GB91001W00000000,甲地,${ring(118.95)}\n`,
			'乙所.csv': `宗地编,名称,wkt\n350125001001GB91002W00000000,乙地,${ring(118.96)}\n`
		};
		for (const [name, text] of Object.entries(tables)) writeFileSync(join(folder, name), text);
		await page.goto('/registry/import?kind=land_parcel');
		await page
			.locator('input[type="file"]')
			.first()
			.setInputFiles(Object.keys(tables).map((name) => join(folder, name)));
		const mapping = page.getByRole('region', { name: '列名对应' });
		const code = (name: string) => mapping.getByLabel(`编号 (${name})`);
		await code('乙所.csv').click();
		await page.getByRole('option', { name: '宗地编', exact: true }).click();
		await expect.poll(() => code('乙所.csv').innerText()).toContain('宗地编');
		expect(await code('甲所.csv').innerText()).toContain('地块编码');
		await page.getByRole('button', { name: '检查', exact: true }).click();
		await page.getByText('检查完成，尚未写入').waitFor();
		expect([await figure('新增'), await figure('拒绝')]).toEqual([2, 0]);
	});

	test('parcels of a surveyor’s file are checked, committed, planned, drawn and on the map', async () => {
		const file = join(folder, 'parcels.geojson');
		await writeParcels(file, PARCELS);
		await check('land_parcel', file);
		await commit();
		// Some are under codes the demonstration has: those are changed. A few lie outside the real boundary.
		const counts = await Promise.all(['新增', '变更', '未变', '拒绝'].map(figure));
		expect(counts.reduce((sum, count) => sum + count)).toBe(PARCELS);
		expect(counts[0]! + counts[1]!).toBeGreaterThan(PARCELS * 0.8);

		await page.context().clearCookies();
		await signIn(page, 'planner', '/plans/new?kind=land_parcel');
		await page.locator('input[name="name"]').fill('导入后抽查');
		await page.getByRole('button', { name: '保存计划' }).click();
		await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/);
		await page.getByRole('link', { name: '试抽' }).first().click();
		for (const name of ['digits', 'again'])
			await page.locator(`input[name="${name}"]`).fill('31415926535897932384');
		await page.locator('form button[type="submit"]').click();
		await page.waitForURL(/\/draws\/\d+$/);
		const draw = new URL(page.url()).pathname.split('/').at(-1)!;

		const red = async (address: string) => {
			await page.goto(address);
			await page.waitForSelector('.maplibregl-map[data-ready="true"]');
			const canvas = await page.locator('.maplibregl-map canvas').screenshot();
			return (await countPixels(browser, canvas, [vermilion]))[0]!;
		};
		const before = await red('/map');
		await expect
			.poll(async () => (await red(`/map?draw=${draw}`)) - before, { timeout: 60_000 })
			.toBeGreaterThan(500);
	});

	test.skipIf(!hasGdal)(
		'GDAL pulls more than 10,000 of them by a box, as the server counts them',
		async () => {
			const admin = await signedIn(origin, 'admin');
			const [west, south, east, north] = ['118.5', '25.65', '119.1', '26.1'];
			const counted = await admin.ask(
				`/ogc/collections/land_parcels/items?limit=1&bbox=${[west, south, east, north].join(',')}`
			);
			const { numberMatched } = (await counted.json()) as { numberMatched: number };
			expect(numberMatched).toBeGreaterThan(10_000);
			const file = join(folder, 'pulled.geojson');
			const args = ['-spat', west!, south!, east!, north!, '-oo', 'PAGE_SIZE=2000'];
			const source = [file, `OAPIF:${origin}/ogc`, 'land_parcels'];
			const cookie = ['--config', 'GDAL_HTTP_COOKIE', admin.cookie];
			const pulled = spawnSync('ogr2ogr', ['-f', 'GeoJSON', ...args, ...source, ...cookie], {
				...({ encoding: 'utf8', timeout: 120_000 } as const)
			});
			expect(pulled.stderr).toBe('');
			const { features } = JSON.parse(readFileSync(file, 'utf8')) as { features: unknown[] };
			expect(features).toHaveLength(numberMatched);
		}
	);

	test.skipIf(!hasGdal)(
		'a GBK Shapefile that says nothing of itself: evidence, columns, refused rows; out again, in again, and undone',
		async () => {
			await page.context().clearCookies();
			await signIn(page, 'admin', '/registry/import');
			await check('land_parcel', shapefile());
			const said = page.getByRole('article', { name: '旧图.zip' });
			await said.getByRole('list', { name: '可能的读法' }).waitFor();
			const reading = said.locator('li', { hasText: '在辖区内' });
			await reading.getByRole('button', { name: '采用' }).click();
			await said.getByText('现用').waitFor();
			await page.getByLabel('编号', { exact: true }).last().click();
			await page.getByRole('option', { name: '宗地编' }).click();
			await page.getByRole('button', { name: /^(检查|重新检查)$/ }).click();
			await page.getByText('检查完成，尚未写入').waitFor();
			expect([await figure('新增'), await figure('拒绝')]).toEqual([10, 2]);
			await expect.poll(() => page.locator('a[href$="/refused.xlsx"]').count()).toBe(1);
			await commit();

			const admin = await signedIn(origin, 'admin');
			const words = `list=land_parcel&q=${encodeURIComponent('旧图')}`;
			const sheet = await admin.ask(`/registry/export/import.csv?${words}`);
			const again = join(folder, 'again.csv');
			writeFileSync(again, Buffer.from(await sheet.arrayBuffer()));
			await check('land_parcel', again);
			await page.getByText('没有需要写入的内容').waitFor();
			expect([await figure('未变'), await figure('变更'), await figure('新增')]).toEqual([10, 0, 0]);

			await page.goto('/registry/imports');
			await page.waitForLoadState('networkidle');
			const row = page.locator('tr', { hasText: '旧图.zip' });
			await row.locator('summary').click();
			await row.locator('input[name="reason"]').fill('导错了');
			await row.getByRole('button', { name: /^确认撤回/ }).click();
			await page.getByText('10 行不再有效，0 行恢复').waitFor();
			const gone = await admin.ask(`/registry/export/import.csv?${words}`);
			expect((await gone.text()).trim().split('\n')).toHaveLength(1);
		}
	);

	test('nothing went wrong in the page', () => {
		expect(errors.filter((error) => !error.includes('403'))).toEqual([]);
	});
});
