import { error } from '@sveltejs/kit';
import { yearReportDocument } from '$lib/server/document/year-report';
import { yearReport } from '$lib/server/result/report';
import { workbook } from '$lib/server/workbook';
import { yearAsked } from '../../../annual/year-of';
import { reportTables } from '../report-tables';
import type { RequestHandler } from './$types';

const office = 'application/vnd.openxmlformats-officedocument';

/** report.docx, in Chinese as papers are; report.xlsx, a sheet for each table. */
export const GET: RequestHandler = async ({ params, url, locals: { db, county } }) => {
	const year = yearAsked(url);
	if (params.file !== 'report.docx' && params.file !== 'report.xlsx') error(404, 'no such file');
	const report = await yearReport(db, county.code, year);
	const docx = params.file === 'report.docx';
	const tables = reportTables(report, docx ? { locale: 'zh-CN' } : {});
	const bytes = docx
		? new Uint8Array(await yearReportDocument(county, report, tables, new Date()))
		: await workbook(
				tables.map(({ title, head, rows, total }) => ({
					...{ name: title, widths: head.map((_, i) => (i === 0 ? 28 : 14)), head, rows },
					...(total ? { total } : {})
				}))
			);
	return new Response(bytes, {
		headers: {
			'content-type': docx ? `${office}.wordprocessingml.document` : `${office}.spreadsheetml.sheet`,
			'content-disposition': `attachment; filename="report-${year}.${docx ? 'docx' : 'xlsx'}"`,
			'cache-control': 'private, no-store'
		}
	});
};
