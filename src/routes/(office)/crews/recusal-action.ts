import { error } from '@sveltejs/kit';
import { recusalForm } from '$lib/schema/crew-draw';
import { stepAction } from '$lib/server/ceremony/action';
import { askRecusal } from '$lib/server/crew/people';
import { speaksFor, waysOf } from '$lib/server/crew/speaking';

/** 回避, from the roster or a crew: in a way that is the acting person's to take. */
export const recusalAction = stepAction(
	recusalForm,
	(acting, given, _, { locals: { user } }) => {
		if (!waysOf(user).includes(given.way)) error(403, 'this way of recusal is not yours to take');
		return askRecusal(acting, given, speaksFor(user));
	},
	{ back: true }
);
