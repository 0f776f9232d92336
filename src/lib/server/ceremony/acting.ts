import { actorOf } from '../account';
import type { Acting } from './step';

/** Who acts in this request, with what the server knows besides the database. */
export const actingIn = (locals: App.Locals, at: Date): Acting & { escrow: string | undefined } => ({
	db: locals.db,
	county: locals.county,
	actor: actorOf(locals),
	at,
	secret: locals.keys.secret,
	ledgerKey: locals.keys.ledger,
	embedded: locals.embedded,
	escrow: locals.keys.escrow
});
