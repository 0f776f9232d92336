// The same 2,000 parcels in every format.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { differences, hasGdal, sameParcels } from '../../../../tests/support/same-parcels';

if (!hasGdal)
	console.warn('formats: ogr2ogr and zip are not installed, the formats they write are not tested');

let made: Awaited<ReturnType<typeof sameParcels>>;
beforeAll(async () => {
	if (hasGdal) made = await sameParcels(2000);
});
afterAll(() => made && rmSync(made.folder, { recursive: true }));

test.skipIf(!hasGdal)('the same parcels within 1 cm, their area to 1e-6, their Chinese intact', async () => {
	const found: Record<string, string[]> = {};
	for (const each of made.cases) {
		const wrong = await differences(made.list, each).catch((error: unknown) => [String(error)]);
		if (wrong.length > 0) found[each.file] = wrong.slice(0, 3);
	}
	expect(found).toEqual({});
	expect(made.cases).toHaveLength(14);
});
