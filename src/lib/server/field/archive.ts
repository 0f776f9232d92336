// 案卷: one record as a zip that stands for itself. Every event byte for byte as the phone wrote it, the pack it was written
// for, photos, sketches, what the record adds up to, its minutes, the decision and the results; a manifest with the SHA-256
// of each file; and for each entry of the ledger that holds them the proof that it is in a signed checkpoint.
import { strToU8, zipSync, type Zippable } from 'fflate';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import { minutesOf } from '../../core/field/minutes';
import { fromE7, type Pack } from '../../core/field/pack';
import { foldRecord, type StopRecord } from '../../core/field/record';
import type { FieldEvent } from '../../core/field/event';
import type { Database } from '../db/database';
import { inclusion } from '../ledger-proof';
import { readPhoto } from './photo';

const ARCHIVE_VERSION = 1;

/** null: there is no such record, or none that this visitor may see. */
export async function archiveOf(db: Database, county: string, stop: string): Promise<Uint8Array | null> {
	const row = await db
		.selectFrom('app.field_record as r')
		.innerJoin('app.field_pack as p', (join) =>
			join.onRef('p.county', '=', 'r.county').onRef('p.hash', '=', 'r.pack')
		)
		.where('r.county', '=', county)
		.where('r.stop', '=', stop)
		.select(['r.state', 'r.reason', 'r.decided_by as decidedBy', 'r.decided_at as decidedAt', 'r.pack'])
		.select(['r.decided_entry as decidedEntry', 'p.bytes'])
		.executeTakeFirst();
	if (!row) return null;
	const { bytes, ...standing } = row;
	const pack = JSON.parse(bytes.toString('utf8')) as Pack;
	const of = pack.stops.find(({ id }) => id === stop)!;
	const events = await db
		.selectFrom('app.field_event')
		.where('county', '=', county)
		.where('stop', '=', stop)
		.select(['device', 'seq', 'hash', 'standing', 'written', 'received_at', 'skew_ms'])
		.orderBy('number')
		.execute();
	const own = events.filter(({ standing: of }) => of === 'record');
	const record = foldRecord(
		own.map(({ written }) => JSON.parse(written.toString('utf8')) as FieldEvent),
		stop
	);
	const files: Record<string, Uint8Array> = { 'pack.json': bytes, 'record.json': json(record) };
	for (const { device, seq, written } of events) files[`events/${device}/${seq}.json`] = written;
	for (const { sha256: hash, type } of record.photos) {
		const photo = await readPhoto(db, county, hash);
		if (photo) files[`photos/${hash}.${type === 'image/webp' ? 'webp' : 'jpg'}`] = photo.bytes;
	}
	files['minutes.txt'] = strToU8(`${minutesOf(pack, of, record)}\n`);
	if (record.sketches.length > 0) files['sketches.geojson'] = json(sketchesOf(record));
	files['decision.json'] = json({ ...standing, results: await resultsOf(db, county, stop) });
	const entries = await entriesOf(db, county, stop, standing.decidedEntry);
	files['ledger.json'] = json(entries);
	const manifest = {
		...{ v: ARCHIVE_VERSION, county, stop, pack: row.pack, content: record.content },
		files: Object.entries(files).map(([path, file]) => ({
			...{ path, size: file.length, sha256: toHex(sha256(file)) }
		})),
		events: events.map(({ device, seq, hash, standing: as, received_at, skew_ms }) => ({
			...{ device, seq, hash, standing: as, receivedAt: received_at, skewMs: skew_ms }
		}))
	};
	const zip: Zippable = { 'manifest.json': json(manifest) };
	// Photos are compressed already.
	for (const [path, file] of Object.entries(files))
		zip[path] = [file, { level: path.startsWith('photos/') ? 0 : 6 }];
	return zipSync(zip);
}

const json = (value: unknown) => strToU8(`${JSON.stringify(value, null, '\t')}\n`);

/** RFC 7946, each shape with the sketch it is of. */
const sketchesOf = ({ sketches }: StopRecord) => ({
	type: 'FeatureCollection',
	features: sketches.flatMap(({ id, by, writtenAt, target, shapes }) =>
		shapes.map(({ kind, points }) => {
			const at = points.map(fromE7);
			const geometry =
				kind === 'point'
					? { type: 'Point', coordinates: at[0] }
					: kind === 'line'
						? { type: 'LineString', coordinates: at }
						: { type: 'Polygon', coordinates: [at] };
			return { type: 'Feature', properties: { sketch: id, by, writtenAt, target }, geometry };
		})
	)
});

const resultsOf = (db: Database, county: string, stop: string) =>
	db
		.selectFrom('app.result')
		.where('county', '=', county)
		.where('record', '=', stop)
		.select(['id', 'draw', 'target', 'checked_on as checkedOn', 'outcome', 'inspectors', 'state'])
		.orderBy('id')
		.execute();

/**
 * The entries that hold the events of the stop, with the hashes whose root each of them names, and that of the decision.
 * proof: into the last checkpoint; or why there is none yet.
 */
async function entriesOf(db: Database, county: string, stop: string, decided: number | null) {
	const batches = await db
		.selectFrom('app.field_batch as b')
		.innerJoin('app.field_event as e', (join) =>
			join.onRef('e.county', '=', 'b.county').onRef('e.device', '=', 'b.device')
		)
		.where('b.county', '=', county)
		.where('e.stop', '=', stop)
		.whereRef('e.seq', '>=', 'b.first')
		.whereRef('e.seq', '<=', 'b.last')
		.distinct()
		.select(['b.entry', 'b.device', 'b.first', 'b.last'])
		.orderBy('b.entry')
		.execute();
	const received = await Promise.all(
		batches.map(async ({ entry, device, first, last }) => {
			const hashes = await db
				.selectFrom('app.field_event')
				.where('county', '=', county)
				.where('device', '=', device)
				.where('seq', '>=', first)
				.where('seq', '<=', last)
				.select('hash')
				.orderBy('seq')
				.execute();
			return {
				...{ entry, device, first, last, hashes: hashes.map(({ hash }) => hash) },
				proof: await inclusion(db, county, entry)
			};
		})
	);
	const decision = decided === null ? null : { entry: decided, proof: await inclusion(db, county, decided) };
	return { received, decision };
}
