// The crew command as it is called: an answer that verifies, the same for the same problem; 1 for a shortage or an
// altered answer; 2 for a file it cannot read.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { command } from '../../tests/support/command';
import { smallCrews } from '../../tests/support/crew-problems';
import { hasPython, loadPage, pageVerdict } from '../../tests/support/verifiers';
import { parseCrewProblem } from '../lib/schema/crew';

const root = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'fairlot-crew-'));
afterAll(() => rmSync(folder, { recursive: true }));
const SEED = '5a'.repeat(32);
/** Each call starts a process. */
const TIMEOUT = 240_000;

async function run(given: unknown, before: string[], ...after: string[]) {
	const path = join(folder, 'given.json');
	writeFileSync(path, JSON.stringify(given));
	return command('crew', ...before, path, ...after);
}

/** What the command answered to the first roster. */
let drawn: string;

test('a lottery, its ticket and its verification', { timeout: TIMEOUT }, async () => {
	const first = await run(smallCrews(1), [], '--seed', SEED);
	expect(first.code).toBe(0);
	expect(first.stderr).toMatch(/smallest expected workload .*no lottery has more/);
	const answer = JSON.parse(first.stdout) as {
		ticket: number;
		portfolio: unknown[];
		drawn: unknown;
		commitment: string;
	};
	expect(answer.drawn).toEqual(answer.portfolio[answer.ticket]);
	drawn = first.stdout;

	const verified = await run(answer, ['--verify'], '--commitment', answer.commitment);
	expect({ code: verified.code, ...(JSON.parse(verified.stdout) as object) }).toMatchObject({
		code: 0,
		selfConsistentOnly: false
	});
	const altered = await run({ ...answer, ticket: answer.ticket + 1 }, ['--verify']);
	expect(altered.code).toBe(1);
	expect(altered.stderr).toContain('differs at ticket');
});

test('without a seed nothing is drawn; the lottery is the same', { timeout: TIMEOUT }, async () => {
	const { code, stdout } = await run(smallCrews(1), []);
	const { portfolio } = JSON.parse(drawn) as { portfolio: unknown };
	expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
		...{ code: 0, ticket: null, drawn: null },
		portfolio
	});
});

test('a shortage is told', { timeout: TIMEOUT }, async () => {
	const problem = smallCrews(1);
	const routes = problem.routes.map((route) => ({ ...route, scopes: ['海域'] }));
	const { code, stdout, stderr } = await run({ ...problem, routes }, []);
	expect(code).toBe(1);
	expect(JSON.parse(stdout)).toMatchObject({ ok: false, reason: 'short' });
	expect(stderr).toContain('scope 海域; nobody on the roster');
});

test('what is wrong with a file is told with its place and the way out', { timeout: TIMEOUT }, async () => {
	const problem = smallCrews(1);
	const wrong = (over: object) => parseCrewProblem({ ...problem, ...over });
	const [inspector] = problem.inspectors;
	const [route] = problem.routes;
	expect(wrong({ seed: 1 })).toMatchObject({
		ok: false,
		field: 'seed',
		advice: expect.stringContaining('leave it out')
	});
	expect(wrong({ size: 20 })).toMatchObject({ field: 'size', advice: 'a whole number of 200 to 10000' });
	expect(wrong({ routes: [{ ...route, day: '2026-02-30' }] })).toMatchObject({ field: 'routes[0].day' });
	expect(wrong({ routes: [{ ...route, seats: 1 }] })).toMatchObject({ field: 'routes[0].seats' });
	expect(wrong({ routes: [{ day: route!.day }] })).toMatchObject({
		field: 'routes[0].id',
		advice: 'missing: write it'
	});
	expect(wrong({ inspectors: [{ ...inspector, lead: '是' }] })).toMatchObject({
		field: 'inspectors[0].lead'
	});
	expect(parseCrewProblem([])).toMatchObject({ ok: false, field: '' });
	const { code, stdout, stderr } = await run({ ...problem, inspectors: [inspector, inspector] }, []);
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toContain('inspectors[1].id');
	expect((await run(problem, [], '--seed', '12')).code).toBe(2);
});

test.skipIf(!hasPython)('verify.py, a program of its own, says the same', { timeout: TIMEOUT }, async () => {
	const golden = JSON.parse(readFileSync(join(root, 'tests/golden/crew_ceremony.json'), 'utf8')) as {
		document: {
			commitment: string;
			marginals: object;
			bounds: { chance: { multipliers: { times: number }[] } };
		};
	};
	const python = async (document: unknown, ...args: string[]) => {
		const path = join(folder, 'document.json');
		writeFileSync(path, JSON.stringify(document));
		const script = join(root, 'static/verify/verify.py');
		try {
			return { code: 0, ...(await promisify(execFile)('python3', ['-B', script, path, ...args])) };
		} catch (error) {
			return error as { code: number; stdout: string; stderr: string };
		}
	};
	const { document } = golden;
	const accepted = await python(document, '--commitment', document.commitment);
	expect(accepted.stderr).toBe('');
	expect(accepted).toMatchObject({ code: 0, stdout: expect.stringContaining('VERIFIED') as string });
	expect(await python(JSON.parse(drawn))).toMatchObject({ code: 0 });
	const altered = structuredClone(document);
	altered.bounds.chance.multipliers[0]!.times += 1;
	expect(await python(altered)).toMatchObject({
		code: 1,
		stderr: expect.stringContaining('bounds') as string
	});
	expect(await python({ ...document, marginals: {} })).toMatchObject({ code: 1 });
	expect(await python({ ...document, commitment: 'ab'.repeat(32) })).toMatchObject({ code: 1 });
});

test('so does the offline page', () => {
	const page = loadPage() as ReturnType<typeof loadPage> & {
		verifyCrews(document: unknown, published?: object): Generator;
	};
	const golden = readFileSync(join(root, 'tests/golden/crew_ceremony.json'), 'utf8');
	const { document } = JSON.parse(golden) as { document: { commitment: string; ticket: number } };
	const check = (given: unknown, published = {}) => page.run(page.verifyCrews(given, published));
	expect(check(document)).toMatchObject({ onlySelf: true });
	expect(check(document, { commitment: document.commitment })).toMatchObject({ onlySelf: false });
	const refused = (given: unknown, published = {}) => pageVerdict(() => check(given, published));
	expect(refused({ ...document, ticket: document.ticket + 1 })).toMatchObject({
		kind: 'differs',
		where: 'ticket'
	});
	expect(refused({ ...document, work: {} })).toMatchObject({ kind: 'differs' });
	expect(refused(document, { commitment: 'ab'.repeat(32) })).toMatchObject({
		where: 'commitment (as published)'
	});
});
