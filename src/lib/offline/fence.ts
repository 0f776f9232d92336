// Whether one stands on a target of the stop, give or take the accuracy of the fix; and how far and which way it is.
import booleanPointInPolygon from '@turf/boolean-point-in-polygon';
import { multiPolygon, point } from '@turf/helpers';
import type { Fix } from '../core/field/event';
import { fromE7, type E7, type Shape, type Stop } from '../core/field/pack';
import { metresBetween } from '../core/route/great-circle';

const outline = (shape: Shape) =>
	multiPolygon(shape.map((rings) => rings.map((ring) => ring.map((at) => [...fromE7(at)]))));

/** unknown: no fix, or one too coarse to tell (over 200 m). */
export function fenceOf(fix: Fix | null, { targets }: Stop): 'inside' | 'outside' | 'unknown' {
	if (!fix || fix.accuracyM > 200) return 'unknown';
	const [lon, lat] = fromE7(fix.at);
	const inside = targets.some(({ shape }) => {
		if (shape.length === 0) return false;
		if (booleanPointInPolygon(point([lon, lat]), outline(shape))) return true;
		return shape.flat(2).some((corner) => metresBetween([lon, lat], fromE7(corner)) <= fix.accuracyM);
	});
	return inside ? 'inside' : 'outside';
}

export const metresTo = (from: E7, to: E7): number => Math.round(metresBetween(fromE7(from), fromE7(to)));

/** Whole degrees from north. */
export function bearingTo(from: E7, to: E7): number {
	const [[lon1, lat1], [lon2, lat2]] = [fromE7(from), fromE7(to)].map(([lon, lat]) => [
		(lon * Math.PI) / 180,
		(lat * Math.PI) / 180
	]) as [[number, number], [number, number]];
	const y = Math.sin(lon2 - lon1) * Math.cos(lat2);
	const x = Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(lon2 - lon1);
	return (Math.round((Math.atan2(y, x) * 180) / Math.PI) + 360) % 360;
}
