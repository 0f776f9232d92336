// Speed and spread of a draw. `--size N` times one size only; `--balance` and `--speed` choose one half.
// Memory is that of a process of its own per size.

import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { sha256 } from '../../src/lib/core/bytes/sha256';
import { stream } from '../../src/lib/core/bytes/stream';
import { draw } from '../../src/lib/core/draw/draw';
import { masses } from '../../src/lib/core/draw/masses';
import { frameRoot } from '../../src/lib/core/draw/root';
import { clusteredFrame } from '../support/clustered-frame';
import { balance, stratifiedRandom } from '../support/spread';
import { median, table, time } from './table';

/** Cells of about the size of H3 resolution 7. */
const CELL_M = 2300;
const SIZES = [
	{ size: 20_000, sampleSize: 500, runs: 7, limitS: 0.06 },
	{ size: 200_000, sampleSize: 2_000, runs: 5, limitS: 0.7 },
	{ size: 1_000_000, sampleSize: 5_000, runs: 3, limitS: 3 }
];
/** Metres; the widest puts all targets in one place. */
const GRIDS = [1, 100, 100_000];
const SEEDS = 60;

const seedOf = (k: number) => sha256(`bench ${k}`);

/** One size in this process: milliseconds of masses and draw, of the root, and peak memory in MB. */
function measure(size: number, sampleSize: number, grid: number, runs: number) {
	const frame = clusteredFrame({ size, townships: 21, grid, cellM: CELL_M, heavyEvery: 20 });
	const plan = { sampleSize, minPerTownship: 10 };
	const once = (k: number) =>
		time(() => {
			const shares = masses(frame, plan);
			if (!shares.ok) throw new Error(shares.reason);
			return draw(frame, shares.mass, (label) => stream(seedOf(k), label));
		});
	const timed = Array.from({ length: runs }, (_, k) => once(k));
	const rootMs = Array.from({ length: Math.min(runs, 3) }, () => time(() => frameRoot(frame)).ms);
	return {
		drawMs: median(timed.map(({ ms }) => ms)),
		drawCpuMs: median(timed.map(({ cpuMs }) => cpuMs)),
		rootMs: median(rootMs),
		rssMb: process.resourceUsage().maxRSS / 1024
	};
}

function speed(only: number | undefined) {
	const rows = SIZES.filter(({ size }) => only === undefined || size === only).flatMap(
		({ size, sampleSize, runs, limitS }) =>
			GRIDS.map((grid) => {
				process.stderr.write(`${size} targets, grid ${grid}\n`);
				const args = ['draw', '--measure', [size, sampleSize, grid, runs].join()];
				const child = [...process.execArgv, new URL('run.ts', import.meta.url).pathname, ...args];
				const out = execFileSync(process.execPath, child, { encoding: 'utf8' });
				const { drawMs, drawCpuMs, rootMs, rssMb } = JSON.parse(out) as ReturnType<typeof measure>;
				return [
					size,
					sampleSize,
					grid,
					(drawMs / 1000).toFixed(3),
					limitS,
					(drawMs / 1000 / limitS).toFixed(2),
					(drawCpuMs / 1000).toFixed(3),
					(rootMs / 1000).toFixed(3),
					Math.round(rssMb)
				];
			})
	);
	const header = [
		'targets',
		'n',
		'grid m',
		'masses + draw s',
		'limit s',
		'ratio',
		'CPU s',
		'root hash s',
		'peak MB'
	];
	process.stdout.write(`Draw, one thread, medians\n\n${table(header, rows)}\n`);
}

function spread() {
	const rows = [1, 100].flatMap((grid) =>
		[0, 20].map((heavyEvery) => {
			process.stderr.write(`balance, grid ${grid}, weights ${heavyEvery ? '1 and 3' : 'equal'}\n`);
			const frame = clusteredFrame({ size: 20_000, townships: 21, grid, cellM: CELL_M, heavyEvery });
			const shares = masses(frame, { sampleSize: 500, minPerTownship: 10 });
			if (!shares.ok) throw new Error(shares.reason);
			const mean = (sample: (k: number) => number[]) => {
				let sum = 0;
				for (let k = 0; k < SEEDS; k++) sum += balance(frame, shares.mass, sample(k));
				return sum / SEEDS;
			};
			const ours = mean((k) => draw(frame, shares.mass, (label) => stream(seedOf(k), label)));
			const random = mean((k) => stratifiedRandom(frame, shares.mass, stream(seedOf(k), 'random')));
			return [
				grid,
				heavyEvery ? '5 % at 3' : 'equal',
				ours.toFixed(3),
				random.toFixed(3),
				(ours / random).toFixed(2)
			];
		})
	);
	const header = ['grid m', 'weights', 'this protocol', 'stratified random', 'ratio'];
	process.stdout.write(
		`Mean balance ζ (lower is better), 20,000 clustered targets, 21 townships, n = 500, ≥ 10 each, ${SEEDS} seeds\n\n${table(header, rows)}\n`
	);
}

export default async function bench(args: string[]): Promise<void> {
	const { values } = parseArgs({
		args,
		options: {
			size: { type: 'string' },
			measure: { type: 'string' },
			speed: { type: 'boolean' },
			balance: { type: 'boolean' }
		}
	});
	if (values.measure) {
		const [size, sampleSize, grid, runs] = values.measure.split(',').map(Number) as [
			number,
			number,
			number,
			number
		];
		process.stdout.write(JSON.stringify(measure(size, sampleSize, grid, runs)));
		return;
	}
	if (!values.balance) speed(values.size ? Number(values.size) : undefined);
	if (!values.speed) spread();
}
