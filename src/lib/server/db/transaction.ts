// A guard: inside a transaction only its own handle may be used. With one connection the outer handle would wait
// for itself for ever; with many it would silently work outside the transaction. Either way it is a bug, so it throws.
import { AsyncLocalStorage } from 'node:async_hooks';
import {
	Kysely,
	PostgresDialect,
	type DatabaseConnection,
	type Driver,
	type TransactionBuilder
} from 'kysely';
import type pg from 'pg';
import { poolAs, type Identity } from './identity';

const inside = new AsyncLocalStorage<true>();

/** PostgreSQL over the pool; taking a second connection from within a transaction is an error. */
class GuardedDialect extends PostgresDialect {
	override createDriver(): Driver {
		const driver = super.createDriver();
		const acquire = driver.acquireConnection.bind(driver);
		driver.acquireConnection = (): Promise<DatabaseConnection> => {
			if (inside.getStore())
				return Promise.reject(new Error('inside a transaction use its own handle (trx), not the outer one'));
			return acquire();
		};
		return driver;
	}
}

/** A Kysely whose transactions mark their callback, so that the guard above can tell. */
class GuardedKysely<DB> extends Kysely<DB> {
	override transaction(): TransactionBuilder<DB> {
		return guard(super.transaction());
	}
}

function guard<DB>(builder: TransactionBuilder<DB>): TransactionBuilder<DB> {
	return new Proxy(builder, {
		get(target, key) {
			if (key === 'execute')
				return <T>(work: (trx: never) => Promise<T>) =>
					target.execute((trx) => inside.run(true, () => work(trx as never)));
			const value: unknown = Reflect.get(target, key, target);
			if (typeof value !== 'function') return value;
			return (...args: unknown[]) => guard(value.apply(target, args) as TransactionBuilder<DB>);
		}
	});
}

/** The one way to make a database handle. identity: under whose name it works; null: as the login itself. */
export function guardedKysely<DB>(pool: pg.Pool, identity: Identity | null): Kysely<DB> {
	return new GuardedKysely<DB>({ dialect: new GuardedDialect({ pool: poolAs(pool, identity) }) });
}
