// The words and figures by which a plan and a draw are named on every page.
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { TargetKind } from '$lib/core/model';
import type { AreaRule } from '$lib/schema/plan';

/** One whole target in the units of a chance, 2³⁰. */
const M = 2 ** 30;

export const kindText = (kind: string) =>
	(kind as TargetKind) === 'mining_right' ? m.draw_kind_mining_right() : m.draw_kind_land_parcel();
export const kindTone = (kind: string) => ((kind as TargetKind) === 'mining_right' ? 'mining' : 'parcel');

export const ruleText = (rule: AreaRule) =>
	({ intersects: m.draw_rule_intersects, contains: m.draw_rule_contains, centre: m.draw_rule_centre })[
		rule
	]();

const reasons: Record<string, () => string> = {
	suspended: m.draw_reason_suspended,
	closed: m.draw_reason_closed,
	year_cap: m.annual_reason_year_cap
};
/** Why a target is left out of a frame; what a task gives as its own reason stands as it was written. */
export const reasonText = (reason: string) => (Object.hasOwn(reasons, reason) ? reasons[reason]!() : reason);

export function scopeText(plan: {
	hasArea: boolean;
	areaRule: string;
	townships: readonly string[] | null;
}): string {
	const parts = [];
	if (plan.hasArea) parts.push(m.draw_scope_area({ rule: ruleText(plan.areaRule as AreaRule) }));
	if (plan.townships) parts.push(m.draw_scope_townships({ count: plan.townships.length }));
	return parts.join(getLocale() === 'en' ? ', ' : '，') || m.draw_scope_county();
}

export const sizeText = (plan: { sampleSize: number | null; ratioPercent: number | null }) =>
	plan.sampleSize === null ? `${plan.ratioPercent} %` : m.draw_size_number({ count: plan.sampleSize });

/** A chance as a percentage, three significant figures. */
export const chanceText = (mass: number) => (mass === M ? '100 %' : `${((mass / M) * 100).toPrecision(3)} %`);

/** A share in targets, two places. */
export const shareText = (mass: number) => (mass / M).toFixed(2);

export const wholeTargets = (mass: number): [least: number, most: number] => [
	Math.floor(mass / M),
	Math.ceil(mass / M)
];
