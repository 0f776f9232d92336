// Fifty phones of twenty photos over a bad line to a server that is killed: forty-nine are Node clients, one is a real
// Chromium. Nothing twice, nothing lost, every conflict kept. On PostGIS (TEST_DATABASE_URL): the embedded database promises
// nothing to a process that is killed. tests/e2e/field-storm.test.ts has two seeds, within the suite. Alone: `npx vitest run --config
// tests/soak/vitest.config.ts tests/soak/field.test.ts`. What a run of it showed is in RESULTS.md.
import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { openStorm, type Storm } from '../support/field-storm';

const seeds = Array.from({ length: 20 }, (_, k) => `soak ${k + 1}`);
let browser: Browser;
let storm: Storm;
beforeAll(async () => {
	execFileSync('node', ['src/cli/prepare.mjs', '--build'], { stdio: 'inherit' });
	browser = await launchBrowser();
	storm = await openStorm(browser, 50);
});
afterAll(async () => {
	await storm?.close();
	await browser?.close();
});

test.each(seeds)('%s: what fifty phones wrote is there, each event and photo once', async (label) => {
	const began = Date.now();
	const counts = await storm.rage(label, 20);
	expect(Math.min(counts.lost, counts.twice, counts.killed)).toBeGreaterThan(0);
	console.log(`${label}: ${JSON.stringify(counts)} in ${Math.round((Date.now() - began) / 1000)} s`);
});
