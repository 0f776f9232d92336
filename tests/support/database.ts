// The database of a test run: PostGIS where TEST_DATABASE_URL says, else one embedded database in memory.
import { sql } from 'kysely';
import { openDatabase, type Database, type OpenDatabase } from '../../src/lib/server/db/database';
import type { Identity } from '../../src/lib/server/db/identity';
import { migrate } from '../../src/lib/server/db/migrate';

let opened: Promise<OpenDatabase> | undefined;

/** True when the run is on PostgreSQL + PostGIS rather than the embedded database. */
export const onPostgis = Boolean(process.env.TEST_DATABASE_URL);

/** The same database under an identity; after freshDatabase(). */
export async function databaseAs(identity: Identity): Promise<Database> {
	if (!opened) throw new Error('freshDatabase() comes first');
	return (await opened).as(identity);
}

/** A migrated, empty database. Call it in beforeAll: the one instance is shared by all files of the run. */
export async function freshDatabase(): Promise<Database> {
	const url = process.env.TEST_DATABASE_URL;
	opened ??= openDatabase(url ? { url, folder: null } : { folder: null });
	const { db } = await opened;
	await sql`DROP SCHEMA IF EXISTS app, auth, ledger, portal CASCADE`.execute(db);
	await sql`DROP TABLE IF EXISTS public.kysely_migration, public.kysely_migration_lock`.execute(db);
	await migrate(db);
	return db;
}
