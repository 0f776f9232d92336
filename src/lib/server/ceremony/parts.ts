// Who takes part in a ceremony and what each has left: digits, signatures, objections, a request to declare it void. Of a
// draw of targets or of crews.
import type { Database } from '../db/database';
import { drawTables, witnessesOf, type CeremonyTables } from './step';

/** people: further accounts to be named. */
export async function partsOf(
	db: Database,
	county: string,
	id: number,
	people: readonly string[],
	tables: CeremonyTables = drawTables
) {
	const witnesses = await witnessesOf(db, county, id, tables);
	const voidRequest = await openVoidRequest(db, county, id, tables);
	const accounts = witnesses.map(({ account }) => account);
	const names = await accountNames(db, [...people, ...accounts, voidRequest?.askedBy ?? '']);
	const nameOf = (account: string) => names.get(account) ?? account;
	const opened = witnesses.length === 1 || witnesses.every(({ digits }) => digits !== null);
	return {
		...{ names, nameOf },
		witnesses: witnesses.map(({ place, account, body, digits_hash, digits, paper, given_at }) => ({
			...{ place, account, name: nameOf(account), body, hash: digits_hash, given: digits !== null, paper },
			...{ givenAt: given_at, digits: opened ? digits : null }
		})),
		signatures: await db
			.selectFrom(tables.signature)
			.where('county', '=', county)
			.where('draw', '=', id)
			.select(['account', 'role', 'at'])
			.orderBy('at')
			.execute(),
		objections: await db
			.selectFrom(tables.objection)
			.where('county', '=', county)
			.where('draw', '=', id)
			.select(['account', 'at', 'statement'])
			.orderBy('id')
			.execute(),
		voidRequest: voidRequest ?? null
	};
}

const openVoidRequest = (db: Database, county: string, draw: number, tables: CeremonyTables) =>
	db
		.selectFrom(tables.voidRequest)
		.where('county', '=', county)
		.where('draw', '=', draw)
		.where('decision', 'is', null)
		.select(['id', 'reason', 'frame_error as frameError', 'asked_by as askedBy', 'asked_at as askedAt'])
		.executeTakeFirst();

export async function accountNames(db: Database, accounts: readonly string[]): Promise<Map<string, string>> {
	const rows = await db
		.selectFrom('auth.user')
		.where('id', 'in', [...new Set(accounts), ''])
		.select(['id', 'name'])
		.execute();
	return new Map(rows.map(({ id, name }) => [id, name]));
}
