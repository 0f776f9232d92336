// A page keeps the language it was opened in, since choosing another opens it anew: the cookie is read once, not for each of
// a page's thousand words.
import { getLocale, overwriteGetLocale } from '$lib/i18n/paraglide/runtime';

const locale = getLocale();
overwriteGetLocale(() => locale);
