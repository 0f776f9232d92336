// Routes against time: `bench route [--seconds 10] [--only NAME]`. Cases of ../shared/data/vrp where that folder is, and
// made-up ones of the same families. Processor seconds, one thread, median of 3 seeds; "limit" is the figure to reach.

import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { solve } from '../../src/lib/core/route/solve';
import { parseVroom } from '../../src/lib/core/route/vroom-problem';
import { county, customers, windowed } from '../support/route-families';
import { median, table } from './table';

const given = (name: string) => new URL(`../../../shared/data/vrp/${name}.json`, import.meta.url);
const file = (name: string) => () => JSON.parse(readFileSync(given(name), 'utf8')) as unknown;

interface Case {
	name: string;
	problem: () => unknown;
	/** Cost to reach by processor seconds. */
	limits?: Record<number, number>;
	best?: number;
}

const CASES: Case[] = [
	{ name: 'X-n101-k25', best: 27591, limits: { 10: 27729, 30: 27674 }, problem: file('X-n101-k25') },
	{ name: 'R101', best: 1642880, limits: { 10: 1646170 }, problem: file('R101') },
	{ name: 'county-60', best: 103110, limits: { 2: 103320 }, problem: file('county-60') },
	{ name: 'county-300', best: 459354, limits: { 10: 461500, 30: 460000 }, problem: file('county-300') },
	{ name: 'county 300, 7 depots', problem: () => county(1, { sites: 300, depots: 7, days: 10 }) },
	{ name: 'county 1000, 21 depots', problem: () => county(2, { sites: 1000, depots: 21, days: 10 }) },
	{ name: 'county 3000, 21 depots', problem: () => county(3, { sites: 3000, depots: 21, days: 25 }) },
	{ name: 'customers 200', problem: () => customers(4, 200, 9) },
	{ name: 'customers 500', problem: () => customers(5, 500, 8) },
	{ name: 'customers 1000', problem: () => customers(6, 1000, 23) },
	{ name: 'windows, type 1', problem: () => windowed(7, 100, 1) },
	{ name: 'windows, type 2', problem: () => windowed(8, 100, 2) }
];

const processorSeconds = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
};

export default async function bench(args: string[]): Promise<void> {
	const { values } = parseArgs({ args, options: { seconds: { type: 'string' }, only: { type: 'string' } } });
	const rows = CASES.filter(({ name }) => !values.only || name.includes(values.only)).flatMap((one) => {
		if (one.best !== undefined && !existsSync(given(one.name))) {
			process.stderr.write(`${one.name}: not here, left out\n`);
			return [];
		}
		const asked = parseVroom(one.problem());
		if (!asked.ok) throw new Error(JSON.stringify(asked));
		const budgets = values.seconds
			? [Number(values.seconds)]
			: Object.keys(one.limits ?? { 10: 0 }).map(Number);
		return budgets.map((seconds) => {
			const runs = [1, 2, 3].map((seed) => {
				process.stderr.write(`${one.name}, ${seconds} s, seed ${seed}\n`);
				const solution = solve(asked.problem, { seed, budget: { seconds, now: processorSeconds } });
				if (!solution.ok) throw new Error(solution.reason);
				return solution;
			});
			const cost = median(runs.map((run) => run.cost));
			return [
				one.name,
				seconds,
				cost,
				one.limits?.[seconds] ?? '',
				one.best ? (cost / one.best).toFixed(4) : '',
				median(runs.map(({ routes }) => routes.filter(({ length }) => length > 0).length)),
				median(runs.map(({ leftOver }) => leftOver.length)),
				Math.round(median(runs.map(({ iterations }) => iterations)) / seconds)
			];
		});
	});
	const header = ['case', 'CPU s', 'cost', 'limit', 'of best known', 'routes', 'left over', 'iterations/s'];
	process.stdout.write(`Routes, one thread, median of 3 seeds\n\n${table(header, rows)}\n`);
}
