import type { Database } from '../db/database';

/** Names of the offices by code. */
export async function officesNamed(db: Database, county: string): Promise<Record<string, string>> {
	const rows = await db
		.selectFrom('app.office')
		.where('county', '=', county)
		.select(['code', 'name'])
		.execute();
	return Object.fromEntries(rows.map(({ code, name }) => [code, name]));
}
