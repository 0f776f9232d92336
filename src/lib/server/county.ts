import type { Database } from './db/database';

export interface County {
	code: string;
	name: string;
	/** Plane CRS of x_m and y_m, without zone prefix. */
	epsg: number;
	/** True where every row is made up for demonstration. */
	demo: boolean;
}

/** Before any county is registered there is nothing to work on, and this says so. */
export const noCounty: County = { code: '000000', name: '—', epsg: 4549, demo: false };

/** The county this deployment works for: the first by code. */
export async function countyOf(db: Database): Promise<County> {
	const row = await db
		.selectFrom('app.county')
		.select(['code', 'name', 'epsg', 'demo'])
		.orderBy('code')
		.executeTakeFirst();
	return row ?? noCounty;
}
