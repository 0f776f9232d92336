// Points, lines and areas over a parcel, drawn with a finger, a pen or a mouse: a tap sets a corner, a stroke runs along.
import type { Map as LibreMap } from 'maplibre-gl';
import {
	TerraDraw,
	TerraDrawFreehandLineStringMode,
	TerraDrawFreehandMode,
	TerraDrawPointMode
} from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Bodies } from '../core/field/event';
import { toE7, type E7 } from '../core/field/pack';

type Shapes = Bodies['sketch']['shapes'];
export type SketchTool = Shapes[number]['kind'];
const modes: Record<SketchTool, string> = { point: 'point', line: 'freehand-linestring', area: 'freehand' };

export class FieldDrawing {
	readonly #draw: TerraDraw;
	readonly #onchange: (shapes: Shapes) => void;

	constructor(map: LibreMap, colour: `#${string}`, onchange: (shapes: Shapes) => void) {
		this.#onchange = onchange;
		const drag = { drawInteraction: 'click-move-or-drag', minDistance: 4 } as const;
		this.#draw = new TerraDraw({
			adapter: new TerraDrawMapLibreGLAdapter({ map, prefixId: 'sketch', coordinatePrecision: 7 }),
			modes: [
				new TerraDrawPointMode({ styles: { pointColor: colour, pointWidth: 7 } }),
				new TerraDrawFreehandLineStringMode({
					...drag,
					styles: { lineStringColor: colour, lineStringWidth: 3, closingPointColor: colour }
				}),
				new TerraDrawFreehandMode({
					...drag,
					styles: { fillColor: colour, fillOpacity: 0.2, outlineColor: colour, outlineWidth: 3 }
				})
			]
		});
		this.#draw.on('finish', () => this.#report());
		this.#draw.start();
	}

	start(tool: SketchTool): void {
		this.#draw.setMode(modes[tool]);
	}

	removeLast(): void {
		const last = this.#finished().at(-1)?.id;
		if (last !== undefined) this.#draw.removeFeatures([last]);
		this.#report();
	}

	#finished = () => this.#draw.getSnapshot().filter(({ properties }) => !properties.currentlyDrawing);

	#report(): void {
		this.#onchange(
			this.#finished().flatMap(({ geometry }): Shapes => {
				const e7 = (at: readonly number[]): E7 => toE7([at[0]!, at[1]!]);
				if (geometry.type === 'Point') return [{ kind: 'point', points: [e7(geometry.coordinates)] }];
				if (geometry.type === 'LineString') return [{ kind: 'line', points: geometry.coordinates.map(e7) }];
				return geometry.type === 'Polygon'
					? [{ kind: 'area', points: (geometry.coordinates[0] ?? []).map(e7) }]
					: [];
			})
		);
	}
}
