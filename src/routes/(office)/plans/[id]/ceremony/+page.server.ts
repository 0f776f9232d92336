import { error } from '@sveltejs/kit';
import { drandSource, DRAND_PATTERN, roundAfter, timeOfRound } from '$lib/core/draw/drand';
import { freezeForm, lotteries, type FreezeForm } from '$lib/schema/ceremony';
import { stepAction } from '$lib/server/ceremony/action';
import { freezeDraw, type CeremonySettings } from '$lib/server/ceremony/freeze';
import { listWitnesses } from '$lib/server/ceremony/reading';
import { readPlan } from '$lib/server/plan';
import { previewPlan } from '$lib/server/preview';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({
	params,
	locals: { db, county, embedded, demonstration, user }
}) => {
	const plan = await readPlan(db, county.code, params.id);
	if (!plan) error(404, 'no such plan');
	const { size, sampleSize, problem, excluded } = await previewPlan(db, county.code, plan, new Date());
	return {
		plan: { id: plan.id, name: plan.name, kind: plan.kind },
		...{ size, sampleSize, problem, excluded, embedded },
		/** Who tries it out does not wait. */
		notice: demonstration ? 0 : 10,
		witnesses: (await listWitnesses(db)).filter(({ id }) => id !== user?.id)
	};
};

const HOUR_MS = 3_600_000;

function settingsOf(form: FreezeForm, at: Date): CeremonySettings {
	const { level, witness1, body1, witness2, body2, noticeMinutes, superiorConsent, framePermission } = form;
	const second = witness2 && level !== 'L1' ? [{ account: witness2, body: body2 ?? '' }] : [];
	return {
		...{ level, noticeMinutes, superiorConsent, framePermission },
		witnesses: [{ account: witness1, body: body1 }, ...second],
		revealBy: new Date(at.getTime() + form.revealHours * HOUR_MS),
		closeBy: new Date(at.getTime() + form.closeDays * 24 * HOUR_MS),
		beacon: level === 'L3' && form.beaconAfter ? beaconOf(form, form.beaconAfter) : null
	};
}

function beaconOf({ beaconKind: kind, lottery, issue }: FreezeForm, after: Date): CeremonySettings['beacon'] {
	if (kind === 'drand') {
		const round = roundAfter(after);
		return { kind, source: drandSource(round), pattern: DRAND_PATTERN, after: timeOfRound(round) };
	}
	const pattern = lotteries.find(({ name }) => name === lottery)?.pattern;
	return pattern && issue ? { kind, source: `${lottery} ${issue}`, pattern, after } : null;
}

export const actions: Actions = {
	default: stepAction(
		freezeForm,
		async (acting, form, _, { params }) => {
			const plan = await readPlan(acting.db, acting.county.code, params.id ?? '');
			if (!plan) error(404, 'no such plan');
			return freezeDraw(acting, plan, settingsOf(form, acting.at));
		},
		{ to: ({ draw }) => `/draws/${draw}/ceremony` }
	)
};
