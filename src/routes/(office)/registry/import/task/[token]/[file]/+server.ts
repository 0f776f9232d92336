// PUT one file of an upload, as a stream; GET refused.csv or warned.csv, every row of the report for Excel.
import { csvText } from '$lib/core/registry/csv';
import { reasonText } from '$lib/core/registry/reason';
import { m } from '$lib/i18n/paraglide/messages';
import { addFile, findTask } from '$lib/server/import/task';
import { error } from '@sveltejs/kit';
import type { ReadableStream } from 'node:stream/web';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ locals, params, request }) => {
	const task = findTask(params.token, locals.user?.id ?? '', new Date());
	if (!task) error(404, 'upload_expired');
	if (!request.body) error(400, 'empty');
	const added = await addFile(task, params.file, request.body as unknown as ReadableStream);
	if (!added) error(413, 'upload_limits');
	return new Response(null, { status: 204 });
};

export const GET: RequestHandler = ({ locals, params }) => {
	const task = findTask(params.token, locals.user?.id ?? '', new Date());
	const list = { 'refused.csv': 'refused', 'warned.csv': 'warned' }[params.file] as
		'refused' | 'warned' | undefined;
	if (!task?.result?.ok || !list) error(404, 'upload_expired');
	const english = locals.locale === 'en';
	const head = [
		m.registry_row_file(),
		m.registry_row_line(),
		m.registry_row_field(),
		m.registry_row_reason()
	];
	const rows = task.result.report[list].map((row) => [
		row.file,
		row.line,
		row.field,
		reasonText(row, english)
	]);
	return new Response(csvText([head, ...rows]), {
		headers: {
			'Content-Type': 'text/csv; charset=utf-8',
			'Content-Disposition': `attachment; filename="${params.file}"`
		}
	});
};
