import { error } from '@sveltejs/kit';
import { digestOf } from '$lib/core/credit/message';
import { creditFields, type CreditRecord } from '$lib/core/credit/record';
import { may } from '$lib/server/access';
import { tell } from '$lib/server/credit/outbox';
import { readMessage } from '$lib/server/credit/reading';
import { retryAction, telling } from '../retry-action';
import type { Actions, PageServerLoad } from './$types';

const idOf = (text: string) => (/^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : 0);

export const load: PageServerLoad = async ({ params, locals: { db, county, user } }) => {
	const message = await readMessage(db, county.code, idOf(params.id), new Date());
	if (!message) error(404, 'no such message');
	const { record, reason } = JSON.parse(message.body) as { record: CreditRecord; reason: string };
	return {
		message,
		reason,
		digest: digestOf(message.body),
		record: creditFields.flatMap(({ code, name }) =>
			record[code] === undefined ? [] : [{ code, name, value: record[code] }]
		),
		mayAct: user !== null && may(user, 'publish')
	};
};

export const actions: Actions = {
	retry: retryAction,
	correct: async (event) => {
		const { db, county } = event.locals;
		const message = await readMessage(db, county.code, idOf(event.params.id), new Date());
		if (!message) error(404, 'no such message');
		const told = await db
			.transaction()
			.execute((trx) => tell(trx, telling(event), message.penalty, 'correct', message.platform));
		return { done: told > 0 ? ('corrected' as const) : ('over' as const), problem: null };
	}
};
