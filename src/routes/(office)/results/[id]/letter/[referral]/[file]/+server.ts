import { error } from '@sveltejs/kit';
import { referralDocument } from '$lib/server/document/referral-letter';
import { letterOf } from '../letter-of';
import type { RequestHandler } from './$types';

/** letter.docx. */
export const GET: RequestHandler = async ({ params, locals }) => {
	if (params.file !== 'letter.docx') error(404, 'no such file');
	const letter = await letterOf(locals, params);
	return new Response(new Uint8Array(await referralDocument(letter)), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`移送函-第${params.referral}号.docx`)}`,
			'cache-control': 'private, no-store'
		}
	});
};
