// Travel without a road network: great circle × detour, at one speed, slower where a place lies in the mountains.
// Sines come from series and roots, which every engine computes alike, so that the matrix, and with it the plan of
// routes, is the same everywhere. Error of a distance below 10⁻⁹ of it.

import type { LonLat } from '../model';
import { UNREACHABLE, type Travel } from './problem';

/** Mean radius, metres. */
const EARTH_M = 6_371_008.8;
const PI = 3.141592653589793;

export interface Driving {
	/** Road over straight line. */
	detour: number;
	kmPerHour: number;
	/** Times as long in the mountains; a leg takes the mean of its two ends. */
	mountainFactor: number;
}

export const usualDriving: Driving = { detour: 1.35, kmPerHour: 40, mountainFactor: 1.3 };

/** Seconds between all places, and metres beside them. `mountain[i]`: place i lies in a mountain township. */
export function greatCircle(
	places: readonly LonLat[],
	driving: Driving = usualDriving,
	mountain: readonly boolean[] = []
): Travel & { metres: Int32Array } {
	const size = places.length;
	const seconds = new Int32Array(size * size);
	const metres = new Int32Array(size * size);
	const vectors = places.map(unitVector);
	const factor = places.map((_, i) => (mountain[i] ? driving.mountainFactor : 1));
	const secondsPerM = 3.6 / driving.kmPerHour;
	for (let i = 0; i < size; i++) {
		for (let j = 0; j < i; j++) {
			const roadM = distanceM(vectors[i]!, vectors[j]!) * driving.detour;
			const driveS = (roadM * secondsPerM * (factor[i]! + factor[j]!)) / 2;
			metres[i * size + j] = metres[j * size + i] = Math.round(roadM);
			seconds[i * size + j] = seconds[j * size + i] = Math.min(Math.round(driveS), UNREACHABLE);
		}
	}
	return { size, seconds, cost: seconds, metres };
}

/** As the crow flies. */
export const metresBetween = (from: LonLat, to: LonLat): number =>
	distanceM(unitVector(from), unitVector(to));

type Vector = readonly [x: number, y: number, z: number];

function unitVector([lon, lat]: LonLat): Vector {
	const east = (lon * PI) / 180;
	const north = (lat * PI) / 180;
	const across = sine(PI / 2 - north);
	return [across * sine(PI / 2 - east), across * sine(east), sine(north)];
}

/** sin x for |x| ≤ 3π/2: the angle is cut in three until the series is short, and sin 3a = 3 sin a − 4 sin³ a. */
function sine(x: number): number {
	if (x > 0.1 || x < -0.1) {
		const third = sine(x / 3);
		return third * (3 - 4 * third * third);
	}
	const square = x * x;
	return x * (1 - (square / 6) * (1 - (square / 20) * (1 - (square / 42) * (1 - square / 72))));
}

function distanceM(a: Vector, b: Vector): number {
	const [dx, dy, dz] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
	// Half the angle has the sine `half`; it is halved again until the series of the arcsine is short.
	let half = Math.min(1, Math.sqrt(dx * dx + dy * dy + dz * dz) / 2);
	let times = 2;
	for (; half > 0.05; times *= 2) half /= Math.sqrt(2 * (1 + Math.sqrt(1 - half * half)));
	const square = half * half;
	return (
		EARTH_M *
		times *
		half *
		(1 + square * (1 / 6 + square * (3 / 40 + square * (15 / 336 + (square * 105) / 3456))))
	);
}
