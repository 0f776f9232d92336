// An area as a list states it, and whether the outline agrees: within 0.1 % and half a unit of its last digit.

export interface StatedArea {
	m2: number;
	/** Half a unit of the last digit written. */
	roundedM2: number;
}

const units = { 公顷: 10_000, ha: 10_000, 平方米: 1, 亩: 10_000 / 15, 平方公里: 1e6 } as const;

/** A positive number with its unit behind it, else in `unit`. */
export function readStatedArea(text: string, unit: keyof typeof units): StatedArea | null {
	const parts = /^(\d{1,12})(?:\.(\d{1,9}))?\s*[(（]?(公顷|ha|平方米|亩|平方公里|)[)）]?$/.exec(
		text.trim().replaceAll(',', '')
	);
	if (!parts) return null;
	const [, whole, decimals = '', given] = parts;
	const scale = units[(given || unit) as keyof typeof units];
	const m2 = Number(`${whole}.${decimals}`) * scale;
	return m2 > 0 ? { m2, roundedM2: (scale * 10 ** -decimals.length) / 2 } : null;
}

/** Null where they agree, else the difference in percent of what is stated. */
export function areaDifference({ m2, roundedM2 }: StatedArea, computedM2: number): number | null {
	const apart = computedM2 - m2;
	return Math.abs(apart) > 0.001 * m2 + roundedM2 ? (100 * apart) / m2 : null;
}
