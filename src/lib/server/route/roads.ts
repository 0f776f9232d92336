// The roads of a county: the newest layer that was imported.
import type { RouteSettings } from '../../schema/route';
import type { Database } from '../db/database';
import type { TravelServers, TravelSources } from './travel';

const newest = (db: Database, county: string) =>
	db.selectFrom('app.road_layer').where('county', '=', county).orderBy('id', 'desc').limit(1);

export const hasRoads = async (db: Database, county: string): Promise<boolean> =>
	(await newest(db, county).select('id').executeTakeFirst()) !== undefined;

/** As joinLayer() made it; null: there are none. */
export const roadGraphOf = async (db: Database, county: string): Promise<Uint8Array | null> =>
	(await newest(db, county).select('graph').executeTakeFirst())?.graph ?? null;

/** What travel may be asked of; the roads are read only where the settings want them. */
export async function travelSources(
	db: Database,
	county: string,
	{ provider }: RouteSettings,
	servers: TravelServers
): Promise<TravelSources> {
	if (provider !== 'roads') return servers;
	return { ...servers, roads: await roadGraphOf(db, county) };
}
