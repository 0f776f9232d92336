// What was refused, for the audit admin. The same refusal within a minute is one row with a count.
import { sql } from 'kysely';
import type { Database } from './db/database';

/** unlisted: the route, its method or its action is not in the table of access.ts; wrong_office: the role may do this, for
 *  its own office. */
export const refusalReasons = [
	'unlisted',
	'no_session',
	'wrong_role',
	'wrong_office',
	'password_change',
	'second_factor',
	'cross_site',
	'sign_in_failed',
	'locked'
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export interface Refusal {
	reason: RefusalReason;
	/** '' when nobody is signed in. */
	account: string;
	address: string;
	method: string;
	route: string;
	action: string;
}

export async function recordRefusal(db: Database, refusal: Refusal, at: Date): Promise<void> {
	const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
	await db
		.insertInto('auth.refusal')
		.values({ minute, ...refusal })
		.onConflict((conflict) =>
			conflict
				.columns(['minute', 'reason', 'account', 'address', 'method', 'route', 'action'])
				.doUpdateSet({ times: sql`auth.refusal.times + 1` })
		)
		.execute();
}

/** The latest ones, of one reason or all, of one account or all, with the user name they concern. */
export const listRefusals = (
	db: Database,
	{ reason, who }: { reason: RefusalReason | null; who: string | null },
	limit: number
) =>
	db
		.selectFrom('auth.refusal as r')
		.leftJoin('auth.user as u', 'u.id', 'r.account')
		.select(['r.minute', 'r.reason', 'u.username', 'r.address', 'r.method', 'r.route', 'r.action', 'r.times'])
		.$if(reason !== null, (query) => query.where('r.reason', '=', reason))
		.$if(who !== null, (query) => query.where('u.username', '=', who))
		.orderBy('r.minute', 'desc')
		.orderBy('r.reason')
		.limit(limit)
		.execute();
