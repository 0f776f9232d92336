// Phones over a bad line to a server that is killed now and then: nothing twice, nothing lost. tests/soak has more.
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/lib/server/db/database';
import type { FieldActing } from '../../src/lib/server/field/device';
import { chaos, chaosCounty } from '../support/field-chaos';
import { expectReconciled } from '../support/field-reconciled';
import { freshDatabase } from '../support/database';

let db: Database;
let acting: FieldActing[];
beforeAll(async () => {
	db = await freshDatabase();
	acting = await chaosCounty(db, 6);
});

test.each(['a', 'b'])('seed %s: what six phones wrote is there, each event and photo once', async (label) => {
	const { phones, counts } = await chaos(db, acting, { label, photos: 4 });
	await expectReconciled(db, phones);
	expect(Math.min(counts.lost, counts.twice, counts.killed)).toBeGreaterThan(0);
});
