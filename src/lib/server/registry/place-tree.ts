// 区划: offices and their townships with the rows of a list in each.
import { sql } from 'kysely';
import type { Database } from '../db/database';
import { rowsOf, versionsOf, type AsOf } from './as-of';

export interface TreePlace {
	code: string;
	name: string;
	/** null: not counted. */
	rows: number | null;
	townships: { code: string; name: string; rows: number | null }[];
}

/** rowsIn: by township, or by office where `byOffice`; null: not counted. */
export async function placeTree(
	db: Database,
	view: AsOf,
	rowsIn: ReadonlyMap<string, number> | null,
	byOffice: boolean
): Promise<TreePlace[]> {
	const [offices, townships] = await Promise.all([
		sql<{ code: string; name: string; townships: string[] }>`SELECT code, name, townships
			FROM ${rowsOf('office', view)} AS o ORDER BY code COLLATE "C"`.execute(db),
		sql<{ code: string; name: string }>`SELECT code, name FROM ${versionsOf('township', view)} AS w
			ORDER BY code`.execute(db)
	]);
	return offices.rows.map(({ code, name, townships: ofIt }) => {
		const inside = townships.rows
			.filter((township) => ofIt.includes(township.code))
			.map((township) => ({ ...township, rows: rowsIn && (rowsIn.get(township.code) ?? 0) }));
		const own = byOffice ? (rowsIn?.get(code) ?? 0) : inside.reduce((sum, { rows }) => sum + (rows ?? 0), 0);
		return { code, name, rows: rowsIn && own, townships: byOffice ? [] : inside };
	});
}

/** Whether a row's place is among those the filters leave. */
export function isChosen(
	tree: readonly TreePlace[],
	{ township, office }: Readonly<Record<string, string>>,
	byOffice: boolean
): (place: string) => boolean {
	const own = tree.find(({ code }) => code === office)?.townships.map(({ code }) => code) ?? [];
	return (place) =>
		byOffice
			? !office || place === office
			: (!township || place === township) && (!office || own.includes(place));
}
