import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'fairlot-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a folder is locked once and free again after release', () => {
	const release = lockFolder(folder);
	expect(() => lockFolder(folder)).toThrow(`open in process ${process.pid}`);
	release();
	lockFolder(folder)();
	expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test('a running process keeps its lock, a dead one does not', () => {
	writeFileSync(join(folder, 'lock'), String(process.ppid));
	expect(() => lockFolder(folder)).toThrow(`open in process ${process.ppid}`);
	const { pid } = spawnSync(process.execPath, ['-e', '']);
	writeFileSync(join(folder, 'lock'), String(pid));
	lockFolder(folder)();
});

test('a lock file that names nobody is taken over', () => {
	writeFileSync(join(folder, 'lock'), '');
	lockFolder(folder)();
});
