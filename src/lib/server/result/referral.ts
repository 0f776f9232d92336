// 移送: proposed by who found it, decided by the leader, handed over with a receipt, answered by the other body. What comes
// back is referred again or declined by the leader. The deadlines of a suspected crime are those of 国务院令第310号.
import { sql } from 'kysely';
import { changeOne } from '../db/change-one';
import { refuse, step, type Acting, type StepOutcome } from './step';

export interface Proposal {
	recipient: 'department' | 'police';
	body: string;
	crime: boolean;
	matter: string;
	/** The referral that came back. */
	again: number | null;
}

export const propose = (acting: Acting, id: number, given: Proposal): Promise<StepOutcome> =>
	step(acting, id, ['recorded', 'approved', 'posted'], async ({ trx, result, note }) => {
		const { county, actor, at } = acting;
		const { recipient, body, crime, matter, again } = given;
		if (body === '') return refuse('empty', 'body');
		if (matter === '') return refuse('empty', 'matter');
		if (crime && recipient !== 'police') return refuse('police', 'recipient');
		if (result.closed_at) return refuse('state');
		await sql`SELECT pg_advisory_xact_lock(hashtext('app.referral'))`.execute(trx);
		const { rows } = await sql<{ number: number; back: boolean }>`
			SELECT coalesce(max(id), 0) + 1 AS number, coalesce(bool_or(id = ${again}::integer AND state = 'returned'
				AND result = ${id}), false) AS back FROM app.referral WHERE county = ${county}`.execute(trx);
		const { number, back } = rows[0]!;
		if (again !== null && !back) return refuse('number');
		await trx
			.insertInto('app.referral')
			.values({
				...{ county, id: number, result: id, recipient, body, crime, matter, again },
				...{ proposed_by: actor, proposed_at: at }
			})
			.execute();
		await note('referral_proposed', { referral: number, recipient, body, crime, again });
		return { ok: true };
	});

/** What a step leaves, from which state; by whom and when is added. */
const steps = {
	decide: { from: ['proposed'], to: 'decided', by: 'decided', text: null },
	decline: { from: ['proposed'], to: 'declined', by: 'decided', text: 'declined_reason' },
	send: { from: ['decided'], to: 'sent', by: 'sent', text: null },
	receive: { from: ['sent'], to: 'received', by: 'received', text: 'receipt' },
	accept: { from: ['received'], to: 'accepted', by: 'answered', text: 'answer' },
	giveBack: { from: ['received'], to: 'returned', by: 'answered', text: 'answer' }
} as const;
export type ReferralStep = keyof typeof steps;

export const moveReferral = (
	acting: Acting,
	id: number,
	{ referral, name, text }: { referral: number; name: ReferralStep; text: string }
): Promise<StepOutcome> =>
	step(acting, id, ['recorded', 'approved', 'posted', 'withdrawn'], async ({ trx, note }) => {
		const { county, actor, at } = acting;
		const { from, to, by, text: column } = steps[name];
		const row = await trx
			.selectFrom('app.referral')
			.where('county', '=', county)
			.where('result', '=', id)
			.where('id', '=', referral)
			.select(['state', 'proposed_by'])
			.executeTakeFirst();
		if (!row) return refuse('number');
		if (!(from as readonly string[]).includes(row.state)) return refuse('state');
		if (column && text === '') return refuse('empty', 'text');
		if (by === 'decided' && row.proposed_by === actor) return refuse('own');
		await changeOne(
			trx
				.updateTable('app.referral')
				.set({
					...{ state: to, [`${by}_by`]: actor, [`${by}_at`]: at },
					...(column ? { [column]: text } : {})
				})
				.where('county', '=', county)
				.where('id', '=', referral)
		);
		await note(`referral_${to}`, { referral, ...(column ? { [column]: text } : {}) });
		return { ok: true };
	});
