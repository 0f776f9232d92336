// The leader's figures against SQL written another way, on the demonstration county with a list of the superior body, a
// void draw, a trial and a substitute among the batches.
import { cellToParent } from 'h3-js';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { aggregate, byCell, byOffice, byTownship } from '../../src/lib/core/coverage/aggregate';
import { dayNumber } from '../../src/lib/core/coverage/day';
import { failuresOf, lastPosition, momentAt, noFilter } from '../../src/lib/core/coverage/select';
import { kinds, standings, type CoverageTable } from '../../src/lib/core/coverage/table';
import { coverageTable } from '../../src/lib/server/coverage';
import type { Database } from '../../src/lib/server/db/database';
import { loadDemo } from '../../src/lib/server/demo/load';
import { importSuperior } from '../../src/lib/server/superior-draw';
import { freshDatabase } from '../support/database';

const county = '350125';
const at = new Date('2026-07-01T02:00:00Z');

let db: Database;
let table: CoverageTable;
beforeAll(async () => {
	db = await freshDatabase();
	await loadDemo(db, { at });
	const before = await coverageTable(db, county, at);
	expect(await coverageTable(db, county, at)).toBe(before);
	// The first drawn of the latest batch of parcels gave way to its first substitute; an older batch was void.
	await sql`INSERT INTO app.substitution (county, draw, serial, rank, reason, evidence, asked_by, asked_at, decision,
			decided_by, decided_at)
		VALUES (${county}, 12, 1, 1, 'closed', 'seen', 'a', ${at}, 'approved', 'b', ${at})`.execute(db);
	await sql`UPDATE app.draw SET state = 'void' WHERE county = ${county} AND id = 6`.execute(db);
	const { rows } = await sql<{ code: string }>`SELECT code FROM app.current_target
		WHERE kind = 'land_parcel' AND status = 'active' ORDER BY code DESC LIMIT 12`.execute(db);
	const codes = rows.map(({ code }) => code);
	const list = {
		document: '闽自然资〔2026〕1号',
		body: '省厅',
		kind: 'land_parcel' as const,
		drawnOn: '2026-03-02'
	};
	await importSuperior(db, county, { ...list, codes }, 'test', at);
	table = await coverageTable(db, county, at);
	expect(table).not.toBe(before);
});

interface Expected {
	code: string;
	township: string;
	office: string;
	cell: string;
	due: number;
	done: number;
	never: number;
}

/** Due, done and never of every target, one row each: a visit is looked for target by target. */
async function expected(onDay: string, only: { kind?: string; standing?: string } = {}): Promise<Expected[]> {
	const { rows } = await sql<Expected>`
		WITH called AS (SELECT d.id, (d.drawn_at AT TIME ZONE 'Asia/Shanghai')::date AS day, c AS code
			FROM app.draw d, app.called(d.county, d.id) c
			WHERE d.state NOT IN ('void', 'aborted', 'frozen', 'announced', 'locked') AND d.assurance <> 'trial'
				AND (d.drawn_at AT TIME ZONE 'Asia/Shanghai')::date <= ${onDay}::date)
		SELECT t.code, t.township, t.cell, 1 AS due,
			(SELECT o.code FROM app.office o WHERE t.township = ANY (o.townships)) AS office,
			(EXISTS (SELECT FROM called WHERE called.code = t.code
				AND called.day > (${onDay}::date - interval '24 months')::date))::integer AS done,
			(NOT EXISTS (SELECT FROM called WHERE called.code = t.code))::integer AS never
		FROM app.target t LEFT JOIN app.party p ON p.uscc = t.party
		WHERE t.valid @> (${onDay} || ' 12:00+08')::timestamptz AND t.status = 'active'
			AND t.kind LIKE ${only.kind ?? '%'}
			AND CASE WHEN EXISTS (SELECT FROM app.blacklist_period b WHERE b.uscc = t.party AND b.during @> '2026-07-01'::date)
				THEN 'blacklist' ELSE coalesce(p.credit_grade, 'none') END LIKE ${only.standing ?? '%'}`.execute(db);
	return rows;
}

