import { dayDate } from '$lib/core/coverage/day';
import { m } from '$lib/i18n/paraglide/messages';
import { coverageTable } from '$lib/server/coverage';
import { workbook } from '$lib/server/workbook';
import { parseCoverage } from '../coverage-params';
import { measureText, positionText } from '../coverage-text';
import { sheetFigures, type SheetFigures } from '../sheet-figures';
import { filterText } from '../sheet-text';
import type { RequestHandler } from './$types';

const countsOf = (row: SheetFigures['total']) => [
	...[row.due, row.done, row.overdue, row.never, row.asked, row.inspected, row.onTime, row.late]
];

/** Offices, cells or townships, gaps, and how they were counted: what the page shows, with the same filters. */
export const GET: RequestHandler = async ({ url, locals: { db, county } }) => {
	const params = parseCoverage(url.searchParams);
	const table = await coverageTable(db, county.code, new Date());
	const { rows, total, groups, gaps, position, moment } = sheetFigures(table, params);
	const dateOf = (day: number) => (day === 0 ? '' : dayDate(day));
	const officeName = (place: number) => table.offices[table.townships[place]?.office ?? -1]?.name ?? '';
	const figures = [m.coverage_due(), m.coverage_done(), m.coverage_overdue(), m.coverage_never_drawn()];
	const bytes = await workbook([
		{
			name: m.coverage_tab_league(),
			widths: [30, 12, 16, 16, 12, 18, 14, 14, 14],
			head: [
				...[m.coverage_office(), ...figures, m.coverage_asked()],
				...[m.coverage_inspected(), m.coverage_on_time_count(), m.coverage_late()]
			],
			rows: rows.map((row) => [row.name ?? m.coverage_no_office(), ...countsOf(row)]),
			total: [m.coverage_total(), ...countsOf(total)]
		},
		{
			name: params.unit === 'cells' ? m.coverage_tab_cells() : m.coverage_tab_townships(),
			widths: [16, 20, 12, 16, 12, 14, 14, 12, 14, 14],
			head: [
				...[
					m.coverage_township(),
					m.coverage_cell(),
					m.coverage_due(),
					m.coverage_done(),
					m.coverage_never_drawn()
				],
				...[m.coverage_last(), m.coverage_mean_chance(), m.coverage_inspected(), m.coverage_found()],
				m.coverage_legend_gap()
			],
			rows: groups.map(({ id, township, due, done, never, last, chance, inspected, found, gap }) => [
				...[township, id, due, done, never, dateOf(last), chance, inspected, found, gap ? '1' : '']
			])
		},
		{
			name: m.coverage_gaps(),
			widths: [16, 30, 20, 12, 14],
			head: [
				...[
					m.coverage_township(),
					m.coverage_office(),
					m.coverage_cell(),
					m.coverage_due(),
					m.coverage_last()
				]
			],
			rows: gaps.map(({ cell, due, last, township }) => [
				...[table.townships[township]?.name ?? '', officeName(township), cell, due, dateOf(last)]
			])
		},
		{
			name: m.coverage_how(),
			widths: [110],
			head: [`${county.name} · ${m.coverage_title()}`],
			rows: [
				[measureText(params.measure)],
				[positionText(table, position)],
				[filterText(params, table)],
				[m.coverage_how_visit()],
				[m.coverage_how_gap()],
				[m.coverage_how_results()]
			]
		}
	]);
	return new Response(bytes, {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="coverage-${county.code}-${dayDate(moment.day)}.xlsx"`,
			'cache-control': 'no-store'
		}
	});
};
