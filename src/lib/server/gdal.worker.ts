// Reads the files of an import off the main thread; see import/prepare.ts.
import { prepare, type PrepareInput, type Prepared } from './import/prepare';
import { serve } from './worker-side';

serve<PrepareInput, Prepared>((input, progress) =>
	prepare(input, (done, total) => progress({ done, total }))
);
