// One change of an annual plan: its row is locked, its state checked, and what changes is written with its ledger entry.
import type { Transaction } from 'kysely';
import type { Json } from '../../core/bytes/canonical';
import type { AnnualProblem, AnnualReason, AnnualState } from '../../schema/annual';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { append } from '../ledger';

/** Who changes the plan of which county and year, and when. */
export interface Annual {
	db: Database;
	county: string;
	year: number;
	actor: string;
	at: Date;
}

export const refuse = (field: string, reason: AnnualReason, at?: string): AnnualProblem => ({
	...{ ok: false, field, reason },
	...(at === undefined ? {} : { at })
});

export interface Change {
	trx: Transaction<DB>;
	plan: {
		state: AnnualState;
		revision: number;
		created_by: string;
		edited_by: string;
		submitted_by: string | null;
	};
	/** Last: the ledger entry, under `annual.…`. */
	note(type: string, detail?: Record<string, Json>): Promise<void>;
}

/** `work` writes nothing before it has checked everything: what it refuses is committed empty. */
export function change<T extends object>(
	{ db, county, year, actor, at }: Annual,
	states: readonly AnnualState[],
	work: (change: Change) => Promise<({ ok: true } & T) | AnnualProblem>
): Promise<({ ok: true } & T) | AnnualProblem> {
	return db.transaction().execute(async (trx) => {
		const plan = await trx
			.selectFrom('app.annual_plan')
			.where('county', '=', county)
			.where('year', '=', year)
			.select(['state', 'revision', 'created_by', 'edited_by', 'submitted_by'])
			.forUpdate()
			.executeTakeFirst();
		if (!plan) return refuse('', 'no_plan');
		const state = plan.state as AnnualState;
		if (!states.includes(state)) return refuse('', 'state', state);
		return work({
			trx,
			plan: { ...plan, state },
			note: async (type, detail = {}) => {
				await append(trx, county, {
					...{ type: `annual.${type}`, at: at.toISOString(), actor, year, revision: plan.revision },
					...detail
				});
			}
		});
	});
}
