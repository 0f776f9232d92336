// 规则参数: the figures the work is judged by. Here is which there are, what they are suggested to be and where that is
// from; what holds is a dated row of the database with its source, since rules change and a past draw is judged by the
// rule of its day. Suggestions marked `confirm` are to be confirmed by the bureau before anybody relies on them.

export interface RuleKind {
	key: RuleKey;
	unit: 'times' | 'people' | 'days' | 'working_days' | 'hours' | 'minutes' | 'percent' | 'factor' | 'targets';
	suggested: number;
	source: string;
	least: number;
	most: number;
	whole: boolean;
	confirm: boolean;
}

export const ruleKeys = [
	'year_cap',
	'inspectors_least',
	'posting_result',
	'posting_penalty',
	'posting_withdrawn',
	'appeal_answered',
	'credit_push',
	'enterprise_push',
	'crime_decided',
	'crime_transferred',
	'notice_minutes',
	'reveal_hours',
	'close_days',
	'mining_ratio',
	'parcel_ratio',
	'township_least',
	'weight_a',
	'weight_b',
	'weight_c',
	'weight_d'
] as const;
export type RuleKey = (typeof ruleKeys)[number];

const rule = (
	key: RuleKey,
	unit: RuleKind['unit'],
	suggested: number,
	source: string,
	more: Partial<RuleKind> = {}
): RuleKind => ({ key, unit, suggested, source, least: 1, most: 366, whole: true, confirm: false, ...more });
const ours = '产品建议值';
const ratio = (key: RuleKey) =>
	rule(key, 'percent', 5, ours, { least: 0.001, most: 100, whole: false, confirm: true });
const weight = (key: RuleKey, suggested: number) =>
	rule(key, 'factor', suggested, ours, { least: 0.1, most: 20, whole: false });

export const ruleKinds: readonly RuleKind[] = [
	rule('year_cap', 'times', 2, '国办发〔2024〕54号', { confirm: true }),
	// Fewer than two would break the law, whatever anybody sets.
	rule('inspectors_least', 'people', 2, '行政处罚法第四十二条', { least: 2, most: 20 }),
	rule('posting_result', 'working_days', 20, '国发〔2019〕5号'),
	rule('posting_penalty', 'working_days', 7, '国办发〔2018〕118号；行政处罚法第四十八条'),
	rule('posting_withdrawn', 'days', 3, '行政处罚法第四十八条'),
	rule('appeal_answered', 'working_days', 20, ours, { confirm: true }),
	rule('credit_push', 'working_days', 7, '国办发〔2018〕118号'),
	rule('enterprise_push', 'working_days', 20, '企业信息公示暂行条例（国务院令第654号）'),
	rule('crime_decided', 'days', 3, '国务院令第310号'),
	rule('crime_transferred', 'hours', 24, '国务院令第310号'),
	// Between the commitment and the first digits, and what a ceremony is given to draw and to open its list.
	rule('notice_minutes', 'minutes', 10, ours, { most: 2880 }),
	rule('reveal_hours', 'hours', 24, ours, { most: 720 }),
	rule('close_days', 'days', 90, ours),
	ratio('mining_ratio'),
	ratio('parcel_ratio'),
	rule('township_least', 'targets', 1, ours, { least: 0, most: 100 }),
	weight('weight_a', 0.5),
	weight('weight_b', 1),
	weight('weight_c', 2),
	weight('weight_d', 4)
];

export const ruleKind = (key: RuleKey): RuleKind => ruleKinds.find((one) => one.key === key)!;
