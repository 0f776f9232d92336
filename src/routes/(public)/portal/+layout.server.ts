import { cookieMaxAge, cookieName, isLocale } from '$lib/i18n/paraglide/runtime';
import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url, cookies }) => {
	// The language is switched by a link, so that it works without JavaScript.
	const lang = url.searchParams.get('lang');
	if (lang !== null) {
		const secure = url.protocol === 'https:';
		const options = { path: '/', maxAge: cookieMaxAge, httpOnly: false, secure };
		if (isLocale(lang)) cookies.set(cookieName, lang, options);
		const rest = new URLSearchParams(url.searchParams);
		rest.delete('lang');
		redirect(303, url.pathname + (rest.size > 0 ? `?${rest}` : ''));
	}
	return { county: locals.county, training: locals.training, signedIn: locals.user !== null };
};
