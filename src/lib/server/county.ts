import type { Database } from './db/database';

export interface County {
	code: string;
	name: string;
	/** Plane CRS of x_m and y_m, without zone prefix. */
	epsg: number;
	/** True where every row is made up for demonstration. */
	demo: boolean;
}

/** The authority that works for it, as its papers are headed. */
export const bureauOf = ({ name }: Pick<County, 'name'>): string => `${name}自然资源和规划局`;

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

/** It changes while a deployment is set up, and then hardly ever: what was read holds for two seconds. */
const KEPT_MS = 2000;
let kept: { county: County; untilMs: number } | undefined;

export async function currentCounty(db: Database, at: Date): Promise<County> {
	if (kept && at.getTime() < kept.untilMs) return kept.county;
	const county = await countyOf(db);
	kept = { county, untilMs: at.getTime() + KEPT_MS };
	return county;
}

/** After a change by this process: the next request reads it. */
export const forgetCounty = (): void => void (kept = undefined);
