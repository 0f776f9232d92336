// 封存声明: what is public between the draw and the opening of its list (protocol §4): commitment, hash of the manifest, root
// of the list; of the list itself nothing.
import { AlignmentType, BorderStyle, Table, TableCell, TableRow, WidthType, type Paragraph } from 'docx';
import { levelWords, quoted, type DrawnFacts } from '../../schema/filing';
import { body, closing, paper, qr, TEXT_WIDTH, title } from './layout';
import { hash, table, type CellLike } from './table';

export function sealedStatement(facts: DrawnFacts): Promise<Buffer> {
	const { steps, level, list, witnesses, closeBy, ended } = facts;
	const head = { title: `第${facts.seq}号抽取名单封存声明`, creator: facts.bureau, date: facts.date };
	const value = (name: string, hex: string): CellLike[] => [name, { lines: hash(hex) }];
	const bodies = witnesses.map(({ body: of, name }) => `${of}${name}`).join('、');
	return paper(head, [
		[
			...title(head.title),
			...(facts.demo ? [body('【演示数据，不得作为正式文书使用】')] : []),
			body(
				`${quoted(facts.plan.name)}第${facts.seq}号抽取于${steps.drawn}完成，${bodies}现场监督。从${facts.plan.frameSize}个对象中抽中` +
					`${facts.plan.sampleSize}个。`
			),
			body(
				ended
					? `本次抽取已于${ended.at}作废，原因：${ended.reason}。`
					: steps.revealed
						? `名单已于${steps.revealed}公开，应与下列校验值相符。`
						: `名单自即时起封存，至迟于${closeBy}公开。公开的名单必须与下列校验值相符，改动一字即不相符：`
			),
			table([36, 124], null, [
				value('承诺值', facts.commitment),
				value('名单文件校验值', list.manifestHash),
				value('名单树根', list.selectedRoot)
			]),
			body(`保证等级：${levelWords[level].name}。${levelWords[level].claim}${levelWords[level].limit}`),
			body(`在此之前公布检查结果或处罚决定的，附该对象在名单树根中的包含证明，可证明其确系抽中。`),
			beside(qr(facts.portal, 30, { alignment: AlignmentType.LEFT }), closing(facts.bureau, facts.date))
		]
	]);
}

/** The code at the left, who signs at the right. */
function beside(left: Paragraph, right: Paragraph[]): Table {
	const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
	const part = (width: number, children: Paragraph[]) =>
		new TableCell({ width: { size: width, type: WidthType.DXA }, children });
	const widths = [Math.floor(TEXT_WIDTH * 0.3), Math.floor(TEXT_WIDTH * 0.7)] as const;
	return new Table({
		columnWidths: widths,
		width: { size: TEXT_WIDTH, type: WidthType.DXA },
		borders: {
			...{ top: none, bottom: none, left: none, right: none },
			...{ insideHorizontal: none, insideVertical: none }
		},
		rows: [new TableRow({ cantSplit: true, children: [part(widths[0], [left]), part(widths[1], right)] })]
	});
}
