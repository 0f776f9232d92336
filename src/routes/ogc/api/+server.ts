import { api } from '$lib/server/ogc/documents';
import { answer, readerOf, rootOf, titles } from '../reader';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(
		event,
		api(rootOf(event), readerOf(event), titles()),
		'application/vnd.oai.openapi+json;version=3.0'
	);
