// 行政检查通知书, one page for each party that is called. It states the cap on visits a year and the right to ask for recusal,
// without which no visit may be made (forms of 司法部 2025; 国办发〔2024〕54号; 行政处罚法 §42, §43). What is not known yet is
// left to be filled in: before the day routes the day and the items, before the crews the inspectors, and the cap while
// nobody has set it.
import type { FileChild } from 'docx';
import type { TargetKind } from '../../core/model';
import { kindWords, quoted, type DrawnFacts } from '../../schema/filing';
import { calledParties, type Called } from './called';
import { addressee, clause, closing, line, paper, run, title } from './layout';

const BLANK = '＿＿＿';
const NAME = '行政检查通知书';
/** Characters of targets and items that one page holds in 四号. */
const ROOMY = 160;

/** What all notices of a batch say. */
export interface NoticeHead {
	bureau: string;
	demo: boolean;
	date: string;
	year: number;
	kind: TargetKind;
	/** How the batch came about, as a clause that `，` may follow. */
	drawnBy: string;
	/** Batches a party and year; null: no rule was set. */
	yearCap: number | null;
}

export interface Notice {
	party: string | null;
	targets: Pick<Called, 'code' | 'name' | 'serial' | 'rank'>[];
	/** The day as words. */
	day?: string;
	/** What is looked at, and on which basis. */
	items?: string;
	inspectors?: { name: string; certificate: string }[];
	/** Which batch of its year this is for the party. */
	nth?: number;
}

export const drawnBy = (plan: string, seq: number, commitment: string, level: string): string =>
	`经${quoted(plan)}第${seq}号随机抽取（承诺值前八位${commitment.slice(0, 8)}，保证等级${level}）`;

export function inspectionNotices(facts: DrawnFacts): Promise<Buffer> {
	const { plan, seq, commitment, level } = facts;
	const head = { ...facts, kind: plan.kind, drawnBy: drawnBy(plan.name, seq, commitment, level) };
	return noticePaper(head, calledParties(facts.list));
}

export const noticePaper = (head: NoticeHead, notices: readonly Notice[]): Promise<Buffer> =>
	paper(
		{ title: NAME, creator: head.bureau, date: head.date },
		notices.map((one) => notice(head, one)),
		{ numbered: false }
	);

function notice(head: NoticeHead, { party, targets, day, items, inspectors = [], nth }: Notice): FileChild[] {
	const named = targets.map(({ name: called, code, serial, rank }) => {
		const shown = called === null || called === code ? code : `${called}（${code}）`;
		return `${shown}，第${serial}号${rank > 0 ? `第${rank}顺位递补` : ''}`;
	});
	const people = inspectors.length > 0 ? inspectors : [0, 1].map(() => ({ name: BLANK, certificate: BLANK }));
	const listed = named.join('；');
	const said = (text: string) => clause(text, listed.length + (items?.length ?? 0) > ROOMY);
	return [
		...title(NAME),
		line([run(`\u3000\u3000\u3000\u3000检通〔${head.year}〕\u3000\u3000号`)], { alignment: 'center' }),
		...(head.demo ? [clause('【演示数据，不得作为正式文书使用】')] : []),
		addressee(`${party ?? `${named.length > 0 ? (targets[0]!.name ?? targets[0]!.code) : ''}权利人`}：`),
		said(`${head.drawnBy}，你单位下列${kindWords[head.kind]}被抽为检查对象：${listed}。`),
		said(
			`我局定于${day ?? `${BLANK}年${BLANK}月${BLANK}日`}派执法人员到现场检查。执法人员不少于两人，并主动出示执法证件：`
		),
		said(`执法人员：${people.map(({ name, certificate }) => `${name}（证号${certificate}）`).join('、')}`),
		said(`检查事项和依据：${items ?? BLANK.repeat(4)}。`),
		said(
			`本年度对同一主体的行政检查频次上限为${head.yearCap ?? BLANK}次，本次为第${nth ?? BLANK}次。超出上限或者未出示执法证件和本通知书的，你单位有权拒绝检查。`
		),
		said(
			'你单位认为执法人员与检查事项有直接利害关系或者有其他关系可能影响公正执法的，有权申请其回避；对检查过程和结果有权陈述、申辩。请准备有关权属、许可和生产经营资料，并安排人员到场。'
		),
		said(`联系人：${BLANK}\u3000\u3000联系电话：${BLANK}${BLANK}`),
		...closing(head.bureau, '\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日'),
		line([run('签收人：＿＿＿＿＿＿＿＿\u3000\u3000签收时间：＿＿＿＿＿＿＿＿', { size: 14 })])
	];
}
