import { conformance } from '$lib/server/ogc/documents';
import { answer } from '../reader';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answer(event, conformance);
