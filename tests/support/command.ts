// A command of src/cli as it is called, in a process of its own.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = new URL('../../', import.meta.url).pathname;
const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.cli.json') };

export interface Ran {
	code: number;
	stdout: string;
	stderr: string;
}

export async function command(name: string, ...args: string[]): Promise<Ran> {
	const call = ['--import', 'tsx', join(root, 'src/cli', `${name}.ts`), ...args];
	try {
		return { code: 0, ...(await promisify(execFile)(process.execPath, call, { env, maxBuffer: 1e8 })) };
	} catch (error) {
		const { code, stdout, stderr } = error as Ran;
		return { code, stdout, stderr };
	}
}
