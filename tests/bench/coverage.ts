// Coverage of a large county, as a browser or a server counts it: every figure of every H3 cell from a million targets,
// by resolution; a tick of the time slider with 430 cells; and the columns as bytes. Median of the runs, warm: the
// parents of the cells are known from the first. `--targets N --runs N`.

import { latLngToCell } from 'h3-js';
import { parseArgs } from 'node:util';
import { aggregate, byCell, trendOf } from '../../src/lib/core/coverage/aggregate';
import { gapsOf } from '../../src/lib/core/coverage/gaps';
import {
	FAILS,
	facetsOf,
	failuresOf,
	lastPosition,
	momentAt,
	noFilter
} from '../../src/lib/core/coverage/select';
import { decodeCoverage, encodeCoverage, STILL, type CoverageTable } from '../../src/lib/core/coverage/table';
import { median, table as markdown, time } from './table';

const ROUNDS = 24;
const FIRST = 18_000;
const LIMIT_MS = 500;

/** A county 60 km across, 40 offices with 10 townships each; one target in twelve was visited, some of them twice. */
function largeCounty(rows: number): CoverageTable {
	const side = 240;
	const cells = [
		...new Set(
			Array.from({ length: side * side }, (_, k) =>
				latLngToCell(25.6 + (k % side) * 0.0025, 118.5 + Math.floor(k / side) * 0.0028, 9)
			)
		)
	];
	const visits = Math.ceil(rows / 10);
	const starts = Uint32Array.from({ length: rows + 1 }, (_, i) => Math.floor((i * visits) / rows));
	return {
		...{ today: FIRST + 90 * ROUNDS, rows, visits, cells, chances: [] },
		townships: Array.from({ length: 400 }, (_, k) => ({ code: `${k}`, name: `${k}`, office: k % 40 })),
		offices: Array.from({ length: 40 }, (_, k) => ({ code: `${k}`, name: `${k}` })),
		items: Array.from({ length: 8 }, (_, k) => ({
			code: `${k}`,
			name: `${k}`,
			kind: 'land_parcel' as const
		})),
		departments: ['0', '1', '2'],
		rounds: Array.from({ length: ROUNDS }, (_, k) => ({
			...{ id: k + 1, name: `${k}`, kind: 'land_parcel' as const, day: FIRST + 90 * k, called: 1 },
			...{ until: FIRST + 90 * k + 60, items: [k % 8], departments: [k % 3] }
		})),
		cell: Uint32Array.from({ length: rows }, (_, i) => (i * 7919) % cells.length),
		township: Uint16Array.from({ length: rows }, (_, i) => (i * 31) % 400),
		traits: Uint8Array.from({ length: rows }, (_, i) => (i * 13) % 10),
		from: Uint16Array.from({ length: rows }, (_, i) => FIRST - (i % 500)),
		to: new Uint16Array(rows).fill(STILL),
		mass: Int32Array.from({ length: rows }, (_, i) => (i * 97) % 2 ** 28),
		visitStart: starts,
		visitRound: Uint16Array.from({ length: visits }, (_, v) => (v * 5) % ROUNDS),
		visitChecked: new Uint16Array(visits),
		visitMarks: new Uint8Array(visits)
	};
}

export default async function bench(args: string[]): Promise<void> {
	const { values } = parseArgs({
		args,
		options: {
			targets: { type: 'string', default: '1000000' },
			runs: { type: 'string', default: '9' }
		}
	});
	const large = largeCounty(Number(values.targets));
	const demo = largeCounty(6_000);
	const chosen = { ...noFilter, kinds: [1] };
	const box = [118.6, 25.7, 119, 26] as const;
	const today = momentAt(large, lastPosition(large));
	const fails = failuresOf(large, chosen, box);
	const few = failuresOf(demo, chosen, box);
	// A resolution whose cells are about as many as the demonstration county shows.
	const tick = (k: number) => {
		const moment = momentAt(demo, k % (lastPosition(demo) + 1));
		const cells = byCell(demo, 7);
		const sums = aggregate(demo, cells, few, moment, FAILS.box);
		facetsOf(demo, few, moment, chosen);
		return gapsOf(demo, cells, sums, moment, box).length;
	};
	const bytes = encodeCoverage(large);
	const works: [string, (k: number) => unknown, number | string][] = [
		...[6, 7, 8, 9].map((resolution): [string, () => unknown, number] => [
			`cells of resolution ${resolution}: ${byCell(large, resolution).names.length}`,
			() => aggregate(large, byCell(large, resolution), fails, today, FAILS.box),
			LIMIT_MS
		]),
		['filter and extent', () => failuresOf(large, chosen, box), '—'],
		['counts of the chips', () => facetsOf(large, fails, today, chosen), '—'],
		['gaps of resolution 8', () => gapsOf(large, byCell(large, 8), sums8(), today, box), '—'],
		[`trend over ${ROUNDS} rounds`, () => trendOf(large, fails), '—'],
		[`decode ${(bytes.length / 1e6).toFixed(1)} MB`, () => decodeCoverage(bytes.buffer), '—'],
		[`tick of the slider, 6,000 targets, ${byCell(demo, 7).names.length} cells`, tick, 16]
	];
	function sums8() {
		return aggregate(large, byCell(large, 8), fails, today, FAILS.box);
	}
	const rows = works.map(([name, work, limit]) => {
		work(0);
		const runs = Array.from({ length: Number(values.runs) }, (_, k) => time(() => work(k)));
		const ms = runs.map((run) => run.ms);
		return [name, median(ms).toFixed(1), Math.max(...ms).toFixed(1), limit];
	});
	const header = [`${large.rows} targets`, 'ms', 'worst, ms', 'limit, ms'];
	process.stdout.write(`${markdown(header, rows)}\n`);
}
