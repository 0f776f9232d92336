// Under whose name statements run: the role the database checks, and the settings its row policies read. Set whenever
// a connection is taken from the pool under another name than it had last, so a visitor's next statement costs nothing.
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';

/** roles: those of the account, or 'guest', 'auth', 'system'. Without roles nothing is seen. */
export interface Identity {
	role: 'fairlot_app' | 'fairlot_portal';
	account: string;
	roles: readonly string[];
	office: string | null;
}

/** The public: reads the schema portal. */
export const portalIdentity: Identity = { role: 'fairlot_portal', account: '', roles: [], office: null };

const application = (roles: readonly string[]): Identity => ({
	role: 'fairlot_app',
	account: '',
	roles,
	office: null
});
/** better-auth, accounts and refusals. */
export const authIdentity = application(['auth']);
/** Background work. */
export const systemIdentity = application(['system']);

/** Somebody signed in; null: nobody, who may read where guests may. */
export const visitorIdentity = (
	visitor: { id: string; roles: readonly string[]; office: string | null } | null,
	guests: boolean
): Identity =>
	visitor
		? { ...application(visitor.roles), account: visitor.id, office: visitor.office }
		: application(guests ? ['guest'] : []);

/** What each connection was last set to; a new one is its owner's. */
const current = new WeakMap<pg.PoolClient, string>();
const owner = JSON.stringify(['none', '', '', '']);

/** The pool as this identity sees it; null: as the login itself, which migrates. */
export function poolAs(pool: pg.Pool, identity: Identity | null): PostgresPool {
	const settings = identity
		? [identity.role, identity.account, identity.roles.join(','), identity.office ?? '']
		: ['none', '', '', ''];
	const wanted = JSON.stringify(settings);
	return {
		async connect(): Promise<PostgresPoolClient> {
			const client = await pool.connect();
			if ((current.get(client) ?? owner) === wanted) return client as unknown as PostgresPoolClient;
			try {
				await client.query(
					`SELECT set_config('role', $1, false), set_config('fairlot.account', $2, false),
						set_config('fairlot.roles', $3, false), set_config('fairlot.office', $4, false)`,
					settings
				);
				current.set(client, wanted);
			} catch (error) {
				client.release(true);
				throw error;
			}
			return client as unknown as PostgresPoolClient;
		},
		end: () => pool.end()
	};
}
