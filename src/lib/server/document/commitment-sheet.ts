// 承诺单: one page on paper before anything is drawn. C large enough to read out, what it commits to, and empty boxes for the
// digits, so that a power cut does not stop a ceremony (protocol §4: digits on the printed commitment, entered later, marked).
import { AlignmentType, type FileChild } from 'docx';
import { inGroups, kindWords, levelWords, type FilingFacts } from '../../schema/filing';
import { line, paper, qr, run, TEXT_WIDTH } from './layout';
import { hash, table, type CellLike } from './table';

const tight = (before = 0) => ({ spacing: { before, line: 340, lineRule: 'exact' as const } });

export function commitmentSheet(facts: FilingFacts): Promise<Buffer> {
	const head = { title: `抽取承诺单（第${facts.seq}号）`, creator: facts.bureau, date: facts.date };
	const groups = inGroups(facts.commitment).split(' ');
	const large = (from: number) =>
		line([run(groups.slice(from, from + 4).join(' '), { face: 'code', size: 20, bold: true })], {
			alignment: AlignmentType.CENTER,
			spacing: { line: 520, lineRule: 'exact' }
		});
	const children: FileChild[] = [
		line([run(head.title, { face: 'title', size: 22 })], { alignment: AlignmentType.CENTER }),
		line(
			[
				run(`${facts.bureau}\u3000${facts.steps.announced}公布${facts.demo ? '\u3000【演示数据】' : ''}`, {
					size: 12
				})
			],
			{
				alignment: AlignmentType.CENTER
			}
		),
		large(0),
		large(4),
		qr(facts.portal, 28),
		table([24, 56, 24, 56], null, planRows(facts)),
		line(
			[run(`${levelWords[facts.level].claim}${levelWords[facts.level].limit}`, { size: 10.5 })],
			tight(80)
		),
		...facts.witnesses.flatMap(boxes),
		line(
			[
				run(
					'停电或设备故障时：监督人当场用骰子或号码球抽出数字，从左到右逐格填写并签名，恢复后凭本单补录，系统注明“纸面补录”。',
					{ size: 10.5 }
				)
			],
			tight(120)
		),
		line(
			[run('经办人签名：＿＿＿＿＿＿＿＿＿＿\u3000\u3000\u3000日期：＿＿＿＿＿＿＿＿', { size: 12 })],
			tight(160)
		)
	];
	return paper(head, [children]);
}

function planRows({
	plan,
	prev,
	level,
	beacon,
	noticeMinutes,
	revealBy,
	closeBy
}: FilingFacts): CellLike[][] {
	const wide = (name: string, value: CellLike & object) => [name, { ...value, span: 3 }];
	return [
		['抽取计划', plan.name, '对象种类', kindWords[plan.kind]],
		['名录数', `${plan.frameSize}个`, '抽取数', `${plan.sampleSize}个`],
		['每乡镇不少于', `${plan.minPerTownship}个`, '递补对象', `每个对象${plan.substitutes}个`],
		['网格', `H3第${plan.h3Resolution}级`, '坐标取整', `${plan.gridM}米`],
		['公告期', `${noticeMinutes}分钟`, '保证等级', level],
		...(beacon ? [wide('外部公开值', { lines: [`${beacon.source}（${beacon.after}以后）`] })] : []),
		['抽取期限', revealBy, '公开期限', closeBy],
		wide('上一号承诺值', { lines: prev ? hash(prev, 9) : ['无（首次抽取）'] })
	];
}

const boxes = ({ name, body }: FilingFacts['witnesses'][number]): FileChild[] => [
	line(
		[run(`监督人：${body}\u3000${name}\u3000\u3000签名：＿＿＿＿＿＿\u3000时间：＿＿＿＿＿`, { size: 12 })],
		tight(200)
	),
	table(
		Array.from({ length: 20 }, () => TEXT_WIDTH / 20),
		null,
		[Array.from({ length: 20 }, () => '')],
		{ least: [480] }
	)
];
