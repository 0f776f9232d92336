// Fifty phones of twenty photos over a bad line to a server that is killed: forty-nine are Node clients, one is a real
// Chromium. Nothing twice, nothing lost, every conflict kept. tests/soak has twenty seeds. On PostGIS: the embedded database
// promises nothing to a process that is killed (tests/db/field-chaos.test.ts has phones without that).
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { openStorm, type Storm } from '../support/field-storm';

describe.skipIf(!process.env.TEST_DATABASE_URL)('fifty phones (skipped on the embedded database)', () => {
	let browser: Browser;
	let storm: Storm;
	beforeAll(async () => {
		browser = await launchBrowser();
		storm = await openStorm(browser, 50);
	});
	afterAll(async () => {
		await storm?.close();
		await browser?.close();
	});

	test.each(['a', 'b'])(
		'seed %s: what they wrote is there, each event and photo once',
		{ timeout: 900_000 },
		async (label) => {
			const { lost, twice, killed } = await storm.rage(label, 20);
			expect(Math.min(lost, twice, killed)).toBeGreaterThan(0);
		}
	);
});
