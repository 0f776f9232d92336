// 12 自然资源所, each at the seat of its first township and answering for one to three of them. A sketch (示意): the
// grouping is ours, not the bureau's.
import type { Seat } from './geodata';
import type { LonLat } from '../../core/model';

export interface Office {
	code: string;
	name: string;
	townships: string[];
	point: LonLat;
}

/** Last three digits of the townships' codes. */
const GROUPS = [
	'104 100',
	'105 210 211',
	'103',
	'200',
	'201 202',
	'203',
	'102',
	'107',
	'108 208 209',
	'101',
	'106 206 207',
	'204 205'
];

export function makeOffices(seats: readonly Seat[]): Office[] {
	return GROUPS.map((group, i) => {
		const townships = group.split(' ').map((tail) => `350125${tail}`);
		const seat = seats.find(({ code }) => code === townships[0])!;
		return {
			code: `S${String(i + 1).padStart(2, '0')}`,
			name: `${seat.name.slice(0, -1)}自然资源所（演示）`,
			townships: townships.sort(),
			point: seat.point
		};
	});
}
