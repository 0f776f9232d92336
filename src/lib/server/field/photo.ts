// Photos in pieces under the hash of the whole: a piece goes on where the last one ended, what is there already is passed
// over, and a whole that is not what its name says is thrown away and noted.
import { sql } from 'kysely';
import type { Database } from '../db/database';
import { noteRefusal, type FieldActing } from './device';

export const PIECE_MOST = 1024 * 1024;

export interface PhotoState {
	have: number;
	size: number;
	complete: boolean;
}

/** null: no event that is part of a record names it. */
export async function photoState(db: Database, county: string, sha256: string): Promise<PhotoState | null> {
	const { rows } = await sql<PhotoState>`SELECT p.size, p.complete_at IS NOT NULL AS complete,
			coalesce((SELECT sum(length(c.bytes)) FROM app.field_photo_chunk c
				WHERE c.county = p.county AND c.sha256 = p.sha256), 0)::integer AS have
		FROM app.field_photo p WHERE p.county = ${county} AND p.sha256 = ${sha256}`.execute(db);
	return rows[0] ?? null;
}

export type PutOutcome =
	| ({ ok: true } & PhotoState)
	| { ok: false; reason: 'unknown_photo' | 'altered' }
	| { ok: false; reason: 'gap'; have: number };

export async function putPhoto(
	acting: FieldActing,
	device: string,
	sha256: string,
	from: number,
	bytes: Uint8Array
): Promise<PutOutcome> {
	const { db, county, at } = acting;
	const outcome = await db.transaction().execute(async (trx): Promise<PutOutcome> => {
		await sql`SELECT FROM app.field_photo WHERE county = ${county} AND sha256 = ${sha256} FOR UPDATE`.execute(
			trx
		);
		const before = await photoState(trx, county, sha256);
		if (!before) return { ok: false, reason: 'unknown_photo' };
		if (before.complete) return { ok: true, ...before };
		if (from > before.have) return { ok: false, reason: 'gap', have: before.have };
		const rest = bytes.subarray(before.have - from);
		const have = before.have + rest.length;
		// More than it should be is not what was promised either.
		if (have > before.size) return thrownAway(trx, county, sha256);
		if (rest.length > 0)
			await trx
				.insertInto('app.field_photo_chunk')
				.values({ county, sha256, start: before.have, bytes: Buffer.from(rest) })
				.execute();
		if (have < before.size) return { ok: true, have, size: before.size, complete: false };
		const { rows } = await sql<{
			hash: string;
		}>`SELECT encode(sha256(string_agg(bytes, ''::bytea ORDER BY start)), 'hex')
			AS hash FROM app.field_photo_chunk WHERE county = ${county} AND sha256 = ${sha256}`.execute(trx);
		if (rows[0]?.hash !== sha256) return thrownAway(trx, county, sha256);
		await trx
			.updateTable('app.field_photo')
			.set({ complete_at: at })
			.where('county', '=', county)
			.where('sha256', '=', sha256)
			.execute();
		return { ok: true, have, size: before.size, complete: true };
	});
	if (!outcome.ok && outcome.reason === 'altered')
		await noteRefusal(acting, { device, reason: 'altered', what: sha256 });
	return outcome;
}

async function thrownAway(db: Database, county: string, sha256: string): Promise<PutOutcome> {
	await db
		.deleteFrom('app.field_photo_chunk')
		.where('county', '=', county)
		.where('sha256', '=', sha256)
		.execute();
	return { ok: false, reason: 'altered' };
}

/** Those of these photos that are there whole. */
export async function completePhotos(
	db: Database,
	county: string,
	hashes: readonly string[]
): Promise<string[]> {
	if (hashes.length === 0) return [];
	const rows = await db
		.selectFrom('app.field_photo')
		.where('county', '=', county)
		.where('sha256', 'in', hashes)
		.where('complete_at', 'is not', null)
		.select('sha256')
		.orderBy('sha256')
		.execute();
	return rows.map(({ sha256 }) => sha256);
}

/** The whole photo, for whoever may see its record. */
export async function readPhoto(db: Database, county: string, sha256: string) {
	const { rows } = await sql<{ type: string; bytes: Buffer }>`SELECT p.type,
			string_agg(c.bytes, ''::bytea ORDER BY c.start) AS bytes
		FROM app.field_photo p JOIN app.field_photo_chunk c ON c.county = p.county AND c.sha256 = p.sha256
		WHERE p.county = ${county} AND p.sha256 = ${sha256} AND p.complete_at IS NOT NULL GROUP BY p.type`.execute(
		db
	);
	return rows[0] ?? null;
}
