import type { CreditSettings } from '$lib/server/credit/settings';
import type { Database } from '$lib/server/db/database';
import type { Auth } from '$lib/server/auth';
import type { LedgerKey } from '$lib/server/ledger-key';
import type { Tombstone } from '$lib/server/portal/postings';
import type { Visitor } from '$lib/server/session';
import type { Locale } from '$lib/i18n/paraglide/runtime';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** Names this failure in the server's log; shown to the user so that they can quote it. */
			id?: string;
			/** What is left of a posting that is public no longer. */
			tombstone?: Tombstone;
		}
		interface Locals {
			/** Under the visitor's identity: row policies hold. */
			db: Database;
			/** For sign-in, sessions, accounts and refusals, which no visitor's own identity reaches. */
			accounts: Database;
			/** For the pages of the portal: reads the schema portal and nothing else. */
			portal: Database;
			/** True on the embedded database: 演示模式. */
			embedded: boolean;
			/** The county this deployment works for. epsg: its plane CRS, without zone prefix. */
			county: { code: string; name: string; epsg: number; demo: boolean };
			/** The training sandbox: a data folder of its own, and nothing of the real environment. */
			training: boolean;
			locale: Locale;
			auth: Auth;
			/** What the database does not hold. escrow: the superior body's public key, Base64. */
			keys: { secret: string; ledger: LedgerKey; escrow: string | undefined };
			/** How the credit platforms are reached; with secrets, which no page shows. */
			credit: CreditSettings;
			/** Who is signed in; null: nobody (in demonstration mode a guest who may read). */
			user: Visitor | null;
			/** Made-up data or the embedded database: demo accounts open, no second factor is asked for. */
			demonstration: boolean;
		}
	}
}

export {};
