// The draw (protocol, §6): parts of cells first, what is left within each township next, then the county.
// Invariant: exactly sampleSize rows; each part and each township gets the floor or the ceiling of its share; each row
// is drawn with chance mass / 2³⁰ exactly. Whole numbers and SHA-256 only, hence the same list on every machine.

import type { Stream } from '../bytes/stream';
import type { Frame } from './frame';
import { M } from './masses';
import { partsOf } from './parts';
import { lpm2 } from './pivot';

/** Called with the number of townships settled and their total. */
export type OnProgress = (done: number, total: number) => void;

/** Draws from one frame, as often as asked: see `draw` for what goes in and comes out. */
export function drawer(frame: Frame) {
	const parts = partsOf(frame);
	const left = new Int32Array(frame.size);
	let largest = Math.max(parts.count, frame.townships.length);
	for (let p = 0; p < parts.count; p++) largest = Math.max(largest, parts.starts[p + 1]! - parts.starts[p]!);
	const decide = lpm2(frame.x, frame.y, left, largest);

	return (mass: Int32Array, streamOf: (label: string) => Stream, onProgress?: OnProgress): number[] => {
		left.set(mass);
		const county: number[] = [];
		let p = 0;
		frame.townships.forEach((code, t) => {
			const stream = streamOf(`township/${code}`);
			const undecided: number[] = [];
			for (; p < parts.count && parts.township[p] === t; p++) {
				const row = decide(parts.rows, parts.starts[p]!, parts.starts[p + 1]!, stream);
				if (row >= 0) undecided.push(row);
			}
			const row = decide(undecided, 0, undecided.length, stream);
			if (row >= 0) county.push(row);
			onProgress?.(t + 1, frame.townships.length);
		});
		const row = decide(county, 0, county.length, streamOf('county'));
		if (row >= 0) throw new Error('masses do not sum to a whole number of targets');

		const drawn: number[] = [];
		for (let i = 0; i < frame.size; i++) if (left[i] === M) drawn.push(i);
		return drawn;
	};
}

/**
 * Rows drawn, in frame order. `mass` is that of `masses()` and stays as it is; `streamOf` gives the number stream of a
 * label, in practice `(label) => stream(seed, label)`.
 */
export const draw = (
	frame: Frame,
	mass: Int32Array,
	streamOf: (label: string) => Stream,
	onProgress?: OnProgress
): number[] => drawer(frame)(mass, streamOf, onProgress);
