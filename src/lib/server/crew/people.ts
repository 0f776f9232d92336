// 不在岗与回避: what keeps an inspector off a day or from a party. Each is written with its ledger entry.
import { sql } from 'kysely';
import { daysOf } from '../../core/calendar/year';
import type { CrewRefusal, RecusalWay } from '../../schema/crew-draw';
import { refused, type Acting } from '../ceremony/step';
import { append } from '../ledger';

type Done = { ok: true } | CrewRefusal;

/** Days away, or back, from the first to the last: a month at most. office: whose person says so; null: for everybody. */
export async function setAbsence(
	{ db, county: { code: county }, actor, at }: Acting,
	{
		inspector,
		from,
		to,
		away,
		reason
	}: { inspector: string; from: string; to: string; away: boolean; reason: string },
	office: string | null = null
): Promise<Done> {
	const days = daysOf(`${from}/${to}`);
	if (!days) return { ok: false, reason: 'form', field: 'to', message: 'month' };
	return db.transaction().execute(async (trx) => {
		const unfit = await cannotSpeakFor(trx, county, inspector, office);
		if (unfit) return unfit;
		const { numAffectedRows } = await sql`
			INSERT INTO app.absence (county, inspector, day, away, reason, set_by, set_at)
			SELECT ${county}, ${inspector}, d::date, ${away}, ${reason}, ${actor}, ${at}
			FROM unnest(${days}::text[]) d
			ON CONFLICT (county, inspector, day) DO UPDATE
				SET away = excluded.away, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`.execute(
			trx
		);
		if (Number(numAffectedRows) !== days.length) throw new Error('row-level security: not every day was set');
		await append(trx, county, {
			...{ type: 'inspector.absence', at: at.toISOString(), actor, inspector, from, to, away, reason }
		});
		return { ok: true } as const;
	});
}

export interface RecusalAsked {
	inspector: string;
	uscc: string;
	way: RecusalWay;
	grounds: string;
}

/** Declared or ordered it holds at once; applied for by the party the head decides. */
export async function askRecusal(
	{ db, county: { code: county }, actor, at }: Acting,
	{ inspector, uscc, way, grounds }: RecusalAsked,
	office: string | null = null
): Promise<Done> {
	return db.transaction().execute(async (trx) => {
		const unfit = await cannotSpeakFor(trx, county, inspector, office);
		if (unfit) return unfit;
		const party = await trx
			.selectFrom('app.party')
			.where('county', '=', county)
			.where('uscc', '=', uscc)
			.select('uscc')
			.executeTakeFirst();
		if (!party) return { ok: false, reason: 'no_such_party' } as const;
		const { rows } = await sql`
			SELECT FROM app.recused WHERE (county, inspector, uscc) = (${county}, ${inspector}, ${uscc})
			UNION ALL SELECT FROM app.recusal_case
				WHERE (county, inspector, uscc) = (${county}, ${inspector}, ${uscc}) AND decision IS NULL LIMIT 1`.execute(
			trx
		);
		if (rows.length > 0) return { ok: false, reason: 'known_already' } as const;
		const asked = { inspector, uscc, way, reason: grounds };
		await trx
			.insertInto('app.recusal_case')
			.values({ county, ...asked, asked_by: actor, asked_at: at })
			.execute();
		await append(trx, county, { type: 'recusal.entered', at: at.toISOString(), actor, ...asked });
		return { ok: true } as const;
	});
}

export async function decideRecusal(
	{ db, county: { code: county }, actor, at }: Acting,
	id: number,
	decision: 'approved' | 'refused'
): Promise<Done> {
	return db.transaction().execute(async (trx) => {
		const row = await trx
			.selectFrom('app.recusal_case')
			.where('county', '=', county)
			.where('id', '=', id)
			.where('way', '=', 'applied')
			.where('decision', 'is', null)
			.selectAll()
			.executeTakeFirst();
		if (!row) return refused('no_request');
		if (row.asked_by === actor) return refused('self_decision');
		await trx
			.updateTable('app.recusal_case')
			.set({ decision, decided_by: actor, decided_at: at })
			.where('county', '=', county)
			.where('id', '=', id)
			.execute();
		const { inspector, uscc } = row;
		await append(trx, county, {
			...{ type: `recusal.${decision}`, at: at.toISOString(), actor, inspector, uscc, askedBy: row.asked_by }
		});
		return { ok: true } as const;
	});
}

async function cannotSpeakFor(
	trx: Acting['db'],
	county: string,
	code: string,
	office: string | null
): Promise<CrewRefusal | null> {
	const known = await trx
		.selectFrom('app.inspector')
		.where('county', '=', county)
		.where('code', '=', code)
		.select('office')
		.executeTakeFirst();
	if (!known) return { ok: false, reason: 'no_such_inspector' };
	return office === null || known.office === office ? null : refused('other_office', { field: 'inspector' });
}

/** Cases entered here, the newest first; those of the directory are in the roster. */
export async function listRecusals(db: Acting['db'], county: string) {
	const { rows } = await sql<{
		id: number;
		inspector: string;
		name: string;
		uscc: string;
		party: string;
		way: RecusalWay;
		reason: string;
		askedById: string;
		askedBy: string;
		askedAt: Date;
		decision: 'approved' | 'refused' | null;
		decidedBy: string | null;
	}>`SELECT c.id, c.inspector, i.name, c.uscc, p.name AS party, c.way, c.reason, c.asked_by AS "askedById",
			coalesce(a.name, c.asked_by) AS "askedBy", c.asked_at AS "askedAt", c.decision,
			coalesce(b.name, c.decided_by) AS "decidedBy"
		FROM app.recusal_case c
		JOIN app.inspector i ON i.county = c.county AND i.code = c.inspector
		JOIN app.party p ON p.county = c.county AND p.uscc = c.uscc
		LEFT JOIN auth.user a ON a.id = c.asked_by LEFT JOIN auth.user b ON b.id = c.decided_by
		WHERE c.county = ${county} ORDER BY c.id DESC LIMIT 200`.execute(db);
	return rows;
}
