// 开放时间: when a party can be called on, `08:00-12:00,14:00-17:30`; '' for any time.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`ALTER TABLE app.party ADD hours text NOT NULL DEFAULT ''
		CHECK (hours ~ '^([0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9](,|$))*$')`.execute(db);
}
