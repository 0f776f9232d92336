import { expect, test } from 'vitest';
import { runWorker } from './workers';

const run = (text: string, options: { keepMs?: number; signal?: AbortSignal; timeoutMs?: number } = {}) =>
	runWorker<string, number>('echo', text, { folder: '../../../tests/support', ...options });

test('a kept thread answers again until it is spent; one that failed or was aborted does not', async () => {
	const keepMs = 60_000;
	const first = await run('a', { keepMs });
	expect(await run('b', { keepMs })).toBe(first);
	expect(await run('c', { keepMs })).toBe(first);
	const second = await run('d', { keepMs });
	expect(second).not.toBe(first);
	await expect(run('fail', { keepMs })).rejects.toThrow('asked to');
	const third = await run('e', { keepMs });
	expect(third).not.toBe(second);
	await expect(run('wait', { keepMs, timeoutMs: 20 })).rejects.toThrow('over 20 ms');
	const abort = new AbortController();
	const waiting = run('wait', { keepMs, signal: abort.signal });
	abort.abort(new Error('no more'));
	await expect(waiting).rejects.toThrow('no more');
	// Two at once have a thread each; one of them stays.
	const [fourth, fifth] = await Promise.all([run('f', { keepMs }), run('g', { keepMs })]);
	expect(fourth).not.toBe(fifth);
	expect([fourth, fifth]).toContain(await run('h'));
	expect([fourth, fifth]).not.toContain(await run('i'));
});
