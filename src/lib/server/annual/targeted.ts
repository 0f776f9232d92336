// 有因检查, a channel of its own: no draw, frame, limit or coverage reads this table. The one figure that names both
// channels is the share of what was drawn by lot.
import { sql } from 'kysely';
import { sharesOf, type YearShare } from '../../core/annual/share';
import type { AnnualProblem, Channel, OutcomeForm, TargetedForm } from '../../schema/annual';
import type { Database } from '../db/database';
import { append } from '../ledger';
import { refuse, type Annual } from './step';

type Acting = Omit<Annual, 'year'>;

export interface TargetedCheck {
	id: number;
	channel: Channel;
	receivedOn: string;
	reference: string | null;
	party: string | null;
	partyName: string | null;
	target: string | null;
	matter: string;
	checkedOn: string | null;
	outcome: string | null;
}

export const PAGE = 50;

/** Those received in a year, the newest first. */
export async function listTargeted(
	db: Database,
	county: string,
	year: number,
	page: number
): Promise<{
	rows: TargetedCheck[];
	total: number;
	page: number;
	pages: number;
	byChannel: Record<string, number>;
}> {
	const of = sql`c.county = ${county} AND extract(year FROM c.received_on) = ${year}::integer`;
	const { rows: counted } = await sql<{ channel: string; count: number }>`
		SELECT channel, count(*)::integer AS count FROM app.targeted_check c WHERE ${of} GROUP BY channel`.execute(
		db
	);
	const total = counted.reduce((sum, { count }) => sum + count, 0);
	const pages = Math.max(1, Math.ceil(total / PAGE));
	const shown = Math.min(Math.max(1, page), pages);
	const { rows } = await sql<TargetedCheck>`
		SELECT c.id, c.channel, c.received_on::text AS "receivedOn", c.reference, c.party, p.name AS "partyName", c.target,
			c.matter, c.checked_on::text AS "checkedOn", c.outcome
		FROM app.targeted_check c LEFT JOIN app.party p ON p.county = c.county AND p.uscc = c.party
		WHERE ${of} ORDER BY c.received_on DESC, c.id DESC LIMIT ${PAGE} OFFSET ${(shown - 1) * PAGE}`.execute(db);
	const byChannel = Object.fromEntries(counted.map(({ channel, count }) => [channel, count]));
	return { rows, total, page: shown, pages, byChannel };
}

export function addTargeted(
	{ db, county, actor, at }: Acting,
	form: TargetedForm
): Promise<{ ok: true; id: number } | AnnualProblem> {
	return db.transaction().execute(async (trx) => {
		const known =
			form.party === '' ||
			(await trx
				.selectFrom('app.party')
				.where('county', '=', county)
				.where('uscc', '=', form.party)
				.select('uscc')
				.executeTakeFirst());
		if (!known) return refuse('party', 'party_unknown', form.party);
		const { rows: found } = await sql`SELECT FROM app.current_target
			WHERE county = ${county} AND code = ${form.target}`.execute(trx);
		if (form.target !== '' && found.length === 0) return refuse('target', 'target_unknown', form.target);
		// Numbers of a county one after the other: two at once wait for each other.
		await sql`SELECT pg_advisory_xact_lock(hashtext('app.targeted_check'))`.execute(trx);
		const { id } = await trx
			.selectFrom('app.targeted_check')
			.where('county', '=', county)
			.select(sql<number>`coalesce(max(id), 0) + 1`.as('id'))
			.executeTakeFirstOrThrow();
		const { channel, receivedOn, reference, party, target, matter } = form;
		await trx
			.insertInto('app.targeted_check')
			.values({
				...{ county, id, channel, received_on: receivedOn, matter, created_by: actor, created_at: at },
				...{ reference: reference || null, party: party || null, target: target || null }
			})
			.execute();
		await append(trx, county, {
			...{ type: 'targeted.registered', at: at.toISOString(), actor, id, channel, receivedOn },
			...{ reference: reference || null, party: party || null, target: target || null, matter }
		});
		return { ok: true, id };
	});
}

/** What was found; once, and it stays. */
export function closeTargeted(
	{ db, county, actor, at }: Acting,
	{ id, checkedOn, outcome }: OutcomeForm
): Promise<{ ok: true } | AnnualProblem> {
	return db.transaction().execute(async (trx) => {
		const row = await trx
			.selectFrom('app.targeted_check')
			.where('county', '=', county)
			.where('id', '=', id)
			.select(['checked_on', sql<string>`received_on::text`.as('received')])
			.forUpdate()
			.executeTakeFirst();
		if (!row || row.checked_on !== null) return refuse('', 'closed');
		if (checkedOn < row.received) return refuse('checkedOn', 'before', row.received);
		await trx
			.updateTable('app.targeted_check')
			.set({ checked_on: checkedOn, outcome, closed_by: actor, closed_at: at })
			.where('county', '=', county)
			.where('id', '=', id)
			.execute();
		await append(trx, county, {
			...{ type: 'targeted.checked', at: at.toISOString(), actor, id, checkedOn, outcome }
		});
		return { ok: true };
	});
}

/** 随机抽查占比 of every year that has checks. Void draws and trials drew nobody. */
export async function yearShares(db: Database, county: string): Promise<YearShare[]> {
	const { rows } = await sql<{ year: number; drawn: number; superior: number; targeted: number }>`
		WITH drawn AS (
			SELECT extract(year FROM d.drawn_at AT TIME ZONE 'Asia/Shanghai')::integer AS year, d.source, d.sample_size
			FROM app.draw d WHERE d.county = ${county} AND d.assurance <> 'trial' AND d.state IN ('drawn', 'revealed')
		), targeted AS (
			SELECT extract(year FROM checked_on)::integer AS year FROM app.targeted_check
			WHERE county = ${county} AND checked_on IS NOT NULL
		)
		SELECT year, coalesce(sum(drawn), 0)::integer AS drawn, coalesce(sum(superior), 0)::integer AS superior,
			coalesce(sum(targeted), 0)::integer AS targeted
		FROM (
			SELECT year, CASE WHEN source = 'own' THEN sample_size END AS drawn,
				CASE WHEN source = 'superior' THEN sample_size END AS superior, NULL::integer AS targeted FROM drawn
			UNION ALL SELECT year, NULL, NULL, 1 FROM targeted
		) counted
		GROUP BY year ORDER BY year`.execute(db);
	return sharesOf(rows);
}
