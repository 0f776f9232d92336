// The portal of draws: what anybody may read about a commitment, and from when on (protocol §3, §4, §8). Read from the
// views of schema portal and nothing else: what is not public yet is not in them, and no account is.
import { sql } from 'kysely';
import { canonicalBytes } from '../core/bytes/canonical';
import { toHex } from '../core/bytes/hex';
import type { Entropy } from '../core/draw/entropy';
import type { Excluded } from '../core/draw/frame';
import { selectedRows, type Manifest } from '../core/draw/manifest';
import type { SealedPlan } from '../core/draw/plan';
import { inclusionRanges } from '../core/ledger/ranges';
import { leafHash, treeRoot } from '../core/ledger/tree';
import type { TargetKind } from '../core/model';
import type { DrawState } from '../schema/ceremony';
import type { Database } from './db/database';

/** met, late: done in time or afterwards; ended: aborted or void before it was due. */
export interface Deadline {
	by: Date;
	status: 'ahead' | 'overdue' | 'met' | 'late' | 'ended';
}

export interface PublicDraw {
	seq: number;
	commitment: string;
	prev: string | null;
	/** Whether prev is the commitment before it. */
	chain: 'first' | 'holds' | 'broken';
	state: Exclude<DrawState, 'frozen'>;
	level: 'L1' | 'L2' | 'L3';
	kind: TargetKind;
	planName: string;
	sampleSize: number;
	frameSize: number;
	/** False: made before there were ceremonies, as the demonstration's history. */
	ceremony: boolean;
	announcedAt: Date | null;
	lockedAt: Date | null;
	drawnAt: Date | null;
	revealedAt: Date | null;
	endedAt: Date | null;
	endReason: string | null;
	/** To draw by, and to open the list by. */
	revealBy: Deadline | null;
	closeBy: Deadline | null;
	/** The number of the draw that this one repeats. */
	redoOf: number | null;
	redos: number;
	objections: number;
}

/** Numbers that no published commitment has. */
export interface Gap {
	from: number;
	to: number;
}

interface Row extends Omit<PublicDraw, 'chain' | 'revealBy' | 'closeBy'> {
	before: string | null;
	revealBy: Date | null;
	closeBy: Date | null;
}

const rows = (db: Database, county: string, seq: number | null) =>
	sql<Row>`
		SELECT d.seq, d.commitment, d.prev, b.commitment AS before, d.state, d.assurance AS level, d.kind,
			d.plan_name AS "planName", d.sample_size AS "sampleSize", d.frame_size AS "frameSize", d.ceremony,
			d.announced_at AS "announcedAt", d.locked_at AS "lockedAt", d.drawn_at AS "drawnAt",
			d.revealed_at AS "revealedAt", d.ended_at AS "endedAt", d.end_reason AS "endReason",
			d.reveal_by AS "revealBy", d.close_by AS "closeBy", d.redo_of AS "redoOf",
			(SELECT count(*)::int FROM portal.draw r WHERE r.county = d.county AND r.redo_of = d.seq) AS redos,
			(SELECT count(*)::int FROM portal.objection x WHERE x.county = d.county AND x.seq = d.seq) AS objections
		FROM portal.draw d LEFT JOIN portal.draw b ON b.county = d.county AND b.seq = d.seq - 1
		WHERE d.county = ${county} AND (${seq}::int IS NULL OR d.seq = ${seq}::int)
		ORDER BY d.seq`.execute(db);

function deadline(by: Date | null, done: Date | null, ended: Date | null, at: Date): Deadline | null {
	if (!by) return null;
	if (done) return { by, status: done <= by ? 'met' : 'late' };
	if (ended && ended <= by) return { by, status: 'ended' };
	return { by, status: at > by ? 'overdue' : 'ahead' };
}

function publicDraw({ before, ...row }: Row, at: Date): PublicDraw {
	const { seq, prev, drawnAt, revealedAt, endedAt } = row;
	const follows = prev !== null && prev === before ? 'holds' : 'broken';
	return {
		...row,
		chain: seq === 1 && prev === null ? 'first' : follows,
		revealBy: deadline(row.revealBy, drawnAt, endedAt, at),
		closeBy: deadline(row.closeBy, revealedAt, endedAt, at)
	};
}

/** Every commitment in the order of its number, with the numbers that are missing. */
export async function listPublicDraws(
	db: Database,
	county: string,
	at: Date
): Promise<{ draws: PublicDraw[]; gaps: Gap[] }> {
	const found = await rows(db, county, null);
	const draws = found.rows.map((row) => publicDraw(row, at));
	const gaps: Gap[] = [];
	let last = 0;
	for (const { seq } of draws) {
		if (seq > last + 1) gaps.push({ from: last + 1, to: seq - 1 });
		last = seq;
	}
	return { draws, gaps };
}

