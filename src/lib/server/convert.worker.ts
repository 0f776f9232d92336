// Features as GeoJSON into the format of another program, off the main thread; see registry/convert.ts.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gdalAborted, openDataset, startGdal } from './import/gdal';
import type { ConvertInput } from './registry/convert';
import { serve } from './worker-side';

serve<ConvertInput, string[]>(async ({ from, folder, name, options }) => {
	const gdal = await startGdal();
	const opened = await openDataset(gdal, from, []);
	if (!opened.ok) throw new Error(opened.detail);
	const stored = ['-a_srs', 'EPSG:4490', '-nln', name];
	await gdal.ogr2ogr(opened.dataset, [...options, ...stored], join(folder, name).slice(1));
	await gdal.close(opened.dataset);
	return readdir(folder);
}, gdalAborted);
