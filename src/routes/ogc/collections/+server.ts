import { collections } from '$lib/server/ogc/documents';
import { answer, readerOf, rootOf, titles } from '../reader';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
	answer(event, await collections(rootOf(event), readerOf(event), event.locals.county.epsg, titles()));
