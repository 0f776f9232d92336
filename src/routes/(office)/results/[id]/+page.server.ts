import { error } from '@sveltejs/kit';
import { dayInChina } from '$lib/core/calendar/year';
import * as form from '$lib/schema/result';
import { asHead, may, type Permission } from '$lib/server/access';
import * as penalty from '$lib/server/result/penalty';
import { post } from '$lib/server/result/post';
import { factsOf, resultDocument } from '$lib/server/result/public-document';
import { readResult } from '$lib/server/result/reading';
import { moveReferral, propose } from '$lib/server/result/referral';
import * as step from '$lib/server/result/step';
import { resultAction } from '../result-action';
import type { Actions, PageServerLoad } from './$types';

const asked = [
	...(['result_record', 'result_approve', 'publish', 'withdrawal_ask', 'refer', 'refer_carry'] as const),
	...(['approve', 'penalty_draft', 'penalty_review', 'penalty_drop', 'word_issue'] as const)
] satisfies Permission[];

export const load: PageServerLoad = async ({ params, locals: { db, county, user } }) => {
	const id = /^[1-9][0-9]{0,8}$/.test(params.id) ? Number(params.id) : 0;
	const at = new Date();
	const result = await readResult(db, county.code, id, at);
	if (!result) error(404, 'no such result');
	const { penalties, state } = result;
	const coming = state === 'recorded' || state === 'approved';
	const decided = penalties.filter((one) => one.state === 'decided');
	return {
		...{ result, today: dayInChina(at), me: user?.id ?? '' },
		preview: coming ? resultDocument(await factsOf(db, county.code, id)) : null,
		penaltyPreviews: await Promise.all(
			decided.map(async ({ id: number }) => ({
				...{
					penalty: number,
					shown: await penalty.penaltyPreview(db, county.code, { id, penalty: number }, '')
				}
			}))
		),
		may: Object.fromEntries(
			asked.map((one) => [
				one,
				user !== null && may(user, one) && (!asHead(user, one) || result.officeCode === user.office)
			])
		) as Record<(typeof asked)[number], boolean>
	};
};

const confirmed = { confirmed: true };

export const actions: Actions = {
	approve: resultAction('approve', form.noForm, step.approve),
	giveBack: resultAction('giveBack', form.reasonForm, (acting, id, { reason }) =>
		step.giveBack(acting, id, reason)
	),
	publish: resultAction('publish', form.noForm, post, confirmed),
	askWithdrawal: resultAction('askWithdrawal', form.reasonForm, (acting, id, { reason }) =>
		step.askWithdrawal(acting, id, reason)
	),
	withdraw: resultAction('withdraw', form.noForm, step.withdraw, confirmed),
	rectify: resultAction('rectify', form.rectifyForm, step.rectify),
	close: resultAction('close', form.closingForm, (acting, id, { closing }) =>
		step.close(acting, id, closing)
	),
	draftPenalty: resultAction(
		'draftPenalty',
		form.penaltyForm,
		(acting, id, { fine, confiscated, ...given }) =>
			penalty.draftPenalty(acting, id, { ...given, fineFen: fine, confiscatedFen: confiscated }),
		{ lists: ['kinds'] }
	),
	reviewPenalty: resultAction(
		'reviewPenalty',
		form.penaltyReviewForm,
		(acting, id, { penalty: one, review }) => penalty.reviewPenalty(acting, { id, penalty: one }, review)
	),
	decidePenalty: resultAction('decidePenalty', form.penaltyDayForm, (acting, id, { penalty: one, on }) =>
		penalty.decidePenalty(acting, { id, penalty: one }, on)
	),
	postPenalty: resultAction(
		'postPenalty',
		form.penaltyEndForm,
		(acting, id, { penalty: one, endsOn }) => penalty.postPenalty(acting, { id, penalty: one }, endsOn),
		confirmed
	),
	repairPenalty: resultAction('repairPenalty', form.penaltyDayForm, (acting, id, { penalty: one, on }) =>
		penalty.repairPenalty(acting, { id, penalty: one }, on)
	),
	askPenaltyWithdrawal: resultAction(
		'askPenaltyWithdrawal',
		form.penaltyReasonForm,
		(acting, id, { penalty: one, reason }) =>
			penalty.askPenaltyWithdrawal(acting, { id, penalty: one }, reason)
	),
	withdrawPenalty: resultAction(
		'withdrawPenalty',
		form.penaltyOnlyForm,
		(acting, id, { penalty: one }) => penalty.withdrawPenalty(acting, { id, penalty: one }),
		confirmed
	),
	dropPenalty: resultAction('dropPenalty', form.penaltyReasonForm, (acting, id, { penalty: one, reason }) =>
		penalty.dropPenalty(acting, { id, penalty: one }, reason)
	),
	propose: resultAction('propose', form.proposalForm, propose),
	decideReferral: resultAction('decideReferral', form.decisionForm, moveReferral),
	carryReferral: resultAction('carryReferral', form.carryForm, moveReferral)
};
