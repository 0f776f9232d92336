import { error } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import * as v from 'valibot';
import { beaconForm, decisionForm, digitsForm, endForm, hashForm, statementForm } from '$lib/schema/ceremony';
import { replacementForm } from '$lib/schema/crew-draw';
import { may } from '$lib/server/access';
import { stepAction } from '$lib/server/ceremony/action';
import { enterBeacon } from '$lib/server/ceremony/beacon';
import { giveDigits, hashDigits } from '$lib/server/ceremony/digits';
import { abort, askVoid } from '$lib/server/ceremony/end';
import { object, signList } from '$lib/server/ceremony/sign';
import { announceCrews } from '$lib/server/crew/announce';
import { crewBoard } from '$lib/server/crew/board';
import { drawCrews } from '$lib/server/crew/draw';
import { decideCrewVoid, openCrews } from '$lib/server/crew/end';
import { readLottery } from '$lib/server/crew/lottery-reading';
import { listCrews, readCrew } from '$lib/server/crew/reading';
import { askReplacement, decideReplacement } from '$lib/server/crew/replacement';
import { waysOf } from '$lib/server/crew/speaking';
import { onCrews } from '$lib/server/crew/tables';
import { currentPlan } from '$lib/server/route/version-reading';
import { recusalAction } from '../recusal-action';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county, user }, url }) => {
	const id = /^[1-9][0-9]{0,8}$/.test(params.id) ? Number(params.id) : 0;
	const crew = await readCrew(db, county.code, id);
	const kept = crew && (await readLottery(db, county.code, id));
	if (!crew || !kept) error(404, 'no such draw of crews');
	const { seq, commitment } = crew.ceremony;
	const portal = seq && `${url.origin}/portal/crews/${seq}`;
	return {
		...crew,
		board: await crewBoard(db, county.code, kept),
		listed: (await listCrews(db, county.code, crew.series)).find((one) => one.id === id)!,
		current: (await currentPlan(db, county.code, crew.series))?.id ?? crew.routes,
		now: new Date(),
		portal: portal || null,
		qr: portal ? renderSVG(`${portal}?c=${commitment}`, { border: 2 }) : null,
		me: user?.id ?? '',
		ways: waysOf(user),
		mayDraw: user !== null && may(user, 'draw'),
		mayApprove: user !== null && may(user, 'approve'),
		mayReplace: user !== null && may(user, 'replace')
	};
};

const nothing = v.object({});
const confirmed = { confirmed: true };

export const actions: Actions = {
	announce: stepAction(nothing, (acting, _, id) => announceCrews(acting, id), confirmed),
	hash: stepAction(hashForm, (acting, { hash }, id) => hashDigits(onCrews(acting), id, hash)),
	digits: stepAction(digitsForm, (acting, given, id) => giveDigits(onCrews(acting), id, given)),
	beacon: stepAction(beaconForm, (acting, given, id) => enterBeacon(onCrews(acting), id, given)),
	draw: stepAction(nothing, (acting, _, id) => drawCrews(acting, id), confirmed),
	sign: stepAction(nothing, (acting, _, id) => signList(onCrews(acting), id), confirmed),
	object: stepAction(statementForm, (acting, { statement }, id) => object(onCrews(acting), id, statement)),
	reveal: stepAction(nothing, (acting, _, id) => openCrews(acting, id), confirmed),
	abort: stepAction(endForm, (acting, given, id) => abort(onCrews(acting), id, given), confirmed),
	askVoid: stepAction(endForm, (acting, given, id) => askVoid(onCrews(acting), id, given), confirmed),
	decideVoid: stepAction(
		v.omit(decisionForm, ['id']),
		(acting, { decision }, id) => decideCrewVoid(acting, id, decision),
		confirmed
	),
	recusal: recusalAction,
	replace: stepAction(replacementForm, (acting, given, id) => askReplacement(acting, id, given)),
	decide: stepAction(
		decisionForm,
		(acting, { id, decision }, draw) => decideReplacement(acting, draw, id, decision),
		confirmed
	)
};
