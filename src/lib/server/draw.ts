// 抽取: what a draw leaves in the database, in one transaction with its ledger entry. Nothing of it ever changes.
// Invariant: app.draw.manifest is, byte for byte, what manifest_hash is the hash of.
import { sql, type Transaction } from 'kysely';
import { canonical } from '../core/bytes/canonical';
import { frameRow, type Excluded, type Frame } from '../core/draw/frame';
import type { Entropy } from '../core/draw/entropy';
import { manifestHashOf, selectedRootOf, type Manifest } from '../core/draw/manifest';
import type { EntropyLevel } from '../core/draw/plan';
import type { TargetKind } from '../core/model';
import { append } from './ledger';
import type { DB } from './db/schema';
import { byCodes, noOpenings, type Openings } from './pseudonyms';

/** 试抽 has no assurance; the others are the levels of protocol §4. */
export type Assurance = 'trial' | EntropyLevel;

export interface FinishedDraw {
	county: string;
	/** Id of its row in app.plan. */
	plan: string;
	kind: TargetKind;
	assurance: Assurance;
	/** Number among the draws that count and the commitment before; both null for a trial. */
	seq: number | null;
	prev: string | null;
	manifest: Manifest;
	frame: Frame;
	excluded: readonly Excluded[];
	/** a_i of each row of the frame, in frame order. */
	masses: ArrayLike<number>;
	/** What made the seed. In a trial it is not in the manifest, and is kept here only. */
	entropy: Entropy;
	at: Date;
	actor?: string;
	/** Aborted: the transaction is rolled back, nothing stays. */
	signal?: AbortSignal;
}

/** Rows per statement: a few hundred kilobytes of JSON, so that neither thread is held up. */
const BATCH = 5000;

/** A trial, or a past draw of the demonstration: the draw, its frame, the drawn and the ledger entry at once. */
export async function saveDraw(trx: Transaction<DB>, draw: FinishedDraw): Promise<number> {
	const { county, manifest, frame } = draw;
	const id = await nextNumber(trx, county);
	const result = listOf(manifest, draw.entropy, draw.at);
	await trx
		.insertInto('app.draw')
		.values({
			...{ county, id, plan: draw.plan, kind: draw.kind, assurance: draw.assurance },
			...{ seq: draw.seq, prev: draw.prev, commitment: manifest.commitment },
			...{ frame_size: frame.size, sample_size: manifest.plan.sampleSize, ...result }
		})
		.execute();
	await saveFrame(trx, county, id, draw);
	await saveDrawn(trx, county, id, manifest, draw.signal);
	await append(trx, county, {
		type: 'draw.drawn',
		at: draw.at.toISOString(),
		actor: draw.actor ?? 'operator',
		draw: id,
		plan: draw.plan,
		assurance: draw.assurance,
		seq: draw.seq,
		prev: draw.prev,
		commitment: manifest.commitment,
		seed: manifest.seed,
		manifestHash: result.manifest_hash,
		selectedRoot: result.selected_root
	});
	draw.signal?.throwIfAborted();
	return id;
}

/** The columns of app.draw that a list fills, all at once. */
export const listOf = (manifest: Manifest, entropy: Entropy, at: Date) => ({
	entropy: JSON.stringify(entropy),
	seed: manifest.seed,
	manifest: canonical(manifest),
	manifest_hash: manifestHashOf(manifest),
	selected_root: selectedRootOf(manifest),
	drawn_at: at
});

/** The frame as it was committed, and what was left out of it. openings: of a frame under pseudonyms. */
export async function saveFrame(
	trx: Transaction<DB>,
	county: string,
	id: number,
	{ frame, excluded, masses, signal }: Pick<FinishedDraw, 'frame' | 'excluded' | 'masses' | 'signal'>,
	openings: Openings = noOpenings
): Promise<void> {
	const named = <Row extends { id: string }>(row: Row) => {
		const opening = openings.get(row.id);
		return opening ? { ...row, id: opening.code, pseudonym: opening.id, secret: opening.secret } : row;
	};
	for (let from = 0; from < frame.size; from += BATCH) {
		signal?.throwIfAborted();
		const rows = [];
		for (let i = from; i < Math.min(from + BATCH, frame.size); i++)
			rows.push({ ...named(frameRow(frame, i)), mass: masses[i] });
		await sql`INSERT INTO app.frame (county, draw, target, township, cell, x, y, weight, take, salt, mass, pseudonym, secret)
			SELECT ${county}, ${id}::integer, id, township, cell, x, y, weight, take, salt, mass, pseudonym, secret
			FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r (id text, township text, cell text, x integer,
				y integer, weight bigint, take smallint, salt text, mass bigint, pseudonym text, secret text)`.execute(trx);
	}
	for (let from = 0; from < excluded.length; from += BATCH) {
		await sql`INSERT INTO app.excluded (county, draw, target, reason, salt, pseudonym, secret)
			SELECT ${county}, ${id}::integer, id, reason, salt, pseudonym, secret
			FROM json_to_recordset(${JSON.stringify(excluded.slice(from, from + BATCH).map(named))}::json)
				AS r (id text, reason text, salt text, pseudonym text, secret text)`.execute(trx);
	}
}

/** The drawn and their substitutes, by the registry's codes. */
export async function saveDrawn(
	trx: Transaction<DB>,
	county: string,
	id: number,
	manifest: Manifest,
	signal?: AbortSignal
): Promise<void> {
	const drawn = drawnRows(await byCodes(trx, county, id, manifest));
	for (let from = 0; from < drawn.length; from += BATCH) {
		signal?.throwIfAborted();
		await sql`INSERT INTO app.drawn (county, draw, target, role, serial, rank)
			SELECT ${county}, ${id}::integer, target, role, serial, rank
			FROM json_to_recordset(${JSON.stringify(drawn.slice(from, from + BATCH))}::json)
				AS r (target text, role text, serial integer, rank integer)`.execute(trx);
	}
}

/** The originals in serial order (rank 0) and each one's substitutes in theirs. */
function drawnRows(manifest: Manifest) {
	return manifest.selected.flatMap(({ serial, id }) => [
		{ target: id, role: 'original', serial, rank: 0 },
		...(manifest.substitutes[id] ?? []).map((target, i) => ({
			target,
			role: 'substitute',
			serial,
			rank: i + 1
		}))
	]);
}

/** Gapless: draws of one county queue on its row until the transaction ends. NO KEY: imports do not wait for it. */
export async function nextNumber(trx: Transaction<DB>, county: string): Promise<number> {
	await sql`SELECT FROM app.county WHERE code = ${county} FOR NO KEY UPDATE`.execute(trx);
	const { id } = await trx
		.selectFrom('app.draw')
		.where('county', '=', county)
		.select(({ fn, lit }) => fn.coalesce(fn.max('id'), lit(0)).as('id'))
		.executeTakeFirstOrThrow();
	return id + 1;
}
