// 行政检查审批表, one page for each drawn party: no visit without it, and an urgent one is approved after (forms of 司法部
// 2025). What the draw fixed is filled in; items, inspectors and opinions are written by those who decide.
import type { FileChild } from 'docx';
import { kindWords, quoted, type DrawnFacts, type FilingFacts } from '../../schema/filing';
import { calledParties, type CalledParty } from './called';
import { line, paper, run, title, twips } from './layout';
import { code, table, type Cell, type CellLike } from './table';

export function approvalForms(facts: DrawnFacts): Promise<Buffer> {
	const head = { title: '行政检查审批表', creator: facts.bureau, date: facts.date };
	return paper(
		head,
		calledParties(facts.list).map((party) => form(facts, head.title, party)),
		{ numbered: false }
	);
}

function form(facts: FilingFacts, name: string, { party, uscc, targets }: CalledParty): FileChild[] {
	const shown = targets.flatMap((target) => [
		`第${target.serial}号${target.rank > 0 ? `（第${target.rank}顺位递补）` : ''}\u3000${target.name ?? ''}\u3000${target.township}`,
		code(target.code)
	]);
	const whole = (label: string, cell: CellLike = ''): CellLike[] => [
		label,
		{ ...(typeof cell === 'string' ? { lines: [cell] } : cell), span: 3 } satisfies Cell
	];
	const opinion = (label: string): CellLike[] =>
		whole(label, {
			lines: [
				'',
				'',
				'签名：\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日'
			]
		});
	const rows: CellLike[][] = [
		['检查对象', party ?? '—', '统一社会信用代码', uscc ?? '—'],
		whole(`${kindWords[facts.plan.kind]}及所在乡镇`, { lines: shown }),
		whole('来源', {
			lines: [
				`双随机抽查：${quoted(facts.plan.name)}第${facts.seq}号抽取，${facts.steps.drawn ?? ''}，保证等级${facts.level}`,
				code(facts.commitment, 8.5)
			]
		}),
		whole('检查事项'),
		whole('检查依据'),
		['检查方式', '□现场检查\u3000□非现场检查', '检查时间', ''],
		['执法人员（证号）', '', '执法人员（证号）', ''],
		[
			'本年度频次上限',
			`${facts.yearCap ?? '\u3000\u3000\u3000\u3000'}次`,
			'本次为本年度',
			'第\u3000\u3000\u3000\u3000次'
		],
		whole('回避情况', '□执法人员与检查对象无利害关系\u3000□应当回避：'),
		whole('紧急情形', '□否\u3000□是（先行检查，事后补办审批），事由：'),
		opinion('承办机构意见'),
		opinion('法制审核意见'),
		opinion('负责人审批意见')
	];
	const small = twips(9);
	return [
		...title(name),
		...(facts.demo
			? [line([run('【演示数据，不得作为正式文书使用】', { size: 12 })], { alignment: 'center' })]
			: []),
		table([30, 50, 30, 50], null, rows, {
			least: rows.map((_, i) => (i === 3 || i === 4 ? twips(12) : small))
		})
	];
}
