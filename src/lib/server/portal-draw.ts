// One draw on the portal: what anybody may read about its commitment, and from when on (protocol §3, §4).
import { sql } from 'kysely';
import { canonicalBytes } from '../core/bytes/canonical';
import type { Entropy } from '../core/draw/entropy';
import { selectedRows, type Manifest } from '../core/draw/manifest';
import type { SealedPlan } from '../core/draw/plan';
import type { Opening } from '../core/draw/pseudonym';
import type { Database } from './db/database';
import { publicDrawOf, type PublicDraw } from './portal-draws';

/** Which body sends a witness; the hash of two witnesses' digits is public before the digits are. */
export interface PublicWitness {
	place: number;
	body: string;
	hash: string | null;
	hashedAt: Date | null;
	/** Digits taken from the printed commitment after a power cut. */
	paper: boolean;
}

export interface PublicSubstitution {
	serial: number;
	rank: number;
	failed: string;
	substitute: string;
	reason: string;
	decidedAt: Date;
}

/** What is public of a draw whose list has been opened. */
export interface OpenedDraw {
	/** The bureau permits that the frame be published. */
	publicFrame: boolean;
	seed: string;
	entropy: Entropy;
	selected: (ReturnType<typeof selectedRows>[number] & { townshipName: string | null })[];
	substitutes: Manifest['substitutes'];
	substitutions: PublicSubstitution[];
	/** Of a frame under pseudonyms: who is called, with the secret that proves it. */
	openings: Opening[];
}

/** confirmed: by every witness with their own account; corrections: how often what was typed in was replaced. */
export interface PublicPaper {
	reason: string;
	cutAt: Date;
	drawnAt: Date;
	recordedAt: Date;
	confirmed: boolean;
	corrections: number;
}

export interface PublicDrawPage {
	draw: PublicDraw;
	plan: SealedPlan | null;
	witnesses: PublicWitness[];
	objections: { at: Date; body: string }[];
	redos: number[];
	/** Digits were drawn on paper after a power cut. */
	paper: PublicPaper | null;
	/** What is published of a list that is closed. */
	sealed: { manifestHash: string; selectedRoot: string } | null;
	opened: OpenedDraw | null;
}

export async function readPublicDraw(
	db: Database,
	county: string,
	seq: number,
	at: Date
): Promise<PublicDrawPage | null> {
	const draw = await publicDrawOf(db, county, seq, at);
	if (!draw) return null;
	const of = sql`county = ${county} AND seq = ${seq}`;
	const sealed = await sql<{ manifestHash: string; selectedRoot: string }>`
		SELECT manifest_hash AS "manifestHash", selected_root AS "selectedRoot" FROM portal.draw
		WHERE ${of} AND manifest_hash IS NOT NULL`.execute(db);
	const witnesses = await sql<PublicWitness>`
		SELECT place, body, digits_hash AS hash, hashed_at AS "hashedAt", paper
		FROM portal.witness WHERE ${of} ORDER BY place`.execute(db);
	const objections = await sql<{ at: Date; body: string }>`
		SELECT at, body FROM portal.objection WHERE ${of} ORDER BY id`.execute(db);
	const redos = await sql<{ seq: number }>`
		SELECT seq FROM portal.draw WHERE county = ${county} AND redo_of = ${seq} ORDER BY seq`.execute(db);
	const plan = await publicPlan(db, county, seq);
	return {
		draw,
		plan: plan === null ? null : (JSON.parse(plan) as SealedPlan),
		witnesses: witnesses.rows,
		objections: objections.rows,
		redos: redos.rows.map((redo) => redo.seq),
		paper: await publicPaper(db, county, seq),
		sealed: sealed.rows[0] ?? null,
		opened: await openedDraw(db, county, seq)
	};
}

async function publicPaper(db: Database, county: string, seq: number): Promise<PublicPaper | null> {
	const { rows } = await sql<PublicPaper>`SELECT reason, cut_at AS "cutAt", drawn_at AS "drawnAt",
			recorded_at AS "recordedAt", confirmed, number - 1 AS corrections
		FROM portal.paper WHERE county = ${county} AND seq = ${seq}`.execute(db);
	return rows[0] ?? null;
}

/** The plan that C is the hash of, as canonical JSON. It is public as soon as C is. */
export async function publicPlan(db: Database, county: string, seq: number): Promise<string | null> {
	const { rows: found } = await sql<{ plan: string | null }>`
		SELECT plan FROM portal.draw WHERE county = ${county} AND seq = ${seq}`.execute(db);
	const text = found[0]?.plan;
	return text ? new TextDecoder().decode(canonicalBytes(JSON.parse(text))) : null;
}

/** The canonical bytes of the manifest, once the list is open. */
export async function publicManifest(db: Database, county: string, seq: number): Promise<string | null> {
	const { rows: found } = await sql<{ manifest: string | null }>`
		SELECT manifest FROM portal.draw WHERE county = ${county} AND seq = ${seq}`.execute(db);
	return found[0]?.manifest ?? null;
}

async function openedDraw(db: Database, county: string, seq: number): Promise<OpenedDraw | null> {
	const text = await publicManifest(db, county, seq);
	if (text === null) return null;
	const manifest = JSON.parse(text) as Manifest;
	const substitutions = await sql<PublicSubstitution>`
		SELECT serial, rank, failed, substitute, reason, decided_at AS "decidedAt" FROM portal.substitution
		WHERE county = ${county} AND seq = ${seq} ORDER BY serial, rank`.execute(db);
	const townships = await sql<{ code: string; name: string }>`
		SELECT code, name FROM portal.township WHERE county = ${county} AND seq = ${seq}`.execute(db);
	const names = new Map(townships.rows.map(({ code, name }) => [code, name]));
	return {
		publicFrame: manifest.plan.publicFrame === true,
		seed: manifest.seed,
		entropy: manifest.entropy!,
		selected: selectedRows(manifest).map((row) => ({
			...row,
			townshipName: names.get(row.township) ?? null
		})),
		substitutes: manifest.substitutes,
		substitutions: substitutions.rows,
		openings: await publicOpenings(db, county, seq)
	};
}

/** Rows of a public frame that are opened to all, by code. */
export async function publicOpenings(db: Database, county: string, seq: number): Promise<Opening[]> {
	const { rows } = await sql<Opening>`SELECT id, code, secret FROM portal.opening
		WHERE county = ${county} AND seq = ${seq} ORDER BY code COLLATE "C"`.execute(db);
	return rows;
}
