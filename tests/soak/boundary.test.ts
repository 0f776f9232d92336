// The properties of src/lib/core/geo/boundary-text.test.ts and of the formats, on many more texts and parcels.
import fc from 'fast-check';
import { test } from 'vitest';
import { boundaryProperty } from '../support/boundary-property';

test(
	'100,000 texts of boundary points: no exception, no hang, every fault told',
	{ timeout: 1_800_000 },
	() => {
		fc.assert(boundaryProperty(), { numRuns: 100_000 });
	}
);
