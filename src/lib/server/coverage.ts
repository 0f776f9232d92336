// 覆盖: reads the registry, the batches that count and the newest chances into the columns of core/coverage. They are the
// same for everybody who may read, so a process keeps those of the last state of a county and a change makes them anew.
import { sql } from 'kysely';
import type { CreditGrade, TargetKind } from '../core/model';
import { dayNumber } from '../core/coverage/day';
import { kinds, standings, STILL, type CoverageTable, type Round } from '../core/coverage/table';
import type { Database } from './db/database';
import { blacklistedOn } from './frame';
import { dataVersion } from './tiles';
import { visits } from './visited';

/** What the figures are of: changes whenever one of them could. */
export async function coverageVersion(db: Database, county: string, at: Date): Promise<string> {
	const { rows } = await sql<{ version: string }>`
		SELECT concat_ws('-', (SELECT string_agg(left(state, 3), '' ORDER BY id) FROM app.draw WHERE county = ${county}),
			(SELECT count(*) FROM app.substitution WHERE county = ${county} AND granted IS NOT NULL),
			(SELECT coalesce(max(id), 0) FROM app.route_plan WHERE county = ${county})) AS version`.execute(db);
	return `${await dataVersion(db, county, at)}-${rows[0]!.version}`;
}

const kept = new Map<string, { version: string; table: Promise<CoverageTable> }>();

/** The columns of the county as it is at `at`; some seconds for a million targets, nothing when they are kept. */
export async function coverageTable(db: Database, county: string, at: Date): Promise<CoverageTable> {
	const version = await coverageVersion(db, county, at);
	const known = kept.get(county);
	if (known?.version === version) return known.table;
	const table = loadCoverage(db, county, at);
	kept.set(county, { version, table });
	table.catch(() => kept.delete(county));
	return table;
}

/** In one snapshot. */
export const loadCoverage = (db: Database, county: string, at: Date): Promise<CoverageTable> =>
	db
		.transaction()
		.setIsolationLevel('repeatable read')
		.setAccessMode('read only')
		.execute(async (trx) => {
			const read = {
				spells: await spellsOf(trx, county, at),
				rounds: await roundsOf(trx, county),
				visits: await visitsOf(trx, county),
				chances: await chancesOf(trx, county),
				places: await placesOf(trx, county)
			};
			return columnsOf(read, dayNumber(chinaDay(at)));
		});

const chinaDay = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

interface Spell {
	code: string;
	kind: TargetKind;
	township: string;
	cell: string;
	grade: CreditGrade | null;
	blacklisted: boolean;
	from: string;
	to: string | null;
}

/** Time for which a target was active in one place, however many versions that took. Grade and blacklist are today's. */
async function spellsOf(db: Database, county: string, at: Date): Promise<Spell[]> {
	const { rows } = await sql<Spell>`
		WITH spell AS (SELECT code, kind, township, cell, party, unnest(range_agg(valid)) AS during
			FROM app.target WHERE county = ${county} AND status = 'active' GROUP BY code, kind, township, cell, party)
		SELECT t.code, t.kind, t.township, t.cell, p.credit_grade AS grade, coalesce(b.listed, false) AS blacklisted,
			(lower(t.during) AT TIME ZONE 'Asia/Shanghai')::date AS "from",
			(upper(t.during) AT TIME ZONE 'Asia/Shanghai')::date AS "to"
		FROM spell t LEFT JOIN app.party p ON p.county = ${county} AND p.uscc = t.party
		LEFT JOIN (SELECT t.uscc, ${blacklistedOn(at)} AS listed
			FROM (SELECT county, uscc, uscc AS party FROM app.party WHERE county = ${county}) t) b ON b.uscc = t.party
		ORDER BY t.code COLLATE "C", t.during`.execute(db);
	return rows;
}

async function roundsOf(db: Database, county: string): Promise<Round[]> {
	const { rows } = await sql<Omit<Round, 'day'> & { day: string }>`
		SELECT d.id, p.name, d.kind, (d.drawn_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
			(SELECT count(*) FROM app.called(d.county, d.id))::integer AS called
		FROM app.draw d JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		WHERE d.county = ${county} AND d.state IN ('drawn', 'revealed') AND d.assurance <> 'trial'
		ORDER BY d.drawn_at, d.id`.execute(db);
	return rows.map((row) => ({ ...row, day: dayNumber(row.day) }));
}

