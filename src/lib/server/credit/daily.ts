// What is done with a platform once a day: again after an hour where it failed.
import { dayInChina } from '../../core/calendar/year';
import type { PlatformName } from '../../core/credit/message';
import type { Database } from '../db/database';

const AGAIN_MS = 3_600_000;

/** Whether today's is still to be done, as `table` remembers it. */
export const dueIn =
	(table: 'app.credit_reconciliation' | 'app.credit_intake') =>
	async (db: Database, county: string, platform: PlatformName, at: Date): Promise<boolean> => {
		const last = await db
			.selectFrom(table)
			.where('county', '=', county)
			.where('platform', '=', platform)
			.select(['made_at', 'failure'])
			.orderBy('id', 'desc')
			.executeTakeFirst();
		if (!last) return true;
		return last.failure === null
			? dayInChina(last.made_at) < dayInChina(at)
			: at.getTime() - last.made_at.getTime() > AGAIN_MS;
	};
