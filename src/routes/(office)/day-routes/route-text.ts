// Words and figures of day routes, in the page's language.
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import { fieldError } from '../plans/problem-text';
import { fixedText } from '$lib/ui/number-text';
import type { Fallback, LeftOverReason, RouteProblem, TravelProvider } from '$lib/schema/route';

export const kmText = (metres: number) => m.route_km({ km: fixedText(metres / 1000, 1) });
export const hoursText = (seconds: number) => m.route_hours({ hours: fixedText(seconds / 3600, 1) });
export const minutesText = (seconds: number) => m.route_minutes({ minutes: Math.round(seconds / 60) });
/** Seconds of the day as 09:05. */
export const clockText = (seconds: number) => {
	const minutes = Math.round(seconds / 60);
	return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};
const signed = (value: number, text: string) =>
	value > 0 ? `+${text}` : value < 0 ? `−${text}` : `±${text}`;
/** +12 min, +3.4 km. */
export const moreText = ({ moreS, moreM }: { moreS: number; moreM: number }) => {
	const [minutes, km] = [Math.round(moreS / 60), Math.round(moreM / 100)];
	return `${signed(minutes, minutesText(Math.abs(moreS)))} · ${signed(km, kmText(Math.abs(moreM)))}`;
};
/** 2026-07-03 as a day with its weekday. */
export const dayText = (day: string) =>
	new Intl.DateTimeFormat(getLocale(), {
		...{ month: 'short', day: 'numeric', weekday: 'short', timeZone: 'UTC' }
	}).format(new Date(`${day}T00:00:00Z`));

/** What is wrong with a field of the settings. */
export const settingError = (code: string) =>
	code === 'day' ? m.route_error_day() : code === 'after_start' ? m.route_error_after() : fieldError(code);

const reasons: Record<LeftOverReason, () => string> = {
	no_vehicle_with_skills: m.route_reason_notice,
	unreachable: m.route_reason_unreachable,
	over_capacity: m.route_reason_capacity,
	outside_hours: m.route_reason_hours,
	no_room: m.route_reason_room,
	locked: m.route_reason_locked,
	taken_off: m.route_reason_taken_off
};
export const reasonText = (reason: LeftOverReason) => reasons[reason]();

const problems: Record<Exclude<RouteProblem['reason'], 'unknown_target'>, () => string> = {
	no_draw: m.route_problem_draw,
	no_target: m.route_problem_target,
	no_item: m.route_problem_item,
	no_office: m.route_problem_office,
	no_plan: m.route_problem_plan,
	outdated: m.route_problem_outdated,
	does_not_fit: m.route_problem_fit,
	locked: m.route_problem_locked,
	no_such_visit: m.route_problem_visit,
	other_party: m.route_problem_party,
	not_a_part: m.route_problem_part,
	nothing_to_undo: m.route_problem_undo,
	nothing_to_redo: m.route_problem_redo,
	targets_changed: m.route_problem_changed,
	fixed: m.crew_why_fixed
};
export const problemText = (problem: RouteProblem) =>
	problem.reason === 'unknown_target'
		? m.route_problem_unknown({ target: problem.target })
		: problems[problem.reason]();

const providers: Record<TravelProvider, () => string> = {
	great_circle: m.route_provider_great_circle,
	roads: m.route_provider_roads,
	osrm: m.route_provider_osrm,
	valhalla: m.route_provider_valhalla
};
export const providerText = (provider: TravelProvider) => providers[provider]();

const fallbacks: Record<Fallback, () => string> = {
	timeout: m.route_fallback_timeout,
	unanswered: m.route_fallback_unanswered,
	nonsense: m.route_fallback_nonsense,
	no_roads: m.route_fallback_no_roads
};
export const fallbackText = (fallback: Fallback) => fallbacks[fallback]();

/** The name of an office where room is short: 城峰所. The whole name stands in the legend and on paper. */
export const officeText = (name: string) => name.replace(/自然资源(?=所|分局)/, '').replace(/（演示）$/, '');
