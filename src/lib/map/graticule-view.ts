// The graticule of what a map shows: lines a quarter beyond the edges, so that a short drag does not run off them,
// labels inside what nothing lies over.
import type { Map as LibreMap, PaddingOptions } from 'maplibre-gl';
import { graticule, type Graticule } from './graticule';

/** inset: what lies over the map at its edges, in px. */
export function graticuleOf(map: LibreMap, inset: Required<PaddingOptions>): Graticule {
	const [west, south, east, north] = map.getBounds().toArray().flat() as [number, number, number, number];
	const [dx, dy] = [(east - west) / 4, (north - south) / 4];
	const { clientWidth, clientHeight } = map.getContainer();
	const lowerLeft = map.unproject([8, clientHeight - inset.bottom - 8]);
	const upperRight = map.unproject([clientWidth - inset.right, inset.top]);
	return graticule(
		[west - dx, south - dy, east + dx, north + dy],
		[lowerLeft.lng, lowerLeft.lat, upperRight.lng, upperRight.lat]
	);
}
