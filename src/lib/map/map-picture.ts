// The map as a picture: taken within the frame that draws it, since a WebGL canvas is empty afterwards.
import type { Map as LibreMap } from 'maplibre-gl';

/** The map as pages hold it. */
export type MapHandle = LibreMap;

/** The map's canvas copied to one that stays. */
export function mapPicture(map: MapHandle): Promise<HTMLCanvasElement> {
	return new Promise((resolve) => {
		map.once('render', () => {
			const source = map.getCanvas();
			const copy = document.createElement('canvas');
			copy.width = source.width;
			copy.height = source.height;
			copy.getContext('2d')!.drawImage(source, 0, 0);
			resolve(copy);
		});
		map.triggerRepaint();
	});
}
