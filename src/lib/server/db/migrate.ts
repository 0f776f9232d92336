import { sql, Migrator, type Kysely } from 'kysely';
import { migrations } from '../../../../db/migrations';

/**
 * Runs the migrations that have not run yet, in order, one transaction for all of them. A login that owns nothing is
 * enough where there is nothing to run.
 * @throws the error of the first that fails; nothing of the batch stays.
 */
export async function migrate<DB>(db: Kysely<DB>): Promise<void> {
	if (await upToDate(db)) return;
	const migrator = new Migrator({
		db,
		provider: { getMigrations: () => Promise.resolve(migrations) },
		migrationTableSchema: 'public'
	});
	const { error } = await migrator.migrateToLatest();
	if (error === undefined) return;
	if ((error as { code?: string }).code !== '42501') throw error;
	throw new Error(
		'the database has to be migrated and this login may not: set DATABASE_OWNER_URL to the login that owns it',
		{ cause: error }
	);
}

async function upToDate<DB>(db: Kysely<DB>): Promise<boolean> {
	const { rows: found } = await sql<{ there: boolean }>`
		SELECT to_regclass('public.kysely_migration') IS NOT NULL
			AND has_table_privilege(to_regclass('public.kysely_migration'), 'SELECT') AS there`.execute(db);
	if (!found[0]?.there) return false;
	const { rows } = await sql<{
		name: string;
	}>`SELECT name FROM public.kysely_migration ORDER BY name`.execute(db);
	return rows.map(({ name }) => name).join() === Object.keys(migrations).sort().join();
}
