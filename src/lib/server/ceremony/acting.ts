import { actorOf } from '../account';
import type { County } from '../county';
import type { Database } from '../db/database';
import type { LedgerKey } from '../ledger-key';
import type { Visitor } from '../session';
import type { Acting } from './step';

/** What the hook puts into locals. */
interface Situated {
	db: Database;
	county: County;
	user: Visitor | null;
	keys: { secret: string; ledger: LedgerKey; escrow: string | undefined };
	embedded: boolean;
}

/** Who acts in this request, with what the server knows besides the database. */
export const actingIn = (locals: Situated, at: Date): Acting & { escrow: string | undefined } => ({
	db: locals.db,
	county: locals.county,
	actor: actorOf(locals),
	at,
	secret: locals.keys.secret,
	ledgerKey: locals.keys.ledger,
	embedded: locals.embedded,
	escrow: locals.keys.escrow
});
