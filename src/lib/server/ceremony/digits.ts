// 监督人抽数: the witnesses' digits, after the notice and by their own accounts. One witness gives them at once; two lock
// them under a hash first, so that neither chooses after seeing the other's. With the last of them the draw is locked.
import { digitsCommitOf } from '../../core/draw/entropy';
import type { CeremonyRefusal } from '../../schema/ceremony';
import { changeOne } from '../db/change-one';
import { noticeEnds } from './announce';
import { lastPaper } from './paper-record';
import { refused, step, type Acting, type StepDraw } from './step';

/** Whether two witnesses lock their digits before either opens (protocol §4). */
export const isSalted = (witnesses: readonly unknown[]): boolean => witnesses.length === 2;

/** The acting account's place among the witnesses, and whether it is time. */
function placed({ draw, witnesses }: StepDraw, { actor, at }: Acting) {
	const witness = witnesses.find(({ account }) => account === actor);
	if (!witness) return refused('not_witness');
	const from = noticeEnds(draw.ceremony, at);
	if (at < from) return refused('notice', { until: from.toISOString() });
	// Level 3: what is locked after the public value exists could have been chosen to fit it.
	const { beacon_after } = draw.ceremony;
	if (beacon_after && at >= beacon_after) return refused('beacon_passed');
	return { ok: true as const, witness };
}

/** Publishes H(TAG ‖ salt ‖ digits) of the acting witness; hash in hex. */
export const hashDigits = (
	acting: Acting,
	id: number,
	hash: string
): Promise<{ ok: true } | CeremonyRefusal> =>
	step(acting, id, ['announced'], async (at) => {
		const place = placed(at, acting);
		if (!place.ok) return place;
		if (!isSalted(at.witnesses)) return refused('wrong_state');
		if (await onPaper(at, acting)) return refused('paper_open');
		if (place.witness.digits_hash !== null) return refused('already_given');
		await saveDigits(at, acting, place.witness.place, { digits_hash: hash, hashed_at: acting.at });
		await at.note('digits_hashed', { place: place.witness.place, hash });
		return { ok: true };
	});

/** digits: 20 of them; salt: 32 hex characters where they were locked under a hash, else ''. */
export const giveDigits = (
	acting: Acting,
	id: number,
	{ digits, salt }: { digits: string; salt: string }
): Promise<{ ok: true; locked: boolean } | CeremonyRefusal> =>
	step(acting, id, ['announced'], async (at) => {
		const place = placed(at, acting);
		if (!place.ok) return place;
		const { witness } = place;
		if (witness.digits !== null) return refused('already_given');
		if (await onPaper(at, acting)) return refused('paper_open');
		const salted = isSalted(at.witnesses);
		if (salted && at.witnesses.some((other) => other.digits_hash === null)) return refused('hash_first');
		if (salted && (salt === '' || digitsCommitOf(salt, digits) !== witness.digits_hash))
			return refused('hash_differs', { field: 'salt' });
		await saveDigits(at, acting, witness.place, {
			...{ digits, given_at: acting.at },
			...(salted && { salt })
		});
		await at.note('digits', { place: witness.place, digits, salt: salted ? salt : null, paper: false });
		const locked = at.witnesses.every((other) => other.place === witness.place || other.digits !== null);
		if (locked) await lock(at, acting);
		return { ok: true, locked };
	});

/** Whether the digits were drawn on paper: then they are confirmed, not drawn a second time. */
const onPaper = async ({ trx, tables, draw }: StepDraw, { county }: Acting): Promise<boolean> =>
	tables.noun === 'draw' && (await lastPaper(trx, county.code, draw.id)) !== undefined;

/** Into the row of the witness at this place. */
export const saveDigits = (
	{ trx, tables, draw }: StepDraw,
	{ county }: Acting,
	place: number,
	values: {
		digits_hash?: string;
		hashed_at?: Date;
		digits?: string;
		salt?: string;
		paper?: boolean;
		given_at?: Date;
	}
) =>
	changeOne(
		trx
			.updateTable(tables.witness)
			.set(values)
			.where('county', '=', county.code)
			.where('draw', '=', draw.id)
			.where('place', '=', place)
	);

/** The last digits are in. */
export async function lock({ draw, note, move }: StepDraw, { at }: Acting): Promise<void> {
	await move('locked', { locked_at: at });
	await note('locked', { commitment: draw.commitment });
}
