// Tiles already made, in memory: a county's tiles are the same for everyone who may read them, until its data changes.
// The first wall has decided before this is asked; the version in the key is that of the data, the day included.
import { LRUCache } from 'lru-cache';
import type { Database } from './db/database';
import { tile, type TileAddress, type TileLayer } from './tiles';

interface Wanted {
	db: Database;
	county: string;
	layer: TileLayer;
	address: TileAddress;
	at: Date;
}

/** FAIRLOT_TILE_CACHE_MB, 64 unless told; 0 keeps none. */
const maxBytes = Number(process.env.FAIRLOT_TILE_CACHE_MB ?? 64) * 1024 * 1024;

const kept = new LRUCache<string, Uint8Array, Wanted>({
	maxSize: Math.max(1, maxBytes),
	// An entry's own cost, so that empty tiles are bounded too.
	sizeCalculation: (bytes) => bytes.byteLength + 200,
	fetchMethod: (_key, _stale, { context: { db, county, layer, address, at } }) =>
		tile(db, county, layer, address, at)
});

/** The tile of this version as bytes, made once however many ask for it at a time. */
export async function keptTile(version: string, wanted: Wanted): Promise<Uint8Array> {
	const { db, county, layer, address, at } = wanted;
	if (!(maxBytes > 0)) return tile(db, county, layer, address, at);
	const key = [county, layer, address.z, address.x, address.y, version].join('/');
	return (await kept.fetch(key, { context: wanted })) ?? new Uint8Array();
}
