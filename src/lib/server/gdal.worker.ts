// Reads the files of imports off the main thread; see import/prepare.ts and import/inspect.ts. The thread is kept between
// imports because GDAL takes a second to start, and replaced after some of them because its memory only grows.
import { gdalAborted } from './import/gdal';
import { inspect, type InspectInput, type Inspected } from './import/inspect';
import { prepare, type PrepareInput, type Prepared } from './import/prepare';
import { serve } from './worker-side';

const MAX_RUNS = 40;
let runs = 0;

serve<PrepareInput | InspectInput, Prepared | Inspected>(
	(input, progress) =>
		'offices' in input ? prepare(input, (done, total) => progress({ done, total })) : inspect(input),
	() => ++runs >= MAX_RUNS || gdalAborted()
);
