import type { Database } from '$lib/server/db/database';
import type { Locale } from '$lib/i18n/paraglide/runtime';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** Names this failure in the server's log; shown to the user so that they can quote it. */
			id?: string;
		}
		interface Locals {
			db: Database;
			/** True on the embedded database: 演示模式. */
			embedded: boolean;
			/** The county this deployment works for. epsg: its plane CRS, without zone prefix. */
			county: { code: string; name: string; epsg: number; demo: boolean };
			locale: Locale;
		}
	}
}

export {};
