import { error } from '@sveltejs/kit';
import { decisionForm, substitutionForm } from '$lib/schema/ceremony';
import { boundTo, may } from '$lib/server/access';
import { stepAction } from '$lib/server/ceremony/action';
import { listSubstitutions, readCeremony } from '$lib/server/ceremony/reading';
import { askSubstitution, decideSubstitution } from '$lib/server/ceremony/substitution';
import { readManifest } from '$lib/server/draw-reading';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county, user } }) => {
	const id = Number(params.id);
	const known = /^[1-9][0-9]{0,8}$/.test(params.id);
	const ceremony = known ? await readCeremony(db, county.code, id) : null;
	const manifest = ceremony && (await readManifest(db, county.code, id));
	if (!ceremony || !manifest) error(404, 'no such list');
	return {
		draw: { id, planName: ceremony.planName, ended: ceremony.endedAt !== null },
		requests: await listSubstitutions(db, county.code, id),
		selected: manifest.selected.map(({ serial, id: target }) => ({
			serial,
			target,
			left: manifest.substitutes[target]?.length ?? 0
		})),
		me: user?.id ?? '',
		mayAsk: user !== null && may(user, 'substitute_ask'),
		mayDecide: user !== null && may(user, 'substitute_approve')
	};
};

export const actions: Actions = {
	ask: stepAction(substitutionForm, (acting, given, draw, { locals: { user } }) =>
		askSubstitution(acting, draw, given, user && may(user, 'plan') ? null : (user?.office ?? ''))
	),
	decide: stepAction(
		decisionForm,
		(acting, { id, decision }, draw, { locals: { user } }) =>
			decideSubstitution(acting, draw, id, decision, boundTo(user, 'substitute_approve')),
		{ confirmed: true }
	)
};
