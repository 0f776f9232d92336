// One upload: GET its state, POST a run over it (the options as JSON), DELETE to cancel the run or forget the upload.
import { importOptions, SHOWN_ROWS, type ImportStatus } from '$lib/schema/import';
import { cancelRun, dropTask, findTask, startRun, type ImportTask } from '$lib/server/import/task';
import { error, json, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { actorOf } from '$lib/server/account';
import type { RequestHandler } from './$types';

function taskOf({ locals, params }: RequestEvent<{ token: string }>): ImportTask {
	const task = findTask(params.token, locals.user?.id ?? '', new Date());
	return task ?? error(404, 'upload_expired');
}

function status({ state, progress, result }: ImportTask): ImportStatus {
	const report = result?.ok ? result.report : null;
	return {
		state,
		progress,
		failure: result && !result.ok ? result.failure : null,
		report: report && {
			...report,
			refused: report.refused.slice(0, SHOWN_ROWS),
			warned: report.warned.slice(0, SHOWN_ROWS)
		}
	};
}

export const GET: RequestHandler = (event) => json(status(taskOf(event)));

export const POST: RequestHandler = async (event) => {
	const task = taskOf(event);
	const { locals, request } = event;
	const options = v.safeParse(importOptions, await request.json().catch(() => null));
	if (!options.success) error(400, `${v.getDotPath(options.issues[0]) ?? ''}: ${options.issues[0].message}`);
	const call = {
		county: locals.county,
		options: options.output,
		at: new Date(),
		actor: actorOf(locals)
	};
	if (!startRun(task, locals.db, call, (problem) => console.error('import', problem)))
		error(409, 'not_ready');
	return json(status(task), { status: 202 });
};

export const DELETE: RequestHandler = async (event) => {
	const task = taskOf(event);
	if (task.state === 'running') cancelRun(task);
	else await dropTask(task);
	return new Response(null, { status: 204 });
};
