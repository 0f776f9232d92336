// What a result, a penalty and a referral may become, and what keeps a result from being closed. The database holds the
// same with constraints; here is what a page offers. Invariant: nothing is closed over an open referral, a penalty under
// way or an order not carried out, and nothing closes by itself.

/** none_found 未发现问题, on_site 现场改正, ordered 责令改正, case 立案, unreachable 无法联系, refused 不配合检查. */
export const outcomes = ['none_found', 'on_site', 'ordered', 'case', 'unreachable', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

export type ResultState = 'recorded' | 'approved' | 'posted' | 'withdrawn';
/** 警告, 通报批评, 罚款, 没收, 责令停产停业, 吊销, 限制从业, 其他 (行政处罚法第九条). */
export const penaltyKinds = [
	...(['warning', 'criticism', 'fine', 'confiscation', 'suspension', 'revocation'] as const),
	...(['restriction', 'other'] as const)
] as const;
export type PenaltyKind = (typeof penaltyKinds)[number];
export type PenaltyState = 'drafted' | 'reviewed' | 'decided' | 'posted' | 'withdrawn' | 'dropped';
export type ReferralState =
	'proposed' | 'declined' | 'decided' | 'sent' | 'received' | 'returned' | 'accepted';

export const severities = ['minor', 'ordinary', 'serious'] as const;
export type Severity = (typeof severities)[number];
export const measures = ['none', 'on_site', 'ordered', 'case', 'referral'] as const;
export type Measure = (typeof measures)[number];

export type Problem = 'no_finding' | 'finding_without_problem' | 'measure_of_outcome' | 'rectify_by';

/** The findings an outcome needs and allows; null: they fit. */
export function fits(
	outcome: Outcome,
	findings: readonly { measure: Measure; rectifyBy?: string | null }[],
	checkedOn: string
): Problem | null {
	if (outcome === 'none_found' || outcome === 'unreachable')
		return findings.length > 0 ? 'finding_without_problem' : null;
	if (outcome === 'refused') return null;
	if (findings.length === 0) return 'no_finding';
	const carries: Record<'on_site' | 'ordered' | 'case', readonly Measure[]> = {
		on_site: ['on_site'],
		ordered: ['ordered'],
		case: ['case', 'referral']
	};
	if (!findings.some(({ measure }) => carries[outcome].includes(measure))) return 'measure_of_outcome';
	return findings.some(({ rectifyBy }) => rectifyBy && rectifyBy < checkedOn) ? 'rectify_by' : null;
}

export interface Open {
	state: ResultState;
	orders: number;
	penalties: readonly PenaltyState[];
	/** again: referred once more under another number. */
	referrals: readonly { state: ReferralState; again: boolean }[];
	outcome: Outcome;
}

export type Hindrance = 'not_posted' | 'order' | 'penalty' | 'referral' | 'no_disposal';

/** What keeps a result from being closed, every one of it. */
export function hindrances({ state, orders, penalties, referrals, outcome }: Open): Hindrance[] {
	const found: Hindrance[] = [];
	if (state === 'recorded' || state === 'approved') found.push('not_posted');
	if (orders > 0) found.push('order');
	if (penalties.some((one) => one === 'drafted' || one === 'reviewed' || one === 'decided'))
		found.push('penalty');
	if (
		referrals.some(
			({ state: one, again }) =>
				['proposed', 'decided', 'sent', 'received'].includes(one) || (one === 'returned' && !again)
		)
	)
		found.push('referral');
	// 有案不移, 以罚代管: a case ends with a penalty, a referral, or a reason why neither.
	if (outcome === 'case' && penalties.length === 0 && referrals.length === 0) found.push('no_disposal');
	return found;
}
