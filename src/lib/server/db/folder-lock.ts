import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes `folder` for this process and returns its release. A lock whose process is gone is taken over.
 * @throws when a running process, this one included, has it.
 */
export function lockFolder(folder: string): () => void {
	const file = join(folder, 'lock');
	mkdirSync(folder, { recursive: true });
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		const owner = Number(readFileSync(file, 'utf8'));
		if (isRunning(owner)) {
			throw new Error(
				`the embedded database in ${folder} is open in process ${owner}: stop it, or set FAIRLOT_DATA to another folder`,
				{ cause: error }
			);
		}
		rmSync(file, { force: true });
		return lockFolder(folder);
	}
	const release = () => rmSync(file, { force: true });
	process.once('exit', release);
	return () => {
		process.off('exit', release);
		release();
	};
}

/** An empty or broken lock file names no process. */
function isRunning(pid: number): boolean {
	if (!Number.isInteger(pid) || pid < 1) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
