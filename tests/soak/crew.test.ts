// The property of src/lib/core/crew/crew.test.ts on 10,000 small rosters: minutes, not seconds. Nobody inspects a home
// township or a recused party, every value of every lottery verifies, and what is called impossible is.

import { beforeAll, expect, test } from 'vitest';
import type { LinearSolver } from '../../src/lib/core/crew/linear';
import { openSolver } from '../../src/lib/server/highs';
import { smallCrews } from '../support/crew-problems';
import { judge } from '../support/crew-properties';

let solver: LinearSolver;
beforeAll(async () => {
	solver = await openSolver();
});

test('10,000 rosters of 8 inspectors and 4 routes', { timeout: 7_200_000 }, () => {
	const seen = { held: 0, short: 0 };
	for (let seed = 1_000_000; seed < 1_010_000; seed++) {
		try {
			seen[judge(smallCrews(seed), solver)]++;
		} catch (error) {
			throw new Error(`seed ${seed}`, { cause: error });
		}
	}
	expect(Math.min(seen.held, seen.short)).toBeGreaterThan(2000);
});

test('300 rosters of 20 inspectors and 8 routes', { timeout: 7_200_000 }, () => {
	for (let seed = 2_000_000; seed < 2_000_300; seed++)
		expect(['held', 'short'], `seed ${seed}`).toContain(judge(smallCrews(seed, 20, 8), solver, false));
});
