// The route command as it is called: VROOM's JSON on stdout, progress on stderr, exit code 0 or 2.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseVroom } from '../lib/core/route/vroom-problem';
import { command } from '../../tests/support/command';
import { checkRoutes, type CheckedSolution } from '../../tests/support/route-checker';
import { randomProblem } from '../../tests/support/route-problems';

const folder = mkdtempSync(join(tmpdir(), 'fairlot-route-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(problem: unknown, ...args: string[]) {
	const path = join(folder, 'problem.json');
	writeFileSync(path, JSON.stringify(problem));
	return command('route', path, ...args);
}

test('same iterations and seed, same bytes; the checker accepts them', async () => {
	const problem = randomProblem(12, { jobs: 25, vehicles: 6 });
	const first = await run(problem, '--iterations', '2000', '--seed', '3', '--threads', '1');
	expect(first.code).toBe(0);
	expect(first.stderr).toContain('iterations');
	expect(checkRoutes(problem, JSON.parse(first.stdout) as CheckedSolution)).toEqual([]);
	const again = await run(problem, '--iterations', '2000', '--seed', '3');
	expect(again.stdout).toBe(first.stdout);
});

test('coordinates without a matrix; given steps are where it begins', async () => {
	const at = (lon: number, lat: number) => ({ location: [lon, lat] });
	const problem = {
		jobs: [1, 2, 3].map((id) => ({ id, ...at(118.9 + id / 50, 25.9), service: 600 })),
		vehicles: [{ id: 7, start: [118.9, 25.9], end: [118.9, 25.9], steps: [{ type: 'job', id: 2 }] }]
	};
	const { code, stdout } = await run(problem, '--seconds', '0');
	const solution = JSON.parse(stdout) as CheckedSolution & { summary: { distance: number } };
	expect(code).toBe(0);
	expect(solution.routes[0]!.steps.map(({ type }) => type)).toEqual(['start', 'job', 'job', 'job', 'end']);
	// 0.06 degrees east and back at 25.9° north, times 1.35.
	expect(solution.summary.distance).toBeGreaterThan(16_000);
	expect(solution.summary.distance).toBeLessThan(16_400);
});

test('what it does not know is refused by name', async () => {
	const base = { jobs: [], vehicles: [{ id: 1, start_index: 0 }], matrices: { car: { durations: [[0]] } } };
	const { code, stdout, stderr } = await run({ ...base, shipments: [] });
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toContain('shipments');
	const step = { type: 'job', id: 5 };
	const refused: [over: object, key: string][] = [
		[{ vehicles: [{ id: 1, start_index: 0, speed_factor: 2 }] }, 'vehicles[0].speed_factor'],
		[{ jobs: [{ id: 1, location_index: 0, amount: [1] }] }, 'jobs[0].amount'],
		[{ jobs: [{ id: 1 }] }, 'jobs[0].location_index'],
		[{ vehicles: [{ id: 1, start_index: 0, steps: [step] }] }, 'vehicles[0].steps[0].id']
	];
	for (const [over, key] of refused)
		expect(parseVroom({ ...base, ...over })).toMatchObject({ ok: false, key });
});
