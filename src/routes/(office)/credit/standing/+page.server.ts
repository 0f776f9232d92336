import { fail } from '@sveltejs/kit';
import { readStandings, standingColumns } from '$lib/core/credit/standing';
import { may } from '$lib/server/access';
import { lastIntakes, listStandings } from '$lib/server/credit/reading';
import { recordStandings } from '$lib/server/credit/standing';
import { decodeText } from '$lib/server/import/encoding';
import { telling } from '../retry-action';
import type { Actions, PageServerLoad } from './$types';

const BYTES = 1 << 20;
const ROWS = 5000;

export const load: PageServerLoad = async ({ locals: { db, county, user } }) => ({
	...(await listStandings(db, county.code, new Date())),
	intakes: await lastIntakes(db, county.code),
	columns: [...standingColumns],
	mayRecord: user !== null && may(user, 'import')
});

const refused = (file: 'file' | 'encoding' | 'empty' | 'many') =>
	fail(400, { done: null, file, problems: [] });

export const actions: Actions = {
	default: async (event) => {
		const file = (await event.request.formData()).get('file');
		if (!(file instanceof File) || file.size === 0 || file.size > BYTES) return refused('file');
		const decoded = decodeText(new Uint8Array(await file.arrayBuffer()), null);
		if (!decoded.ok) return refused('encoding');
		const { rows, problems } = readStandings(decoded.text);
		if (problems.length > 0) return fail(400, { done: null, file: null, problems });
		if (rows.length === 0) return refused('empty');
		if (rows.length > ROWS) return refused('many');
		const outcome = await recordStandings(event.locals.db, telling(event), rows);
		if (!outcome.ok) return fail(400, { done: null, file: null, problems: outcome.problems });
		return { done: { grades: outcome.grades, periods: outcome.periods }, file: null, problems: [] };
	}
};
