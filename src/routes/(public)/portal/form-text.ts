// What is wrong with a field of a form of the public, in words.
import { m } from '$lib/i18n/paraglide/messages';
import { clockText } from '$lib/ui/instant-text';

const words: Record<string, () => string> = {
	empty: m.public_error_empty,
	text: m.public_error_text,
	personal: m.public_error_personal,
	posting: m.public_party_error_posting,
	inspector: m.public_party_error_inspector,
	asked: m.public_party_error_asked,
	used: m.public_party_error_used
};

export function wrongText(code: string | undefined): string | undefined {
	if (code === undefined) return undefined;
	const [name = '', limit] = code.split(':');
	return name === 'most' && limit ? m.public_error_most({ most: limit }) : (words[name] ?? words.text!)();
}

/** until: when it may be tried again. */
export const oftenText = (until: Date | null) =>
	m.public_error_often({ time: until ? clockText(until) : '…' });
