// 公示: what the allow-list lets through becomes a document with a permanent number. While the batch's list is closed it
// carries the proof that its target is on it (protocol §4): the row, its path, and the root of the sealed statement; for a
// row under a pseudonym (§2) what opens it, and no other.
import { sql, type Transaction } from 'kysely';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import type { Manifest } from '../../core/draw/manifest';
import { proofOf } from '../../core/posting/proof';
import { changeOne } from '../db/change-one';
import type { DB } from '../db/schema';
import { dueOf, readClocks } from './clocks';
import { factsOf, resultDocument, type Facts, type PublicDocument } from './public-document';
import { refuse, step, type Acting, type StepOutcome } from './step';

export const post = (acting: Acting, id: number): Promise<StepOutcome> =>
	step(acting, id, ['approved'], async ({ trx, result, set, note }) => {
		const { county, actor, at } = acting;
		const facts = await factsOf(trx, county, id);
		const shown = resultDocument(facts);
		// The allow-list lets no free text through; codes and names of a directory are searched all the same.
		if (shown.personal.length > 0) return refuse('personal', undefined, shown.personal.join('、'));
		const due = dueOf(await readClocks(trx, county), 'posting_result', facts.checkedOn);
		await set({ state: 'posted', posted_by: actor, posted_at: at });
		const corrected = result.corrects === null ? null : { result: result.corrects, kind: 'result' as const };
		const posted = await insertPosting(trx, acting, facts, shown, {
			...{ result: id, penalty: null, draw: result.draw, due, endsOn: null, corrected }
		});
		await note('posted', posted);
		return { ok: true };
	});

interface Posting {
	result: number;
	penalty: number | null;
	draw: number;
	due: string | null;
	endsOn: string | null;
	/** Whose tombstone leads here from now on. */
	corrected: { result: number; kind: 'result' | 'penalty' } | null;
}

/** Under the next number; returns what its ledger entry says of it. */
export async function insertPosting(
	trx: Transaction<DB>,
	{ county, actor, at }: Acting,
	facts: Facts,
	{ document, text }: PublicDocument,
	{ result, penalty, draw, due, endsOn, corrected }: Posting
): Promise<{ number: number; documentHash: string }> {
	await sql`SELECT pg_advisory_xact_lock(hashtext('app.posting'))`.execute(trx);
	const { rows } = await sql<{ number: number }>`
		SELECT coalesce(max(number), 0) + 1 AS number FROM app.posting WHERE county = ${county}`.execute(trx);
	const number = rows[0]!.number;
	const documentHash = toHex(sha256(new TextEncoder().encode(text)));
	const { closed, manifest, target, pseudonym, secret } = facts;
	const opening = pseudonym !== null && secret !== null ? { id: pseudonym, code: target.code, secret } : null;
	const proof = closed && manifest ? proofOf(JSON.parse(manifest) as Manifest, target.code, opening) : null;
	await trx
		.insertInto('app.posting')
		.values({
			...{ county, number, kind: document.kind, result, penalty, draw, outcome: facts.outcome },
			...{ party: document.party?.uscc || null, party_name: document.party?.name ?? null },
			...{ target: document.target.code, target_kind: document.target.kind, cell: document.target.cell },
			...{ township: document.target.township, township_name: document.target.townshipName },
			items: [...new Set(facts.findings.map(({ itemName }) => itemName))],
			...{ checked_on: document.checkedOn, document: text, document_hash: documentHash },
			...{ proof: proof && JSON.stringify(proof), due, ends_on: endsOn, posted_by: actor, posted_at: at }
		})
		.execute();
	if (corrected) await replace(trx, county, corrected, number);
	return { number, documentHash };
}

async function replace(
	trx: Transaction<DB>,
	county: string,
	{ result, kind }: { result: number; kind: string },
	number: number
): Promise<void> {
	const before = await trx
		.selectFrom('app.posting')
		.where('county', '=', county)
		.where('result', '=', result)
		.where('kind', '=', kind)
		.where('withdrawn_at', 'is not', null)
		.where('replaced_by', 'is', null)
		.orderBy('number', 'desc')
		.select('number')
		.executeTakeFirst();
	if (before)
		await changeOne(
			trx
				.updateTable('app.posting')
				.set({ replaced_by: number })
				.where('county', '=', county)
				.where('number', '=', before.number)
		);
}
