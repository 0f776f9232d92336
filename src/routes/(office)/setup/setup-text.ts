// The words of the set-up: its steps, what is wrong with a field, the rules and their units.
import { m } from '$lib/i18n/paraglide/messages';
import type { RuleKey, RuleKind } from '$lib/core/rule/catalogue';
import { problemText } from '$lib/ui/account-text';

export interface Problem {
	field: string;
	reason: string;
	/** What it is about, as it was written. */
	at: string;
}

export const stepText = {
	county: m.setup_step_county,
	townships: m.setup_step_townships,
	offices: m.setup_step_offices,
	calendar: m.setup_step_calendar,
	rules: m.setup_step_rules,
	finish: m.setup_step_finish
};

const problems: Record<string, (() => string) | undefined> = {
	county_code: m.setup_problem_county_code,
	county_exists: m.setup_problem_county_exists,
	epsg: m.setup_problem_epsg,
	division_line: m.setup_problem_division_line,
	division_county: m.setup_problem_division_county,
	division_twice: m.setup_problem_division_twice,
	office_code: m.setup_problem_office_code,
	no_townships: m.setup_problem_no_townships,
	unknown: m.setup_problem_unknown,
	degrees: m.setup_problem_degrees,
	seat_needed: m.setup_problem_seat_needed,
	year: m.setup_problem_year,
	line: m.setup_problem_line,
	day: m.setup_problem_day,
	other_year: m.setup_problem_other_year,
	twice: m.setup_problem_twice,
	work_on_weekday: m.setup_problem_work_on_weekday,
	date: m.setup_problem_date,
	rule_whole: m.setup_problem_rule_whole,
	rule_range: m.setup_problem_rule_range,
	made_up: m.setup_problem_made_up,
	no_trial: m.setup_problem_no_trial
};

export function wrongText({ reason, at }: Problem): string {
	const words = Object.hasOwn(problems, reason) ? problems[reason]!() : problemText(reason);
	return at ? m.setup_problem_at({ words, at }) : words;
}

export const ruleText: Record<RuleKey, () => string> = {
	year_cap: m.setup_rule_year_cap,
	inspectors_least: m.setup_rule_inspectors_least,
	posting_result: m.setup_rule_posting_result,
	posting_penalty: m.setup_rule_posting_penalty,
	posting_withdrawn: m.setup_rule_posting_withdrawn,
	appeal_answered: m.setup_rule_appeal_answered,
	credit_push: m.setup_rule_credit_push,
	enterprise_push: m.setup_rule_enterprise_push,
	crime_decided: m.setup_rule_crime_decided,
	crime_transferred: m.setup_rule_crime_transferred,
	notice_minutes: m.setup_rule_notice_minutes,
	reveal_hours: m.setup_rule_reveal_hours,
	close_days: m.setup_rule_close_days,
	mining_ratio: m.setup_rule_mining_ratio,
	parcel_ratio: m.setup_rule_parcel_ratio,
	township_least: m.setup_rule_township_least,
	weight_a: m.setup_rule_weight_a,
	weight_b: m.setup_rule_weight_b,
	weight_c: m.setup_rule_weight_c,
	weight_d: m.setup_rule_weight_d
};

export const unitText: Record<RuleKind['unit'], () => string> = {
	times: m.setup_unit_times,
	people: m.setup_unit_people,
	days: m.setup_unit_days,
	working_days: m.setup_unit_working_days,
	hours: m.setup_unit_hours,
	minutes: m.setup_unit_minutes,
	targets: m.setup_unit_targets,
	percent: m.setup_unit_percent,
	factor: m.setup_unit_factor
};
