// The newest postings as entries of a feed, in the reader's language.
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Feed } from '$lib/core/posting/feed';
import type { Database } from '$lib/server/db/database';
import { postingAddress } from '$lib/server/portal/address';
import { newestPostings } from '$lib/server/portal/postings';
import { kindText, outcomeText } from './posting-text';

const MOST = 50;

/** path: of the feed itself. */
export async function feedOf(
	db: Database,
	county: { code: string; name: string },
	{ origin, pathname }: URL,
	at: Date
): Promise<Feed> {
	const rows = await newestPostings(db, county.code, MOST, at);
	return {
		...{ title: m.public_feed_title({ county: county.name }), language: getLocale(), author: county.name },
		licence: m.public_data_licence_text({ county: county.name }),
		...{ home: `${origin}/portal/results`, self: origin + pathname },
		entries: rows.map((row) => {
			const { number, kind, target, townshipName, outcome, checkedOn } = row;
			const address = postingAddress(origin, number);
			if (row.withdrawnAt)
				return {
					...{ address, title: m.public_feed_gone({ number }), summary: row.withdrawnReason ?? '' },
					...{ publishedAt: row.postedAt, updatedAt: row.withdrawnAt, tags: [kindText[kind]()] }
				};
			const party = row.partyName ?? m.public_no_party();
			return {
				address,
				title: m.public_feed_entry({ number, kind: kindText[kind](), party }),
				summary: m.public_feed_summary({
					...{ target, township: townshipName, outcome: outcomeText[outcome](), day: checkedOn }
				}),
				...{ publishedAt: row.postedAt, updatedAt: row.postedAt, tags: [kindText[kind]()] }
			};
		})
	};
}
