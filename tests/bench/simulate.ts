// A simulation of a plan, as a page asks for it: 1,000 whole draws in two worker threads, by frame size. Seconds on the
// clock, median of the runs; and how long the event loop stood still at worst meanwhile. `--runs N`.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { frameRow } from '../../src/lib/core/draw/frame';
import type { Facts } from '../../src/lib/core/study/simulate';
import type { StudyPart, StudyTask } from '../../src/lib/server/study-task';
import { runWorker } from '../../src/lib/server/workers';
import { clusteredFrame } from '../support/clustered-frame';
import { median, table } from './table';

const DRAWS = 1000;
const SIZES = [
	{ size: 6_000, sampleSize: 300, limitS: 10 },
	{ size: 100_000, sampleSize: 5_000, limitS: 300 }
];

function taskOf(size: number, sampleSize: number): StudyTask {
	const frame = clusteredFrame({ size, townships: 21, grid: 1, cellM: 2300, heavyEvery: 20 });
	const facts: Facts = {
		monthsSince: Int32Array.from({ length: size }, (_, i) => (i % 40) - 1),
		blacklisted: Uint8Array.from({ length: size }, (_, i) => Number(i % 33 === 0)),
		party: Int32Array.from({ length: size }, (_, i) => i % Math.ceil(size / 7)),
		office: Int32Array.from(frame.townshipOf, (t) => t % 12),
		officeM: Int32Array.from({ length: size }, (_, i) => i % 15_000),
		officeAreaM2: new Float64Array(12).fill(185e6)
	};
	return {
		rows: Array.from({ length: size }, (_, i) => frameRow(frame, i)),
		excluded: [],
		facts,
		plan: { sampleSize, ratioPercent: null, minPerTownship: 10 },
		seed: 1,
		perDay: 5,
		from: 0,
		to: DRAWS,
		ratios: []
	};
}

export default async function bench(args: string[]): Promise<void> {
	const { values } = parseArgs({ args, options: { runs: { type: 'string', default: '3' } } });
	const rows = [];
	for (const { size, sampleSize, limitS } of SIZES) {
		const task = taskOf(size, sampleSize);
		const seconds: number[] = [];
		let stallMs = 0;
		for (let run = 0; run < Number(values.runs); run++) {
			process.stderr.write(`${size} targets, run ${run + 1}\n`);
			const stall = monitorEventLoopDelay({ resolution: 1 });
			const start = performance.now();
			const halves = [
				{ ...task, to: DRAWS / 2 },
				{ ...task, from: DRAWS / 2 }
			];
			const working = halves.map((half) => runWorker<StudyTask, StudyPart>('study', half));
			// Handing the rows over is counted in the seconds; a standstill is what other pages would feel after it.
			stall.enable();
			const parts = await Promise.all(working);
			stall.disable();
			seconds.push((performance.now() - start) / 1000);
			stallMs = Math.max(stallMs, stall.max / 1e6);
			if (parts.some((part) => !part.ok)) throw new Error('the plan is impossible');
		}
		rows.push([size, sampleSize, DRAWS, median(seconds).toFixed(1), limitS, stallMs.toFixed(0)]);
	}
	const header = ['targets', 'sample', 'draws', 's', 'limit, s', 'worst stall, ms'];
	process.stdout.write(`${table(header, rows)}\n`);
}
