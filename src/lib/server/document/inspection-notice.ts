// 行政检查通知书, one page for each drawn party. It states the cap on visits a year and the right to ask for recusal, without
// which no visit may be made (forms of 司法部 2025; 国办发〔2024〕54号; 行政处罚法 §42, §43). What the draw does not
// know is left to be filled in: the day, the inspectors, and the cap while nobody has set it.
import type { FileChild } from 'docx';
import { kindWords, quoted, type DrawnFacts, type FilingFacts } from '../../schema/filing';
import { calledParties, type CalledParty } from './called';
import { addressee, clause, closing, line, paper, run, title } from './layout';

const BLANK = '＿＿＿';

export function inspectionNotices(facts: DrawnFacts): Promise<Buffer> {
	const head = { title: '行政检查通知书', creator: facts.bureau, date: facts.date };
	return paper(
		head,
		calledParties(facts.list).map((party) => notice(facts, head.title, party)),
		{ numbered: false }
	);
}

function notice(facts: FilingFacts, name: string, { party, targets }: CalledParty): FileChild[] {
	const named = targets.map(({ name: called, code, serial, rank }) => {
		const shown = called === null || called === code ? code : `${called}（${code}）`;
		return `${shown}，第${serial}号${rank > 0 ? `第${rank}顺位递补` : ''}`;
	});
	return [
		...title(name),
		line([run(`\u3000\u3000\u3000\u3000检通〔${facts.year}〕\u3000\u3000号`)], { alignment: 'center' }),
		...(facts.demo ? [clause('【演示数据，不得作为正式文书使用】')] : []),
		addressee(`${party ?? `${named.length > 0 ? (targets[0]!.name ?? targets[0]!.code) : ''}权利人`}：`),
		clause(
			`经${quoted(facts.plan.name)}第${facts.seq}号随机抽取（承诺值前八位${facts.commitment.slice(0, 8)}，保证等级${facts.level}），` +
				`你单位下列${kindWords[facts.plan.kind]}被抽为检查对象：${named.join('；')}。`
		),
		clause(
			`我局定于${BLANK}年${BLANK}月${BLANK}日派执法人员到现场检查。执法人员不少于两人，并主动出示执法证件：`
		),
		clause(`执法人员：${BLANK}（证号${BLANK}）、${BLANK}（证号${BLANK}）`),
		clause(`检查事项和依据：${BLANK}${BLANK}${BLANK}${BLANK}。`),
		clause(
			`本年度对同一主体的行政检查频次上限为${facts.yearCap ?? BLANK}次，本次为第${BLANK}次。超出上限或者未出示执法证件和本通知书的，你单位有权拒绝检查。`
		),
		clause(
			'你单位认为执法人员与检查事项有直接利害关系或者有其他关系可能影响公正执法的，有权申请其回避；对检查过程和结果有权陈述、申辩。请准备有关权属、许可和生产经营资料，并安排人员到场。'
		),
		clause(`联系人：${BLANK}\u3000\u3000联系电话：${BLANK}${BLANK}`),
		...closing(facts.bureau, '\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日'),
		line([run('签收人：＿＿＿＿＿＿＿＿\u3000\u3000签收时间：＿＿＿＿＿＿＿＿', { size: 14 })])
	];
}
