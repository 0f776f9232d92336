// The portal of draws: what anybody may read about a commitment, and from when on (protocol §3, §4, §8). Columns are
// named one by one and no account is among them; what is not public yet is never read. All SQL of these pages is here.
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

/** A frozen frame has no number yet, a trial and a list of the superior body never get one. */
const published = sql`d.seq IS NOT NULL AND d.commitment IS NOT NULL AND d.assurance IN ('L1', 'L2', 'L3')
	AND d.source = 'own' AND d.state <> 'frozen'`;

const rows = (db: Database, county: string, seq: number | null) =>
	sql<Row>`
		SELECT d.seq, d.commitment, d.prev, b.commitment AS before, d.state, d.assurance AS level, d.kind,
			p.name AS "planName", d.sample_size AS "sampleSize", d.frame_size AS "frameSize",
			c.draw IS NOT NULL AS ceremony, c.announced_at AS "announcedAt", c.locked_at AS "lockedAt",
			d.drawn_at AS "drawnAt", c.revealed_at AS "revealedAt", c.ended_at AS "endedAt",
			c.end_reason AS "endReason", c.reveal_by AS "revealBy", c.close_by AS "closeBy", o.seq AS "redoOf",
			(SELECT count(*)::int FROM app.ceremony r JOIN app.draw n ON n.county = r.county AND n.id = r.draw
				WHERE r.county = d.county AND r.redo_of = d.id AND n.seq IS NOT NULL) AS redos,
			(SELECT count(*)::int FROM app.objection x WHERE x.county = d.county AND x.draw = d.id) AS objections
		FROM app.draw d
		JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		LEFT JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		LEFT JOIN app.draw b ON b.county = d.county AND b.seq = d.seq - 1
		LEFT JOIN app.draw o ON o.county = d.county AND o.id = c.redo_of
		WHERE d.county = ${county} AND ${published} AND (${seq}::int IS NULL OR d.seq = ${seq}::int)
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
	const { rows: found } = await sql<{ seq: number }>`SELECT d.seq FROM app.draw d
		WHERE d.county = ${county} AND ${published} AND d.commitment = ${commitment}`.execute(db);
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

/** Not for output: the number the tables know a draw by. */
async function idOf(db: Database, county: string, seq: number): Promise<number | null> {
	const { rows: found } = await sql<{ id: number }>`SELECT d.id FROM app.draw d
		WHERE d.county = ${county} AND ${published} AND d.seq = ${seq}`.execute(db);
	return found[0]?.id ?? null;
}

export async function readPublicDraw(
	db: Database,
	county: string,
	seq: number,
	at: Date
): Promise<PublicDrawPage | null> {
	const [row] = (await rows(db, county, seq)).rows;
	const id = row && (await idOf(db, county, seq));
	if (!row || !id) return null;
	const of = sql`x.county = ${county} AND x.draw = ${id}`;
	const sealed = await sql<{ manifestHash: string; selectedRoot: string }>`
		SELECT x.manifest_hash AS "manifestHash", x.selected_root AS "selectedRoot" FROM app.draw x
		WHERE x.county = ${county} AND x.id = ${id} AND x.manifest_hash IS NOT NULL`.execute(db);
	const witnesses = await sql<PublicWitness>`
		SELECT x.place, x.body, x.digits_hash AS hash, x.hashed_at AS "hashedAt", x.paper
		FROM app.ceremony_witness x WHERE ${of} ORDER BY x.place`.execute(db);
	const objections = await sql<{ at: Date; body: string }>`
		SELECT x.at, w.body FROM app.objection x
		JOIN app.ceremony_witness w ON w.county = x.county AND w.draw = x.draw AND w.account = x.account
		WHERE ${of} ORDER BY x.id`.execute(db);
	const redos = await sql<{ seq: number }>`
		SELECT d.seq FROM app.draw d JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		WHERE d.county = ${county} AND c.redo_of = ${id} AND ${published} ORDER BY d.seq`.execute(db);
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
		SELECT coalesce(c.sealed_plan, (d.manifest::jsonb -> 'plan')::text) AS plan
		FROM app.draw d LEFT JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		WHERE d.county = ${county} AND ${published} AND d.seq = ${seq}`.execute(db);
	const text = found[0]?.plan;
	return text ? new TextDecoder().decode(canonicalBytes(JSON.parse(text))) : null;
}

