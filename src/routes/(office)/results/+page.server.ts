import { dayInChina } from '$lib/core/calendar/year';
import { may } from '$lib/server/access';
import { readBoard } from '$lib/server/result/board';
import { boardQuery, ownSteps } from './board-query';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, county, user } }) => {
	const query = boardQuery(url, user);
	const at = new Date();
	const board = await readBoard(db, county.code, at, query);
	return {
		...{ query, board, today: dayInChina(at) },
		mine: ownSteps(user).reduce((sum, waits) => sum + (board.counts[waits] ?? 0), 0),
		maySetUp: user !== null && may(user, 'setup'),
		maySeveral: user !== null && (may(user, 'result_approve') || may(user, 'publish')),
		mayRecord: user !== null && may(user, 'result_record')
	};
};
