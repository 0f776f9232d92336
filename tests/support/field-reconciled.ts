// What the database holds after chaos against what the phones wrote: every event and photo once, every conflict kept.
import { toHex } from '../../src/lib/core/bytes/hex';
import { sha256 } from '../../src/lib/core/bytes/sha256';
import type { FieldEvent } from '../../src/lib/core/field/event';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Handed } from './field-browser';
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

/** What the pages of a browser showed as written down is there, each once; and the phone it came from. */
export async function expectHanded(
	db: Database,
	inspector: string,
	stop: string,
	{ notes, originals }: Handed
): Promise<ChaosPhone> {
	const rows = await db
		.selectFrom('app.field_event as e')
		.innerJoin('app.field_device as d', (join) =>
			join.onRef('d.county', '=', 'e.county').onRef('d.id', '=', 'e.device')
		)
		.where('d.inspector', '=', inspector)
		.where('e.stop', '=', stop)
		.orderBy('e.seq')
		.select(['e.device', 'e.written'])
		.execute();
	const written = rows.map((row) => JSON.parse(row.written.toString('utf8')) as FieldEvent);
	const said = written.flatMap((event) => (event.kind === 'note' ? event.body.text : []));
	const taken = written.flatMap((event) => (event.kind === 'photo' ? event.body : []));
	expect([said, taken.map(({ original }) => original)]).toEqual([notes, originals]);
	for (const { sha256: hash } of taken) {
		const photo = await readPhoto(db, county, hash);
		expect(photo && toHex(sha256(photo.bytes))).toBe(hash);
	}
	expect(written.map(({ seq }) => seq)).toEqual(written.map((_, k) => k + 1));
	return { device: rows[0]!.device, stop, written, photos: new Map() };
}
