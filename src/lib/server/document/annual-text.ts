// The sentences and tables of an annual plan as it is filed with the superior body, once for the DOCX and the print page.
// Rules: 国市监信〔2019〕38号 (batches, scope, number, timing), 二(四) of the plan (ratio, frequency, the blacklisted).
import { kindWords } from '../../schema/filing';
import { body, heading, type Letter } from '../../schema/letter';
import { yearInChina } from '../burden/limit';
import { bureauOf, type County } from '../county';
import type { Database } from '../db/database';
import type { AnnualPlan, Task } from '../annual/reading';
import { townshipNames } from '../plan';
import { ruleOn } from '../rule';
import { dayWords } from './fact-words';

export interface AnnualPaper {
	letter: Letter;
	annexes: { name: string; head: string[]; shares: number[]; rows: string[][] }[];
}

const spans = ['全县', '地图划定范围内'] as const;
const joined = (parts: readonly string[]) => parts.join('、');
const dots = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** 一 … 二十. */
function numeral(n: number): string {
	const digits = '零一二三四五六七八九十';
	return n <= 10 ? digits[n]! : n < 20 ? `十${digits[n - 10]!}` : String(n);
}

const sizeWords = ({ spec }: Task) =>
	spec.sizeBy === 'ratio' ? `${spec.ratioPercent}%` : `${spec.sampleSize}个`;

const leastWords = ({ spec }: Task) =>
	spec.minPerTownship > 0 ? `，每个乡镇不少于${spec.minPerTownship}个` : '';

function scopeWords({ spec }: Task, names: ReadonlyMap<string, string>): string {
	const where =
		spec.townships.length === 0 ? spans[0] : joined(spec.townships.map((code) => names.get(code) ?? code));
	return spec.area === '' ? where : `${where}${spans[1]}`;
}

const batchWords = ({ batches }: Task) =>
	batches
		.map(
			({ number, from, to, blacklisted }) =>
				`第${number}批${dots(from)}至${dots(to)}${blacklisted ? '（黑名单加抽）' : ''}`
		)
		.join('；');

export async function annualPaper(
	db: Database,
	county: County,
	annual: AnnualPlan,
	at: Date
): Promise<AnnualPaper> {
	const names = new Map((await townshipNames(db, county.code)).map(({ code, name }) => [code, name]));
	const { year, tasks, steps } = annual;
	const end = new Date(`${year}-12-31T12:00:00+08:00`);
	const rule = await ruleOn(db, county.code, 'year_cap', yearInChina(at) === year ? at : end);
	const batches = tasks.flatMap((task) => task.batches);
	const extra = batches.filter(({ blacklisted }) => blacklisted).length;
	const kinds = [...new Set(tasks.flatMap((task) => task.kinds))];
	const annexes = annexesOf(tasks, steps, names);
	const letter: Letter = {
		...{ year, bureau: bureauOf(county), number: annual.filingNumber, to: '上级主管部门' },
		title: `关于报送${year}年度“双随机、一公开”抽查计划的报告`,
		warnings: [
			...(county.demo ? ['【演示数据：本文书所列事项均为演示，不得作为正式文书使用】'] : []),
			...(annual.approvedAt ? [] : ['【草稿，尚未批准】'])
		],
		blocks: [
			body(
				`按照“双随机、一公开”监管要求，我局制定了${year}年度抽查计划` +
					`${annual.approvedAt ? `，于${dayWords(annual.approvedAt)}批准` : ''}。现报送如下。`
			),
			heading('一、总体安排'),
			body(
				`全年安排抽查任务${tasks.length}项、${batches.length}批，检查对象为${joined(kinds.map((kind) => kindWords[kind]))}` +
					`${extra > 0 ? `；其中黑名单主体加抽${extra}批` : ''}。每批抽取前公布承诺值，现场由监督人抽数，过程留痕、可以复算。`
			),
			heading('二、抽查任务'),
			...tasks.map((task, i) =>
				body(
					`抽查${joined(task.items.map(({ name }) => name))}，范围为${scopeWords(task, names)}的` +
						`${joined(task.kinds.map((kind) => kindWords[kind]))}，` +
						`${task.kinds.length > 1 ? '各' : ''}抽取${sizeWords(task)}${leastWords(task)}。` +
						`由${task.departments[0]}牵头` +
						`${task.departments.length > 1 ? `，${joined(task.departments.slice(1))}参加` : ''}，` +
						`责任人${task.responsible}。${batchWords(task)}。` +
						(task.exclusions.length > 0
							? `不列入名录的对象${task.exclusions.length}个，原因逐一写入每批名录的剔除清单。`
							: ''),
					`（${numeral(i + 1)}）${task.title}。`
				)
			),
			heading('三、比例和频次'),
			...weightBlocks(tasks).map((text) => body(text)),
			body(
				rule
					? `同一主体一年最多抽中${rule.value}批（${rule.source}）。次数从名录冻结时起计，递补对象计算在内；` +
							'已达上限的主体概率为0，原因写入剔除清单；重点事项不受此限。'
					: '本年度尚未设定同一主体的抽查次数上限。'
			),
			heading('四、有因检查和联合检查'),
			body(
				'投诉、举报、移送、监测引起的检查单独登记，不进入随机抽查的名录、次数和统计。' +
					'同一主体、同一地点的多项任务，合并为一次到场。'
			),
			heading('五、责任分解'),
			body(
				steps.length > 0 ? `各所、科室、大队的工作和时限共${steps.length}项，见附件2。` : '责任分解另行下达。'
			)
		],
		annexes: annexes.map(({ name }) => name),
		date: dayWords(annual.approvedAt ?? at)
	};
	return { letter, annexes };
}

