// One record for the office's eyes: what its events add up to, what they were written with, how far from the parcel, which
// entries of the ledger hold them, and what was decided.
import { sql } from 'kysely';
import { distanceToM } from '../../core/field/distance';
import type { E7, Pack, Stop } from '../../core/field/pack';
import { foldRecord } from '../../core/field/record';
import { resultsOf } from '../../core/posting/from-record';
import type { Database } from '../db/database';
import { completePhotos } from './photo';
import { eventsOf, lacks } from './record';

/** null: there is no such record, or none that this visitor may see. */
export async function readRecord(db: Database, county: string, stopId: string, at: Date) {
	const row = await db
		.selectFrom('app.field_record as r')
		.innerJoin('app.field_pack as p', (join) =>
			join.onRef('p.county', '=', 'r.county').onRef('p.hash', '=', 'r.pack')
		)
		.leftJoin('auth.user as u', 'u.id', 'r.decided_by')
		.where('r.county', '=', county)
		.where('r.stop', '=', stopId)
		.select(['r.state', 'r.reason', 'r.pack as hash', 'r.last_at as lastAt', 'r.decided_at as decidedAt'])
		.select(['r.decided_entry as decidedEntry', 'u.name as decider', 'p.bytes', 'p.draw', 'p.crew'])
		.executeTakeFirst();
	if (!row) return null;
	const { bytes, ...standing } = row;
	const pack = JSON.parse(bytes.toString('utf8')) as Pack;
	const stop = pack.stops.find(({ id }) => id === stopId);
	if (!stop) return null;
	const record = foldRecord(await eventsOf(db, county, stopId), stopId);
	const whole = new Set(
		await completePhotos(
			db,
			county,
			record.photos.map(({ sha256 }) => sha256)
		)
	);
	const { county: of, plan, series, route, day, office, crew } = pack;
	return {
		...{ standing, stop },
		pack: { county: of, plan, series, route, day, office, crew },
		/** Without its events: what they say is in the rest of it. */
		record: { ...record, events: [] },
		lacks: lacks(record, pack, at),
		outcomes: resultsOf(record, stop),
		/** Metres from the nearest target of the stop. */
		distances: Object.fromEntries(
			[...record.photos, ...record.arrivals].map(({ id, ...entry }) => [
				id,
				distanceOf(stop, ('exif' in entry ? entry.exif.at : null) ?? entry.fix?.at ?? null)
			])
		),
		photosHere: [...whole],
		batches: await batchesOf(db, county, stopId),
		aside: await asideOf(db, county, stopId),
		results: await resultsFrom(db, county, stopId)
	};
}
export type ReadRecord = NonNullable<Awaited<ReturnType<typeof readRecord>>>;

function distanceOf({ targets }: Stop, at: E7 | null): number | null {
	if (!at) return null;
	const metres = targets.flatMap(({ shape }) => distanceToM(at, shape) ?? []);
	return metres.length > 0 ? Math.min(...metres) : null;
}

interface Batch {
	/** Number of the ledger entry. */
	entry: number;
	device: string;
	deviceName: string;
	inspector: string;
	receivedAt: Date;
	skewMs: number;
	/** Of this stop, by number: hashes as the receipt names them. */
	events: { seq: number; kind: string; hash: string }[];
}

/** What came when from which phone: each batch is one entry of the ledger, and what its receipt named. */
async function batchesOf(db: Database, county: string, stop: string): Promise<Batch[]> {
	const { rows } =
		await sql<Batch>`SELECT b.entry::integer AS entry, e.device, coalesce(d.name, '') AS "deviceName",
			coalesce(i.name, d.inspector, '') AS inspector, min(e.received_at) AS "receivedAt", min(e.skew_ms)::float8 AS "skewMs",
			jsonb_agg(jsonb_build_object('seq', e.seq, 'kind', e.kind, 'hash', e.hash) ORDER BY e.seq) AS events
		FROM app.field_event e
		JOIN app.field_batch b ON b.county = e.county AND b.device = e.device AND e.seq BETWEEN b.first AND b.last
		LEFT JOIN app.field_device d ON d.county = e.county AND d.id = e.device
		LEFT JOIN app.inspector i ON i.county = d.county AND i.code = d.inspector
		WHERE e.county = ${county} AND e.stop = ${stop} AND e.standing = 'record'
		GROUP BY b.entry, e.device, d.name, i.name, d.inspector ORDER BY b.entry`.execute(db);
	return rows;
}

/** Kept, and not part of the record: how many, and why. */
async function asideOf(db: Database, county: string, stop: string) {
	const rows = await db
		.selectFrom('app.field_event')
		.where('county', '=', county)
		.where('stop', '=', stop)
		.where('standing', '<>', 'record')
		.groupBy('standing')
		.select(['standing', sql<number>`count(*)::integer`.as('count')])
		.orderBy('standing')
		.execute();
	return rows;
}

async function resultsFrom(db: Database, county: string, record: string) {
	return db
		.selectFrom('app.result')
		.where('county', '=', county)
		.where('record', '=', record)
		.select(['id', 'target', 'outcome', 'state'])
		.orderBy('id')
		.execute();
}
