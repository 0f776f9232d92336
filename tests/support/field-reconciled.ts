// What the database holds after chaos against what the phones wrote: every event and photo once, every conflict kept.
import { sql } from 'kysely';
import { expect } from 'vitest';
import { eventHash } from '../../src/lib/core/field/event';
import { foldRecord } from '../../src/lib/core/field/record';
import type { Database } from '../../src/lib/server/db/database';
import { readPhoto } from '../../src/lib/server/field/photo';
import { eventsOf } from '../../src/lib/server/field/record';
import type { ChaosPhone } from './field-chaos';

const county = '350125';

export async function expectReconciled(db: Database, phones: readonly ChaosPhone[]): Promise<void> {
	for (const { device, written, photos } of phones) {
		const rows = await db
			.selectFrom('app.field_event')
			.where('device', '=', device)
			.orderBy('seq')
			.select(['hash', 'standing'])
			.execute();
		expect(rows).toEqual(written.map((event) => ({ hash: eventHash(event), standing: 'record' })));
		for (const [hash, bytes] of photos) {
			const stored = await readPhoto(db, county, hash);
			expect(stored && Buffer.compare(stored.bytes, bytes), hash).toBe(0);
		}
		const { rows: entries } = await sql<{ count: number }>`
			SELECT coalesce(sum((convert_from(bytes, 'UTF8')::jsonb ->> 'count')::integer), 0)::integer AS count
			FROM ledger.entry WHERE convert_from(bytes, 'UTF8')::jsonb ->> 'type' = 'field.received'
			AND convert_from(bytes, 'UTF8')::jsonb ->> 'device' = ${device}`.execute(db);
		expect(entries[0]?.count).toBe(written.length);
	}
	for (const stop of new Set(phones.map((phone) => phone.stop))) {
		const record = foldRecord(await eventsOf(db, county, stop), stop);
		const all = phones.filter((phone) => phone.stop === stop).flatMap(({ written }) => written);
		expect(record.content).toBe(foldRecord([...all].reverse(), stop).content);
		expect(record.conflicts.length).toBe(1);
	}
}
