// route: day routes for a problem in VROOM's JSON, answered in VROOM's JSON. `--iterations` makes the answer the same
// everywhere; `--seconds` counts processor time of this process, its start included.

import { layOut } from '../lib/core/route/arena';
import { solve } from '../lib/core/route/solve';
import { parseVroom } from '../lib/core/route/vroom-problem';
import { vroomSolution } from '../lib/core/route/vroom-solution';
import { accept, BadInput, command, print, readArgs, readJson, say } from './command';

const USAGE = 'route PROBLEM.json [--iterations N | --seconds S] [--seed N] [--threads 1]';
const ITERATIONS = 100_000;
/** Processor seconds between two lines of progress. */
const EVERY = 1;

const processorSeconds = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
};

function positive(name: string, text: string | undefined, whole: boolean, most: number): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (text.trim() === '' || !(value >= 0 && value <= most) || (whole && !Number.isInteger(value)))
		throw new BadInput(
			`--${name} ${text}: a ${whole ? 'whole ' : ''}number of 0 to ${most}\nusage: ${USAGE}`
		);
	return value;
}

await command(() => {
	const { values, positionals } = readArgs(USAGE, {
		allowPositionals: true,
		options: {
			iterations: { type: 'string' },
			seconds: { type: 'string' },
			seed: { type: 'string' },
			threads: { type: 'string' }
		}
	});
	const [path] = positionals;
	if (positionals.length !== 1 || !path) throw new BadInput(`usage: ${USAGE}`);
	const iterations = positive('iterations', values.iterations, true, Number.MAX_SAFE_INTEGER);
	const seconds = positive('seconds', values.seconds, false, 86_400);
	const seed = positive('seed', values.seed, true, Number.MAX_SAFE_INTEGER) ?? 0;
	if (iterations !== undefined && seconds !== undefined)
		throw new BadInput(`--iterations or --seconds, not both\nusage: ${USAGE}`);
	if (values.threads !== undefined && values.threads !== '1')
		throw new BadInput(`--threads ${values.threads}: this command runs on one thread\nusage: ${USAGE}`);

	const asked = accept(path, parseVroom(readJson(path)));
	const began = processorSeconds();
	let told = -EVERY;
	const budget =
		seconds === undefined
			? { iterations: iterations ?? ITERATIONS }
			: { seconds: Math.max(0, seconds - began), now: processorSeconds };
	const solution = accept(
		path,
		solve(asked.problem, {
			seed,
			budget,
			from: asked.from,
			onProgress: (progress) => {
				if (processorSeconds() - told < EVERY && progress.done < 1) return;
				told = processorSeconds();
				const { iterations: count, cost, leftOver, done } = progress;
				say(`${Math.floor(done * 100)} %  ${count} iterations  cost ${cost}  left over ${leftOver}`);
			}
		})
	);
	print(vroomSolution(asked, layOut(asked.problem), solution));
	const spent = processorSeconds() - began;
	say(`${solution.iterations} iterations in ${spent.toFixed(2)} s of processor time`);
});
