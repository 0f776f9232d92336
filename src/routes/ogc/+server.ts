import { m } from '$lib/i18n/paraglide/messages';
import { landing } from '$lib/server/ogc/documents';
import { answer, rootOf } from './reader';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => {
	const title = m.directory_ogc_title({ county: event.locals.county.name });
	return answer(event, landing(rootOf(event), { title, description: m.directory_ogc_lead() }));
};
