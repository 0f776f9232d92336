// 替换: whoever cannot go gives the seat to the next of its order, fixed by the seed; who stands before that one is passed
// over for a rule that is named. One person asks with a reason, the head approves; then the order is read again.
import type { Pairing } from '../../core/crew/portfolio';
import { nextReplacement, type Replacement } from '../../core/crew/replacement';
import type { CrewRefusal, Passed, ReplacementReason } from '../../schema/crew-draw';
import type { DrawState } from '../../schema/ceremony';
import { refused, step, type Acting, type StepDraw } from '../ceremony/step';
import { changeOne } from '../db/change-one';
import type { Database } from '../db/database';
import { readLottery } from './lottery-reading';
import { onCrews } from './tables';
import { problemToday } from './today';

export interface ReplacementAsked {
	route: string;
	seat: number;
	reason: ReplacementReason;
	evidence: string;
}

interface Next extends Replacement {
	rank: number;
	turn: number;
	leaver: string;
}

/** Who holds the seats now, in the order of the seats. */
export async function pairingNow(db: Database, county: string, draw: number) {
	const members = await db
		.selectFrom('app.crew_member')
		.where('county', '=', county)
		.where('draw', '=', draw)
		.select(['route', 'seat', 'turn', 'alias', 'gone', 'inspector', 'day'])
		.orderBy('route')
		.orderBy('seat')
		.orderBy('turn')
		.execute();
	const pairing: Pairing = {};
	for (const { route, alias, gone } of members) if (!gone) (pairing[route] ??= []).push(alias);
	return { members, pairing };
}

/** The next of a seat's order as everything stands. */
export async function nextOf(
	db: Database,
	county: string,
	draw: number,
	{ route, seat }: { route: string; seat: number }
): Promise<({ ok: true } & Next) | CrewRefusal> {
	const kept = await readLottery(db, county, draw);
	if (!kept?.seed) return refused('no_such_draw');
	const { members, pairing } = await pairingNow(db, county, draw);
	const holder = members.find((one) => one.route === route && one.seat === seat && !one.gone);
	if (!holder) return { ok: false, reason: 'no_such_seat' };
	// Whoever was on this route and left it does not come back; whoever leaves now is out of it too.
	const out = new Set(
		members.filter((one) => one.route === route && (one.gone || one === holder)).map(({ alias }) => alias)
	);
	const today = await problemToday(db, county, kept);
	const given = { route, k: seat, now: pairing, out, today };
	const next = nextReplacement(kept.lottery.problem, kept.seed, given);
	if (!next.ok)
		return next.reason === 'nobody_left'
			? { ok: false, reason: 'nobody_left', passed: passedOf(next.passed) }
			: { ok: false, reason: 'no_such_seat' };
	const { rank } = await db
		.selectFrom('app.crew_order')
		.where('county', '=', county)
		.where('draw', '=', draw)
		.where('route', '=', route)
		.where('seat', '=', seat)
		.where('alias', '=', next.inspector)
		.select('rank')
		.executeTakeFirstOrThrow();
	return { ...next, rank, turn: holder.turn, leaver: holder.alias };
}

const passedOf = (passed: Replacement['passed']): Passed[] =>
	passed.map(({ inspector, faults }) => ({ alias: inspector, faults }));
/** As the row keeps it: the first rule that keeps each one away. */
const passedRow = (passed: Replacement['passed']) =>
	Object.fromEntries(
		passed.map(({ inspector, faults: [first] }) => [inspector, `${first!.rule} ${first!.value}`.trim()])
	);

export const askReplacement = (
	acting: Acting,
	id: number,
	{ route, seat, reason, evidence }: ReplacementAsked
): Promise<{ ok: true; alias: string } | CrewRefusal> =>
	withNext(acting, id, ['drawn', 'revealed'], async ({ trx, note }) => {
		const { county, actor, at } = acting;
		const next = await nextOf(trx, county.code, id, { route, seat });
		if (!next.ok) return next;
		const open = await trx
			.selectFrom('app.crew_replacement')
			.where('county', '=', county.code)
			.where('draw', '=', id)
			.where('route', '=', route)
			.where('seat', '=', seat)
			.where('decision', 'is', null)
			.select('id')
			.executeTakeFirst();
		if (open) return refused('open_request');
		const passed = passedRow(next.passed);
		const asked = { route, seat, turn: next.turn, rank: next.rank, alias: next.inspector, reason, evidence };
		await trx
			.insertInto('app.crew_replacement')
			.values({
				...{ county: county.code, draw: id, ...asked, passed: JSON.stringify(passed) },
				...{ asked_by: actor, asked_at: at }
			})
			.execute();
		await note('replacement_asked', { ...asked, leaver: next.leaver, passed });
		return { ok: true, alias: next.inspector };
	});

export const decideReplacement = (
	acting: Acting,
	id: number,
	request: number,
	decision: 'approved' | 'refused'
): Promise<{ ok: true } | CrewRefusal> =>
	withNext(acting, id, ['drawn', 'revealed'], async ({ trx, note }) => {
		const { county, actor, at } = acting;
		const row = await trx
			.selectFrom('app.crew_replacement')
			.where('county', '=', county.code)
			.where('draw', '=', id)
			.where('id', '=', request)
			.where('decision', 'is', null)
			.selectAll()
			.executeTakeFirst();
		if (!row) return refused('no_request');
		if (row.asked_by === actor) return refused('self_decision');
		const { route, seat, turn, rank, alias } = row;
		if (decision === 'approved') {
			// Somebody may have fallen out, or taken another seat, since it was asked for.
			const next = await nextOf(trx, county.code, id, { route, seat });
			if (!next.ok) return next;
			if (next.inspector !== alias || next.turn !== turn) return { ok: false, reason: 'next_changed' };
		}
		await changeOne(
			trx
				.updateTable('app.crew_replacement')
				.set({ decision, decided_by: actor, decided_at: at })
				.where('county', '=', county.code)
				.where('draw', '=', id)
				.where('id', '=', request)
		);
		if (decision === 'approved') await seatTaken(trx, county.code, id, { route, seat, turn, alias });
		await note(`replacement_${decision}`, {
			route,
			seat,
			rank,
			alias,
			reason: row.reason,
			askedBy: row.asked_by
		});
		return { ok: true };
	});

async function seatTaken(
	trx: StepDraw['trx'],
	county: string,
	draw: number,
	{ route, seat, turn, alias }: { route: string; seat: number; turn: number; alias: string }
): Promise<void> {
	const before = await trx
		.updateTable('app.crew_member')
		.set({ gone: true })
		.where('county', '=', county)
		.where('draw', '=', draw)
		.where('route', '=', route)
		.where('seat', '=', seat)
		.where('turn', '=', turn)
		.returning('day')
		.executeTakeFirstOrThrow();
	const { inspector } = await trx
		.selectFrom('app.crew_inspector')
		.where('county', '=', county)
		.where('draw', '=', draw)
		.where('alias', '=', alias)
		.select('inspector')
		.executeTakeFirstOrThrow();
	await trx
		.insertInto('app.crew_member')
		.values({ county, draw, route, seat, turn: turn + 1, alias, day: before.day, inspector })
		.execute();
}

/** A step whose refusal may be one of crews; it writes nothing either. */
async function withNext<T extends object>(
	acting: Acting,
	id: number,
	states: readonly DrawState[],
	work: (at: StepDraw) => Promise<({ ok: true } & T) | CrewRefusal>
): Promise<({ ok: true } & T) | CrewRefusal> {
	return step(onCrews(acting), id, states, work as never) as Promise<({ ok: true } & T) | CrewRefusal>;
}
