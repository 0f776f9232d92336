// The crews open once the last route is driven: who goes where is no news before. And a draw of crews declared void gives
// its seats up. The rest of both steps is that of the targets.
import { dayInChina } from '../../core/calendar/year';
import type { CeremonyRefusal } from '../../schema/ceremony';
import type { CrewRefusal } from '../../schema/crew-draw';
import { decideVoid } from '../ceremony/end';
import { reveal } from '../ceremony/sign';
import type { Acting } from '../ceremony/step';
import { onCrews } from './tables';

type Done = { ok: true } | CeremonyRefusal;

export async function openCrews(acting: Acting, id: number): Promise<{ ok: true } | CrewRefusal> {
	const row = await acting.db
		.selectFrom('app.crew_draw')
		.where('county', '=', acting.county.code)
		.where('id', '=', id)
		.select(['last_day as lastDay', 'assurance'])
		.executeTakeFirst();
	if (row && row.assurance !== 'trial' && dayInChina(acting.at) <= row.lastDay)
		return { ok: false, reason: 'still_out', until: row.lastDay };
	return reveal(onCrews(acting), id);
}

export const decideCrewVoid = (acting: Acting, id: number, decision: 'approved' | 'refused'): Promise<Done> =>
	decideVoid(onCrews(acting), id, decision, async ({ trx }) => {
		await trx
			.updateTable('app.crew_member')
			.set({ gone: true })
			.where('county', '=', acting.county.code)
			.where('draw', '=', id)
			.where('gone', '=', false)
			.execute();
	});
