// Every instant is shown as it is on the wall in China, in the words of the page's language.
import { getLocale } from '$lib/i18n/paraglide/runtime';

const shown = (style: Intl.DateTimeFormatOptions) => (at: Date) =>
	new Intl.DateTimeFormat(getLocale(), { ...style, timeZone: 'Asia/Shanghai' }).format(at);

/** Day and time. */
export const instantText = shown({ dateStyle: 'medium', timeStyle: 'short' });
/** The day alone. */
export const dayText = shown({ dateStyle: 'medium' });
/** The time alone. */
export const clockText = shown({ timeStyle: 'short' });
