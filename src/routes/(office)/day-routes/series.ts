import { error } from '@sveltejs/kit';

/** The number in the address, or 404. */
export function seriesOf(text: string): number {
	if (!/^[1-9][0-9]{0,8}$/.test(text)) error(404, 'no such day routes');
	return Number(text);
}
