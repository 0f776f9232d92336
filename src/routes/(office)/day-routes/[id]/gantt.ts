// Where things of a day lie on the chart: pure, so that it can be tested without a page.
import type { RouteSettings, RouteView, VehicleKey, ViewRoute } from '$lib/schema/route';

export const rowPx = 28;
export const headPx = 22;

export interface GanttRow {
	key: VehicleKey;
	route: ViewRoute | null;
	/** Top of the row, px. */
	y: number;
}
export interface GanttDay {
	day: string;
	y: number;
	rows: GanttRow[];
}

/** Rows by day and team; teams without stops only where `free` asks for them. */
export function ganttDays(
	view: RouteView,
	days: readonly string[],
	free: boolean
): { days: GanttDay[]; height: number } {
	const byKey = new Map(view.routes.map((route) => [`${route.day} ${route.office} ${route.team}`, route]));
	let y = 0;
	const shown = days.flatMap((day): GanttDay[] => {
		const keys = view.vehicles.filter(
			(key) => key.day === day && (free || byKey.has(`${key.day} ${key.office} ${key.team}`))
		);
		if (keys.length === 0) return [];
		keys.sort((p, q) => (p.office < q.office ? -1 : p.office > q.office ? 1 : p.team - q.team));
		const top = y;
		y += headPx;
		const rows = keys.map((key) => {
			const row = { key, route: byKey.get(`${key.day} ${key.office} ${key.team}`) ?? null, y };
			y += rowPx;
			return row;
		});
		return [{ day, y: top, rows }];
	});
	return { days: shown, height: y };
}

/** Whole hours around the working day. */
export function ganttSpan({ dayFromMin, dayToMin }: RouteSettings): { from: number; to: number } {
	return { from: Math.floor(dayFromMin / 60), to: Math.ceil(dayToMin / 60) };
}

/** Position a visit gets when it is dropped at a time of day: after every other stop whose middle is earlier. */
export const positionAt = (
	route: ViewRoute | null,
	dragged: number,
	timeS: number,
	serviceS: (visit: number) => number
): number =>
	1 +
	(route?.stops ?? []).filter(
		({ visit, arrivalS, waitS }) => visit !== dragged && arrivalS + waitS + serviceS(visit) / 2 < timeS
	).length;
