// `npm run training`: the made-up county on a data folder of its own and at an address of its own (port 3100), with nothing
// of the environment that leads to real data or to a real platform. --fresh begins anew: it removes that folder, which only
// ever holds training.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(process.env.FAIRLOT_TRAINING_DATA || 'data-training');
const mark = join(folder, 'training');
if (folder === resolve(process.env.FAIRLOT_DATA || 'data') || (existsSync(folder) && !existsSync(mark))) {
	console.error(`${folder} holds other data: name an empty folder in FAIRLOT_TRAINING_DATA`);
	process.exit(2);
}
if (process.argv.includes('--fresh')) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(mark, 'Training only. Made-up data; may be removed at any time.\n');

const port = process.env.PORT ?? '3100';
for (const name of Object.keys(process.env))
	if (/^(FAIRLOT_|DATABASE_|TIANDITU_|PG)/.test(name)) delete process.env[name];
Object.assign(process.env, { FAIRLOT_TRAINING: '1', FAIRLOT_DATA: folder, PORT: port });
await import('./serve.mjs');
