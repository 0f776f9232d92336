// The official list of a county's divisions, and its 自然资源所, entered by hand. Boundaries come by import; until they are
// there, the list says which are missing.
import { existsSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { OfficeForm } from '../../schema/setup';
import { geodataPath } from '../demo/geodata';
import { append } from '../ledger';
import type { Setting, SetupProblem } from './county';

interface Division {
	code: string;
	name: string;
}

/** The list that comes with the program, for the counties it has one of; else none. */
export function shippedDivisions(county: string): Division[] {
	const folder = geodataPath('README.md').replace(/README\.md$/, '');
	const file = `${folder}divisions_${county}.json`;
	if (!/^[0-9]{6}$/.test(county) || !existsSync(file)) return [];
	return (JSON.parse(readFileSync(file, 'utf8')) as Division[]).map(({ code, name }) => ({ code, name }));
}

/** Replaces the list. */
export async function saveDivisions(
	{ db, county, actor, at }: Setting,
	divisions: Division[]
): Promise<void> {
	const listed = divisions.map((row) => ({ county, ...row }));
	const codes = divisions.map(({ code }) => code);
	await db.transaction().execute(async (trx) => {
		await trx
			.deleteFrom('app.division')
			.where('county', '=', county)
			.where('code', 'not in', codes)
			.execute();
		await trx
			.insertInto('app.division')
			.values(listed)
			.onConflict((conflict) =>
				conflict.columns(['county', 'code']).doUpdateSet({ name: (eb) => eb.ref('excluded.name') })
			)
			.execute();
		await append(trx, county, {
			...{ type: 'division.saved', at: at.toISOString(), actor, county },
			divisions: [...divisions]
				.sort((a, b) => (a.code < b.code ? -1 : 1))
				.map(({ code, name }) => [code, name])
		});
	});
}

/** Makes an office or changes it. Without a seat it is put inside its first township. */
export async function saveOffice(
	{ db, county, actor, at }: Setting,
	{ code, name, townships, lon, lat }: OfficeForm
): Promise<{ ok: true } | SetupProblem> {
	return db.transaction().execute(async (trx) => {
		const known = await knownTownships({ db: trx, county });
		const unknown = townships.find((township) => !known.some((one) => one.code === township));
		if (unknown !== undefined)
			return { ok: false, field: 'townships', reason: 'unknown', at: unknown } as const;
		if ((lon === null) !== (lat === null)) return { ok: false, field: 'lon', reason: 'degrees' } as const;
		const first = [...townships].sort()[0]!;
		const point =
			lon === null || lat === null
				? sql<string>`(SELECT ST_PointOnSurface(geom) FROM app.current_township WHERE county = ${county} AND code = ${first})`
				: sql<string>`ST_SetSRID(ST_MakePoint(${lon}, ${lat}), 4490)`;
		const { rows } = await sql<{ missing: boolean }>`SELECT ${point} IS NULL AS missing`.execute(trx);
		if (rows[0]?.missing) return { ok: false, field: 'lon', reason: 'seat_needed' } as const;
		const values = { name, townships, point };
		await trx
			.insertInto('app.office')
			.values({ county, code, ...values })
			.onConflict((conflict) => conflict.columns(['county', 'code']).doUpdateSet(values))
			.execute();
		await append(trx, county, {
			type: 'office.saved',
			at: at.toISOString(),
			actor,
			office: code,
			name,
			townships
		});
		return { ok: true } as const;
	});
}

/** Divisions of the list and townships with a boundary, by code. listed: on the list; bounded: has its boundary. */
export async function knownTownships({ db, county }: Pick<Setting, 'db' | 'county'>) {
	const { rows } = await sql<{ code: string; name: string; listed: boolean; bounded: boolean }>`
		SELECT coalesce(d.code, t.code) AS code, coalesce(d.name, t.name) AS name, d.code IS NOT NULL AS listed,
			t.code IS NOT NULL AS bounded
		FROM (SELECT code, name FROM app.division WHERE county = ${county}) AS d
		FULL JOIN (SELECT code, name FROM app.current_township WHERE county = ${county}) AS t ON t.code = d.code
		ORDER BY 1`.execute(db);
	return rows;
}

export async function listOfficeSeats({ db, county }: Pick<Setting, 'db' | 'county'>) {
	const { rows } = await sql<{ code: string; name: string; townships: string[]; lon: number; lat: number }>`
		SELECT code, name, townships, round(ST_X(point)::numeric, 6)::float8 AS lon,
			round(ST_Y(point)::numeric, 6)::float8 AS lat
		FROM app.office WHERE county = ${county} ORDER BY code`.execute(db);
	return rows;
}
