import { m } from '$lib/i18n/paraglide/messages';
import { readBoard } from '$lib/server/result/board';
import { workbook } from '$lib/server/workbook';
import { boardQuery } from '../board-query';
import { outcomeText, waitsText } from '../result-text';
import type { RequestHandler } from './$types';

const widths = [8, 34, 26, 30, 20, 12, 14, 14, 12, 14, 8, 14];

/** The rows of the board as it is asked for, all of them, with a 合计 row. */
export const GET: RequestHandler = async ({ url, locals: { db, county, user } }) => {
	const query = { ...boardQuery(url, user), page: null };
	const { rows } = await readBoard(db, county.code, new Date(), query);
	const head = [
		...[m.result_column_number(), m.result_column_target(), m.annual_target(), m.result_column_party()],
		...[
			m.result_column_office(),
			m.result_column_checked(),
			m.result_column_outcome(),
			m.result_column_waits()
		],
		...[m.result_column_due(), m.result_column_left(), m.result_column_draw(), m.result_column_recorder()]
	];
	const sheet = await workbook([
		{
			...{ name: m.result_title(), widths, head },
			rows: rows.map((row) => [
				...[row.id, row.name, row.target, row.partyName, row.office ?? row.township, row.checkedOn],
				...[
					outcomeText(row.outcome),
					waitsText(row.waits),
					row.due,
					row.left?.days ?? null,
					row.draw,
					row.recorder
				]
			]),
			total: [m.result_total(), rows.length, ...Array<null>(10).fill(null)]
		}
	]);
	return new Response(sheet, {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': 'attachment; filename="results.xlsx"',
			'cache-control': 'private, no-store'
		}
	});
};
