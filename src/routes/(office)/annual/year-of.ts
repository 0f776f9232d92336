// The year an address is about.
import { error } from '@sveltejs/kit';
import { dayInChina } from '$lib/core/calendar/year';

export const thisYear = (): number => Number(dayInChina(new Date()).slice(0, 4));

/** A year of the path. */
export function yearIn(text: string): number {
	if (!/^2[0-9]{3}$/.test(text)) error(404, 'no such year');
	return Number(text);
}

/** ?year=, or the year that runs. */
export function yearAsked(url: URL): number {
	const text = url.searchParams.get('year') ?? '';
	return /^2[0-9]{3}$/.test(text) ? Number(text) : thisYear();
}
