// 宣传单 (三): the published plan of a year on one sheet, in words of whoever may be called: what is inspected when, how lots
// are drawn, what an inspection has to look like, and what one may do. Also a poster, since A4 enlarges to A1 as it is.
import type { PublicPlan, PublicTask } from '../annual/publication';

export interface Leaflet {
	county: string;
	year: number;
	bureau: string;
	/** Of made-up data. */
	warning: string | null;
	tasks: { title: string; when: string; how: string }[];
	sections: { heading: string; lines: string[] }[];
}

const monthOf = (day: string) => `${Number(day.slice(5, 7))}月`;
const when = ({ batches }: PublicTask) =>
	[
		...new Set(
			batches.map(({ from, to }) =>
				monthOf(from) === monthOf(to) ? monthOf(from) : `${monthOf(from)}—${monthOf(to)}`
			)
		)
	].join('、');
const how = ({ ratioPercent, sampleSize, batches, items }: PublicTask) =>
	`${ratioPercent === null ? `每批抽${sampleSize}个` : `每批抽${ratioPercent}%`}，${batches.length}批，查${items.length}项`;

/** cap: the most batches a party is called in, by the rule of the year; null: nobody set it. */
export function leafletOf(plan: PublicPlan, cap: number | null): Leaflet {
	return {
		...{ county: plan.county, year: plan.year, bureau: plan.bureau },
		warning: plan.demo ? '演示数据，不代表任何真实对象' : null,
		tasks: plan.tasks.map((task) => ({ title: task.title, when: when(task), how: how(task) })),
		sections: [
			{
				heading: '怎样抽中',
				lines: [
					'检查对象和执法人员都由抽签产生，谁也不能指定。',
					'抽签前先公布名录的承诺值，监督人当场掷出数字，名单由公开的算法得出；任何人都能在门户上自己核验。'
				]
			},
			{
				heading: '检查时',
				lines: [
					'执法人员不少于两人，出示执法证，送达检查通知书。',
					...(cap === null
						? []
						: [`同一主体一年内被抽中的批次不超过${cap}次，重点事项和投诉举报等不在此限。`])
				]
			},
			{
				heading: '您可以',
				lines: [
					'认为执法人员与检查有利害关系的，申请其回避。',
					'凭通知书上的一次性口令，在门户查看本单位的记录，提出异议和申诉。',
					'发现违法线索的，在门户举报。'
				]
			},
			{
				heading: '查了以后',
				lines: ['检查结果和处罚依法在门户公示，撤下的留有编号、日期和原因。']
			}
		]
	};
}
