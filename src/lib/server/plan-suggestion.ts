// What a new plan starts from: the rules of the day where there is one, and what no rule is about.
import type { TargetKind } from '../core/model';
import type { RuleKey } from '../core/rule/catalogue';
import type { PlanForm } from '../schema/plan';
import type { Database } from './db/database';
import { rulesOn } from './rule';

const ratioKeys = { mining_right: 'mining_ratio', land_parcel: 'parcel_ratio' } as const;
const weightKeys = ['weight_a', 'weight_b', 'weight_c', 'weight_d'] as const;

/** Where a rule is not set the value is the plainest there is, and `missing` names the rule. */
export async function suggestedPlan(db: Database, county: string, kind: TargetKind, at: Date) {
	const ratio = ratioKeys[kind];
	const keys: readonly RuleKey[] = [ratio, 'township_least', ...weightKeys];
	const rules = await rulesOn(db, county, keys, at);
	const weight = (key: (typeof weightKeys)[number]) => rules[key] ?? 1;
	const values = {
		townships: [],
		sizeBy: 'ratio',
		ratioPercent: rules[ratio] ?? 1,
		sampleSize: 1,
		minPerTownship: 0,
		h3Resolution: 7,
		grid: 1,
		substitutes: 3,
		weightA: weight('weight_a'),
		weightB: weight('weight_b'),
		weightC: weight('weight_c'),
		weightD: weight('weight_d'),
		weightBlacklist: weight('weight_d'),
		takeBlacklist: false
	} satisfies Partial<PlanForm>;
	return { values, missing: keys.filter((key) => rules[key] === null) };
}
