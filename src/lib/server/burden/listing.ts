// 检查负担台账: every party of a year with the batches that called it, that may still call it, and that are allowed; found,
// sorted and paged here. Of one party also each batch, for a proof.
import { sql } from 'kysely';
import { loadOf, type Call } from '../../core/burden/calls';
import type { Database } from '../db/database';
import { listEntries } from '../ledger-reading';
import { ruleOn } from '../rule';
import { callsOfYear } from './limit';

export const burdenColumns = ['name', 'uscc', 'grade', 'done', 'planned', 'left', 'exempt'] as const;
export type BurdenColumn = (typeof burdenColumns)[number];
export type BurdenShow = 'all' | 'called' | 'full';

export interface BurdenQuery {
	year: number;
	search: string;
	show: BurdenShow;
	sort: BurdenColumn;
	descending: boolean;
	/** From 1; null: all of them, for a file. */
	page: number | null;
}
export interface BurdenRow {
	uscc: string;
	name: string;
	grade: string;
	done: number;
	planned: number;
	/** Batches that can still be added; null: no rule. Below 0 when a superior body's lists went beyond it. */
	left: number | null;
	exempt: number;
}
export interface BurdenPage {
	rows: BurdenRow[];
	allowed: number | null;
	source: string | null;
	total: number;
	page: number;
	pages: number;
	sums: { parties: number; called: number; done: number; planned: number; full: number };
}

export const PAGE_SIZE = 50;

/** The rule at the end of the year, or on the day for the year that runs. */
export async function ruleOfYear(db: Database, county: string, year: number, at: Date) {
	const end = new Date(`${year}-12-31T12:00:00+08:00`);
	return ruleOn(db, county, 'year_cap', at < end ? at : end);
}

