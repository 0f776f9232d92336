// PUT one file of an upload, as a stream; GET refused.xlsx, the refused rows as they stand in their files with the reason
// in a column of its own, or warned.csv.
import { csvText } from '$lib/core/registry/csv';
import { reasonText } from '$lib/core/registry/reason';
import { m } from '$lib/i18n/paraglide/messages';
import type { ImportResult } from '$lib/server/import/import';
import { addFile, findTask } from '$lib/server/import/task';
import { workbook } from '$lib/server/workbook';
import { error } from '@sveltejs/kit';
import type { ReadableStream } from 'node:stream/web';
import { fieldText } from '../../../import-text';
import type { RequestHandler } from './$types';

type Done = Extract<ImportResult, { ok: true }>;

export const PUT: RequestHandler = async ({ locals, params, request }) => {
	const task = findTask(params.token, locals.user?.id ?? '', new Date());
	if (!task) error(404, 'upload_expired');
	if (!request.body) error(400, 'empty');
	const added = await addFile(task, params.file, request.body as unknown as ReadableStream);
	if (!added) error(413, 'upload_limits');
	return new Response(null, { status: 204 });
};

export const GET: RequestHandler = async ({ locals, params }) => {
	const task = findTask(params.token, locals.user?.id ?? '', new Date());
	if (!task?.result?.ok) error(404, 'upload_expired');
	const english = locals.locale === 'en';
	const answer = (body: BodyInit, type: string) =>
		new Response(body, {
			headers: {
				'Content-Type': type,
				'Content-Disposition': `attachment; filename="${params.file}"`
			}
		});
	if (params.file === 'refused.xlsx') {
		const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
		return answer(await refusedBook(task.result, english), type);
	}
	if (params.file === 'warned.csv')
		return answer(warnedTable(task.result, english), 'text/csv; charset=utf-8');
	error(404, 'upload_expired');
};

function refusedBook({ refused }: Done, english: boolean) {
	return workbook(
		refused.map(({ file, header, rows }, i) => ({
			name: `${i + 1} ${file}`,
			widths: [...header.map(() => 18), 8, 60],
			head: [...header, m.registry_row_line(), m.registry_row_reason()],
			rows: rows.map(({ line, values, reasons }) => [
				...header.map((_, at) => values[at] ?? null),
				line,
				reasons.map((reason) => `${fieldText(reason.field)}：${reasonText(reason, english)}`).join('；')
			])
		}))
	);
}

function warnedTable({ report }: Done, english: boolean): string {
	const head = [
		m.registry_row_file(),
		m.registry_row_line(),
		m.registry_row_field(),
		m.registry_row_reason()
	];
	const rows = report.warned.map((row) => [
		row.file,
		row.line,
		fieldText(row.field),
		reasonText(row, english)
	]);
	return csvText([head, ...rows]);
}
