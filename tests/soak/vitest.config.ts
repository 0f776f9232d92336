// The large counts, by `npm run test:soak` only: too long for every change.
import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: new URL('../..', import.meta.url).pathname,
	test: {
		// The verifiers' tests of every run, here with every changed value.
		include: ['tests/soak/**/*.test.ts', 'src/cli/verifiers.test.ts', 'src/lib/server/import/fuzz.test.ts'],
		env: { FAIRLOT_SOAK: '1' },
		environment: 'node',
		maxWorkers: 2,
		testTimeout: 3_600_000,
		hookTimeout: 600_000
	}
});
