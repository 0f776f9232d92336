import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { may } from '$lib/server/access';
import { actorOf } from '$lib/server/account';
import { undoImport } from '$lib/server/import/undo';
import { listImports } from '$lib/server/registry/imports';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county, user }, url }) => {
	const kind = /^[a-z_]{1,20}$/.exec(url.searchParams.get('kind') ?? '')?.[0] ?? '';
	const page = Math.trunc(Number(url.searchParams.get('page'))) || 1;
	const mayUndo = user !== null && may(user, 'import');
	return { kind, mayUndo, table: await listImports(db, county.code, { kind, page }) };
};

const undoForm = v.object({
	import: v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,14}$/), v.transform(Number)),
	reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))
});

export const actions = {
	undo: async ({ request, locals }) => {
		const given = v.safeParse(undoForm, Object.fromEntries(await request.formData()));
		if (!given.success) return fail(400, { refusal: { reason: 'reason_needed' as const } });
		const { import: number, reason } = given.output;
		const call = { county: locals.county, import: number, reason, at: new Date(), actor: actorOf(locals) };
		const undone = await undoImport(locals.db, call);
		return undone.ok ? { undone: { number, ...undone } } : fail(409, { refusal: undone });
	}
} satisfies Actions;