const weightWords = ({ spec }: Task) =>
	`以B级为${spec.weightB}，A级为${spec.weightA}、C级为${spec.weightC}、D级为${spec.weightD}，` +
	`黑名单主体${spec.takeBlacklist ? '必抽' : `为${spec.weightBlacklist}`}`;

/** Which direction the grades go, and the weights: once where all tasks have the same. */
function weightBlocks(tasks: readonly Task[]): string[] {
	const words = tasks.map(weightWords);
	if (words.length === 0) return [];
	const same = new Set(words).size === 1;
	const each = same ? words[0]! : tasks.map(({ title }, i) => `${title}${words[i]!}`).join('；');
	return [`信用等级A为最可信，D为最不可信。抽取权重${same ? '' : '：'}${each}。`];
}

const annexesOf = (
	tasks: readonly Task[],
	steps: AnnualPlan['steps'],
	names: ReadonlyMap<string, string>
): AnnualPaper['annexes'] => [
	{
		name: '抽查任务一览表',
		head: ['序号', '任务', '对象和范围', '比例', '部门', '批次时间'],
		shares: [8, 26, 28, 12, 34, 48],
		rows: tasks.map((task) => [
			...[String(task.number), task.title],
			`${joined(task.kinds.map((kind) => kindWords[kind]))}，${scopeWords(task, names)}`,
			...[sizeWords(task), joined(task.departments), batchWords(task)]
		])
	},
	{
		name: '责任分解表',
		head: ['序号', '责任单位', '工作', '任务', '时限'],
		shares: [8, 32, 58, 34, 24],
		rows: steps.map((step, i) => [
			...[String(i + 1), step.unit, step.step],
			...[tasks.find(({ number }) => number === step.task)?.title ?? '全部任务', step.due]
		])
	},
	{
		name: '抽查事项和依据',
		head: ['事项', '对象', '类别', '依据'],
		shares: [46, 24, 14, 72],
		rows: [...new Map(tasks.flatMap(({ items }) => items).map((item) => [item.code, item])).values()].map(
			({ name, kind, category, basis }) => [
				...[name, kindWords[kind]],
				...[category === 'priority' ? '重点' : '一般', basis]
			]
		)
	}
];
