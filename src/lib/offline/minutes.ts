// 现场笔录: the record read out as the sheet the party signs. In Chinese whatever the language of the pages: it is filed.
import { RESULT } from '../core/field/form';
import type { Pack, Stop } from '../core/field/pack';
import type { StopRecord } from '../core/field/record';

const time = (at: string) =>
	new Intl.DateTimeFormat('zh-CN', {
		dateStyle: 'long',
		timeStyle: 'short',
		timeZone: 'Asia/Shanghai'
	}).format(new Date(at));
const measures = {
	none: '',
	on_site: '，当场责令改正',
	ordered: '，责令限期改正',
	case: '，建议立案',
	referral: '，建议移送'
};

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
		record.photos.length > 0 ? `现场照片 ${record.photos.length} 张。` : ''
	];
	return lines.filter((line) => line !== '').join('\n');
}
