import { collection } from '$lib/server/ogc/documents';
import { answer, collectionFor, rootOf, titles } from '../../reader';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const { reader, id } = collectionFor(event, event.params.id);
	return answer(event, await collection(rootOf(event), reader, id, event.locals.county.epsg, titles()));
};
