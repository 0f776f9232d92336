// Counts targets inside a shape while it is being drawn: every current target's point, in a k-d tree, in the browser.
// The server's layout is described at pointIndex in lib/server/selection.ts.
import KDBush from 'kdbush';
import type { Area } from './area-param';
import type { Tally } from './tally';

export interface PointIndex {
	/** Targets whose representative point lies inside, by township code. O(points in the box × corners). */
	count(area: Area): Map<string, Tally>;
}

const scale = 1e6;

export function readPointIndex(bytes: ArrayBuffer): PointIndex {
	const head = new DataView(bytes).getUint32(0, true);
	const { count, townships } = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, head))) as {
		count: number;
		townships: string[];
	};
	const x = new Int32Array(bytes, 4 + head, count);
	const y = new Int32Array(bytes, 4 + head + 4 * count, count);
	const flags = new Uint16Array(bytes, 4 + head + 8 * count, count);
	const tree = new KDBush(count, 64, Int32Array);
	for (let k = 0; k < count; k++) tree.add(x[k] as number, y[k] as number);
	tree.finish();

	return {
		count(area) {
			const inside = new Set<number>();
			for (const polygon of area) {
				const rings = polygon.map((ring) => ring.flatMap(([lon, lat]) => [lon * scale, lat * scale]));
				for (const k of tree.range(...boundsOf(rings))) {
					if (!inside.has(k) && contains(rings, x[k] as number, y[k] as number)) inside.add(k);
				}
			}
			const tallies = new Map<string, Tally>();
			for (const k of inside) {
				const flag = flags[k] as number;
				const code = townships[flag >> 2] as string;
				let tally = tallies.get(code);
				if (!tally) tallies.set(code, (tally = { mining: 0, parcels: 0, active: 0 }));
				if (flag & 2) tally.parcels++;
				else tally.mining++;
				if (flag & 1) tally.active++;
			}
			return tallies;
		}
	};
}

function boundsOf(rings: readonly number[][]): [number, number, number, number] {
	const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
	const outer = rings[0] ?? [];
	for (let k = 0; k < outer.length; k += 2) {
		const [x, y] = [outer[k] as number, outer[k + 1] as number];
		bounds[0] = Math.min(bounds[0], x);
		bounds[1] = Math.min(bounds[1], y);
		bounds[2] = Math.max(bounds[2], x);
		bounds[3] = Math.max(bounds[3], y);
	}
	return bounds;
}

/** Even-odd rule over all rings, so holes need no case of their own. */
function contains(rings: readonly number[][], x: number, y: number): boolean {
	let inside = false;
	for (const ring of rings) {
		for (let k = 0, j = ring.length - 2; k < ring.length; j = k, k += 2) {
			const [ax, ay, bx, by] = [ring[k], ring[k + 1], ring[j], ring[j + 1]] as [
				number,
				number,
				number,
				number
			];
			if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
		}
	}
	return inside;
}