export async function burdenPage(
	db: Database,
	county: string,
	query: BurdenQuery,
	at: Date
): Promise<BurdenPage> {
	const rule = await ruleOfYear(db, county, query.year, at);
	const allowed = rule?.value ?? null;
	const calls = await callsOfYear(db, county, query.year);
	const loads = [...calls].map(([uscc, own]) => ({ uscc, ...loadOf(own) }));
	const pattern = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`;
	const shown =
		query.show === 'all'
			? sql`true`
			: query.show === 'called'
				? sql`done + planned + exempt > 0`
				: sql`"left" <= 0`;
	const all = sql`
		WITH load AS (SELECT * FROM json_to_recordset(${JSON.stringify(loads)}::json)
				AS r (uscc text, done integer, planned integer, exempt integer)),
			burden AS (SELECT p.uscc, p.name, p.credit_grade AS grade, coalesce(l.done, 0) AS done,
				coalesce(l.planned, 0) AS planned, coalesce(l.exempt, 0) AS exempt,
				${allowed}::integer - coalesce(l.done, 0) - coalesce(l.planned, 0) AS "left"
				FROM app.party p LEFT JOIN load l ON l.uscc = p.uscc WHERE p.county = ${county} AND p.removed_at IS NULL),
			found AS (SELECT * FROM burden WHERE ${shown}
				AND (${query.search} = '' OR name ILIKE ${pattern} OR uscc ILIKE ${pattern}))`;
	const { rows: counted } = await sql<{
		total: number;
	}>`${all} SELECT count(*)::integer AS total FROM found`.execute(db);
	const { rows: sums } = await sql<BurdenPage['sums']>`${all}
		SELECT count(*)::integer AS parties, count(*) FILTER (WHERE done + planned + exempt > 0)::integer AS called,
			coalesce(sum(done), 0)::integer AS done, coalesce(sum(planned), 0)::integer AS planned,
			count(*) FILTER (WHERE "left" <= 0)::integer AS full FROM burden`.execute(db);
	const total = counted[0]!.total;
	const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
	const page = Math.min(Math.max(1, query.page ?? 1), pages);
	const part = query.page === null ? sql`` : sql`LIMIT ${PAGE_SIZE} OFFSET ${(page - 1) * PAGE_SIZE}`;
	const order = sql.raw(query.descending ? 'DESC NULLS LAST' : 'ASC NULLS LAST');
	const { rows } = await sql<BurdenRow>`${all}
		SELECT * FROM found ORDER BY ${sql.ref(query.sort)} ${order}, uscc ${part}`.execute(db);
	return { rows, allowed, source: rule?.source ?? null, total, page, pages, sums: sums[0]! };
}

export interface ProofCall extends Call {
	plan: string;
	planName: string;
	seq: number | null;
	source: string;
	at: Date;
	/** The party's targets on the list, or in the frame while there is no list. */
	targets: string[];
	/** Numbers of the ledger's entries about the freeze and the draw; none where the reader may not see it. */
	entries: { seq: number; type: string }[];
}
export interface BurdenProof {
	uscc: string;
	name: string;
	year: number;
	allowed: number | null;
	source: string | null;
	calls: ProofCall[];
	done: number;
	planned: number;
	exempt: number;
	/** Frames of the year that left the party out because its year was used up. */
	leftOut: { draw: number; seq: number | null; planName: string }[];
}

export async function burdenProof(
	db: Database,
	county: string,
	year: number,
	uscc: string,
	at: Date
): Promise<BurdenProof | null> {
	const party = await db
		.selectFrom('app.party')
		.where('county', '=', county)
		.where('uscc', '=', uscc)
		.select(['uscc', 'name'])
		.executeTakeFirst();
	if (!party) return null;
	const own = (await callsOfYear(db, county, year, uscc)).get(uscc) ?? [];
	const rule = await ruleOfYear(db, county, year, at);
	const calls: ProofCall[] = [];
	for (const call of own) calls.push(await proofCall(db, county, uscc, call));
	const leftOut = await leftOutOf(db, county, year, uscc);
	return {
		...{ ...party, year, allowed: rule?.value ?? null, source: rule?.source ?? null, calls, leftOut },
		...loadOf(own)
	};
}

async function proofCall(db: Database, county: string, uscc: string, call: Call): Promise<ProofCall> {
	const { rows } = await sql<{
		plan: string;
		planName: string;
		seq: number | null;
		source: string;
		at: Date;
		targets: string[];
	}>`
		SELECT d.plan, p.name AS "planName", d.seq, d.source, coalesce(c.frozen_at, d.drawn_at) AS at,
			ARRAY(SELECT DISTINCT r.target FROM (
					SELECT target FROM app.drawn WHERE county = d.county AND draw = d.id
					UNION ALL SELECT target FROM app.frame WHERE county = d.county AND draw = d.id
						AND d.state IN ('frozen', 'announced', 'locked')) r
				CROSS JOIN LATERAL (SELECT t.party FROM app.target t WHERE t.county = d.county AND t.code = r.target
					ORDER BY (t.valid @> coalesce(c.frozen_at, d.drawn_at)) DESC, upper_inf(t.valid) DESC LIMIT 1) t
				WHERE t.party = ${uscc} ORDER BY r.target) AS targets
		FROM app.draw d JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		LEFT JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		WHERE d.county = ${county} AND d.id = ${call.draw}`.execute(db);
	// Keys of an entry stand in their order, and "draw" is never the last.
	const filter = { actor: '', from: '', to: '', text: `"draw":${call.draw},` };
	const entries = [];
	for (const type of ['draw.frozen', 'draw.drawn', 'draw.superior'])
		for (const { seq } of (await listEntries(db, county, { ...filter, type }, { limit: 1 })).rows)
			entries.push({ seq, type });
	return { ...call, ...rows[0]!, entries };
}

async function leftOutOf(
	db: Database,
	county: string,
	year: number,
	uscc: string
): Promise<BurdenProof['leftOut']> {
	const { rows } = await sql<BurdenProof['leftOut'][number]>`
		SELECT d.id AS draw, d.seq, p.name AS "planName" FROM app.draw_limit l
		JOIN app.draw d ON d.county = l.county AND d.id = l.draw
		JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		WHERE l.county = ${county} AND l.year = ${year} AND l.parties_full > 0 AND d.state NOT IN ('void', 'aborted')
			AND EXISTS (SELECT FROM app.excluded e JOIN app.target t ON t.county = e.county AND t.code = e.target
				AND t.valid @> c.frozen_at
				WHERE e.county = d.county AND e.draw = d.id AND e.reason = 'year_cap' AND t.party = ${uscc})
		ORDER BY d.id`.execute(db);
	return rows;
}
