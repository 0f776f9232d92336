// The state of each record, kept beside its events: what they add up to, and what it still lacks.
import type { Transaction } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { FieldEvent } from '../../core/field/event';
import { missing } from '../../core/field/missing';
import type { Pack } from '../../core/field/pack';
import { foldRecord, type StopRecord } from '../../core/field/record';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';

/** Events that are part of the record of a stop, as they were written. */
export async function eventsOf(db: Database, county: string, stop: string): Promise<FieldEvent[]> {
	const rows = await db
		.selectFrom('app.field_event')
		.where('county', '=', county)
		.where('stop', '=', stop)
		.where('standing', '=', 'record')
		.orderBy('number')
		.select('written')
		.execute();
	return rows.map(({ written }) => JSON.parse(written.toString('utf8')) as FieldEvent);
}

/** The day a certificate is judged by: that of the visit. */
const visitDay = (record: StopRecord, at: Date) =>
	dayInChina(new Date(record.arrivals[0]?.writtenAt ?? at.toISOString()));

export const lacks = (record: StopRecord, pack: Pack, at: Date) =>
	missing(record, pack, visitDay(record, at));

export async function refreshRecord(
	trx: Transaction<DB>,
	county: string,
	stop: string,
	pack: Pack,
	at: Date
): Promise<void> {
	const events = await eventsOf(trx, county, stop);
	const record = foldRecord(events, stop);
	const before = await trx
		.selectFrom('app.field_record')
		.where('county', '=', county)
		.where('stop', '=', stop)
		.select(['state', 'reason', 'decided_at'])
		.forUpdate()
		.executeTakeFirst();
	// What was returned stays so until it is reopened and closed anew.
	const returned = before?.state === 'returned';
	const again = returned && record.closings.some(({ id }) => receivedAfter(events, id, record));
	const state = returned && !again ? 'returned' : record.state === 'closed' ? 'closed' : 'open';
	const row = {
		...{ state, reason: state === 'returned' ? before!.reason : null, content: record.content },
		...{ pack: events.at(-1)!.pack, last_at: at, lacks: lacks(record, pack, at).length },
		conflicts: record.conflicts.length
	};
	await trx
		.insertInto('app.field_record')
		.values({ county, stop, first_at: at, ...row })
		.onConflict((conflict) => conflict.columns(['county', 'stop']).doUpdateSet(row))
		.execute();
}

/** Whether a closing is one after a reopening: only then does it answer what the office returned. */
const receivedAfter = (
	events: readonly FieldEvent[],
	closing: string,
	{ reopenings }: StopRecord
): boolean => {
	const at = events.findIndex(({ id }) => id === closing);
	return reopenings.some(({ id }) => events.findIndex((event) => event.id === id) < at);
};
