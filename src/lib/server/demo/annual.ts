// The demonstration's annual plans: the last two with draws are published, their past draws tied to their tasks; the one
// of the year after waits for a leader. Beside them checks with a cause of their own and the steps offices answer for.
import type { Transaction } from 'kysely';
import { canonical } from '../../core/bytes/canonical';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import type { TargetKind } from '../../core/model';
import { channels } from '../../schema/annual';
import type { TaskSpec } from '../annual/reading';
import { publicDocument } from '../annual/publication';
import { yearInChina } from '../burden/limit';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import { COUNTY, type DemoCounty } from './demo-county';
import { planOf, roundsUntil, yearOf } from './history';
import { random } from './random';

interface DemoTask {
	title: string;
	kind: TargetKind;
	items: string[];
	departments: string[];
	responsible: string;
	ratioPercent: number;
	minPerTownship: number;
	h3Resolution: number;
	/** Month and day, first and last. */
	batches: [from: string, to: string, blacklisted?: boolean][];
}

const own = '自然资源和规划局';
const tasks: readonly DemoTask[] = [
	{
		...{
			title: '采矿权双随机抽查',
			kind: 'mining_right',
			items: ['KC-01', 'KC-02', 'KC-05', 'KC-06', 'KC-07']
		},
		...{ departments: [own, '应急管理局', '生态环境局'], responsible: '矿产资源管理科', ratioPercent: 8 },
		...{ minPerTownship: 1, h3Resolution: 6 },
		batches: [
			['04-01', '12-10'],
			['09-01', '12-20'],
			['10-15', '12-15', true]
		]
	},
	{
		...{ title: '用地批后监管抽查', kind: 'land_parcel', items: ['YD-04', 'YD-05', 'YD-06'] },
		...{ departments: [own, '住房和城乡建设局'], responsible: '用地管理科', ratioPercent: 3 },
		...{ minPerTownship: 4, h3Resolution: 7, batches: [['07-01', '12-20']] }
	},
	{
		...{ title: '越界开采专项抽查', kind: 'mining_right', items: ['KC-03', 'KC-04'] },
		...{ departments: [own, '公安局'], responsible: '执法大队', ratioPercent: 5 },
		...{ minPerTownship: 0, h3Resolution: 6, batches: [['05-01', '12-10']] }
	},
	{
		...{ title: '永久基本农田保护专项抽查', kind: 'land_parcel', items: ['YD-01', 'YD-02', 'YD-03'] },
		...{ departments: [own, '农业农村局'], responsible: '耕地保护科', ratioPercent: 4 },
		...{ minPerTownship: 4, h3Resolution: 7, batches: [['06-01', '12-10']] }
	}
];
const steps: readonly [unit: string, step: string, due: string, task: number | null][] = [
	['矿产资源管理科', '核对采矿权名录和信用等级', '03-20', 1],
	['局办公室', '派员现场监督抽取', '04-30', null],
	['执法大队', '组织现场检查，一次到场完成全部事项', '06-30', 1],
	['各自然资源所', '配合跨区域检查', '11-30', null],
	['用地管理科', '公示检查结果', '12-20', 2]
];
const matters = {
	complaint: ['反映运输车辆损坏村道', '反映开采粉尘影响农田', '反映弃渣占压排水沟'],
	report: ['举报夜间超范围开采', '举报在耕地上堆放砂石', '举报未办手续建设厂房'],
	referral: ['县纪委移送用地问题线索', '市级督察交办图斑', '生态环境局移送线索'],
	monitoring: ['卫片发现疑似新增用地', '卫片发现采场边界变化', '无人机巡查发现新开挖面']
} as const;
const outcomes = ['未发现违法行为', '责令限期改正', '已立案查处'];
/** Targeted checks of the years before this one, the latest last. */
const PAST = [34, 28, 21];
const THIS_YEAR = 6;

const spec = ({ ratioPercent, minPerTownship, h3Resolution }: DemoTask): TaskSpec => ({
	...{ area: '', areaRule: 'intersects', townships: [], sizeBy: 'ratio', ratioPercent, sampleSize: 10 },
	...{ minPerTownship, h3Resolution, grid: 1, substitutes: 3, takeBlacklist: false },
	...{ weightA: 0.5, weightB: 1, weightC: 2, weightD: 4, weightBlacklist: 4 }
});

/** Years whose plan is out, and the one whose plan waits for a leader. */
export function planYears(at: Date): { published: number[]; waiting: number } {
	const last = yearOf(roundsUntil(at).at(-1)!);
	return { published: [last - 1, last], waiting: last + 1 };
}

export async function insertAnnual(trx: Transaction<DB>, county: DemoCounty, at: Date): Promise<void> {
	const { published, waiting } = planYears(at);
	for (const year of published) {
		await insertPlan(trx, year, at);
		await publish(trx, year, at);
	}
	await insertPlan(trx, waiting, at);
	await trx
		.updateTable('app.annual_plan')
		.set({ state: 'submitted', submitted_by: 'demo', submitted_at: at })
		.where('year', '=', waiting)
		.execute();
	const checks = targetedChecks(county, yearInChina(at), at);
	await trx.insertInto('app.targeted_check').values(checks).execute();
	const years = [...published, waiting];
	await append(trx, COUNTY.code, {
		...{ type: 'demo.annual', at: at.toISOString(), actor: 'demo', demo: true },
		...{ years, tasks: years.length * tasks.length, targeted: checks.length }
	});
}

