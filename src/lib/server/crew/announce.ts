// 公布承诺: the crew plan (protocol §9) with the portfolio's root, who gives digits and the hidden nonce is hashed into C₂ and
// made public. Routes, roster and rules must be what the portfolio was computed from; from here on no stop moves until the
// crews are drawn.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { canonical } from '../../core/bytes/canonical';
import { crewPlanOf } from '../../core/crew/ticket';
import { problemHashes } from '../../core/crew/portfolio';
import { nonceCommitOf } from '../../core/draw/entropy';
import type { CrewRefusal } from '../../schema/crew-draw';
import { noticeEnds } from '../ceremony/announce';
import { nonceOwner } from '../ceremony/draw';
import { escrowKey, escrowNonce, sealNonce } from '../ceremony/nonce';
import { refused, step, type Acting, type StepDraw } from '../ceremony/step';
import { isCurrent } from '../route/planning';
import { lockCounty } from '../route/version';
import { verifierHashes } from '../verifier';
import { changedSince } from './changed';
import { readLottery } from './lottery-reading';
import { crewTables, onCrews } from './tables';

export async function announceCrews(
	acting: Acting & { escrow: string | undefined },
	id: number
): Promise<{ ok: true; commitment: string } | CrewRefusal> {
	const { db, county, at, secret, actor } = acting;
	const kept = await readLottery(db, county.code, id);
	if (!kept) return refused('no_such_draw');
	if (kept.state !== 'frozen') return refused('wrong_state');
	const changed = await changedSince(db, county.code, kept);
	if (changed) return { ok: false, reason: changed };
	const verifier = await verifierHashes();
	const escrow = acting.escrow ? escrowKey(acting.escrow) : null;

	let barred: 'routes_changed' | 'other_underway' | null = null;
	const outcome = await step(onCrews(acting), id, ['frozen'], async (now) => {
		const { trx, draw, witnesses, note, move } = now;
		if (witnesses.some(({ account }) => account === actor)) return refused('is_witness');
		const { ceremony } = draw;
		if (ceremony.beacon_after && ceremony.beacon_after <= noticeEnds(ceremony, at))
			return refused('beacon_passed', { field: 'beaconAfter' });
		if (ceremony.reveal_by <= noticeEnds(ceremony, at)) return refused('deadlines', { field: 'revealHours' });
		// Draws that count are numbered one after the other, and routes change behind the same lock.
		await lockCounty(trx, county.code);
		if (!(await isCurrent(trx, county.code, kept.routes))) barred = 'routes_changed';
		else if (kept.assurance !== 'trial' && (await othersUnderway(trx, county.code, id)))
			barred = 'other_underway';
		if (barred) return refused('wrong_state');
		const number = kept.assurance === 'trial' ? { seq: null, prev: null } : await nextSeq(trx, county.code);
		const nonce = randomBytes(32).toString('hex');
		const { problem } = kept.lottery;
		const complete = crewPlanOf(
			{
				...{ draw: kept.drawCommitment, ...number, nonceCommit: nonceCommitOf(nonce) },
				entropy: {
					level: kept.level,
					witnesses: witnesses.map(({ account }) => account),
					beacon:
						ceremony.beacon_source && ceremony.beacon_pattern && ceremony.beacon_after
							? {
									...{ source: ceremony.beacon_source, pattern: ceremony.beacon_pattern },
									after: ceremony.beacon_after.toISOString()
								}
							: null
				},
				...{ revealBy: ceremony.reveal_by.toISOString(), closeBy: ceremony.close_by.toISOString(), verifier }
			},
			problemHashes(problem),
			kept.portfolio
		);
		if (!complete.ok) throw new Error(`the plan of crews ${id} is not one: ${complete.field}`);
		const { plan, commitment } = complete;
		const owner = nonceOwner(county.code, id, crewTables);
		await move(
			'announced',
			{
				...{ announced_at: at, sealed_plan: canonical(plan), nonce_commit: plan.nonceCommit },
				nonce_sealed: sealNonce(secret, owner, nonce),
				...(escrow && { nonce_escrow: escrowNonce(escrow, owner, nonce) })
			},
			{ ...number, commitment }
		);
		await note('announced', {
			...{ ...number, commitment, nonceCommit: plan.nonceCommit, draw: plan.draw },
			...{ revealBy: plan.revealBy, closeBy: plan.closeBy, escrowed: escrow !== null }
		});
		return { ok: true, commitment };
	});
	return barred ? { ok: false, reason: barred } : outcome;
}

async function nextSeq(trx: StepDraw['trx'], county: string) {
	const before = await trx
		.selectFrom('app.crew_draw')
		.where('county', '=', county)
		.where('seq', 'is not', null)
		.orderBy('seq', 'desc')
		.select(['seq', 'commitment'])
		.executeTakeFirst();
	return { seq: (before?.seq ?? 0) + 1, prev: before?.commitment ?? null };
}

/** Whether crews of other routes on one of these days are being drawn: the same people could be drawn twice. */
async function othersUnderway(trx: StepDraw['trx'], county: string, id: number): Promise<boolean> {
	const { rows } = await sql`SELECT FROM app.crew_route mine JOIN app.crew_route other
			ON other.county = mine.county AND other.day = mine.day AND other.draw <> mine.draw
		JOIN app.crew_draw d ON d.county = other.county AND d.id = other.draw
		WHERE mine.county = ${county} AND mine.draw = ${id} AND d.assurance <> 'trial'
			AND d.state IN ('announced', 'locked') LIMIT 1`.execute(trx);
	return rows.length > 0;
}
