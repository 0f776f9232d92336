// The crew worker in its thread: progress, an answer that verifies once its ticket is drawn, a shortage as a value.

import { expect, test } from 'vitest';
import { smallCrews } from '../../../tests/support/crew-problems';
import { SEED } from '../../../tests/support/crew-properties';
import { value } from '../../../tests/support/value';
import { drawTicket } from '../core/crew/document';
import { verifyCrews } from '../core/crew/verify';
import type { CrewOutcome, CrewTask } from './crew.worker';
import { runWorker } from './workers';

test('holds a lottery off the main thread', { timeout: 240_000 }, async () => {
	const steps: string[] = [];
	const onProgress = (progress: unknown) => void steps.push((progress as { step: string }).step);
	const run = (problem: CrewTask['problem']) =>
		runWorker<CrewTask, CrewOutcome>('crew', { problem, terms: null }, { onProgress });
	const { lottery } = value(await run(smallCrews(1)));
	expect([...new Set(steps)]).toEqual(['pairing', 'bounds', 'portfolio', 'proof']);
	const { document } = value(drawTicket(lottery, { seed: SEED }));
	expect(verifyCrews({ document })).toMatchObject({ ok: true });

	const { routes, ...rest } = smallCrews(1);
	const without = await run({ ...rest, routes: routes.map((route) => ({ ...route, scopes: ['海域'] })) });
	expect(without).toMatchObject({ ok: false, reason: 'short' });
});
