// The representative point of a polygon: its centroid where that lies inside, else the middle of the widest stretch of
// the polygon at the centroid's height. Invariant: the point is inside the ring.
import type { PlanePoint } from './plane';
import { contains, signedAreaM2, type Ring } from './polygon';

export function representative(ring: Ring): PlanePoint {
	const [ox, oy] = ring[0]!;
	let x = 0;
	let y = 0;
	ring.forEach(([px, py], i) => {
		const [qx, qy] = ring[(i + 1) % ring.length]!;
		const weight = (px - ox) * (qy - oy) - (qx - ox) * (py - oy);
		x += (px + qx - 2 * ox) * weight;
		y += (py + qy - 2 * oy) * weight;
	});
	const six = 6 * signedAreaM2(ring);
	const centroid: PlanePoint = [ox + x / six, oy + y / six];
	return contains(ring, centroid) ? centroid : widest(ring, centroid[1]);
}

function widest(ring: Ring, height: number): PlanePoint {
	const crossings = ring
		.flatMap(([px, py], i) => {
			const [qx, qy] = ring[(i + 1) % ring.length]!;
			return py > height !== qy > height ? [px + ((height - py) / (qy - py)) * (qx - px)] : [];
		})
		.sort((a, b) => a - b);
	let best: [middle: number, width: number] = [0, -1];
	for (let i = 0; i + 1 < crossings.length; i += 2) {
		const width = crossings[i + 1]! - crossings[i]!;
		if (width > best[1]) best = [(crossings[i]! + crossings[i + 1]!) / 2, width];
	}
	return [best[0], height];
}
