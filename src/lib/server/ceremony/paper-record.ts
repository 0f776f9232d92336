// What is known of a paper record (纸面补录) of a draw: the last one typed in, which is the one that counts.
import type { Database } from '../db/database';

/** Salt of a witness whose digits were never under a hash: on paper two witnesses lay their sheets down together. */
export const PAPER_SALT = '0'.repeat(32);

export const lastPaper = (db: Database, county: string, draw: number) =>
	db
		.selectFrom('app.paper_record')
		.where('county', '=', county)
		.where('draw', '=', draw)
		.selectAll()
		.orderBy('number', 'desc')
		.executeTakeFirst();
