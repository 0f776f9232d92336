// 递补: a drawn target that cannot be inspected gives way to its own next substitute, fixed by the seed, never to one
// somebody chose. One person asks with a reason and evidence, another approves; the order is a constraint of the table.
import { sql } from 'kysely';
import type { CeremonyRefusal, SubstitutionReason } from '../../schema/ceremony';
import { changeOne } from '../db/change-one';
import { refused, step, type Acting, type StepDraw } from './step';

export interface SubstitutionRequest {
	serial: number;
	reason: SubstitutionReason;
	evidence: string;
}

/** office: whose person asks or decides, null for who does so for the whole county. */
export const askSubstitution = (
	acting: Acting,
	id: number,
	{ serial, reason, evidence }: SubstitutionRequest,
	office: string | null = null
): Promise<{ ok: true; substitute: string } | CeremonyRefusal> =>
	step(acting, id, ['drawn', 'revealed'], async ({ trx, note }) => {
		const { county, actor, at } = acting;
		const past = await trx
			.selectFrom('app.substitution')
			.where('county', '=', county.code)
			.where('draw', '=', id)
			.where('serial', '=', serial)
			.select([sql<number>`coalesce(max(granted), 0)`.as('granted')])
			.select(sql<boolean>`coalesce(bool_or(decision IS NULL), false)`.as('open'))
			.executeTakeFirstOrThrow();
		if (past.open) return refused('open_request');
		const rows = await trx
			.selectFrom('app.drawn')
			.where('county', '=', county.code)
			.where('draw', '=', id)
			.where('serial', '=', serial)
			.where('rank', 'in', [past.granted, past.granted + 1])
			.select(['target', 'rank'])
			.orderBy('rank')
			.execute();
		const [failed, next] = rows;
		if (!failed) return refused('no_such_draw', { field: 'serial' });
		if (office !== null && !(await answersFor(trx, county.code, id, serial)))
			return refused('other_office', { field: 'serial' });
		if (!next) return refused('list_out');
		await trx
			.insertInto('app.substitution')
			.values({
				...{ county: county.code, draw: id, serial, rank: next.rank, reason, evidence },
				...{ asked_by: actor, asked_at: at }
			})
			.execute();
		await note('substitution_asked', {
			...{ serial, rank: next.rank, failed: failed.target, substitute: next.target, reason, evidence }
		});
		return { ok: true, substitute: next.target };
	});

export const decideSubstitution = (
	acting: Acting,
	id: number,
	request: number,
	decision: 'approved' | 'refused',
	office: string | null = null
): Promise<{ ok: true } | CeremonyRefusal> =>
	step(acting, id, ['drawn', 'revealed'], async ({ trx, note }) => {
		const { county, actor, at } = acting;
		const row = await trx
			.selectFrom('app.substitution')
			.where('county', '=', county.code)
			.where('draw', '=', id)
			.where('id', '=', request)
			.where('decision', 'is', null)
			.selectAll()
			.executeTakeFirst();
		if (!row) return refused('no_request');
		if (row.asked_by === actor) return refused('self_decision');
		if (office !== null && !(await answersFor(trx, county.code, id, row.serial)))
			return refused('other_office');
		await changeOne(
			trx
				.updateTable('app.substitution')
				.set({ decision, decided_by: actor, decided_at: at })
				.where('county', '=', county.code)
				.where('draw', '=', id)
				.where('id', '=', request)
		);
		await note(`substitution_${decision}`, {
			serial: row.serial,
			rank: row.rank,
			askedBy: row.asked_by
		});
		return { ok: true };
	});

/** Whether the asking person's office answers for the township of this serial number, as the row policies see it. */
async function answersFor(
	trx: StepDraw['trx'],
	county: string,
	draw: number,
	serial: number
): Promise<boolean> {
	const { rows } = await sql<{ own: boolean }>`
		SELECT app.office_answers(${county}, ${draw}::integer, ${serial}::integer) AS own`.execute(trx);
	return rows[0]?.own ?? false;
}
