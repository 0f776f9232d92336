// 覆盖: reads the registry, the batches that count and the newest chances into the columns of core/coverage. They are the
// same for everybody who may read, so a process keeps those of the last state of a county and a change makes them anew.
import { sql } from 'kysely';
import type { CreditGrade, TargetKind } from '../core/model';
import { dayNumber } from '../core/coverage/day';
import { kinds, MARKS, standings, STILL, type CoverageTable, type Round } from '../core/coverage/table';
import type { Database } from './db/database';
import { blacklistedOn } from './frame';
import { dataVersion } from './tiles';
import { visits } from './visited';

/** What the figures are of: changes whenever one of them could. */
export async function coverageVersion(db: Database, county: string, at: Date): Promise<string> {
	const { rows } = await sql<{ version: string }>`
		SELECT concat_ws('-', (SELECT string_agg(left(state, 3), '' ORDER BY id) FROM app.draw WHERE county = ${county}),
			(SELECT count(*) FROM app.substitution WHERE county = ${county} AND granted IS NOT NULL),
			(SELECT coalesce(max(id), 0) FROM app.route_plan WHERE county = ${county}),
			(SELECT concat_ws('.', count(*), count(withdrawn_at)) FROM app.result WHERE county = ${county}),
			(SELECT count(*) FROM app.task_plan WHERE county = ${county})) AS version`.execute(db);
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

type RoundRead = Omit<Round, 'day' | 'until' | 'items' | 'departments'> & {
	day: string;
	until: string | null;
	items: string[];
	departments: string[];
};

/** until: the last day of the batch of its task, else the day by which the ceremony's batch closes. */
async function roundsOf(db: Database, county: string): Promise<RoundRead[]> {
	const { rows } = await sql<RoundRead>`
		SELECT d.id, p.name, d.kind, (d.drawn_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
			(SELECT count(*) FROM app.called(d.county, d.id))::integer AS called,
			coalesce(b.to_day, (c.close_by AT TIME ZONE 'Asia/Shanghai')::date) AS until,
			coalesce(t.items, '{}') AS items, coalesce(t.departments, '{}') AS departments
		FROM app.draw d JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		LEFT JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		LEFT JOIN app.task_plan tp ON tp.county = d.county AND tp.plan = d.plan
		LEFT JOIN app.task t ON (t.county, t.year, t.number) = (tp.county, tp.year, tp.task)
		LEFT JOIN app.task_batch b ON (b.county, b.year, b.task, b.number) = (tp.county, tp.year, tp.task, tp.batch)
		WHERE d.county = ${county} AND d.state IN ('drawn', 'revealed') AND d.assurance <> 'trial'
		ORDER BY d.drawn_at, d.id`.execute(db);
	return rows;
}

interface VisitRead {
	draw: number;
	target: string;
	routed: boolean;
	checked: string | null;
	found: boolean;
}

/** routed: the current day routes of that draw have a place for it. checked: the day of the result that stands. */
async function visitsOf(db: Database, county: string): Promise<VisitRead[]> {
	const { rows } = await sql<VisitRead>`
		WITH placed AS (SELECT DISTINCT p.draw, t.target FROM app.route_plan p
			JOIN app.visit_target t ON t.county = p.county AND t.plan = p.id
			JOIN app.stop s ON s.county = t.county AND s.plan = t.plan AND s.visit = t.visit
			WHERE p.county = ${county} AND p.state = 'current'),
		checked AS (SELECT DISTINCT ON (r.draw, r.target) r.draw, r.target, r.checked_on,
				r.outcome IN ('on_site', 'ordered', 'case', 'refused') AS found
			FROM app.result r WHERE r.county = ${county} AND r.state <> 'withdrawn' AND r.outcome <> 'unreachable'
			ORDER BY r.draw, r.target, r.id DESC)
		SELECT v.draw, v.target, placed.target IS NOT NULL AS routed, checked.checked_on AS checked,
			coalesce(checked.found, false) AS found FROM (${visits(county)}) v
		LEFT JOIN placed ON placed.draw = v.draw AND placed.target = v.target
		LEFT JOIN checked ON checked.draw = v.draw AND checked.target = v.target
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
		SELECT code, name, townships FROM app.office WHERE county = ${county} AND department = '' ORDER BY code COLLATE "C"`.execute(
		db
	);
	const { rows: townships } = await sql<{ code: string; name: string }>`
		SELECT code, name FROM app.current_township WHERE county = ${county} ORDER BY code COLLATE "C"`.execute(db);
	const { rows: items } = await sql<{ code: string; name: string; kind: TargetKind }>`
		SELECT code, name, kind FROM app.item WHERE county = ${county}`.execute(db);
	return { offices, townships, items: new Map(items.map((item) => [item.code, item])) };
}

interface Read {
	spells: Spell[];
	rounds: RoundRead[];
	visits: VisitRead[];
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
	const visitsByTarget = new Map<string, { round: number; checked: number; marks: number }[]>();
	for (const { draw, target, routed, checked, found } of visits) {
		const list = visitsByTarget.get(target);
		const marks = (routed ? MARKS.routed : 0) | (found ? MARKS.found : 0);
		const visit = { round: roundOf.get(draw)!, checked: checked === null ? 0 : dayNumber(checked), marks };
		if (list) list.push(visit);
		else visitsByTarget.set(target, [visit]);
	}
	const [items, departments] = [new Places(), new Places()];
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
		visitChecked: new Uint16Array(total),
		visitMarks: new Uint8Array(total)
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
		for (const { round, checked, marks } of visitsByTarget.get(code) ?? []) {
			columns.visitRound[at] = round;
			columns.visitChecked[at] = checked;
			columns.visitMarks[at++] = marks;
		}
		columns.visitStart[i + 1] = at;
	}
	const named = new Map(places.townships.map(({ code, name }) => [code, name]));
	return {
		...{ today, rows, visits: total, cells: cells.all, chances: chances.of },
		rounds: rounds.map((round) => ({
			...round,
			day: dayNumber(round.day),
			until: round.until === null ? 0 : dayNumber(round.until),
			items: round.items.map((code) => items.of(code)),
			departments: round.departments.map((name) => departments.of(name))
		})),
		// An item that left the list since applied to some target all the same.
		items: items.all.map((code) => places.items.get(code) ?? { code, name: code, kind: kinds[0] }),
		departments: departments.all,
		offices: places.offices.map(({ code, name }) => ({ code, name })),
		townships: townships.all.map((code) => ({
			code,
			name: named.get(code) ?? code,
			office: places.offices.findIndex((office) => office.townships.includes(code))
		})),
		...columns
	};
}
