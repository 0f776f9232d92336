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
	/** As the login that owns the database, past the row policies: migrations and the command line. */
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

interface DatabaseOptions {
	/** PostgreSQL address; without it the embedded database is opened. */
	url?: string;
	/** The same database under the login that owns it, where `url` names one that owns nothing. */
	ownerUrl?: string;
	/** Of the embedded database; null: in memory. */
	folder: string | null;
}

/** Opens the database and brings its schema up to date. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
	const { pool, owner, close, embedded } = options.url
		? server(options.url, options.ownerUrl)
		: await embeddedServer(options.folder);
	// A connection lost while idle is reported by the next query; without a listener it would end the process.
	for (const one of new Set([pool, owner]))
		one.on('error', (error) => console.error('database connection lost:', error.message));
	const db = guardedKysely<DB>(owner, null);
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

function server(url: string, ownerUrl: string | undefined) {
	const open = (connectionString: string, max: number) =>
		new pg.Pool({ connectionString, max, connectionTimeoutMillis: 5000 });
	const pool = open(url, 10);
	// Connects when it is used only, and lets go after ten idle seconds.
	const owner = ownerUrl ? open(ownerUrl, 2) : pool;
	const close = async () => void (await Promise.all([...new Set([pool, owner])].map((one) => one.end())));
	return { pool, owner, close, embedded: false };
}

async function embeddedServer(folder: string | null) {
	const { pool, close } = await openEmbedded(folder);
	return { pool, owner: pool, close, embedded: true };
}

/** Where the environment says the data is: DATABASE_URL, else the folder FAIRLOT_DATA (default `data`). */
export function databaseFromEnvironment(env: NodeJS.ProcessEnv): DatabaseOptions & { folder: string } {
	const folder = env.FAIRLOT_DATA || 'data';
	const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl } = env;
	return url ? { url, ...(ownerUrl && { ownerUrl }), folder } : { folder };
}

/** Resolves when the database answers. */
export const ping = (db: Database) => sql`SELECT 1`.execute(db);
