import type { Database } from '../db/database';

/** 部门 that have inspectors in the directory, with how many: they can go along. */
export async function partnerDepartments(db: Database, county: string) {
	return db
		.selectFrom('app.office as o')
		.innerJoin('app.inspector as i', (join) =>
			join.onRef('i.county', '=', 'o.county').onRef('i.office', '=', 'o.code')
		)
		.where('o.county', '=', county)
		.where('o.department', '<>', '')
		.groupBy('o.department')
		.orderBy('o.department')
		.select(({ fn }) => ['o.department as name', fn.countAll<number>().as('inspectors')])
		.execute();
}

/** Names of the offices by code. */
export async function officesNamed(db: Database, county: string): Promise<Record<string, string>> {
	const rows = await db
		.selectFrom('app.office')
		.where('county', '=', county)
		.select(['code', 'name'])
		.execute();
	return Object.fromEntries(rows.map(({ code, name }) => [code, name]));
}
