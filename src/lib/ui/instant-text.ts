// Every instant is shown as it is on the wall in China, in the words of the page's language. A formatter is made once.
import { getLocale } from '$lib/i18n/paraglide/runtime';

const shown = (style: Intl.DateTimeFormatOptions) => {
	const made = new Map<string, Intl.DateTimeFormat>();
	return (at: Date): string => {
		const locale = getLocale();
		const known =
			made.get(locale) ?? new Intl.DateTimeFormat(locale, { ...style, timeZone: 'Asia/Shanghai' });
		made.set(locale, known);
		return known.format(at);
	};
};

/** Day and time. */
export const instantText = shown({ dateStyle: 'medium', timeStyle: 'short' });
/** The day alone. */
export const dayText = shown({ dateStyle: 'medium' });
/** The time alone. */
export const clockText = shown({ timeStyle: 'short' });
