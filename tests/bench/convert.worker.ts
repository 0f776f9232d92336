// GeoJSON to GeoPackage through the GDAL that the product itself carries, in a thread that ends with it.
import { join } from 'node:path';
import { openDataset, startGdal } from '../../src/lib/server/import/gdal';
import { serve } from '../../src/lib/server/worker-side';

serve<{ from: string; folder: string; name: string }, null>(async ({ from, folder, name }) => {
	const gdal = await startGdal();
	const opened = await openDataset(gdal, from, []);
	if (!opened.ok) throw new Error(opened.detail);
	await gdal.ogr2ogr(opened.dataset, ['-f', 'GPKG', '-nln', name], join(folder, name).slice(1));
	await gdal.close(opened.dataset);
	return null;
});
