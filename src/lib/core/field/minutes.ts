// 现场笔录: the record read out as the sheet the party signs. In Chinese whatever the language of the pages: it is filed.
import type { ServedDocument } from './event';
import { RESULT } from './form';
import type { Pack, Stop } from './pack';
import type { Entry, StopRecord } from './record';

/** 2026年11月29日 14:05, in China: by figures, so that phone and server read out the same. */
function time(at: string): string {
	const [year, month, day, clock] = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().split(/[-T]/);
	return `${year}年${Number(month)}月${Number(day)}日 ${clock!.slice(0, 5)}`;
}
const measures = {
	none: '',
	on_site: '，当场责令改正',
	ordered: '，责令限期改正',
	case: '，建议立案',
	referral: '，建议移送'
};

export const documentNames: Record<ServedDocument, string> = {
	notice: '检查通知书',
	record: '现场检查笔录',
	order: '责令改正通知书'
};

/** One line of 送达回证: what, to whom, how, when. */
export function serviceOf({ document, to, how, witness, reason, writtenAt }: Entry<'served'>): string {
	const ways = {
		direct: '直接送达，受送达人签收',
		left: '留置送达',
		refused: `拒绝签收（${reason ?? '未写明'}）`
	};
	return `${time(writtenAt)} 向 ${to} 送达《${documentNames[document]}》，${ways[how]}${witness ? `，见证人 ${witness}` : ''}。`;
}

export function minutesOf(
	{ crew, county }: Pick<Pack, 'crew' | 'county'>,
	stop: Stop,
	record: StopRecord
): string {
	const said = (check: string, question: string) => record.answers[check]?.[question];
	const arrival = record.arrivals[0];
	const notice = record.notices[0];
	const lines = [
		`现场检查笔录（${county.name}）`,
		`被检查对象：${stop.party?.name ?? '（登记中无当事人）'}${stop.party ? `（${stop.party.uscc}）` : ''}`,
		`检查地点：${stop.targets.map(({ code, name, township }) => `${township} ${name}（${code}）`).join('；')}`,
		`检查人员：${crew.map(({ name, certificate }) => `${name}（证号 ${certificate}）`).join('、')}`,
		arrival ? `到达时间：${time(arrival.writtenAt)}` : '',
		notice ? `执法人员向 ${notice.to} 出示证件，告知其权利义务（${time(notice.writtenAt)}）。` : '',
		...record.recusals.map(({ inspector, grounds }) => `当事人申请 ${inspector} 回避：${grounds}`),
		'检查情况：',
		...stop.checks.map((check, k) => {
			const answers = check.questions.flatMap((question) => {
				const value = said(check.id, question.id)?.value;
				if (value === undefined || value === null) return [];
				const label = question.options.find((option) => option.value === value)?.label ?? value;
				return [question.id === RESULT ? label : `${question.text}：${label}`];
			});
			return `${k + 1}. ${check.name}（${check.target}）：${answers.join('；') || '未填'}`;
		}),
		...record.unreachable.map(({ target, text }) => `${target ?? '全部对象'}未能检查：${text}`),
		...record.findings.map(
			({ text, measure, due }) => `发现问题：${text}${measures[measure]}${due ? `（${due} 前）` : ''}。`
		),
		...record.notes.map(({ text }) => `记录：${text}`),
		...record.served.map((served) => `送达回证：${serviceOf(served)}`),
		record.sketches.length > 0 ? `现场草图 ${record.sketches.length} 幅。` : '',
		record.photos.length > 0 ? `现场照片 ${record.photos.length} 张。` : ''
	];
	return lines.filter((line) => line !== '').join('\n');
}
