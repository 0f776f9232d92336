// One road of a road layer: how fast it is driven, and which way. OpenStreetMap names classes in `highway` and keeps the
// rest in other_tags; Chinese layers name the technical grade or the administrative class.
// Invariant: what cars do not use is refused by name; a road without a limit of its own is driven at its class's speed.

import { rowReader, type Cells, type Outcome } from './validate';

export interface RoadRow {
	kmPerHour: number;
	oneWay: -1 | 0 | 1;
}

/** km/h in the mountains of Fujian; product defaults, lower than what is posted. */
const classes: readonly (readonly [kmPerHour: number, names: readonly string[]])[] = [
	[90, ['motorway', '高速公路', '高速']],
	[70, ['trunk', '一级公路', '一级', '国道']],
	[60, ['primary', '二级公路', '二级', '省道']],
	[50, ['secondary', '三级公路', '三级', '县道']],
	[40, ['tertiary', '四级公路', '四级', '乡道', '主干路', '次干路']],
	[35, ['motorway_link', 'trunk_link', 'primary_link', 'secondary_link', 'tertiary_link', '匝道', '支路']],
	[30, ['unclassified', 'residential', 'road', '村道', '等外公路', '等外']],
	[20, ['service', 'living_street', '专用公路']],
	[15, ['track', '机耕路', '林区公路', '林道']]
];
const speeds = new Map(classes.flatMap(([speed, names]) => names.map((name) => [name, speed] as const)));

const tag = (tags: string, name: string) =>
	new RegExp(`"${name}"=>"((?:[^"\\\\]|\\\\.)*)"`).exec(tags)?.[1] ?? '';

export function roadRow(cells: Cells): Outcome<RoadRow> {
	const row = rowReader(cells);
	const given = row.text('class', 50);
	const speed = speeds.get(given.toLowerCase());
	if (given === '') row.refuse('class', 'road_none');
	else if (speed === undefined) row.refuse('class', 'road_class', { value: given });
	const tags = cells.get('other_tags');
	const limit = Number.parseFloat(cells.get('speed') || tag(tags, 'maxspeed'));
	const way = (cells.get('one_way') || tag(tags, 'oneway')).trim().toLowerCase();
	return row.finish({
		kmPerHour: limit >= 5 && limit <= 120 ? Math.min(limit, speed ?? limit) : (speed ?? 0),
		oneWay: ['-1', 'reverse', 't'].includes(way)
			? -1
			: ['yes', '1', 'true', 'f', '是', '单向'].includes(way)
				? 1
				: 0
	});
}
