// A letter in the layout of 公文: red head, number, title, whom it is to, text, names of its annexes, who signs when.
import { AlignmentType, BorderStyle, type FileChild } from 'docx';
import { annexText, numberOf, type Letter, type LetterBlock } from '../../schema/letter';
import { addressee, body, closing, heading, line, point, qr, run, title, twips } from './layout';
import { hash } from './table';

const RED = 'FF0000';
const centred = { alignment: AlignmentType.CENTER };

/** portal: what the code opens, where the letter has one. */
export const letter = (facts: Letter, portal = ''): FileChild[] => [
	...letterhead(facts),
	...title(facts.title),
	...facts.warnings.map((text) => line([run(text, { face: 'hei', size: 14, color: RED })], centred)),
	addressee(`${facts.to}：`),
	...facts.blocks.flatMap((block) => paragraphs(block, portal)),
	...facts.annexes.map(annexLine),
	...closing(facts.bureau, facts.date)
];

function paragraphs(block: LetterBlock, portal: string): FileChild[] {
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

/** 版头: whose document it is, 35 mm below the upper edge of the text. */
const letterhead = (facts: Letter): FileChild[] => [
	line([run(`${facts.bureau}文件`, { face: 'title', size: 34, color: RED })], {
		...centred,
		spacing: { before: twips(30) }
	}),
	line([run(numberOf(facts))], {
		...centred,
		spacing: { before: 560, line: 560, lineRule: 'exact', after: 60 },
		border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 10 } }
	})
];

const annexLine = (name: string, i: number) =>
	line([run(annexText(name, i))], {
		indent: { firstLine: 640 },
		...(i === 0 ? { spacing: { line: 560, lineRule: 'exact' as const, before: 560 } } : {})
	});
