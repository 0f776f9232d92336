// Reads the files of imports off the main thread; see import/prepare.ts. The thread is kept between imports because
// GDAL takes a second to start, and replaced after some of them because its memory only grows.
import { gdalAborted } from './import/gdal';
import { prepare, type PrepareInput, type Prepared } from './import/prepare';
import { serve } from './worker-side';

const MAX_RUNS = 40;
let runs = 0;

serve<PrepareInput, Prepared>(
	(input, progress) => prepare(input, (done, total) => progress({ done, total })),
	() => ++runs >= MAX_RUNS || gdalAborted()
);
