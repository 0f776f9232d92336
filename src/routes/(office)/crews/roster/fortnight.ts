const DAY_MS = 86_400_000;

/** Fourteen days from the Monday of the day asked for, or of today. */
export function fortnight(from: string | null, today: string): string[] {
	const asked = Date.parse(`${from ?? today}T00:00:00Z`);
	const time = Number.isNaN(asked) ? Date.parse(`${today}T00:00:00Z`) : asked;
	const monday = time - ((new Date(time).getUTCDay() + 6) % 7) * DAY_MS;
	return Array.from({ length: 14 }, (_, i) => new Date(monday + i * DAY_MS).toISOString().slice(0, 10));
}

/** The Monday two weeks before or after. */
export const shifted = (day: string, days: number): string =>
	new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
