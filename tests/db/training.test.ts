// The training sandbox counts what was done in it, and nothing of what the made-up county brought along.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { append } from '../../src/lib/server/ledger';
import { beginTraining, stepsDone } from '../../src/lib/server/training';
import { freshDatabase } from '../support/database';
import { COUNTY, openCounty } from '../support/small-county';

test('steps are ticked off from the entry that begins the training on', async () => {
	const db = await freshDatabase();
	await openCounty(db);
	const entered = (type: string) =>
		db
			.transaction()
			.execute((trx) => append(trx, COUNTY, { type, at: '2026-01-01T00:00:00.000Z', actor: 'planner' }));
	await entered('draw.drawn');
	await sql`UPDATE app.county SET demo = false`.execute(db);
	await beginTraining(db, new Date());
	expect(await stepsDone(db, COUNTY)).toEqual([]);
	await sql`UPDATE app.county SET demo = true`.execute(db);
	await beginTraining(db, new Date());
	await entered('annual.submitted');
	await entered('result.closed');
	await beginTraining(db, new Date());
	expect(await stepsDone(db, COUNTY)).toEqual(['annual', 'close']);
});
