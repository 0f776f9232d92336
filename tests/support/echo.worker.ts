// For the test of worker threads: says which thread it is, fails when asked, is spent after its third answer.
import { threadId } from 'node:worker_threads';
import { serve } from '../../src/lib/server/worker-side';

let answers = 0;

serve<string, number>(
	(text, progress) => {
		progress(text);
		if (text === 'fail') throw new Error('asked to');
		return text === 'wait' ? new Promise<number>(() => undefined) : threadId;
	},
	() => ++answers === 3
);