/** A draw whose list was opened, even if it was declared void afterwards. */
const openedWhere = (county: string, seq: number) => sql`d.county = ${county} AND ${published}
	AND d.seq = ${seq} AND c.revealed_at IS NOT NULL AND d.state IN ('revealed', 'void')`;

/** The canonical bytes of the manifest, once the list is open. */
export async function publicManifest(db: Database, county: string, seq: number): Promise<string | null> {
	const { rows: found } = await sql<{ manifest: string }>`SELECT d.manifest FROM app.draw d
		JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		WHERE ${openedWhere(county, seq)}`.execute(db);
	return found[0]?.manifest ?? null;
}

async function openedDraw(db: Database, county: string, seq: number): Promise<OpenedDraw | null> {
	const text = await publicManifest(db, county, seq);
	if (text === null) return null;
	const manifest = JSON.parse(text) as Manifest;
	const substitutions = await sql<PublicSubstitution>`
		SELECT s.serial, s.rank, f.target AS failed, n.target AS substitute, s.reason, s.decided_at AS "decidedAt"
		FROM app.substitution s
		JOIN app.drawn n ON (n.county, n.draw, n.serial, n.rank) = (s.county, s.draw, s.serial, s.rank)
		JOIN app.drawn f ON (f.county, f.draw, f.serial, f.rank) = (s.county, s.draw, s.serial, s.rank - 1)
		JOIN app.draw d ON d.county = s.county AND d.id = s.draw
		JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		WHERE s.decision = 'approved' AND ${openedWhere(county, seq)} ORDER BY s.serial, s.rank`.execute(db);
	const townships = await sql<{ code: string; name: string }>`
		SELECT t.code, t.name FROM app.township t JOIN app.draw d ON d.county = t.county
		JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		WHERE ${openedWhere(county, seq)} AND t.valid @> d.drawn_at`.execute(db);
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

const openFrame = (county: string, seq: number) => sql`FROM app.draw d
	JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id AND c.public_frame
	WHERE ${openedWhere(county, seq)}`;

/** Whether the frame may be read by all: its list is open and the bureau permits it; commas: no CSV can carry it. */
export async function publicFrame(
	db: Database,
	county: string,
	seq: number
): Promise<{ commas: boolean } | null> {
	const { rows: found } = await sql<{ commas: boolean }>`
		SELECT EXISTS (SELECT FROM app.frame f WHERE f.county = d.county AND f.draw = d.id
				AND position(',' IN f.target || f.township || f.cell) > 0)
			OR EXISTS (SELECT FROM app.excluded e WHERE e.county = d.county AND e.draw = d.id
				AND position(',' IN e.target || e.reason) > 0) AS commas
		${openFrame(county, seq)}`.execute(db);
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
			SELECT f.target AS id, f.township, f.cell, f.x, f.y, f.weight, f.take, f.salt FROM app.frame f
			WHERE f.county = ${county} AND f.draw = (SELECT d.id ${openFrame(county, seq)})
				AND f.target COLLATE "C" > ${after} ORDER BY f.target COLLATE "C" LIMIT ${BATCH}`.execute(db);
		if (batch.length > 0) yield batch;
		if (batch.length < BATCH) return;
		after = batch.at(-1)!.id;
	}
}

export async function publicExcluded(db: Database, county: string, seq: number): Promise<Excluded[]> {
	const { rows: found } = await sql<Excluded>`
		SELECT e.target AS id, e.reason, e.salt FROM app.excluded e
		WHERE e.county = ${county} AND e.draw = (SELECT d.id ${openFrame(county, seq)})
		ORDER BY e.target COLLATE "C"`.execute(db);
	return found;
}
