// 开放时间: when a party can be called on, as a bureau writes it: `08:00-12:00,14:00-17:30`, every day alike.
// Invariant: spans are in their order and do not touch; the text of read hours reads as the same hours.

/** Minutes since the midnight before, both ends included; for the start of the visit. */
export interface Hours {
	fromMin: number;
	toMin: number;
}

const SPAN = /^(\d{1,2}):(\d{2})(?:-|–|—|~|至)(\d{1,2}):(\d{2})$/;
const MOST_SPANS = 4;

/** null: not hours; none: at any time. Full-width signs and blanks are as good as others. */
export function parseHours(text: string): Hours[] | null {
	const parts = text
		.normalize('NFKC')
		.replace(/\s/g, '')
		.split(/[,;、]/)
		.filter(Boolean);
	const spans = parts.map((part) => {
		const [, ...numbers] = SPAN.exec(part) ?? [];
		const [h1, m1, h2, m2] = numbers.map(Number);
		if (h1 === undefined || m1! > 59 || m2! > 59) return null;
		return { fromMin: h1 * 60 + m1!, toMin: h2! * 60 + m2! };
	});
	if (spans.length > MOST_SPANS || spans.includes(null)) return null;
	const hours = (spans as Hours[]).sort((a, b) => a.fromMin - b.fromMin);
	const apart = hours.every(
		({ fromMin, toMin }, k) =>
			fromMin < toMin && toMin <= 24 * 60 && (k === 0 || hours[k - 1]!.toMin < fromMin)
	);
	return apart ? hours : null;
}

const clock = (min: number) =>
	[Math.floor(min / 60), min % 60].map((part) => String(part).padStart(2, '0')).join(':');

export const hoursText = (hours: readonly Hours[]): string =>
	hours.map(({ fromMin, toMin }) => `${clock(fromMin)}-${clock(toMin)}`).join(',');
