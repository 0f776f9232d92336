import { error } from '@sveltejs/kit';
import { isEditable } from '$lib/schema/directory';
import { may } from '$lib/server/access';
import { cellsOf } from '$lib/server/registry/import-columns';
import { rowHistory } from '$lib/server/registry/history';
import { isListName } from '$lib/server/registry/lists';
import { relationsOf } from '$lib/server/registry/related';
import { listOfficeSeats } from '$lib/server/setup/directory';
import { changeAction } from '../../change-action';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county, user }, params: { list, code } }) => {
	if (!isListName(list)) error(404);
	const personal = user !== null && may(user, 'personal');
	const asked = { list, code, personal, at: new Date() };
	const [history, relations] = await Promise.all([
		rowHistory(db, county.code, asked),
		relationsOf(db, county.code, asked)
	]);
	if (!history) error(404);
	const edits = user !== null && may(user, 'import') && history.current && isEditable(list);
	const cells = edits ? ((await cellsOf(db, county.code, list, [code])).get(code) ?? null) : null;
	const offices = cells && list === 'inspector' ? await listOfficeSeats({ db, county: county.code }) : [];
	return {
		list,
		code,
		history,
		relations,
		cells,
		offices: offices.map(({ code: of, name }) => ({ code: of, name }))
	};
};

export const actions = {
	change: (event) => changeAction(event, event.params.list)
} satisfies Actions;
