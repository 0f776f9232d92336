// 提前通知: how many working days before the visit the party must have been told of it; 0 for a visit unannounced.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`ALTER TABLE app.item ADD notice_days integer NOT NULL DEFAULT 0
		CHECK (notice_days BETWEEN 0 AND 60)`.execute(db);
}
