import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { readdirSync } from 'node:fs';
import { build } from 'vite';

const node = adapter({ out: 'build', precompress: true });

/** adapter-node, and beside its output every `*.worker.ts` of the server bundled for `node:worker_threads`. */
const withWorkers = {
	...node,
	/** @param {import('@sveltejs/kit').Builder} builder */
	async adapt(builder) {
		await node.adapt(builder);
		const workers = readdirSync('src/lib/server', { recursive: true, encoding: 'utf8' }).filter((file) =>
			file.endsWith('.worker.ts')
		);
		await build({
			configFile: false,
			logLevel: 'warn',
			build: {
				ssr: true,
				outDir: 'build/workers',
				target: 'node20',
				rolldownOptions: {
					input: Object.fromEntries(
						workers.map((file) => [file.replace(/^.*\//, '').replace(/\.ts$/, ''), `src/lib/server/${file}`])
					),
					output: { entryFileNames: '[name].js' }
				}
			}
		});
	}
};

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: withWorkers,
		// Kit would refuse forms of other sites before our own check (hooks.server.ts), which also records them.
		csrf: { trustedOrigins: ['*'] },
		// The shell of the phone's pages is one file for addresses of any depth.
		paths: { relative: false },
		// Registered by the phone's pages, for themselves alone.
		serviceWorker: { register: false },
		alias: { $db: 'db', $geodata: 'geodata' },
		typescript: {
			config: (config) => ({
				...config,
				include: [...config.include, '../db/**/*.ts', '../tests/**/*.ts', '../svelte.config.js']
			})
		}
	}
};
