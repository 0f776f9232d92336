// The training sandbox: a year of work on made-up data, step by step. What was done is read from the ledger, from the entry
// that begins the training on; what the demonstration brought along lies before it.
import { sql } from 'kysely';
import type { Database } from './db/database';
import { append } from './ledger';

const BEGUN = 'training.begun';

/** The steps of a year in their order: who takes it, where, and the entry it leaves. */
export const yearSteps = [
	{ step: 'annual', who: 'planner', href: '/annual', entry: 'annual.submitted' },
	{ step: 'approve', who: 'leader', href: '/annual', entry: 'annual.approved' },
	{ step: 'publish', who: 'planner', href: '/annual', entry: 'annual.published' },
	{ step: 'plan', who: 'planner', href: '/annual', entry: 'plan.created' },
	{ step: 'freeze', who: 'planner', href: '/plans', entry: 'draw.frozen' },
	{ step: 'digits', who: 'witness', href: '/draws', entry: 'draw.digits' },
	{ step: 'draw', who: 'planner', href: '/draws', entry: 'draw.drawn' },
	{ step: 'route', who: 'planner', href: '/day-routes', entry: 'route.planned' },
	{ step: 'crew', who: 'planner', href: '/crews', entry: 'crew.drawn' },
	{ step: 'field', who: 'inspector', href: '/field', entry: 'field.received' },
	{ step: 'accept', who: 'head', href: '/field-work?state=review', entry: 'field.accepted' },
	{ step: 'result', who: 'leader', href: '/results?waits=approve', entry: 'result.approved' },
	{ step: 'post', who: 'publisher', href: '/results?waits=post', entry: 'result.posted' },
	{ step: 'penalty', who: 'planner', href: '/results?waits=penalty', entry: 'result.penalty_decided' },
	{ step: 'credit', who: 'publisher', href: '/credit', entry: 'result.penalty_posted' },
	{ step: 'refer', who: 'head', href: '/results', entry: 'result.referral_proposed' },
	{ step: 'withdraw', who: 'publisher', href: '/results?waits=withdraw', entry: 'result.withdrawn' },
	{ step: 'close', who: 'leader', href: '/results?waits=close', entry: 'result.closed' }
] as const;
export type YearStep = (typeof yearSteps)[number]['step'];

/** Once, after the made-up county was loaded. */
export async function beginTraining(db: Database, at: Date): Promise<void> {
	const county = await db.selectFrom('app.county').where('demo', '=', true).select('code').executeTakeFirst();
	if (!county || (await since(db, county.code)) !== null) return;
	await db
		.transaction()
		.execute((trx) => append(trx, county.code, { type: BEGUN, at: at.toISOString(), actor: 'demo' }));
}

async function since(db: Database, county: string): Promise<number | null> {
	const { rows } = await sql<{ seq: number | null }>`SELECT max(seq) AS seq FROM ledger.entry
		WHERE county = ${county} AND convert_from(bytes, 'UTF8')::jsonb ->> 'type' = ${BEGUN}`.execute(db);
	return rows[0]?.seq ?? null;
}

/** The steps that were taken since the training began. */
export async function stepsDone(db: Database, county: string): Promise<YearStep[]> {
	const begun = await since(db, county);
	if (begun === null) return [];
	const { rows } = await sql<{
		type: string;
	}>`SELECT DISTINCT convert_from(bytes, 'UTF8')::jsonb ->> 'type' AS type
		FROM ledger.entry WHERE county = ${county} AND seq > ${begun}`.execute(db);
	const types = new Set(rows.map(({ type }) => type));
	return yearSteps.flatMap(({ step, entry }) => (types.has(entry) ? [step] : []));
}
