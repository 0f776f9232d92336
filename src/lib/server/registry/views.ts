// Views of the directories that an account has saved: a name and the query of the address.
import type { Database } from '../db/database';

export interface SavedView {
	name: string;
	address: string;
}

/** An account's own, by name. */
export const listViews = (db: Database, county: string, account: string): Promise<SavedView[]> =>
	db
		.selectFrom('app.saved_view')
		.select(['name', 'address'])
		.where('county', '=', county)
		.where('account', '=', account)
		.orderBy('name')
		.execute();

/** The same name again replaces what it stood for. */
export async function saveView(
	db: Database,
	county: string,
	account: string,
	view: SavedView
): Promise<void> {
	await db
		.insertInto('app.saved_view')
		.values({ county, account, ...view })
		.onConflict((conflict) =>
			conflict.columns(['county', 'account', 'name']).doUpdateSet({ address: view.address })
		)
		.execute();
}

export async function removeView(db: Database, county: string, account: string, name: string): Promise<void> {
	await db
		.deleteFrom('app.saved_view')
		.where('county', '=', county)
		.where('account', '=', account)
		.where('name', '=', name)
		.execute();
}