/** The number of a commitment that somebody holds on paper; null: it was never published. */
export async function seqOf(db: Database, county: string, commitment: string): Promise<number | null> {
	const { rows: found } = await sql<{ seq: number }>`SELECT seq FROM portal.draw
		WHERE county = ${county} AND commitment = ${commitment}`.execute(db);
	return found[0]?.seq ?? null;
}

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
}

export interface PublicDrawPage {
	draw: PublicDraw;
	plan: SealedPlan | null;
	witnesses: PublicWitness[];
	objections: { at: Date; body: string }[];
	redos: number[];
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
	const [row] = (await rows(db, county, seq)).rows;
	if (!row) return null;
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
		draw: publicDraw(row, at),
		plan: plan === null ? null : (JSON.parse(plan) as SealedPlan),
		witnesses: witnesses.rows,
		objections: objections.rows,
		redos: redos.rows.map((redo) => redo.seq),
		sealed: sealed.rows[0] ?? null,
		opened: await openedDraw(db, county, seq)
	};
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
		substitutions: substitutions.rows
	};
}

/** Each drawn row with its audit path (RFC 6962) to selectedRoot: a posting can prove "was drawn" with its row alone. */
export async function publicProofs(db: Database, county: string, seq: number) {
	const text = await publicManifest(db, county, seq);
	if (text === null) return null;
	const manifest = JSON.parse(text) as Manifest;
	const listed = selectedRows(manifest);
	const leaves = listed.map((row) => leafHash(canonicalBytes(row)));
	const roots = new Map<string, string>();
	// Rows share most of their path: every subtree is hashed once.
	const rootOf = (first: number, end: number): string => {
		const key = `${first}-${end}`;
		const root = roots.get(key) ?? toHex(treeRoot(leaves.slice(first, end)));
		roots.set(key, root);
		return root;
	};
	return {
		v: manifest.v,
		commitment: manifest.commitment,
		selectedRoot: toHex(treeRoot(leaves)),
		size: leaves.length,
		rows: listed.map((row, index) => ({
			row,
			index,
			proof: inclusionRanges(index, leaves.length).map(({ first, end }) => rootOf(first, end))
		}))
	};
}

/** Whether the frame may be read by all: its list is open and the bureau permits it; commas: no CSV can carry it. */
export async function publicFrame(
	db: Database,
	county: string,
	seq: number
): Promise<{ commas: boolean } | null> {
	const { rows: found } = await sql<{ commas: boolean }>`
		SELECT EXISTS (SELECT FROM portal.frame f WHERE f.county = d.county AND f.seq = d.seq
				AND position(',' IN f.target || f.township || f.cell) > 0)
			OR EXISTS (SELECT FROM portal.excluded e WHERE e.county = d.county AND e.seq = d.seq
				AND position(',' IN e.target || e.reason) > 0) AS commas
		FROM portal.draw d WHERE d.county = ${county} AND d.seq = ${seq} AND d.public_frame`.execute(db);
	return found[0] ?? null;
}

/** Rows of one statement of a download. */
const BATCH = 20_000;

interface FrameLine {
	id: string;
	township: string;
	cell: string;
	x: number;
	y: number;
	weight: number;
	take: number;
	salt: string;
}

/** The rows of a public frame in its order, in batches; none of any other. */
export async function* publicFrameRows(
	db: Database,
	county: string,
	seq: number
): AsyncGenerator<FrameLine[], void> {
	for (let after = ''; ;) {
		const { rows: batch } = await sql<FrameLine>`
			SELECT target AS id, township, cell, x, y, weight, take, salt FROM portal.frame
			WHERE county = ${county} AND seq = ${seq} AND target COLLATE "C" > ${after}
			ORDER BY target COLLATE "C" LIMIT ${BATCH}`.execute(db);
		if (batch.length > 0) yield batch;
		if (batch.length < BATCH) return;
		after = batch.at(-1)!.id;
	}
}

export async function publicExcluded(db: Database, county: string, seq: number): Promise<Excluded[]> {
	const { rows: found } = await sql<Excluded>`
		SELECT target AS id, reason, salt FROM portal.excluded
		WHERE county = ${county} AND seq = ${seq} ORDER BY target COLLATE "C"`.execute(db);
	return found;
}
