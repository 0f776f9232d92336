// How day routes are told apart: the colour is the office's, the dashes run through its team-days, so that two routes
// beside each other differ in both, and one who sees no colours still has the pattern. Light and dark theme apart.

// Twelve hues in an order in which neighbours differ in lightness too.
const colours = {
	light: [
		...['#1b5e9e', '#c2500f', '#2b7a4b', '#7a4fa3', '#8f6a0a', '#b02a6b'],
		...['#0b7a86', '#5b6470', '#8c2f1b', '#4f7d10', '#4a4fc4', '#a0527f']
	],
	dark: [
		...['#74b6f5', '#f79a5b', '#80d19c', '#c6a4f2', '#e2bf58', '#f391bd'],
		...['#5fd0d8', '#b9c1cb', '#ef8a78', '#b4d65f', '#a3a8ff', '#e3b1cd']
	]
} as const;

/** In widths of the line; none: drawn through. */
export const dashes: readonly (readonly number[])[] = [[], [3, 1.5], [1, 1.2], [5, 1.5, 1, 1.5]];

export interface RouteStyle {
	colour: string;
	/** Which of `dashes`. */
	dash: number;
}

/** office: its place in the list of offices; teamDay: running number of the team-day in the plan. */
export const routeStyle = (office: number, teamDay: number, dark: boolean): RouteStyle => {
	const list = dark ? colours.dark : colours.light;
	return { colour: list[office % list.length]!, dash: teamDay % dashes.length };
};

/** For SVG: a line of `width` px. */
export const dashArray = (dash: number, width: number): string | undefined => {
	const pattern = dashes[dash] ?? [];
	return pattern.length === 0 ? undefined : pattern.map((part) => part * width).join(' ');
};
