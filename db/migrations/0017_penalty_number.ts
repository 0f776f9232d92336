// A penalty that was dropped gives its document number back: the next draft is of the same case.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`ALTER TABLE app.penalty DROP CONSTRAINT penalty_county_document_number_key`.execute(db);
	await sql`CREATE UNIQUE INDEX penalty_number ON app.penalty (county, document_number) WHERE state <> 'dropped'`.execute(
		db
	);
}
