// tests/db/field-chaos.test.ts with 50 phones of 20 photos, twenty times.
import { afterAll, beforeAll, test } from 'vitest';
import type { Database } from '../../src/lib/server/db/database';
import type { FieldActing } from '../../src/lib/server/field/device';
import { chaos, chaosCounty, type ChaosCounts } from '../support/field-chaos';
import { expectReconciled } from '../support/field-reconciled';
import { freshDatabase } from '../support/database';

const seeds = Array.from({ length: 20 }, (_, k) => `soak ${k + 1}`);
const all: ChaosCounts = { lost: 0, twice: 0, killed: 0, requests: 0 };
let db: Database;
let acting: FieldActing[];
beforeAll(async () => {
	db = await freshDatabase();
	acting = await chaosCounty(db, 50);
});
afterAll(() => console.log(`field: ${JSON.stringify(all)}`));

test.each(seeds)('%s: what 50 phones wrote is there, each event and photo once', async (label) => {
	const { phones, counts } = await chaos(db, acting, { label, photos: 20 });
	for (const name of Object.keys(all) as (keyof ChaosCounts)[]) all[name] += counts[name];
	await expectReconciled(db, phones);
});
