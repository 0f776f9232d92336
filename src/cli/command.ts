// What the commands share: JSON on stdout, messages on stderr, exit code 0 fine, 1 a finding, 2 bad input.

import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The input is at fault, not the program: the message goes to stderr and the exit code is 2. */
export class BadInput extends Error {}

/** Runs a command: what it returns is the exit code, nothing is 0. */
export async function command(run: () => Promise<number | void> | number | void): Promise<void> {
	try {
		process.exitCode = (await run()) ?? 0;
	} catch (error) {
		if (!(error instanceof BadInput)) throw error;
		say(error.message);
		process.exitCode = 2;
	}
}

/** Options and positionals; anything unknown is bad input, answered with the usage line. */
export function readArgs<T extends ParseArgsConfig>(usage: string, config: T) {
	try {
		return parseArgs(config);
	} catch (error) {
		throw new BadInput(`${(error as Error).message}\nusage: ${usage}`);
	}
}

/** Bytes of a file the user named. */
export function readInput(path: string): Uint8Array {
	try {
		return readFileSync(path);
	} catch (error) {
		throw new BadInput(`${path}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be read'}`);
	}
}

export function readJson(path: string): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readInput(path)));
	} catch (error) {
		if (error instanceof BadInput) throw error;
		throw new BadInput(`${path}: not JSON (${(error as Error).message})`);
	}
}

/** The successful side of a result; a failure is bad input, said as `what: reason, line 3, field weight, …`. */
export function accept<R extends { ok: boolean }>(what: string, result: R): Extract<R, { ok: true }> {
	if (result.ok) return result as Extract<R, { ok: true }>;
	const { reason, ...details } = result as unknown as { reason: string } & Record<string, unknown>;
	const told = Object.entries(details).filter(([key, value]) => key !== 'ok' && value !== '');
	const list = told.map(
		([key, value]) => `, ${key} ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`
	);
	throw new BadInput(`${what}: ${reason}${list.join('')}`);
}

export const print = (value: unknown) => void process.stdout.write(`${JSON.stringify(value, null, 1)}\n`);
export const say = (text: string) => void process.stderr.write(`${text}\n`);
