import { error } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import * as v from 'valibot';
import { beaconForm, decisionForm, digitsForm, endForm, hashForm, statementForm } from '$lib/schema/ceremony';
import { may } from '$lib/server/access';
import { stepAction } from '$lib/server/ceremony/action';
import { announce } from '$lib/server/ceremony/announce';
import { enterBeacon } from '$lib/server/ceremony/beacon';
import { giveDigits, hashDigits } from '$lib/server/ceremony/digits';
import { drawLocked } from '$lib/server/ceremony/draw';
import { abort, askVoid, decideVoid } from '$lib/server/ceremony/end';
import { readCeremony } from '$lib/server/ceremony/reading';
import { object, reveal, signList } from '$lib/server/ceremony/sign';
import { readManifest, townshipNamesAt } from '$lib/server/draw-reading';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county, user, embedded }, url }) => {
	const id = Number(params.id);
	const known = /^[1-9][0-9]{0,8}$/.test(params.id);
	const ceremony = known ? await readCeremony(db, county.code, id) : null;
	if (!ceremony) error(404, 'no such ceremony');
	const manifest = ceremony.manifestHash ? await readManifest(db, county.code, id) : undefined;
	const portal = ceremony.seq && `${url.origin}/portal/draws/${ceremony.seq}`;
	return {
		ceremony,
		embedded,
		now: new Date(),
		list: manifest && { allocation: manifest.plan.allocation, selected: manifest.selected },
		townships: await townshipNamesAt(db, county.code, ceremony.frozenAt),
		portal,
		qr: portal && renderSVG(`${portal}?c=${ceremony.commitment}`, { border: 2 }),
		me: user?.id ?? '',
		mayDraw: user !== null && may(user, 'draw'),
		mayApprove: user !== null && may(user, 'approve')
	};
};

const nothing = v.object({});
const confirmed = { confirmed: true };

export const actions: Actions = {
	announce: stepAction(nothing, (acting, _, draw) => announce(acting, draw), confirmed),
	hash: stepAction(hashForm, (acting, { hash }, draw) => hashDigits(acting, draw, hash)),
	digits: stepAction(digitsForm, (acting, given, draw) => giveDigits(acting, draw, given)),
	beacon: stepAction(beaconForm, (acting, given, draw) => enterBeacon(acting, draw, given)),
	draw: stepAction(nothing, (acting, _, draw) => drawLocked(acting, draw), confirmed),
	sign: stepAction(nothing, (acting, _, draw) => signList(acting, draw), confirmed),
	object: stepAction(statementForm, (acting, { statement }, draw) => object(acting, draw, statement)),
	reveal: stepAction(nothing, (acting, _, draw) => reveal(acting, draw), confirmed),
	abort: stepAction(endForm, (acting, given, draw) => abort(acting, draw, given), confirmed),
	askVoid: stepAction(endForm, (acting, given, draw) => askVoid(acting, draw, given), confirmed),
	decideVoid: stepAction(
		v.omit(decisionForm, ['id']),
		(acting, { decision }, draw) => decideVoid(acting, draw, decision),
		confirmed
	)
};
