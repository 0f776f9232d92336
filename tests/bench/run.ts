// `npm run bench -- NAME [arguments]`: runs tests/bench/NAME.ts, whose default export does the work and prints a
// markdown table of medians and ratios on stdout. Progress belongs on stderr.

import { readdirSync } from 'node:fs';

const [name, ...args] = process.argv.slice(2);
const names = readdirSync(new URL('.', import.meta.url))
	.filter((file) => /^[a-z]+\.ts$/.test(file) && !['run.ts', 'table.ts'].includes(file))
	.map((file) => file.slice(0, -3));

if (!name || !names.includes(name)) {
	process.stderr.write(`usage: bench ${names.join('|')}\n`);
	process.exitCode = 2;
} else {
	const { default: bench } = (await import(`./${name}.ts`)) as {
		default: (args: string[]) => Promise<void>;
	};
	await bench(args);
}
