import { error } from '@sveltejs/kit';
import { docx } from '$lib/server/document/download';
import { referralDocument } from '$lib/server/document/referral-letter';
import { letterOf } from '../letter-of';
import type { RequestHandler } from './$types';

/** letter.docx. */
export const GET: RequestHandler = async ({ params, locals }) => {
	if (params.file !== 'letter.docx') error(404, 'no such file');
	const letter = await letterOf(locals, params);
	return docx(await referralDocument(letter), `移送函-第${params.referral}号`);
};
