// The yearly figures as a paper for the government and the superior body, and as they are published.
import { body, heading, type Letter } from '../../schema/letter';
import { bureauOf, type County } from '../county';
import type { YearReport } from '../result/report';
import { dayWords } from './fact-words';
import { annex, paper } from './layout';
import { letter } from './letter';
import { table } from './table';

/** A table of the report, as the page shows it. */
export interface ReportTable {
	title: string;
	head: string[];
	rows: (string | number)[][];
	total?: (string | number)[];
}

export function yearReportDocument(
	county: County,
	{ year, results, penalties, referrals, outcomes, times }: YearReport,
	tables: readonly ReportTable[],
	at: Date
): Promise<Buffer> {
	const problems = results - outcomes.none_found.mining_right - outcomes.none_found.land_parcel;
	const posting = times.find(({ of }) => of === 'posting')!;
	const facts: Letter = {
		...{ bureau: bureauOf(county), number: null, year: year + 1 },
		...{ to: '县人民政府、上级主管部门', title: `关于${year}年度行政检查和行政执法情况的报告` },
		warnings: county.demo ? ['【演示数据，不得作为正式文书使用】'] : [],
		blocks: [
			body(
				'按照行政执法公示制度、执法全过程记录制度、重大执法决定法制审核制度的要求，现将本年度有关数据报告如下。'
			),
			heading('一、行政检查'),
			body(
				`全年“双随机、一公开”抽查形成检查结果${results}件，其中发现问题或者未能检查的${problems}件。` +
					(posting.median === null ? '' : `从检查到公示的时间中位数为${posting.median}天`) +
					(posting.inTime === null ? '。' : `，按期公示率${Math.round(posting.inTime * 1000) / 10}%。`)
			),
			heading('二、行政处罚'),
			body(
				`起草处罚决定${penalties.drafted}件，经法制审核并作出决定${penalties.decided}件，公示${penalties.posted}件，` +
					`不予处罚${penalties.dropped}件，撤下${penalties.withdrawn}件；罚款合计${penalties.fineFen / 100}元。`
			),
			heading('三、移送'),
			body(
				`移送其他部门${referrals.department}件，移送公安机关${referrals.police}件，其中涉嫌犯罪${referrals.crime}件；` +
					`已受理${referrals.accepted}件，被退回${referrals.returned}件。`
			)
		],
		annexes: tables.map(({ title }) => title),
		date: dayWords(at)
	};
	const after = tables.flatMap(({ title, head, rows, total }, i) => [
		...annex(`附件${i + 1}`, title),
		table(
			head.map((_, column) => (column === 0 ? 2 : 1)),
			head,
			[...rows, ...(total ? [total] : [])].map((row) => row.map(String))
		)
	]);
	return paper({ title: facts.title, creator: facts.bureau, date: facts.date }, [
		[...letter(facts), ...after]
	]);
}
