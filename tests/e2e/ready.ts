// Before each file of browser tests: the server of server.ts answers, or the reason why there is none is the failure.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

const failed = join(inject('folder'), 'failed');
for (let tries = 0; ; tries++) {
	if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'));
	const answer = await fetch(`${inject('origin')}/healthz`).catch(() => undefined);
	if (answer?.ok) break;
	if (tries === 6000) throw new Error('the server did not answer within ten minutes');
	await new Promise((wait) => setTimeout(wait, 100));
}
