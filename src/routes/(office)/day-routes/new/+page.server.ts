import { env } from '$env/dynamic/private';
import { listTownships } from '$lib/server/selection';
import { routableDraws } from '$lib/server/route/called';
import { itemsDue } from '$lib/server/route/ground';
import { officesOf } from '$lib/server/route/places';
import { hasRoads } from '$lib/server/route/roads';
import { suggestedSettings } from '$lib/server/route/suggested';
import { availableProviders, serversOf } from '$lib/server/route/travel';
import type { TargetKind } from '$lib/core/model';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, county } }) => {
	const draws = await routableDraws(db, county.code);
	const asked = Number(url.searchParams.get('draw'));
	const draw = draws.find(({ id }) => id === asked) ?? draws[0] ?? null;
	const offices = await officesOf(db, county.code);
	const settings = draw && (await suggestedSettings(db, county.code, draw, offices.length, new Date()));
	return {
		draws: draws.map(({ id, planName, assurance, sampleSize }) => ({ id, planName, assurance, sampleSize })),
		draw: draw?.id ?? null,
		settings,
		items: settings ? await itemsDue(db, county.code, draw.kind as TargetKind, settings.startsOn) : [],
		townships: (await listTownships(db, county.code)).map(({ code, name }) => ({ code, name })),
		providers: availableProviders(serversOf(env), await hasRoads(db, county.code))
	};
};