/** routed: the current day routes of that draw have a place for it. */
async function visitsOf(db: Database, county: string) {
	const { rows } = await sql<{ draw: number; target: string; routed: boolean }>`
		WITH placed AS (SELECT DISTINCT p.draw, t.target FROM app.route_plan p
			JOIN app.visit_target t ON t.county = p.county AND t.plan = p.id
			JOIN app.stop s ON s.county = t.county AND s.plan = t.plan AND s.visit = t.visit
			WHERE p.county = ${county} AND p.state = 'current')
		SELECT v.draw, v.target, placed.target IS NOT NULL AS routed FROM (${visits(county)}) v
		LEFT JOIN placed ON placed.draw = v.draw AND placed.target = v.target
		ORDER BY v.drawn_at, v.draw`.execute(db);
	return rows;
}

/** Of the newest batch of each kind that has been frozen and counts. */
async function chancesOf(db: Database, county: string) {
	const { rows: of } = await sql<{ id: number; name: string; kind: TargetKind }>`
		SELECT DISTINCT ON (d.kind) d.id, p.name, d.kind
		FROM app.draw d JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		WHERE d.county = ${county} AND d.source = 'own' AND d.assurance <> 'trial' AND d.state NOT IN ('void', 'aborted')
		ORDER BY d.kind, d.id DESC`.execute(db);
	const { rows: mass } = await sql<{ target: string; mass: number }>`
		SELECT target, mass FROM app.frame
		WHERE county = ${county} AND draw = ANY(${of.map(({ id }) => id)}::integer[])`.execute(db);
	return { of, mass: new Map(mass.map((row) => [row.target, Number(row.mass)])) };
}

async function placesOf(db: Database, county: string) {
	const { rows: offices } = await sql<{ code: string; name: string; townships: string[] }>`
		SELECT code, name, townships FROM app.office WHERE county = ${county} ORDER BY code COLLATE "C"`.execute(db);
	const { rows: townships } = await sql<{ code: string; name: string }>`
		SELECT code, name FROM app.current_township WHERE county = ${county} ORDER BY code COLLATE "C"`.execute(db);
	return { offices, townships };
}

interface Read {
	spells: Spell[];
	rounds: Round[];
	visits: { draw: number; target: string; routed: boolean }[];
	chances: Awaited<ReturnType<typeof chancesOf>>;
	places: Awaited<ReturnType<typeof placesOf>>;
}

/** Places of values in the order they came. */
class Places {
	readonly all: string[] = [];
	readonly #known = new Map<string, number>();
	of(value: string): number {
		let place = this.#known.get(value);
		if (place === undefined) this.#known.set(value, (place = this.all.push(value) - 1));
		return place;
	}
}

function columnsOf({ spells, rounds, visits, chances, places }: Read, today: number): CoverageTable {
	const roundOf = new Map(rounds.map(({ id }, k) => [id, k]));
	const visitsByTarget = new Map<string, { round: number; routed: boolean }[]>();
	for (const { draw, target, routed } of visits) {
		const list = visitsByTarget.get(target);
		const visit = { round: roundOf.get(draw)!, routed };
		if (list) list.push(visit);
		else visitsByTarget.set(target, [visit]);
	}
	const cells = new Places();
	const townships = new Places();
	for (const { code } of places.townships) townships.of(code);
	const rows = spells.length;
	const total = spells.reduce((sum, { code }) => sum + (visitsByTarget.get(code)?.length ?? 0), 0);
	const columns = {
		cell: new Uint32Array(rows),
		township: new Uint16Array(rows),
		traits: new Uint8Array(rows),
		from: new Uint16Array(rows),
		to: new Uint16Array(rows).fill(STILL),
		mass: new Int32Array(rows),
		visitStart: new Uint32Array(rows + 1),
		visitRound: new Uint16Array(total),
		visitRouted: new Uint8Array(total)
	};
	let at = 0;
	for (const [i, { code, kind, township, cell, grade, blacklisted, from, to }] of spells.entries()) {
		columns.cell[i] = cells.of(cell);
		columns.township[i] = townships.of(township);
		const standing = standings.indexOf(blacklisted ? 'blacklist' : (grade ?? 'none'));
		columns.traits[i] = kinds.indexOf(kind) + 2 * standing;
		columns.from[i] = Math.max(0, dayNumber(from));
		if (to !== null) columns.to[i] = dayNumber(to);
		// A chance is that of the target as it is now.
		columns.mass[i] = to === null ? (chances.mass.get(code) ?? 0) : 0;
		for (const { round, routed } of visitsByTarget.get(code) ?? []) {
			columns.visitRound[at] = round;
			columns.visitRouted[at++] = Number(routed);
		}
		columns.visitStart[i + 1] = at;
	}
	const named = new Map(places.townships.map(({ code, name }) => [code, name]));
	return {
		...{ today, rows, visits: total, cells: cells.all, rounds, chances: chances.of },
		offices: places.offices.map(({ code, name }) => ({ code, name })),
		townships: townships.all.map((code) => ({
			code,
			name: named.get(code) ?? code,
			office: places.offices.findIndex((office) => office.townships.includes(code))
		})),
		...columns
	};
}
