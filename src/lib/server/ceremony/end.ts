// 中止与作废: before there is a list a draw is aborted by its planner, afterwards declared void by two people. Either way it
// stays, with its number and the reason, and what may follow it is decided at the next freeze.
import type { CeremonyRefusal } from '../../schema/ceremony';
import { changeOne } from '../db/change-one';
import { refused, step, type Acting, type StepDraw } from './step';

type Done = { ok: true } | CeremonyRefusal;

/** frameError: the reason is an error in the frame, so a redo may freeze a new one. */
export interface Ending {
	reason: string;
	frameError: boolean;
}

export const abort = (acting: Acting, id: number, ending: Ending): Promise<Done> =>
	step(acting, id, ['frozen', 'announced', 'locked'], async (at) => {
		await end(at, acting, 'aborted', ending, acting.actor);
		return { ok: true };
	});

export const askVoid = (acting: Acting, id: number, { reason, frameError }: Ending): Promise<Done> =>
	step(acting, id, ['drawn', 'revealed'], async ({ trx, tables, note }) => {
		const { county, actor, at } = acting;
		if (await openRequest(trx, tables, county.code, id)) return refused('open_request');
		await trx
			.insertInto(tables.voidRequest)
			.values({
				...{ county: county.code, draw: id, reason, frame_error: frameError },
				...{ asked_by: actor, asked_at: at }
			})
			.execute();
		await note('void_asked', { reason, frameError });
		return { ok: true };
	});

/** Whoever decides is not who asked. freed: what else a void draw gives up. */
export const decideVoid = (
	acting: Acting,
	id: number,
	decision: 'approved' | 'refused',
	freed?: (at: StepDraw) => Promise<void>
): Promise<Done> =>
	step(acting, id, ['drawn', 'revealed'], async (at) => {
		const { county, actor } = acting;
		const request = await openRequest(at.trx, at.tables, county.code, id);
		if (!request) return refused('no_request');
		if (request.asked_by === actor) return refused('self_decision');
		await changeOne(
			at.trx
				.updateTable(at.tables.voidRequest)
				.set({ decision, decided_by: actor, decided_at: acting.at })
				.where('county', '=', county.code)
				.where('draw', '=', id)
				.where('id', '=', request.id)
		);
		const { reason, frame_error: frameError, asked_by: askedBy } = request;
		if (decision === 'approved') await freed?.(at);
		if (decision === 'approved') await end(at, acting, 'void', { reason, frameError }, askedBy);
		else await at.note('void_refused', { reason, askedBy });
		return { ok: true };
	});

const openRequest = (trx: StepDraw['trx'], tables: StepDraw['tables'], county: string, draw: number) =>
	trx
		.selectFrom(tables.voidRequest)
		.where('county', '=', county)
		.where('draw', '=', draw)
		.where('decision', 'is', null)
		.selectAll()
		.executeTakeFirst();

async function end(
	{ draw, note, move }: StepDraw,
	{ at }: Acting,
	state: 'aborted' | 'void',
	{ reason, frameError }: Ending,
	askedBy: string
): Promise<void> {
	await move(state, { ended_at: at, ended_by: askedBy, end_reason: reason, frame_error: frameError });
	await note(`${state}`, { commitment: draw.commitment, reason, frameError, askedBy, was: draw.state });
}
