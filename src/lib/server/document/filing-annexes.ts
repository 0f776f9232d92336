// The annexes of a filing: the list with every substitute in order, what was left out and why, and every value that lets
// somebody who holds this paper tell whether anything was changed afterwards.
import type { FileChild } from 'docx';
import { type DrawnFacts, type FilingFacts, type FilingTarget } from '../../schema/filing';
import { annexNote, crewNote, filingHashes } from './filing-text';
import { annex, body, line, run } from './layout';
import { code, hash, small, table, type CellLike } from './table';

export function filingAnnexes(facts: DrawnFacts): FileChild[] {
	return [...listAnnex(facts), ...excludedAnnex(facts), ...valuesAnnex(facts), ...crewAnnex(facts)];
}

const named = ({ name, code: id }: FilingTarget) => (name === null || name === id ? id : `${name}（${id}）`);
/** Name above code, the code once where both are the same. */
const stacked = (target: FilingTarget): CellLike => ({
	lines: [...(target.name !== null && target.name !== target.code ? [target.name] : []), code(target.code)]
});

function listAnnex({ list }: DrawnFacts): FileChild[] {
	const rows = list.rows.flatMap((row): CellLike[][] => [
		[
			{ lines: [String(row.serial)], centre: true, keep: true },
			stacked(row),
			row.party ?? '—',
			{ lines: [row.township], centre: true },
			{ lines: [row.chance], centre: true }
		],
		[
			{ lines: ['递补'], centre: true },
			{
				lines:
					row.substitutes.length > 0
						? row.substitutes.map((one, i) => small(`${i + 1}.${named(one)}`))
						: ['无'],
				span: 4
			}
		]
	]);
	return [
		...annex('附件1', '检查对象名单及递补顺序'),
		table([13, 60, 46, 22, 22], ['序号', '检查对象', '市场主体', '乡镇', '概率（%）'], rows),
		note(annexNote)
	];
}

const note = (text: string, keepNext = false) =>
	line([run(`注：${text}`, { size: 10.5 })], { spacing: { before: 120, line: 320 }, keepNext });

function excludedAnnex({ excluded }: FilingFacts): FileChild[] {
	const rows = excluded.map((row, i): CellLike[] => [
		{ lines: [String(i + 1)], centre: true },
		stacked(row),
		row.party ?? '—',
		{ lines: [row.reason], centre: true }
	]);
	return [
		...annex('附件2', '未列入名录对象名单'),
		rows.length > 0
			? table([12, 62, 56, 30], ['序号', '对象', '市场主体', '原因'], rows)
			: body('抽查范围内没有未列入名录的对象。')
	];
}

function valuesAnnex(facts: DrawnFacts): FileChild[] {
	const { plan, checkpoint } = facts;
	const rows = filingHashes(facts).map(({ name, hex }): CellLike[] => [name, { lines: hash(hex) }]);
	return [
		...annex('附件3', '校验值'),
		table([36, 124], ['项目', 'SHA-256（十六进制，八位一组）'], rows),
		note(`抽取计划编号：${plan.id}；坐标系：${plan.crs}；抽取协议：fairlot-draw/1。`),
		...(checkpoint === null
			? [note('本台账尚未签发检查点。')]
			: [
					note(
						`留痕检查点（${facts.readAt}读取；保存于本系统之外的这份文本，可证明此前的记录未被删改）：`,
						true
					),
					table([1], null, [
						[
							{
								lines: checkpoint
									.trimEnd()
									.split('\n')
									.map((text) => code(text, 9))
							}
						]
					])
				])
	];
}

function crewAnnex({ crews }: DrawnFacts): FileChild[] {
	if (!crews) return [];
	const rows = crews.rows.map((row): CellLike[] => [
		{ lines: [row.day], centre: true },
		`${row.office}${row.team}组`,
		{ lines: [row.name, ...(row.before ? [small(`原为${row.before}`)] : [])] },
		{ lines: [small(row.next.map((name, i) => `${i + 1}.${name}`).join(' '))] }
	]);
	return [
		...annex('附件4', '检查人员及递补顺序'),
		table([24, 44, 34, 61], ['日期', '路线', '检查人员', '递补顺序（前五位）'], rows),
		note(crewNote)
	];
}
