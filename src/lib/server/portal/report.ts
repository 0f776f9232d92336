// 举报 from the public: a targeted check of channel `report`, without a name. It gets a receipt number; the ledger keeps a
// digest of what was written.
import { sql } from 'kysely';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import { dayInChina } from '../../core/calendar/year';
import { claimTurn } from '../attempt';
import type { Database } from '../db/database';
import { append } from '../ledger';

/** Reports from one address in 15 minutes. An office, or a village, shares one. */
const MOST = 10;

export interface Report {
	place: string;
	matter: string;
	/** A code somebody read off a sign; '' where none is known. */
	target: string;
}

/** db: as the sign-in sees it. */
export async function takeReport(
	{ db, county, address, at }: { db: Database; county: string; address: string; at: Date },
	{ place, matter, target }: Report
): Promise<{ ok: true; receipt: string } | { ok: false; until: Date | null }> {
	const turn = await claimTurn(db, `report:${address}`, MOST, at);
	if (!turn.allowed) return { ok: false, until: turn.lockedUntil };
	const day = dayInChina(at);
	const id = await db.transaction().execute(async (trx) => {
		await sql`SELECT pg_advisory_xact_lock(hashtext('app.targeted_check'))`.execute(trx);
		const { id } = await trx
			.selectFrom('app.targeted_check')
			.where('county', '=', county)
			.select(sql<number>`coalesce(max(id), 0) + 1`.as('id'))
			.executeTakeFirstOrThrow();
		const text = `${place}：${matter}`;
		await trx
			.insertInto('app.targeted_check')
			.values({
				...{ county, id, channel: 'report', received_on: day, reference: receiptOf(county, day, id) },
				...{ party: null, target: target || null, matter: text, created_by: 'public', created_at: at }
			})
			.execute();
		await append(trx, county, {
			...{ type: 'targeted.registered', at: at.toISOString(), actor: 'public', id, channel: 'report' },
			...{ receivedOn: day, matterHash: toHex(sha256(text)) }
		});
		return id;
	});
	return { ok: true, receipt: receiptOf(county, day, id) };
}

const receiptOf = (county: string, day: string, id: number) =>
	`JB${county}-${day.slice(0, 4)}-${String(id).padStart(5, '0')}`;
