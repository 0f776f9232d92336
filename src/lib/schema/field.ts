// Forms of the office's side of field work.
import * as v from 'valibot';
import { isDay } from '../core/calendar/year';
import { isUuid } from '../core/field/uuid';

const text = (most: number) =>
	v.pipe(v.string('empty'), v.trim(), v.nonEmpty('empty'), v.maxLength(most, `most:${most}`));
const day = v.pipe(v.string('empty'), v.check(isDay, 'day'));
const number = v.pipe(v.string('empty'), v.regex(/^[1-9][0-9]{0,8}$/, 'choice'), v.transform(Number));

export const giveBackForm = v.object({ reason: text(500) });
export const deviceForm = v.object({
	device: v.pipe(
		v.string('empty'),
		v.check((value) => isUuid(value), 'choice')
	)
});
export const orderForm = v.object({ result: number, number });
export const rectifiedForm = v.object({ result: number, number, on: day });

/** A form that was not accepted: the field to blame, where one is; at: what was found there. */
export interface FieldProblem {
	ok: false;
	reason: string;
	field: string;
	at?: string;
}
