// A row policy hides rows from an UPDATE or DELETE without a word: it changes nothing and succeeds. Where one row must
// change, this says so, and the transaction is rolled back.
import { DeleteResult, type UpdateResult } from 'kysely';

interface Change {
	executeTakeFirst(): Promise<UpdateResult | DeleteResult | undefined>;
	compile(): { sql: string };
}

/** @throws when the statement changed no row, or more than one */
export async function changeOne(change: Change): Promise<void> {
	const result = await change.executeTakeFirst();
	const count = result instanceof DeleteResult ? result.numDeletedRows : result?.numUpdatedRows;
	oneChanged(count, change.compile().sql);
}

/** For statements written in SQL: `count` is their numAffectedRows. */
export function oneChanged(count: bigint | undefined, statement: string): void {
	if (count !== 1n)
		throw new Error(
			`row-level security: one row was to change, ${count ?? 0n} did: ${statement.slice(0, 80)}`
		);
}