/** The same rows added up by a name. */
function added(rows: readonly Expected[], nameOf: (row: Expected) => string) {
	const sums = new Map<string, [number, number, number]>();
	for (const row of rows) {
		const sum = sums.get(nameOf(row)) ?? [0, 0, 0];
		sums.set(nameOf(row), [sum[0] + row.due, sum[1] + row.done, sum[2] + row.never]);
	}
	return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

test.each([
	['today', null, {}],
	['today, mining rights', null, { kind: 'mining_right' }],
	['today, blacklisted', null, { standing: 'blacklist' }],
	['after the third round', 3, {}],
	['after the first round, parcels of grade C', 1, { kind: 'land_parcel', standing: 'C' }]
])(
	'cells, townships and offices are what SQL counts: %s',
	async (_, position, only: { kind?: string; standing?: string }) => {
		const moment = momentAt(table, position ?? lastPosition(table));
		const day = new Date(moment.day * 86_400_000).toISOString().slice(0, 10);
		const rows = await expected(day, only);
		expect(rows.length).toBeGreaterThan(0);
		const filter = {
			...noFilter,
			kinds: kinds.flatMap((kind, k) => (kind === only.kind ? [k] : [])),
			standings: standings.flatMap((standing, k) => (standing === only.standing ? [k] : []))
		};
		const fails = failuresOf(table, filter, null);
		const groupings = [
			...[6, 8, 9].map((resolution) => [
				byCell(table, resolution),
				({ cell }: Expected) => cellToParent(cell, resolution)
			]),
			[byTownship(table), ({ township }: Expected) => township],
			[byOffice(table), ({ office }: Expected) => office]
		] as [ReturnType<typeof byCell>, (row: Expected) => string][];
		for (const [grouping, nameOf] of groupings) {
			const { due, done, never } = aggregate(table, grouping, fails, moment);
			const counted = grouping.names.flatMap((name, g) =>
				due[g]! > 0 ? [[name, [due[g]!, done[g]!, never[g]!]] as const] : []
			);
			expect(Object.fromEntries(counted)).toEqual(added(rows, nameOf));
		}
	}
);

test('rounds, chances and visits are those of the batches that count', async () => {
	expect(table.rounds.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 10, 13, 11, 12]);
	expect(table.rounds.at(-3)).toMatchObject({ called: 12, day: dayNumber('2026-03-02') });
	expect(table.chances.map(({ id, kind }) => [kind, id])).toEqual([
		['land_parcel', 12],
		['mining_right', 11]
	]);
	const { rows } = await sql<{ sum: number }>`SELECT sum(f.mass)::bigint AS sum FROM app.frame f
		JOIN app.current_target t ON t.code = f.target AND t.status = 'active' WHERE f.draw IN (11, 12)`.execute(db);
	expect(table.mass.reduce((sum, mass) => sum + mass, 0)).toBe(Number(rows[0]!.sum));
	const { rows: drawn } = await sql<{ code: string; rank: number }>`SELECT target AS code, rank FROM app.drawn
		WHERE draw = 12 AND serial = 1 AND rank < 2 ORDER BY rank`.execute(db);
	const { rows: spells } = await sql<{
		code: string;
	}>`SELECT DISTINCT code COLLATE "C" AS code FROM app.target
		WHERE status = 'active' ORDER BY 1`.execute(db);
	// In the demonstration a target is active once, so that rows are codes.
	expect(table.rows).toBe(spells.length);
	const calledIn = (code: string) => {
		const i = spells.findIndex((spell) => spell.code === code);
		return [...table.visitRound.subarray(table.visitStart[i], table.visitStart[i + 1])].map(
			(round) => table.rounds[round]!.id
		);
	};
	expect(calledIn(drawn[0]!.code)).not.toContain(12);
	expect(calledIn(drawn[1]!.code)).toContain(12);
});

test('inspections, findings and deadlines are those of the results that stand', async () => {
	// The latest batch of mining rights was drawn for a task whose batch ended on 20 December 2025, with three departments.
	// Results of all kinds; one was taken back, and for some targets nobody could be reached.
	const officer = JSON.stringify([
		{ name: '甲', certificate: '1' },
		{ name: '乙', certificate: '2' }
	]);
	await sql`INSERT INTO app.result (county, id, draw, target, township, checked_on, inspectors, outcome, source, state,
			recorded_by, recorded_at, withdrawal_reason, withdrawal_asked_by, withdrawal_asked_at, withdrawn_by, withdrawn_at)
		SELECT ${county}, 9000 + k, 10, t.code, t.township, '2025-12-10'::date + k::integer, ${officer}::jsonb,
			(ARRAY['none_found','on_site','ordered','case','unreachable','refused'])[1 + k % 6], 'paper',
			CASE WHEN k = 1 THEN 'withdrawn' ELSE 'recorded' END, 'a', ${at},
			CASE WHEN k = 1 THEN '误' END, CASE WHEN k = 1 THEN 'b' END, CASE WHEN k = 1 THEN ${at}::timestamptz END,
			CASE WHEN k = 1 THEN 'b' END, CASE WHEN k = 1 THEN ${at}::timestamptz END
		FROM (SELECT c, row_number() OVER (ORDER BY c COLLATE "C") AS k FROM app.called(${county}, 10) c) l
		JOIN app.current_target t ON t.code = l.c WHERE k <= 20`.execute(db);
	const now = await coverageTable(db, county, at);
	expect(now).not.toBe(table);
	const filter = { ...noFilter, departments: [now.departments.indexOf('应急管理局')] };
	const moment = momentAt(now, lastPosition(now), filter);
	const sums = aggregate(now, byTownship(now), failuresOf(now, filter, null), moment);
	const { rows } = await sql<{ township: string; counts: number[] }>`
		WITH one AS (SELECT t.township, r.checked_on, r.outcome
			FROM app.called(${county}, 10) c JOIN app.current_target t ON t.code = c AND t.status = 'active'
			LEFT JOIN app.result r ON r.draw = 10 AND r.target = c AND r.state <> 'withdrawn' AND r.outcome <> 'unreachable'
				AND r.checked_on <= '2026-07-01')
		SELECT township, ARRAY[count(*), count(checked_on),
			count(*) FILTER (WHERE outcome <> 'none_found'), count(*) FILTER (WHERE checked_on <= '2025-12-20'),
			count(*) FILTER (WHERE checked_on IS NULL)]::integer[] AS counts
		FROM one GROUP BY township ORDER BY township`.execute(db);
	expect(rows.reduce((sum, { counts }) => sum + counts[1]!, 0)).toBe(16);
	const counted = byTownship(now).names.flatMap((township, g) => {
		const figures = [sums.asked, sums.inspected, sums.found, sums.onTime, sums.late];
		return sums.asked[g]! > 0 ? [{ township, counts: figures.map((column) => column[g]!) }] : [];
	});
	expect(counted.sort((a, b) => (a.township < b.township ? -1 : 1))).toEqual(rows);
});
