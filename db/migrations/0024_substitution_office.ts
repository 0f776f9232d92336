// A head decides on substitutes of the own office's townships only, as it is for those who ask.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`ALTER POLICY may_update ON app.substitution USING ((SELECT app.acts_as('{leader,office_head}'))
		AND ((SELECT app.acts_as('{leader}')) OR app.office_answers(county, draw, serial)))`.execute(db);
}
