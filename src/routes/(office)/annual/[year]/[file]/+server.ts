import { error } from '@sveltejs/kit';
import { readAnnual } from '$lib/server/annual/reading';
import { annualDocument } from '$lib/server/document/annual';
import { annualPaper } from '$lib/server/document/annual-text';
import { docx } from '$lib/server/document/download';
import { yearIn } from '../../year-of';
import type { RequestHandler } from './$types';

/** plan.docx: the filing document. */
export const GET: RequestHandler = async ({ params, locals: { db, county } }) => {
	if (params.file !== 'plan.docx') error(404, 'no such file');
	const annual = await readAnnual(db, county.code, yearIn(params.year));
	if (!annual) error(404, 'no such plan');
	const body = await annualDocument(await annualPaper(db, county, annual, new Date()));
	return docx(body, `${annual.year}年度抽查计划`);
};
