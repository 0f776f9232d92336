// Days as whole numbers, and the day so many calendar months earlier: 31 May less three months is the last of February,
// as PostgreSQL counts. Invariant: no clock and no time zone; the caller says which day it is in China.

const MS = 86_400_000;

/** "2026-07-01" ⇄ days since 1970-01-01. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / MS;
export const dayDate = (day: number): string => new Date(day * MS).toISOString().slice(0, 10);

export function monthsBefore(day: number, months: number): number {
	const date = new Date(day * MS);
	const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() - months];
	const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
	return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / MS;
}

/** Whole calendar months from `earlier` to `later`. */
export function monthsBetween(earlier: number, later: number): number {
	const [a, b] = [new Date(earlier * MS), new Date(later * MS)];
	const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
	return monthsBefore(later, months) >= earlier ? months : months - 1;
}
