// 纸面补录: the power goes out between C and the digits, the ceremony is finished on the printed sheet, and when the power is
// back the planner types the sheet in and every witness confirms it with the digits of their own account (protocol §4).
// The seed is made of the same digits as ever, so the manifest says nothing of paper; state, ledger, filing and portal do.
import type { CeremonyRefusal } from '../../schema/ceremony';
import { noticeEnds } from './announce';
import { isSalted, lock, saveDigits } from './digits';
import { lastPaper, PAPER_SALT } from './paper-record';
import { refused, step, type Acting, type StepDraw } from './step';

export interface PaperRecord {
	/** Why the ceremony was finished on paper. */
	reason: string;
	/** When the power went out, and when the digits were drawn. */
	cutAt: Date;
	drawnAt: Date;
	/** In the order of the witnesses. */
	digits: string[];
	/** The names under the sheet. */
	signed: string;
	/** SHA-256 of its scan or photograph in hex; null: there is none. */
	scan: string | null;
	/** The record that this one corrects; 0: it is the first. */
	corrects: number;
}

/** Typed in by who plans. A record that was misread can be corrected as long as no witness has confirmed it. */
export const recordPaper = (
	acting: Acting,
	id: number,
	given: PaperRecord
): Promise<{ ok: true; number: number } | CeremonyRefusal> =>
	step(acting, id, ['announced'], async (at) => {
		const { trx, draw, witnesses, note } = at;
		const { county, actor } = acting;
		if (witnesses.some(({ account }) => account === actor)) return refused('is_witness');
		// Digits that are given or under a hash are known to the system: no paper can replace them.
		if (witnesses.some(({ digits, digits_hash }) => digits !== null || digits_hash !== null))
			return refused('already_given');
		const last = (await lastPaper(trx, county.code, id))?.number ?? 0;
		if (given.corrects !== last) return refused('paper_open');
		if (given.digits.length !== witnesses.length) return refused('paper_count', { field: 'digits2' });
		const wrong = wrongTime(at, acting, given);
		if (wrong) return wrong;
		const { reason, cutAt, drawnAt, digits, signed, scan } = given;
		await trx
			.insertInto('app.paper_record')
			.values({
				...{ county: county.code, draw: id, number: last + 1, reason, cut_at: cutAt, drawn_at: drawnAt },
				...{ digits, signed, scan_sha256: scan, recorded_by: actor, recorded_at: acting.at }
			})
			.execute();
		await note('paper_recorded', {
			...{ commitment: draw.commitment, number: last + 1, reason, digits, signed, scan },
			...{ cutAt: cutAt.toISOString(), drawnAt: drawnAt.toISOString() }
		});
		return { ok: true, number: last + 1 };
	});

function wrongTime(
	{ draw }: StepDraw,
	{ at }: Acting,
	{ cutAt, drawnAt }: PaperRecord
): CeremonyRefusal | null {
	if (cutAt > at) return refused('paper_times', { field: 'cutAt' });
	if (drawnAt > at) return refused('paper_times', { field: 'drawnAt' });
	const from = noticeEnds(draw.ceremony, at);
	if (drawnAt < from) return refused('notice', { field: 'drawnAt', until: from.toISOString() });
	return latePaper(draw, at);
}

/** Level 3: digits that reach the ledger after the public value exists could have been chosen to fit it. */
const latePaper = ({ ceremony: { beacon_after } }: StepDraw['draw'], at: Date) =>
	beacon_after && at >= beacon_after ? refused('beacon_passed') : null;

/** number: the record that the witness has before them. The last one who confirms locks the draw. */
export const confirmPaper = (
	acting: Acting,
	id: number,
	{ number, digits }: { number: number; digits: string }
): Promise<{ ok: true; locked: boolean } | CeremonyRefusal> =>
	step(acting, id, ['announced'], async (at) => {
		const { trx, draw, witnesses, note } = at;
		const witness = witnesses.find(({ account }) => account === acting.actor);
		if (!witness) return refused('not_witness');
		if (witness.digits !== null) return refused('already_given');
		const record = await lastPaper(trx, acting.county.code, id);
		if (record?.number !== number) return refused('paper_missing');
		const late = latePaper(draw, acting.at);
		if (late) return late;
		if (record.digits[witness.place - 1] !== digits) return refused('digits_differ', { field: 'digits' });
		const salt = isSalted(witnesses) ? PAPER_SALT : null;
		await saveDigits(at, acting, witness.place, {
			digits,
			paper: true,
			given_at: acting.at,
			...(salt && { salt })
		});
		await note('digits', { place: witness.place, digits, salt, paper: true, record: number });
		const locked = witnesses.every((other) => other.place === witness.place || other.digits !== null);
		if (locked) await lock(at, acting);
		return { ok: true, locked };
	});
