// The routes as a workbook: a row for each stop with a 合计 row, and what is not placed on a sheet of its own.
import type { LeftOverReason, RouteView } from '../../../schema/route';
import { workbook } from '../../workbook';
import { clock, nameOf } from './names';

/** The words of the reader's language. */
export interface SheetWords {
	routes: string;
	left: string;
	total: string;
	/** Of the columns, in their order. */
	columns: readonly string[];
	leftColumns: readonly string[];
	reason: (reason: LeftOverReason) => string;
}

const widths = [12, 18, 6, 6, 8, 8, 30, 34, 34, 30, 8, 8, 11, 11];

export function xlsx(view: RouteView, words: SheetWords): Promise<Uint8Array<ArrayBuffer>> {
	const visits = new Map(view.visits.map((visit) => [visit.number, visit]));
	const offices = new Map(view.offices.map(({ code, name }) => [code, name]));
	const items = new Map(view.items.map(({ code, name }) => [code, name]));
	const joined = (parts: readonly string[]) => parts.join('、');
	const rows = view.routes.flatMap((route) =>
		route.stops.map((stop, i) => {
			const visit = visits.get(stop.visit)!;
			const begins = stop.arrivalS + stop.waitS;
			const minutes = Math.round(stop.travelS / 60);
			return [
				...[route.day, offices.get(route.office) ?? route.office, route.team, i + 1],
				...[clock(begins), clock(begins + (visit.setupMin + visit.serviceMin) * 60), nameOf(visit)],
				joined(visit.targets.map(({ code }) => code)),
				joined(visit.targets.map(({ name }) => name)),
				joined(visit.items.map((code) => items.get(code) ?? code)),
				...[Math.round(stop.metres / 100) / 10, minutes, visit.at[0], visit.at[1]]
			];
		})
	);
	const stops = view.routes.flatMap((route) => route.stops);
	// Whole routes, the way back to the office included.
	const total = [
		...[words.total, null, null, stops.length, null, null, null],
		...[stops.reduce((sum, { visit }) => sum + visits.get(visit)!.targets.length, 0), null, null],
		Math.round(view.routes.reduce((sum, { metres }) => sum + metres, 0) / 100) / 10,
		Math.round(view.routes.reduce((sum, { travelS }) => sum + travelS, 0) / 60)
	];
	const left = view.leftOver.map(({ visit, reason }) => {
		const { targets } = visits.get(visit)!;
		return [
			nameOf(visits.get(visit)!),
			joined(targets.map(({ code }) => code)),
			joined(targets.map(({ name }) => name)),
			words.reason(reason)
		];
	});
	return workbook([
		{ name: words.routes, widths, head: words.columns, rows, total },
		{ name: words.left, widths: [30, 34, 34, 30], head: words.leftColumns, rows: left }
	]);
}
