// One step of a ceremony: the draw's row is locked, what the step needs is checked, what it leaves is written together
// with its ledger entries, and after the commit a checkpoint is signed. A process that dies at any point has either done
// the step or not; whoever opens the page again goes on from there.
import type { Transaction, Updateable } from 'kysely';
import type { RuleKey } from '../../core/rule/catalogue';
import type { CeremonyReason, CeremonyRefusal, DrawState } from '../../schema/ceremony';
import { checkpoint } from '../checkpoint';
import type { County } from '../county';
import type { Database } from '../db/database';
import { changeOne } from '../db/change-one';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import type { LedgerKey } from '../ledger-key';
import type { Json } from '../../core/bytes/canonical';

/** Who acts, when, and what the server needs besides the database. */
export interface Acting {
	db: Database;
	county: County;
	/** The account. */
	actor: string;
	at: Date;
	/** FAIRLOT_SECRET: hides the nonce until the draw. */
	secret: string;
	ledgerKey: LedgerKey;
	embedded: boolean;
	/** Whose steps: those of a draw of targets unless said otherwise. */
	tables?: CeremonyTables;
}

/** Where the steps of a kind of draw are kept; crews have the same columns in tables of their own (0009_crews.ts). */
export interface CeremonyTables {
	/** Opens the type of each ledger entry, and is the key of its number there. */
	noun: string;
	/** The column that names what is drawn for, once. */
	task: 'plan' | 'series';
	draw: 'app.draw';
	ceremony: 'app.ceremony';
	witness: 'app.ceremony_witness';
	signature: 'app.signature';
	objection: 'app.objection';
	voidRequest: 'app.void_request';
	/** Hands the sealed nonce to whoever draws. */
	nonce: string;
}
export const drawTables: CeremonyTables = {
	...{ noun: 'draw', task: 'plan', draw: 'app.draw' },
	...{ ceremony: 'app.ceremony', witness: 'app.ceremony_witness' },
	...{ signature: 'app.signature', objection: 'app.objection', voidRequest: 'app.void_request' },
	nonce: 'app.sealed_nonce'
};

export const refused = (
	reason: CeremonyReason,
	more: { field?: string; until?: string; rule?: RuleKey; least?: number } = {}
): CeremonyRefusal => ({ ok: false, reason, ...more });

/** The draw of a step, locked until the transaction ends. */
export interface StepDraw {
	trx: Transaction<DB>;
	tables: CeremonyTables;
	draw: NonNullable<Awaited<ReturnType<typeof lockedDraw>>>;
	witnesses: Awaited<ReturnType<typeof witnessesOf>>;
	/** Appends to the ledger what happened to this draw, unless it is a trial. */
	note(what: string, detail: Record<string, Json>): Promise<void>;
	/** Moves the draw on, with what that leaves on its row and on the ceremony's. */
	move(
		state: DrawState,
		ceremony: Updateable<DB['app.ceremony']>,
		draw?: Updateable<DB['app.draw']>
	): Promise<void>;
}

async function lockedDraw(trx: Transaction<DB>, tables: CeremonyTables, county: string, id: number) {
	const draw = await trx
		.selectFrom(tables.draw)
		.where('county', '=', county)
		.where('id', '=', id)
		.selectAll()
		.forUpdate()
		.executeTakeFirst();
	const ceremony =
		draw &&
		(await trx
			.selectFrom(tables.ceremony)
			.where('county', '=', county)
			.where('draw', '=', id)
			// Not the nonce: app.sealed_nonce() hands it to whoever draws.
			.select(['operator', 'notice_minutes', 'public_frame', 'redo_of', 'announced_at', 'locked_at'])
			.select([
				'beacon_kind',
				'beacon_source',
				'beacon_pattern',
				'beacon_after',
				'beacon_value',
				'reveal_by',
				'close_by'
			])
			.executeTakeFirst());
	return ceremony && { ...draw, ceremony, state: draw.state as DrawState };
}

export const witnessesOf = (db: Database, county: string, draw: number, tables = drawTables) =>
	db
		.selectFrom(tables.witness)
		.where('county', '=', county)
		.where('draw', '=', draw)
		.selectAll()
		.orderBy('place')
		.execute();

/**
 * Runs `work` on the locked draw when it is in one of `states`, in one transaction. A refusal writes nothing.
 * @throws what the database throws; then nothing was written either
 */
export async function step<T extends object>(
	acting: Acting,
	id: number,
	states: readonly DrawState[],
	work: (at: StepDraw) => Promise<({ ok: true } & T) | CeremonyRefusal>
): Promise<({ ok: true } & T) | CeremonyRefusal> {
	const { db, county, at, actor, tables = drawTables } = acting;
	const outcome = await db.transaction().execute(async (trx) => {
		const draw = await lockedDraw(trx, tables, county.code, id);
		if (!draw) return refused('no_such_draw');
		if (!states.includes(draw.state)) return refused('wrong_state');
		return work({
			trx,
			tables,
			draw,
			witnesses: await witnessesOf(trx, county.code, id, tables),
			note: async (what, detail) => {
				if (draw.assurance === 'trial') return;
				const type = `${tables.noun}.${what}`;
				const of = { [tables.noun]: id, seq: draw.seq };
				await append(trx, county.code, { type, at: at.toISOString(), actor, ...of, ...detail });
			},
			move: async (state, ceremony, more = {}) => {
				await changeOne(
					trx
						.updateTable(tables.draw)
						.set({ state, ...more })
						.where('county', '=', county.code)
						.where('id', '=', id)
				);
				await changeOne(
					trx
						.updateTable(tables.ceremony)
						.set(ceremony)
						.where('county', '=', county.code)
						.where('draw', '=', id)
				);
			}
		});
	});
	if (outcome.ok) await sign(acting);
	return outcome;
}

/** A checkpoint after a step, so that its order is fixed outside the database. Without a key the ledger page says so. */
export async function sign({ db, county, ledgerKey, at }: Acting): Promise<void> {
	const signed = await checkpoint(db, county.code, ledgerKey, at);
	if (!signed.ok && signed.reason !== 'no_key')
		console.error('no checkpoint after a step of a draw:', signed.message);
}
