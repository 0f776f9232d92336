// Phones over a bad line to a server that dies between two statements now and then: nothing twice, nothing lost.
// tests/e2e/field-storm.test.ts has more of them, over HTTP, beside a real browser.
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/lib/server/db/database';
import { chaos, chaosCounty } from '../support/field-chaos';
import { expectReconciled } from '../support/field-reconciled';
import { freshDatabase } from '../support/database';

let db: Database;
let inspectors: string[];
beforeAll(async () => {
	db = await freshDatabase();
	inspectors = await chaosCounty(db, 6);
});

test.each(['a', 'b'])('seed %s: what six phones wrote is there, each event and photo once', async (label) => {
	const { phones, counts } = await chaos(db, inspectors, { label, photos: 4 });
	await expectReconciled(db, phones);
	expect(Math.min(counts.lost, counts.twice, counts.killed)).toBeGreaterThan(0);
});
