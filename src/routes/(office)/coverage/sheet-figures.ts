// The figures of the print page and the workbook: those of the page, from the same columns and the same functions.
import { aggregate, asWhole, byCell, byOffice, byTownship } from '$lib/core/coverage/aggregate';
import { cellWithin, gapsOf, townshipsOf } from '$lib/core/coverage/gaps';
import { shownOf } from '$lib/core/coverage/measure';
import { FAILS, failuresOf, momentAt } from '$lib/core/coverage/select';
import type { CoverageTable } from '$lib/core/coverage/table';
import { filterOf, positionOf, type CoverageParams } from './coverage-params';
import { markLabel } from './coverage-text';
import { leagueRows } from './league';

export function sheetFigures(table: CoverageTable, params: CoverageParams) {
	const position = positionOf(params, table);
	const filter = filterOf(params, table);
	const moment = momentAt(table, position, filter);
	const fails = failuresOf(table, filter, params.box);
	const cells = byCell(table, params.resolution);
	const cellSums = aggregate(table, cells, fails, moment, FAILS.box);
	const grouping = params.unit === 'cells' ? cells : byTownship(table);
	const sums = params.unit === 'cells' ? cellSums : aggregate(table, grouping, fails, moment, FAILS.box);
	const shown = shownOf(params.measure, sums, moment);
	const places = townshipsOf(table, grouping);
	const groups = grouping.names
		.map((id, g) => ({
			...{ id, township: table.townships[places[g]!]?.name ?? '', ...shown[g]! },
			...{ due: sums.due[g]!, done: sums.done[g]!, never: sums.never[g]!, last: sums.last[g]! },
			...{ inspected: sums.inspected[g]!, found: sums.found[g]! },
			chance: sums.framed[g] ? sums.mass[g]! / sums.framed[g]! / 2 ** 30 : null,
			label: markLabel(params.measure, shown[g]!, sums, g)
		}))
		.filter(
			({ id, due }) => due > 0 && (params.unit === 'townships' || !params.box || cellWithin(params.box, id))
		)
		.sort((a, b) => b.due - a.due || (a.id < b.id ? -1 : 1));
	const whole = aggregate(table, asWhole(table), fails, moment);
	const office = { sums: aggregate(table, byOffice(table), fails, moment) };
	return {
		...{ position, moment, groups },
		gaps: gapsOf(table, cells, cellSums, moment, params.box),
		...leagueRows(table, office, whole)
	};
}
export type SheetFigures = ReturnType<typeof sheetFigures>;
