import type { Map as LibreMap } from 'maplibre-gl';

/** Whether the map is still there and has the source: a component may be torn down after its map was removed. */
export function hasSource(map: LibreMap, id: string): boolean {
	const style = map.style as LibreMap['style'] | undefined;
	return style?.getSource(id) !== undefined;
}
