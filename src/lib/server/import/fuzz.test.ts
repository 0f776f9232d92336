// 5,000 inputs of each kind that an import reads; 100,000 of each in the soak, which says its seed.
import fc from 'fast-check';
import { test } from 'vitest';
import { boundaryProperty } from '../../../../tests/support/boundary-property';
import {
	codeProperty,
	csvProperty,
	dmsProperty,
	rowProperty,
	zipProperty
} from '../../../../tests/support/fuzz';

const soak = Boolean(process.env.FAIRLOT_SOAK);
const run = { numRuns: soak ? 100_000 : 5000, seed: Number(process.env.FAIRLOT_SEED) || Date.now() | 0 };
if (soak) console.log(`fuzz: ${run.numRuns} inputs of each kind, seed ${run.seed}`);

const kinds: Record<string, () => void | Promise<void>> = {
	'boundary points': () => fc.assert(boundaryProperty(), run),
	'degrees, minutes, seconds': () => fc.assert(dmsProperty(), run),
	'comma-separated text': () => fc.assert(csvProperty(), run),
	codes: () => fc.assert(codeProperty(), run),
	rows: () => fc.assert(rowProperty(), run),
	archives: async () => {
		const { property, done } = zipProperty();
		await fc.assert(property, run).finally(done);
	}
};
test.each(Object.keys(kinds))('%s', { timeout: soak ? 7_200_000 : 300_000 }, (kind) => kinds[kind]!());
