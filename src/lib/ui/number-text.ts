// Numbers in the language of the page. A formatter is dear to make and cheap to keep: each is made once.
import { getLocale } from '$lib/i18n/paraglide/runtime';

const made = new Map<string, Intl.NumberFormat>();
function format(style: 'decimal' | 'percent', digits: number, least = 0): Intl.NumberFormat {
	const locale = getLocale();
	const key = `${locale} ${style} ${least} ${digits}`;
	let known = made.get(key);
	if (!known) {
		const places = { minimumFractionDigits: least, maximumFractionDigits: digits };
		made.set(key, (known = new Intl.NumberFormat(locale, { style, ...places })));
	}
	return known;
}

/** At most `digits` places after the point. */
export const numberText = (value: number, digits = 0): string => format('decimal', digits).format(value);
/** `digits` places after the point, zeros too. */
export const fixedText = (value: number, digits: number): string =>
	format('decimal', digits, digits).format(value);
/** A share as a percentage. */
export const percentText = (share: number, digits = 1): string => format('percent', digits).format(share);
