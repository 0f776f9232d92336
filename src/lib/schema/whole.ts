// A whole number of a form. The message is a code, with its limit after a colon; the page says it in the reader's language.
import * as v from 'valibot';

export const whole = (least: number, most: number) =>
	v.pipe(
		v.number('number'),
		v.integer('whole'),
		v.minValue(least, `least:${least}`),
		v.maxValue(most, `most:${most}`)
	);
