// A database of a bench's own on the server of DATABASE_URL.
import { sql } from 'kysely';
import { openDatabase } from '../../src/lib/server/db/database';

export async function ownDatabase(url: string): Promise<{ url: string; drop: () => Promise<void> }> {
	const name = `fairlot_bench_${process.pid}`;
	const admin = await openDatabase({ url, folder: null });
	await sql`CREATE DATABASE ${sql.id(name)}`.execute(admin.db);
	const own = new URL(url);
	own.pathname = `/${name}`;
	return {
		url: own.href,
		drop: async () => {
			await sql`DROP DATABASE IF EXISTS ${sql.id(name)} WITH (FORCE)`.execute(admin.db);
			await admin.close();
		}
	};
}
