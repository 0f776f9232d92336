// 年度抽查计划 as it is filed with the superior body, in the layout of 公文.
import type { AnnualPaper } from './annual-text';
import { annex, body, paper } from './layout';
import { letter } from './letter';
import { table, type CellLike } from './table';

export function annualDocument({ letter: facts, annexes }: AnnualPaper): Promise<Buffer> {
	const head = { title: facts.title, creator: facts.bureau, date: facts.date };
	const after = annexes.flatMap(({ name, head: columns, shares, rows }, i) => [
		...annex(`附件${i + 1}`, name),
		rows.length > 0
			? table(shares, columns, rows as readonly (readonly CellLike[])[])
			: body('本年度没有此项内容。')
	]);
	return paper(head, [[...letter(facts), ...after]]);
}
