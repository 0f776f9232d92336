// Numbers in the language of the page.
import { getLocale } from '$lib/i18n/paraglide/runtime';

/** At most `digits` places after the point. */
export const numberText = (value: number, digits = 0): string =>
	new Intl.NumberFormat(getLocale(), { maximumFractionDigits: digits }).format(value);
