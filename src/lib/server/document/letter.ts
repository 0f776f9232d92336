// A letter in the layout of 公文: red head, number, title, whom it is to, text, names of its annexes, who signs when.
import { AlignmentType, BorderStyle, type FileChild } from 'docx';
import { annexText, numberOf, type Letter, type LetterBlock } from '../../schema/letter';
import { addressee, body, closing, heading, lastBody, line, point, qr, run, title, twips } from './layout';
import { hash } from './table';

const RED = 'FF0000';
const centred = { alignment: AlignmentType.CENTER };

/** portal: what the code opens, where the letter has one. */
export const letter = (facts: Letter, portal = ''): FileChild[] => [
	...letterhead(facts),
	...title(facts.title),
	...facts.warnings.map((text) => line([run(text, { face: 'hei', size: 14, color: RED })], centred)),
	addressee(`${facts.to}：`),
	...facts.blocks.flatMap((block, i) => paragraphs(block, portal, i >= lastText(facts))),
	...facts.annexes.map(annexLine),
	...closing(facts.bureau, facts.date)
];

const lastText = ({ blocks }: Letter) => blocks.findLastIndex(({ kind }) => kind === 'body');

/** keepNext: on the page of what follows, down to 署名. */
function paragraphs(block: LetterBlock, portal: string, keepNext: boolean): FileChild[] {
	switch (block.kind) {
		case 'heading':
			return [heading(block.text)];
		case 'body':
			return [(keepNext ? lastBody : body)(...(block.lead ? point(block.lead, block.text) : [block.text]))];
		case 'hash':
			return hash(block.hex, 14).map((half) => line([half], { ...centred, keepNext }));
		case 'code':
			return [
				qr(portal, 32, { keepNext }),
				line([run(portal.replace(/\?.*$/, ''), { face: 'code', size: 10.5 })], { ...centred, keepNext })
			];
	}
}

/** Points: one line of 156 mm (442 pt), whatever the name. */
const headSize = (bureau: string) => Math.min(34, Math.floor(442 / ([...bureau].length + 2)));

/** 版头: whose document it is, 35 mm below the upper edge of the text. */
const letterhead = (facts: Letter): FileChild[] => [
	line([run(`${facts.bureau}文件`, { face: 'title', size: headSize(facts.bureau), color: RED })], {
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
		keepNext: true,
		...(i === 0 ? { spacing: { line: 560, lineRule: 'exact' as const, before: 560 } } : {})
	});
