// What lies under the pointer, within reach of a fingertip: the drawn first, then marks, then outlines.
import type { Map as LibreMap, MapMouseEvent } from 'maplibre-gl';

const pickable = ['drawn-original', 'drawn-substitute', 'target-mark', 'target-fill'];
const fingertipPx = 6;

/** Code of the target there, or null. */
export function targetAt(map: LibreMap, { point: { x, y } }: MapMouseEvent): string | null {
	const layers = pickable.filter((id) => map.getLayer(id));
	for (const reach of [0, fingertipPx]) {
		const [found] = map.queryRenderedFeatures(
			[
				[x - reach, y - reach],
				[x + reach, y + reach]
			],
			{ layers }
		);
		const code: unknown = found?.properties['code'];
		if (typeof code === 'string') return code;
	}
	return null;
}
