// The lottery of crews against its bounds: `bench crew [--only NAME]`. Made-up counties, 3 seeds each; beside it the naive
// way, crews picked at random until one is lawful, route after route. Expected work in days.

import { parseArgs } from 'node:util';
import { describeLottery, drawTicket } from '../../src/lib/core/crew/document';
import { aimedAt, lottery, type Lottery } from '../../src/lib/core/crew/lottery';
import { verifyCrews } from '../../src/lib/core/crew/verify';
import { openSolver } from '../../src/lib/server/highs';
import { countyCrews, type CountySize } from '../support/crew-problems';
import { naiveCrews } from '../support/crew-naive';
import { value } from '../support/value';
import { table } from './table';

const CASES: { name: string; size: CountySize }[] = [
	{ name: 'county, 63 × 34 × 5', size: { inspectors: 63, routes: 34, days: 5 } },
	{ name: 'fewer scopes, 63 × 34 × 5', size: { inspectors: 63, routes: 34, days: 5, leads: 0.3, scopes: 1 } },
	{ name: 'easy, 63 × 34 × 5', size: { inspectors: 63, routes: 34, days: 5, leads: 0.6, scopes: 0 } },
	{ name: 'city, 120 × 80 × 10', size: { inspectors: 120, routes: 80, days: 10, leads: 0.3, scopes: 1 } }
];
/** Naive assignments averaged. */
const NAIVE = 2000;

const processorSeconds = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
};

/** Smallest expected work and largest chance of counts by inspector and route over K pairings. */
function reached({ roster: { I, R, load, cover } }: Lottery, counts: ArrayLike<number>, K: number) {
	let least = Infinity;
	let largest = 0;
	for (let i = 0; i < I; i++) {
		let work = 0;
		let able = false;
		for (let r = 0; r < R; r++) {
			work += (counts[i * R + r]! * load[r]!) / K;
			largest = Math.max(largest, counts[i * R + r]! / K);
			able ||= cover[i * R + r]! >= 0;
		}
		if (able) least = Math.min(least, work);
	}
	return { least, largest };
}

export default async function bench(args: string[]): Promise<void> {
	const { values } = parseArgs({ args, options: { only: { type: 'string' } } });
	const solver = await openSolver();
	const rows = CASES.filter(({ name }) => !values.only || name.includes(values.only)).flatMap(
		({ name, size }) =>
			[1, 2, 3].map((seed) => {
				process.stderr.write(`${name}, seed ${seed}\n`);
				const from = processorSeconds();
				const held = lottery(countyCrews(seed, size), solver);
				if (!held.ok) return [name, seed, held.reason, ...Array.from({ length: 9 }, () => '')];
				const described = value(describeLottery(held)).lottery;
				const seconds = processorSeconds() - from;
				const { document } = value(drawTicket(described, { seed: '5a'.repeat(32) }));
				const verified = verifyCrews({ document });
				const [workloadBound, chanceBound] = [
					Number(document.figures.workloadBound),
					Number(document.figures.chanceBound)
				];
				const { least, largest } = reached(held, held.pairings.count, held.problem.size);
				const naive = reached(held, naiveCrews(held.roster, NAIVE, seed), NAIVE);
				return [
					name,
					seed,
					seconds.toFixed(1),
					largest.toFixed(4),
					(largest / chanceBound).toFixed(3),
					least.toFixed(3),
					(least / workloadBound).toFixed(3),
					aimedAt(held).error,
					held.problem.size,
					verified.ok ? 'yes' : `no: ${verified.path}`,
					naive.largest.toFixed(3),
					naive.least.toFixed(3)
				];
			})
	);
	const header = [
		...['case', 'seed', 'CPU s', 'largest chance', '/ bound', 'smallest work', '/ bound', 'off the LP', 'K'],
		...['verifies', 'naive: largest chance', 'naive: smallest work']
	];
	process.stdout.write(`Crews by lot, one thread\n\n${table(header, rows)}\n`);
}
