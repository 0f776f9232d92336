// 封存声明: what is public between the draw and the opening of its list (protocol §4): commitment, hash of the manifest, root
// of the list; of the list itself nothing.
import { AlignmentType } from 'docx';
import { inGroups, levelWords, type FilingFacts } from '../../schema/filing';
import { body, closing, paper, qr, title } from './layout';
import { code, table, type CellLike } from './table';

export function sealedStatement(
	facts: FilingFacts & { list: NonNullable<FilingFacts['list']> }
): Promise<Buffer> {
	const { steps, level, list, witnesses, closeBy, ended } = facts;
	const head = { title: `第${facts.seq}号抽取名单封存声明`, creator: facts.bureau, date: facts.date };
	const value = (name: string, hash: string): CellLike[] => [name, { lines: [code(inGroups(hash), 9.5)] }];
	const bodies = witnesses.map(({ body: of, name }) => `${of}${name}`).join('、');
	return paper(head, [
		[
			...title(head.title),
			...(facts.demo ? [body('【演示数据，不得作为正式文书使用】')] : []),
			body(
				`“${facts.plan.name}”第${facts.seq}号抽取于${steps.drawn}完成，${bodies}现场监督。从${facts.plan.frameSize}个对象中抽中` +
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
			qr(facts.portal, 32, AlignmentType.CENTER),
			...closing(facts.bureau, facts.date)
		]
	]);
}
