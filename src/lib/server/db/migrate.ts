import { Migrator, type Kysely } from 'kysely';
import { migrations } from '../../../../db/migrations';

/**
 * Runs the migrations that have not run yet, in order, one transaction for all of them.
 * @throws the error of the first that fails; nothing of the batch stays.
 */
export async function migrate<DB>(db: Kysely<DB>): Promise<void> {
	const migrator = new Migrator({
		db,
		provider: { getMigrations: () => Promise.resolve(migrations) },
		migrationTableSchema: 'public'
	});
	const { error } = await migrator.migrateToLatest();
	if (error) throw error;
}
