// The one database handle, passed as an argument to everything that needs it: PostgreSQL + PostGIS where DATABASE_URL
// says, otherwise the embedded database of demonstration mode.
import { sql, type Kysely } from 'kysely';
import pg from 'pg';
import { openEmbedded } from './embedded';
import type { Identity } from './identity';
import { migrate } from './migrate';
import type { DB } from './schema';
import { guardedKysely } from './transaction';

export type Database = Kysely<DB>;

export interface OpenDatabase {
	/** As the login itself, past the row policies: migrations and the command line. */
	db: Database;
	/** A handle whose every statement runs under this identity. */
	as(identity: Identity): Database;
	/** True on PGlite: demonstration mode. */
	embedded: boolean;
	close(): Promise<void>;
}

// A date is a calendar day, not a local midnight; counts fit a double; timestamps are Date.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Opens the database and brings its schema up to date.
 * url: PostgreSQL address; without it the embedded database in `folder` (null: in memory) is opened.
 */
export async function openDatabase(options: { url?: string; folder: string | null }): Promise<OpenDatabase> {
	const { pool, close, embedded } = options.url
		? server(options.url)
		: { ...(await openEmbedded(options.folder)), embedded: true };
	// A connection lost while idle is reported by the next query; without a listener it would end the process.
	pool.on('error', (error) => console.error('database connection lost:', error.message));
	const db = guardedKysely<DB>(pool, null);
	try {
		await migrate(db);
	} catch (error) {
		await close();
		throw error;
	}
	return { db, as: handles(pool), embedded, close };
}

/** Handles kept at once: one for each account that was here lately. What is known of a handle is kept with it. */
const HANDLES = 500;

function handles(pool: pg.Pool): OpenDatabase['as'] {
	const known = new Map<string, Database>();
	return (identity) => {
		const { role, account, roles, office } = identity;
		const key = JSON.stringify([role, account, roles, office]);
		let handle = known.get(key);
		if (!handle) {
			if (known.size >= HANDLES) known.clear();
			known.set(key, (handle = guardedKysely<DB>(pool, identity)));
		}
		return handle;
	};
}

function server(url: string) {
	const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000 });
	return { pool, close: () => pool.end(), embedded: false };
}

/** Where the environment says the data is: DATABASE_URL, else the folder FAIRLOT_DATA (default `data`). */
export function databaseFromEnvironment(env: NodeJS.ProcessEnv): { url?: string; folder: string } {
	const folder = env.FAIRLOT_DATA || 'data';
	return env.DATABASE_URL ? { url: env.DATABASE_URL, folder } : { folder };
}

/** Resolves when the database answers. */
export const ping = (db: Database) => sql`SELECT 1`.execute(db);
