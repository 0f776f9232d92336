import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

/** A message's module; its area is the name's first word. */
const wordsOf = /paraglide\/messages\/([a-z]+)_[^/]*\.js$/;

export default defineConfig({
	plugins: [
		tailwindcss(),
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/i18n/paraglide',
			strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
			outputStructure: 'message-modules'
		}),
		sveltekit()
	],
	build: {
		chunkSizeWarningLimit: 1500,
		// A page loads the words of its areas, not of all: the phone a tenth of them.
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{ name: 'words', test: /paraglide\/runtime\.js$/, priority: 2 },
						{ name: (id) => wordsOf.exec(id)?.[1] ?? null, test: wordsOf, priority: 1 }
					]
				}
			}
		}
	},
	test: {
		projects: [
			{
				test: {
					name: 'unit',
					include: ['src/**/*.test.ts'],
					environment: 'node',
					pool: 'threads',
					isolate: false,
					maxWorkers: 2,
					sequence: { groupOrder: 0 },
					testTimeout: 60_000,
					hookTimeout: 120_000
				}
			},
			{
				// Each worker has one database for all its files: two embedded ones, or the one of the address.
				test: {
					name: 'db',
					include: ['tests/db/**/*.test.ts'],
					environment: 'node',
					pool: 'threads',
					isolate: false,
					maxWorkers: process.env.TEST_DATABASE_URL ? 1 : 2,
					sequence: { groupOrder: 1 },
					testTimeout: 120_000,
					hookTimeout: 240_000
				}
			},
			{
				// A real Chromium against the built application.
				test: {
					name: 'e2e',
					// The try-out's main way on the embedded database, every page on PostGIS.
					include: process.env.TEST_DATABASE_URL
						? ['tests/e2e/**/*.test.ts']
						: ['tests/e2e/{ceremony,journey}.test.ts'],
					environment: 'node',
					globalSetup: 'tests/e2e/server.ts',
					setupFiles: 'tests/e2e/ready.ts',
					pool: 'threads',
					isolate: false,
					fileParallelism: false,
					maxWorkers: 1,
					sequence: { groupOrder: 2 },
					testTimeout: 240_000,
					hookTimeout: 240_000
				}
			}
		]
	}
});