async function insertPlan(trx: Transaction<DB>, year: number, at: Date): Promise<void> {
	const key = { county: COUNTY.code, year };
	const by = { created_by: 'demo', created_at: at, edited_by: 'demo', edited_at: at };
	await trx
		.insertInto('app.annual_plan')
		.values({ ...key, ...by })
		.execute();
	await trx
		.insertInto('app.task')
		.values(
			tasks.map((task, i) => ({
				...{ ...key, number: i + 1, title: `${task.title}（演示）`, kinds: [task.kind], items: task.items },
				...{ departments: task.departments, lead_department: task.departments[0]! },
				...{ responsible: task.responsible, spec: JSON.stringify(spec(task)) }
			}))
		)
		.execute();
	await trx
		.insertInto('app.task_batch')
		.values(
			tasks.flatMap(({ batches }, i) =>
				batches.map(([from, to, blacklisted = false], b) => ({
					...{ ...key, task: i + 1, number: b + 1, blacklisted },
					...{ from_day: `${year}-${from}`, to_day: `${year}-${to}` }
				}))
			)
		)
		.execute();
	await trx
		.insertInto('app.responsibility')
		.values(
			steps.map(([unit, step, due, task], i) => ({
				...{ ...key, number: i + 1, unit, step, due: `${year}-${due}`, task },
				// What was due is done, in time.
				...(new Date(`${year}-${due}T16:00:00Z`) < at
					? { done_by: 'demo', done_at: new Date(`${year}-${due}T01:00:00Z`) }
					: {})
			}))
		)
		.execute();
}

async function publish(trx: Transaction<DB>, year: number, at: Date): Promise<void> {
	const key = { county: COUNTY.code, year };
	const on = (month: string) => new Date(`${year}-${month}T02:00:00Z`);
	const set = (values: object) =>
		trx.updateTable('app.annual_plan').set(values).where('year', '=', year).execute();
	await set({ state: 'submitted', submitted_by: 'demo', submitted_at: on('02-20') });
	await set({ state: 'approved', approved_by: 'demo leader', approved_at: on('03-05') });
	for (const round of roundsUntil(at)) {
		const { kind, batch, exempt } = round;
		if (yearOf(round) !== year || !batch) continue;
		await trx
			.insertInto('app.task_plan')
			.values({
				...{ ...key, plan: planOf(round), task: batch[0], batch: batch[1] },
				...{ kind, blacklisted: false, exempt }
			})
			.execute();
	}
	const filingNumber = `演示自然资〔${year}〕8号`;
	const document = canonical(
		await publicDocument(trx, { ...COUNTY, demo: true }, year, { filingNumber, revision: 1 })
	);
	const published = { published_by: 'demo', published_at: on('03-10') };
	await set({ state: 'published', filing_number: filingNumber, ...published });
	await trx
		.insertInto('app.annual_publication')
		.values({
			...{ ...key, revision: 1, filing_number: filingNumber, document },
			...{ document_hash: toHex(sha256(document)), ...published }
		})
		.execute();
}

function targetedChecks({ targets }: DemoCounty, year: number, at: Date) {
	const rng = random('targeted checks');
	const present = targets.filter(({ to }) => to === null);
	const last = at.getTime() - 8 * 86_400_000;
	const first = new Date(`${year}-01-05T02:00:00Z`).getTime();
	return [...PAST, THIS_YEAR]
		.flatMap((count, k) =>
			Array.from({ length: count }, (_, i) => {
				const of = year - PAST.length + k;
				const now = of === year;
				const begins = now ? Math.min(first, last) : new Date(`${of}-01-05T02:00:00Z`).getTime();
				const ends = now ? last : new Date(`${of}-12-10T02:00:00Z`).getTime();
				const received = new Date(begins + ((i + 0.5) / count) * (ends - begins));
				return { received, open: now && i >= count - 2 };
			})
		)
		.map(({ received, open }, i) => {
			const channel = channels[rng.int(channels.length)]!;
			const target = rng.pick(present);
			const checked = new Date(received.getTime() + rng.int(7) * 86_400_000);
			const outcome = rng.pick(outcomes);
			return {
				...{ county: COUNTY.code, id: i + 1, channel, party: target.party, target: target.code },
				...{ received_on: dayIn(received), matter: `${rng.pick(matters[channel])}（演示）` },
				...{ created_by: 'demo', created_at: received },
				...(open ? {} : { checked_on: dayIn(checked), outcome, closed_by: 'demo', closed_at: checked })
			};
		});
}

/** The day of an instant around noon in China. */
const dayIn = (at: Date) => at.toISOString().slice(0, 10);
