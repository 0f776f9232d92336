// The large counts, by `npm run test:soak` only: too long for every change.
import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: new URL('../..', import.meta.url).pathname,
	test: {
		include: ['tests/soak/**/*.test.ts'],
		environment: 'node',
		maxWorkers: 2,
		testTimeout: 3_600_000,
		hookTimeout: 600_000
	}
});
