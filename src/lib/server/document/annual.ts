// 年度抽查计划 as it is filed with the superior body, in the layout of 公文.
import { AlignmentType, type FileChild } from 'docx';
import type { AnnualPaper } from './annual-text';
import { annexLine, letterhead } from './filing';
import { addressee, annex, body, closing, heading, line, paper, point, run, title } from './layout';
import { table, type CellLike } from './table';

export function annualDocument(facts: AnnualPaper): Promise<Buffer> {
	const head = { title: facts.title, creator: facts.bureau, date: facts.date };
	const main: FileChild[] = [
		...letterhead(facts, facts.number ?? undefined),
		...title(facts.title),
		...facts.warnings.map((text) =>
			line([run(text, { face: 'hei', size: 14, color: 'FF0000' })], { alignment: AlignmentType.CENTER })
		),
		addressee('上级主管部门：'),
		...facts.blocks.map((block) =>
			block.heading ? heading(block.text) : block.lead ? point(block.lead, block.text) : body(block.text)
		),
		...facts.annexes.map(({ name }, i) => annexLine(name, i)),
		...closing(facts.bureau, facts.date)
	];
	const annexes = facts.annexes.flatMap(({ name, head: columns, shares, rows }, i) => [
		...annex(`附件${i + 1}`, name),
		rows.length > 0
			? table(shares, columns, rows as readonly (readonly CellLike[])[])
			: body('本年度没有此项内容。')
	]);
	return paper(head, [[...main, ...annexes]]);
}
