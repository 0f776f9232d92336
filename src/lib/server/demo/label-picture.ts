// Tidying a picture of labels before its borders are traced: each label one piece without holes, and no two squares
// that touch at a corner only. Both are what makes every border simple and every township a single ring.
import type { LabelPicture } from './borders';

/** Squares of the same label connected by sides, largest piece first within each label. */
function pieces({ width, height, labels }: LabelPicture): { label: number; squares: number[] }[] {
	const seen = new Uint8Array(labels.length);
	const found: { label: number; squares: number[] }[] = [];
	for (let start = 0; start < labels.length; start++) {
		if (seen[start]) continue;
		const label = labels[start]!;
		const squares = [start];
		seen[start] = 1;
		for (let i = 0; i < squares.length; i++) {
			for (const next of sideNeighbours(squares[i]!, width, height)) {
				if (seen[next] || labels[next] !== label) continue;
				seen[next] = 1;
				squares.push(next);
			}
		}
		found.push({ label, squares });
	}
	return found.sort((a, b) => a.label - b.label || b.squares.length - a.squares.length);
}

function sideNeighbours(square: number, width: number, height: number): number[] {
	const col = square % width;
	const row = (square - col) / width;
	const near: number[] = [];
	if (col > 0) near.push(square - 1);
	if (col < width - 1) near.push(square + 1);
	if (row > 0) near.push(square - width);
	if (row < height - 1) near.push(square + width);
	return near;
}

/** A splinter takes the label it touches most. Returns whether anything changed. */
function absorbSplinters(picture: LabelPicture): boolean {
	const kept = new Set<number>();
	let changed = false;
	for (const { label, squares } of pieces(picture)) {
		if (!kept.has(label)) {
			kept.add(label);
			continue;
		}
		const touching = new Map<number, number>();
		for (const square of squares) {
			for (const near of sideNeighbours(square, picture.width, picture.height)) {
				const other = picture.labels[near]!;
				if (other !== label) touching.set(other, (touching.get(other) ?? 0) + 1);
			}
		}
		const [winner] = [...touching].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]!;
		for (const square of squares) picture.labels[square] = winner;
		changed = true;
	}
	return changed;
}

/** Where a label touches itself only across a corner, one square changes hands. */
function openCorners({ width, height, labels }: LabelPicture): boolean {
	let changed = false;
	for (let row = 0; row < height - 1; row++) {
		for (let col = 0; col < width - 1; col++) {
			const a = row * width + col;
			const [sw, se, nw, ne] = [labels[a]!, labels[a + 1]!, labels[a + width]!, labels[a + width + 1]!];
			if (sw === ne && sw !== se && sw !== nw) {
				labels[a + 1] = sw;
				changed = true;
			} else if (se === nw && se !== sw && se !== ne) {
				labels[a] = se;
				changed = true;
			}
		}
	}
	return changed;
}

export function keepOnePiecePerLabel(picture: LabelPicture): LabelPicture {
	const tidy = { ...picture, labels: picture.labels.slice() };
	for (let round = 0; round < 50; round++) {
		const splinters = absorbSplinters(tidy);
		const corners = openCorners(tidy);
		if (!splinters && !corners) return tidy;
	}
	throw new Error('the picture of labels does not settle');
}
