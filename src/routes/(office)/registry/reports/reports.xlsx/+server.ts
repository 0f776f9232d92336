import { dayInChina } from '$lib/core/calendar/year';
import { m } from '$lib/i18n/paraglide/messages';
import { noteExport } from '$lib/server/registry/export';
import { report, reportNames } from '$lib/server/registry/reports';
import { workbook } from '$lib/server/workbook';
import { columnText, kindText } from '../../registry-text';
import { reportText } from '../report-text';
import type { RequestHandler } from './$types';

/** A sheet for each report. */
export const GET: RequestHandler = async ({ locals: { db, county, user }, url }) => {
	const at = new Date();
	const reports = [];
	for (const name of reportNames) reports.push(await report(db, county.code, name, dayInChina(at)));
	const rows = reports.reduce((sum, one) => sum + one.rows.length, 0);
	const note = { at, actor: user?.id ?? 'guest', format: 'reports.xlsx', address: url.search, rows };
	await noteExport(db, county.code, 'reports', note);
	const sheets = reports.map(({ name, rows: found }) => {
		const { title, figure } = reportText[name];
		const head = [m.directory_kind(), columnText('code'), columnText('name')];
		return {
			...{ name: title(), widths: [12, 28, 36, 28, 36, 16] },
			head: [...head, columnText('code'), m.directory_report_other(), figure?.() ?? ''],
			rows: found.map((row) => [
				...[kindText(row.list), row.code, row.name, row.other?.code ?? null, row.other?.name ?? null],
				row.figure
			])
		};
	});
	return new Response(await workbook(sheets), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': 'attachment; filename="reports.xlsx"',
			'cache-control': 'private, no-store'
		}
	});
};
