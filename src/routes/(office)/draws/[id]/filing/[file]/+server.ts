import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { hasList, type DrawnFacts } from '$lib/schema/filing';
import { approvalForms } from '$lib/server/document/approval-form';
import { commitmentSheet } from '$lib/server/document/commitment-sheet';
import { docx } from '$lib/server/document/download';
import { filingDocument } from '$lib/server/document/filing';
import { loadFiling } from '$lib/server/document/filing-facts';
import { inspectionNotices } from '$lib/server/document/inspection-notice';
import { sealedStatement } from '$lib/server/document/sealed-statement';
import type { RequestHandler } from './$types';

/** Papers that need a list, by file. */
const papers: Record<
	string,
	{ name: string; make: (facts: DrawnFacts) => Promise<Buffer>; called?: boolean }
> = {
	'filing.docx': { name: '备案报告', make: filingDocument },
	'sealed.docx': { name: '封存声明', make: sealedStatement },
	'notices.docx': { name: '行政检查通知书', make: inspectionNotices, called: true },
	'approvals.docx': { name: '行政检查审批表', make: approvalForms, called: true }
};

export const GET: RequestHandler = async ({ params, locals: { db, county }, url }) => {
	const commitment = params.file === 'commitment.docx';
	const paper = Object.hasOwn(papers, params.file) ? papers[params.file] : undefined;
	if ((!paper && !commitment) || !/^[1-9][0-9]{0,8}$/.test(params.id)) error(404, m.document_no_such_file());
	const loaded = await loadFiling(db, county, Number(params.id), url.origin, new Date());
	if (!loaded.ok && loaded.reason === 'no_such_draw') error(404, m.document_no_such_draw());
	if (!loaded.ok) error(409, m.document_not_announced());
	const { facts } = loaded;
	if (!paper) return docx(await commitmentSheet(facts), `承诺单-第${facts.seq}号`);
	if (!hasList(facts)) error(409, m.document_not_drawn());
	// Nobody is called by a list that is void.
	if (paper.called && facts.state === 'void') error(409, m.document_void());
	return docx(await paper.make(facts), `${paper.name}-第${facts.seq}号`);
};
