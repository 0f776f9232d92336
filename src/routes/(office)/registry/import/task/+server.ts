import { createTask } from '$lib/server/import/task';
import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals }) => {
	const { token } = await createTask(locals.user?.id ?? '', new Date());
	return json({ token }, { status: 201 });
};
