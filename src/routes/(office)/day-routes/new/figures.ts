// The figures of the form, by group: label, hint, unit and bounds.
import { m } from '$lib/i18n/paraglide/messages';
import type { RouteSettings } from '$lib/schema/route';

export interface Figure {
	key: keyof RouteSettings;
	label: string;
	hint?: string;
	unit: string;
	min: number;
	max: number;
	step?: number;
}

export function figuresOfSettings() {
	const team: Figure[] = [
		{ key: 'days', label: m.route_set_days(), unit: m.route_unit_days(), min: 1, max: 60 },
		{ key: 'teamsPerOffice', label: m.route_set_teams(), unit: m.route_unit_teams(), min: 1, max: 20 },
		{ key: 'maxVisits', label: m.route_set_max(), unit: m.route_unit_visits(), min: 1, max: 50 }
	];
	const visit: Figure[] = [
		{
			key: 'setupMin',
			label: m.route_set_setup(),
			hint: m.route_set_setup_hint(),
			unit: m.route_unit_min(),
			min: 0,
			max: 240
		},
		{
			key: 'atOnce',
			label: m.route_set_at_once(),
			hint: m.route_set_at_once_hint(),
			unit: m.route_unit_items(),
			min: 1,
			max: 10
		},
		{
			key: 'joinM',
			label: m.route_set_join(),
			hint: m.route_set_join_hint(),
			unit: m.route_unit_m(),
			min: 0,
			max: 5000,
			step: 50
		}
	];
	const driving: Figure[] = [
		{ key: 'kmPerHour', label: m.route_set_speed(), unit: 'km/h', min: 5, max: 120 },
		{
			key: 'detour',
			label: m.route_set_detour(),
			hint: m.route_set_detour_hint(),
			unit: '×',
			min: 1,
			max: 5,
			step: 0.05
		},
		{
			key: 'mountainFactor',
			label: m.route_set_mountain(),
			hint: m.route_set_mountain_hint(),
			unit: '×',
			min: 1,
			max: 5,
			step: 0.1
		}
	];
	const search: Figure[] = [
		{
			key: 'teamDayMin',
			label: m.route_set_team_day(),
			hint: m.route_set_team_day_hint(),
			unit: m.route_unit_min(),
			min: 0,
			max: 1440,
			step: 10
		},
		{
			key: 'iterations',
			label: m.route_set_iterations(),
			hint: m.route_set_iterations_hint(),
			unit: '',
			min: 0,
			max: 20_000_000,
			step: 10_000
		},
		{
			key: 'seed',
			label: m.route_set_seed(),
			hint: m.route_set_seed_hint(),
			unit: '',
			min: 0,
			max: 4_294_967_295
		}
	];

	const lunch: Figure[] = [
		{ key: 'lunchMin', label: m.route_set_lunch(), unit: m.route_unit_min(), min: 0, max: 240, step: 5 }
	];
	return { team, visit, driving, search, lunch };
}
