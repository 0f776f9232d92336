// Offices of other departments, whose inspectors go along on joint visits: they have people, and need no townships.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`ALTER TABLE app.office ADD department text NOT NULL DEFAULT '' CHECK (char_length(department) <= 40),
		DROP CONSTRAINT office_townships_check,
		ADD CONSTRAINT office_townships_check CHECK (department <> '' OR cardinality(townships) > 0)`.execute(db);
}
