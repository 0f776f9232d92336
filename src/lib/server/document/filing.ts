// 书面备案: the report of one draw that the bureau files as it is, with its annexes, in the layout of 公文.
import { AlignmentType, BorderStyle, type FileChild } from 'docx';
import type { DrawnFacts, FilingBlock, FilingFacts } from '../../schema/filing';
import { filingAnnexes } from './filing-annexes';
import { annexNames, filingText, filingTitle, filingWarnings } from './filing-text';
import { addressee, body, closing, heading, line, paper, point, qr, run, title, twips } from './layout';
import { hash } from './table';

const RED = 'FF0000';

export function filingDocument(facts: DrawnFacts): Promise<Buffer> {
	const head = { title: filingTitle(facts), creator: facts.bureau, date: facts.date };
	const main: FileChild[] = [
		...letterhead(facts),
		...title(head.title),
		...filingWarnings(facts).map(warning),
		addressee('局办公室：'),
		...filingText(facts).flatMap((block) => paragraphs(block, facts.portal)),
		...annexNames(facts).map(annexLine),
		...closing(facts.bureau, facts.date)
	];
	return paper(head, [[...main, ...filingAnnexes(facts)]]);
}

function paragraphs(block: FilingBlock, portal: string): FileChild[] {
	const centred = { alignment: AlignmentType.CENTER };
	switch (block.kind) {
		case 'heading':
			return [heading(block.text)];
		case 'body':
			return [block.lead ? point(block.lead, block.text) : body(block.text)];
		case 'hash':
			return hash(block.hex, 14).map((half) => line([half], centred));
		case 'code':
			return [
				qr(portal, 32),
				line([run(portal.replace(/\?.*$/, ''), { face: 'code', size: 10.5 })], centred)
			];
	}
}

const warning = (text: string) =>
	line([run(text, { face: 'hei', size: 14, color: RED })], { alignment: AlignmentType.CENTER });

/** 版头: whose document it is, 35 mm below the upper edge of the text; its number is given when it is filed. */
export const letterhead = (
	{ bureau, year }: Pick<FilingFacts, 'bureau' | 'year'>,
	number = `\u3000\u3000\u3000\u3000〔${year}〕\u3000\u3000号`
): FileChild[] => [
	line([run(`${bureau}文件`, { face: 'title', size: 34, color: RED })], {
		alignment: AlignmentType.CENTER,
		spacing: { before: twips(30) }
	}),
	line([run(number)], {
		alignment: AlignmentType.CENTER,
		spacing: { before: 560, line: 560, lineRule: 'exact', after: 60 },
		border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 10 } }
	})
];

export const annexLine = (name: string, i: number) =>
	line([run(`${i === 0 ? '附件：' : '\u3000\u3000\u3000'}${i + 1}.${name}`)], {
		indent: { firstLine: 640 },
		...(i === 0 ? { spacing: { line: 560, lineRule: 'exact' as const, before: 560 } } : {})
	});
