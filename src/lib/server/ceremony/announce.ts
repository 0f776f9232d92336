// 公布承诺: the plan with the frame's root, and everything that will make the seed, is hashed into C and C made public.
// From here on nothing about the draw can change unseen. The nonce comes into being in the same transaction, hidden.
import { randomBytes } from 'node:crypto';
import { canonical } from '../../core/bytes/canonical';
import { nonceCommitOf } from '../../core/draw/entropy';
import { completePlan, type EntropyLevel } from '../../core/draw/plan';
import { commit } from '../../core/draw/seal';
import type { CeremonyRefusal } from '../../schema/ceremony';
import { compute, type Running } from '../draw-compute';
import { nextNumber } from '../draw';
import { readPlan } from '../plan';
import { verifierHashes } from '../verifier';
import { storedFrame } from './freeze';
import { escrowKey, escrowNonce, sealNonce } from './nonce';
import { refused, step, type Acting } from './step';

export async function announce(
	acting: Acting & { escrow: string | undefined },
	id: number,
	running: Running = {}
): Promise<{ ok: true; commitment: string } | CeremonyRefusal> {
	const { db, county, at, secret, actor } = acting;
	const row = await db
		.selectFrom('app.draw')
		.where('county', '=', county.code)
		.where('id', '=', id)
		.select(['plan', 'state', 'sample_size'])
		.executeTakeFirst();
	if (!row) return refused('no_such_draw');
	if (row.state !== 'frozen') return refused('wrong_state');
	const plan = await readPlan(db, county.code, row.plan);
	if (!plan) return refused('no_such_draw');
	const size = { sampleSize: row.sample_size, minPerTownship: plan.minPerTownship };
	const sealed = await compute({ work: 'seal', ...(await storedFrame(acting, id)), ...size }, running);
	if (!sealed.ok) return { ok: false, reason: 'plan', problem: sealed.problem };
	const verifier = await verifierHashes();
	const escrow = acting.escrow ? escrowKey(acting.escrow) : null;

	return step(acting, id, ['frozen'], async ({ trx, draw, witnesses, note, move }) => {
		if (witnesses.some(({ account }) => account === actor)) return refused('is_witness');
		const { ceremony } = draw;
		const late = ceremony.beacon_after && ceremony.beacon_after <= noticeEnds(ceremony, at);
		if (late) return refused('beacon_passed', { field: 'beaconAfter' });
		if (ceremony.reveal_by <= noticeEnds(ceremony, at)) return refused('deadlines', { field: 'revealHours' });
		// Draws that count are numbered one after the other: the county's row is locked until the end.
		await nextNumber(trx, county.code);
		const before = await trx
			.selectFrom('app.draw')
			.where('county', '=', county.code)
			.where('seq', 'is not', null)
			.orderBy('seq', 'desc')
			.select(['seq', 'commitment'])
			.executeTakeFirst();
		const nonce = randomBytes(32).toString('hex');
		const complete = completePlan({
			...{ plan: plan.id, kind: plan.kind, seq: (before?.seq ?? 0) + 1, prev: before?.commitment ?? null },
			...size,
			...{ h3Resolution: plan.h3Resolution, grid: plan.grid, crs: `EPSG:${county.epsg}` },
			...{ publicFrame: ceremony.public_frame, substitutes: plan.substitutes },
			nonceCommit: nonceCommitOf(nonce),
			entropy: {
				level: draw.assurance as EntropyLevel,
				witnesses: witnesses.map(({ account }) => account),
				beacon: ceremony.beacon_source && {
					source: ceremony.beacon_source,
					pattern: ceremony.beacon_pattern,
					after: ceremony.beacon_after?.toISOString()
				}
			},
			...{ revealBy: ceremony.reveal_by.toISOString(), closeBy: ceremony.close_by.toISOString(), verifier }
		});
		if (!complete.ok) throw new Error(`the plan of draw ${id} is not one: ${complete.field}`);
		const { plan: sealedPlan, commitment } = commit(complete.plan, sealed.seal);
		const owner = { county: county.code, draw: id };
		await move(
			'announced',
			{
				...{ announced_at: at, sealed_plan: canonical(sealedPlan), nonce_commit: sealedPlan.nonceCommit },
				nonce_sealed: sealNonce(secret, owner, nonce),
				...(escrow && { nonce_escrow: escrowNonce(escrow, owner, nonce) })
			},
			{ seq: sealedPlan.seq, prev: sealedPlan.prev, commitment }
		);
		await note('announced', {
			...{ seq: sealedPlan.seq, prev: sealedPlan.prev, commitment, nonceCommit: sealedPlan.nonceCommit },
			...{ revealBy: sealedPlan.revealBy, closeBy: sealedPlan.closeBy, escrowed: escrow !== null }
		});
		return { ok: true, commitment };
	});
}

/** When digits may be given at the earliest. */
export const noticeEnds = (
	{ notice_minutes, announced_at }: { notice_minutes: number; announced_at: Date | null },
	at: Date
): Date => new Date((announced_at ?? at).getTime() + notice_minutes * 60_000);
