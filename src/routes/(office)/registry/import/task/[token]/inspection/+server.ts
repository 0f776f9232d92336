// What the uploaded files are, read with the choices made so far (the options as JSON); nothing is kept of it.
import { importOptions } from '$lib/schema/import';
import { inspectFiles } from '$lib/server/import/inspection';
import { findTask, uploaded } from '$lib/server/import/task';
import { error, json } from '@sveltejs/kit';
import * as v from 'valibot';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const task = findTask(params.token, locals.user?.id ?? '', new Date());
	if (!task) error(404, 'upload_expired');
	const options = v.safeParse(importOptions, await request.json().catch(() => null));
	if (!options.success) error(400, `${v.getDotPath(options.issues[0]) ?? ''}: ${options.issues[0].message}`);
	if (task.files.size === 0) error(409, 'not_ready');
	return json(
		await inspectFiles(locals.db, locals.county.code, uploaded(task), options.output, request.signal)
	);
};
