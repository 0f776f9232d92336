// The draw and verify commands as they are called: JSON on stdout, messages on stderr, exit code 0, 1 or 2.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { command } from '../../tests/support/command';

const root = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'fairlot-draw-'));
const file = (name: string) => join(folder, name);
const golden = (name: string) => join(root, 'tests/golden', name);
afterAll(() => rmSync(folder, { recursive: true }));

const seed = 'cb78b63a3aad8da9f2ca303e3f446e931ed991a715bd666db0eea0929999a9c7';
const plan = golden('golden_plan.json');
const expected = JSON.parse(readFileSync(golden('golden_expected.json'), 'utf8'));

describe('draw and verify', () => {
	it('make the golden manifest, and prove it', async () => {
		const frame = golden('golden_frame.csv');
		const drawn = await command('draw', '--frame', frame, '--plan', plan, '--seed', seed);
		expect(drawn.code).toBe(0);
		expect(JSON.parse(drawn.stdout)).toEqual(expected.manifest);
		expect(drawn.stderr).toContain(expected.manifestHash);
		writeFileSync(file('m.json'), drawn.stdout);
		const proof = await command(
			'verify',
			file('m.json'),
			'--frame',
			frame,
			'--manifest-hash',
			expected.manifestHash
		);
		expect(proof.code).toBe(0);
		expect(JSON.parse(proof.stdout)).toMatchObject({ ok: true, selfConsistentOnly: false });
		expect((await command('verify', file('m.json'), '--frame', frame)).stderr).toContain(
			'self-consistent only'
		);
		writeFileSync(file('m.json'), drawn.stdout.replace('3955890931', '3955890930'));
		const changed = await command('verify', file('m.json'), '--frame', frame);
		expect(changed.code).toBe(1);
		expect(JSON.parse(changed.stdout)).toMatchObject({ reason: 'differs', path: 'plan.allocation[0].mass' });
	}, 90_000);

	it('freeze a raw frame into one that draws the same', async () => {
		const rows = Array.from(
			{ length: 30 },
			(_, i) => `t${i},${118.9 + i / 1000},25.${80 + (i % 7)},T${i % 2}`
		);
		writeFileSync(file('raw.csv'), `id,lon,lat,township\n${rows.join('\n')}\n`);
		const args = (frame: string) => ['--frame', frame, '--plan', plan, '--seed', seed];
		const raw = await command('draw', ...args(file('raw.csv')), '--frame-out', file('frozen.csv'));
		expect(raw.code, raw.stderr).toBe(0);
		expect(raw.stderr).toContain('EPSG:4549');
		const frozen = await command('draw', ...args(file('frozen.csv')));
		expect(frozen.stdout).toBe(raw.stdout);
	}, 90_000);

	it('say what is wrong with the input, and exit with 2', async () => {
		writeFileSync(file('bad.csv'), 'id,township,cell,x_m,y_m,weight\na,A,c,1,2,0\n');
		const calls: [string[], string][] = [
			[['--frame', file('bad.csv'), '--plan', plan, '--seed', seed], 'below_one, line 2, field "weight"'],
			[['--frame', file('none.csv'), '--plan', plan, '--seed', seed], 'ENOENT'],
			[['--frame', golden('golden_frame.csv'), '--plan', plan, '--seed', 'xyz'], 'bad_seed'],
			[['--colour'], 'usage:']
		];
		for (const [args, message] of calls) {
			const result = await command('draw', ...args);
			expect(result.code).toBe(2);
			expect(result.stderr).toContain(message);
			expect(result.stdout).toBe('');
		}
	}, 90_000);
});
