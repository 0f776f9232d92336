// The training sandbox opens no folder that holds anything else. What it does there is in tests/db/training.test.ts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('a folder of other data is refused, also where it should begin anew', () => {
	const folder = mkdtempSync(join(tmpdir(), 'fairlot-training-'));
	const real = join(folder, 'postgresql.conf');
	writeFileSync(real, 'real');
	for (const env of [
		{ FAIRLOT_TRAINING_DATA: folder },
		{ FAIRLOT_TRAINING_DATA: folder, FAIRLOT_DATA: folder }
	]) {
		const { status, stderr } = spawnSync(process.execPath, ['src/cli/training.mjs', '--fresh'], {
			env: { ...process.env, ...env },
			encoding: 'utf8'
		});
		expect([status, stderr]).toEqual([2, expect.stringContaining('holds other data')]);
	}
	expect(existsSync(real)).toBe(true);
	rmSync(folder, { recursive: true });
});
