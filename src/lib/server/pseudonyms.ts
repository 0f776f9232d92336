// A public frame is committed under pseudonyms (protocol §2). Everything in the office goes on by the registry's codes; what
// is hashed, given out and recomputed goes by the ids that C commits to. Here is the way from one to the other.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Manifest } from '../core/draw/manifest';
import { pseudonymOf, type Opening } from '../core/draw/pseudonym';
import type { Database } from './db/database';
import type { FrozenRows } from './frozen';

/** By the ids of a frame: code and secret of each row. Empty for a frame under its own codes. */
export type Openings = ReadonlyMap<string, Opening>;

export const noOpenings: Openings = new Map();

/** The same rows under pseudonyms: those of `known` where a code has one, else with 32 random secret bytes of its own. */
export function underPseudonyms(
	{ rows, excluded }: FrozenRows,
	known: Openings
): { frozen: FrozenRows; openings: Openings } {
	const before = new Map([...known.values()].map((opening) => [opening.code, opening]));
	const openings = new Map<string, Opening>();
	const hidden = (code: string): string => {
		const opening = before.get(code) ?? opened(randomBytes(32).toString('hex'), code);
		openings.set(opening.id, opening);
		return opening.id;
	};
	const frozen = {
		rows: rows.map((row) => ({ ...row, id: hidden(row.id) })),
		excluded: excluded.map((row) => ({ ...row, id: hidden(row.id) }))
	};
	return { frozen, openings };
}

const opened = (secret: string, code: string): Opening => ({ id: pseudonymOf(secret, code), code, secret });

/** The way back: the rows by the registry's codes. */
export function underCodes({ rows, excluded }: FrozenRows, openings: Openings): FrozenRows {
	const coded = <Row extends { id: string }>(row: Row) => ({
		...row,
		id: openings.get(row.id)?.code ?? row.id
	});
	return { rows: rows.map(coded), excluded: excluded.map(coded) };
}

/** Whether the frame of a draw is under pseudonyms. */
export async function isUnderPseudonyms(db: Database, county: string, draw: number): Promise<boolean> {
	const { rows } = await sql<{ hidden: boolean }>`SELECT EXISTS (SELECT FROM app.frame
		WHERE county = ${county} AND draw = ${draw} AND pseudonym IS NOT NULL) AS hidden`.execute(db);
	return rows[0]?.hidden ?? false;
}

/** ids: those wanted; null: the whole frame and what was left out of it. */
export async function openingsOf(
	db: Database,
	county: string,
	draw: number,
	ids: readonly string[] | null = null
): Promise<Openings> {
	const wanted = ids === null ? sql`true` : sql`pseudonym COLLATE "C" = ANY(${[...ids]})`;
	const of = sql`county = ${county} AND draw = ${draw} AND pseudonym IS NOT NULL AND ${wanted}`;
	const { rows } = await sql<Opening>`
		SELECT pseudonym AS id, target AS code, secret FROM app.frame WHERE ${of}
		UNION ALL SELECT pseudonym, target, secret FROM app.excluded WHERE ${of}`.execute(db);
	return new Map(rows.map((row) => [row.id, row]));
}

/** A manifest by the registry's codes, for reading; its hash is that of the other one. */
export async function byCodes(
	db: Database,
	county: string,
	draw: number,
	manifest: Manifest
): Promise<Manifest> {
	if (manifest.plan.publicFrame !== true) return manifest;
	const { selected, substitutes } = manifest;
	const ids = [...selected.map(({ id }) => id), ...Object.values(substitutes).flat()];
	const openings = await openingsOf(db, county, draw, ids);
	const codeOf = (id: string) => openings.get(id)?.code ?? id;
	return {
		...manifest,
		selected: selected.map((row) => ({ ...row, id: codeOf(row.id) })),
		substitutes: Object.fromEntries(
			Object.entries(substitutes).map(([id, list]) => [codeOf(id), list.map(codeOf)])
		)
	};
}
