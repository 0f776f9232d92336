// Rectangle, polygon and lasso with mouse, pen or finger. What is finished is handed over and rubbed out here:
// the workspace keeps the shapes, draws them itself and can undo them.
import type { Map as LibreMap } from 'maplibre-gl';
import {
	TerraDraw,
	TerraDrawFreehandMode,
	TerraDrawModeUndoRedo,
	TerraDrawPolygonMode,
	TerraDrawRectangleMode
} from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Tool } from './map-state.svelte';
import type { Palette } from './palette';
import { simplifyRing } from './simplify';

type Ring = [lon: number, lat: number][];

export interface DrawingEvents {
	/** The shape under the pen, closed; null when there is none. At most once a frame. */
	onsketch(ring: Ring | null): void;
	onfinish(ring: Ring): void;
}

export class AreaDrawing {
	readonly #draw: TerraDraw;
	readonly #map: LibreMap;
	readonly #events: DrawingEvents;
	#frame = 0;
	#gone = false;

	constructor(map: LibreMap, colours: Palette, events: DrawingEvents) {
		this.#map = map;
		// A removed map has taken the sketch with it.
		map.once('remove', () => (this.#gone = true));
		this.#events = events;
		const shape = {
			fillColor: colours.action,
			fillOpacity: 0.12,
			outlineColor: colours.action,
			outlineWidth: 2
		};
		const dots = {
			closingPointColor: colours.surface,
			closingPointWidth: 6,
			closingPointOutlineColor: colours.action,
			closingPointOutlineWidth: 2
		};
		this.#draw = new TerraDraw({
			adapter: new TerraDrawMapLibreGLAdapter({ map, prefixId: 'sketch', coordinatePrecision: 9 }),
			modes: [
				new TerraDrawRectangleMode({ styles: shape, drawInteraction: 'click-move-or-drag' }),
				new TerraDrawPolygonMode({ styles: { ...shape, ...dots } }),
				new TerraDrawFreehandMode({
					styles: { ...shape, ...dots },
					drawInteraction: 'click-move-or-drag',
					minDistance: 6
				})
			],
			undoRedo: { modeLevel: new TerraDrawModeUndoRedo() }
		});
		this.#draw.on('change', () => this.#report());
		this.#draw.on('finish', (id) => this.#finish(this.#ringOf(id)));
		this.#draw.start();
	}

	start(tool: Tool): void {
		this.#draw.clear();
		this.#draw.setMode(tool);
	}

	/** Puts the pen down and rubs out what it drew. */
	stop(): void {
		cancelAnimationFrame(this.#frame);
		this.#frame = 0;
		this.#draw.setMode('static');
		this.#draw.clear();
		this.#events.onsketch(null);
	}

	/** Takes back the last corner; false when there is none to take back. */
	undo(): boolean {
		return this.#draw.canUndo() && this.#draw.undo();
	}
	redo(): boolean {
		return this.#draw.canRedo() && this.#draw.redo();
	}

	destroy(): void {
		cancelAnimationFrame(this.#frame);
		if (!this.#gone) this.#draw.stop();
	}

	#report(): void {
		this.#frame ||= requestAnimationFrame(() => {
			this.#frame = 0;
			if (this.#draw.getMode() === 'static') return;
			const shape = this.#draw.getSnapshot().find((feature) => feature.geometry.type === 'Polygon');
			this.#events.onsketch(
				shape?.geometry.type === 'Polygon' ? (shape.geometry.coordinates[0] as Ring) : null
			);
		});
	}

	#ringOf(id: string | number): Ring | null {
		const geometry = this.#draw.getSnapshotFeature(id)?.geometry;
		return geometry?.type === 'Polygon' ? (geometry.coordinates[0] as Ring) : null;
	}

	/** The library is in the middle of its own event here; changing its mode has to wait until it is done. */
	#finish(ring: Ring | null): void {
		queueMicrotask(() => {
			this.stop();
			if (!ring) return;
			const [left, right] = [this.#map.unproject([0, 0]), this.#map.unproject([1, 0])];
			this.#events.onfinish(simplifyRing(ring, Math.abs(right.lng - left.lng)));
		});
	}
}
