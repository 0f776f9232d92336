// 移送函, and for a suspected crime 涉嫌犯罪案件移送书 with the papers 国务院令第310号第六条 asks for. It tells what was found
// and where; how the other body proceeds is its own.
import { kindWords } from '../../schema/filing';
import { body, heading, type Letter } from '../../schema/letter';
import { bureauOf, type County } from '../county';
import type { FindingRow, ReferralRow, ResultDetail } from '../result/reading';
import type { Database } from '../db/database';
import { dayWords, yearOf } from './fact-words';
import { paper } from './layout';
import { letter } from './letter';

const crimePapers = [
	'案件情况的调查报告',
	'涉案物品清单',
	'有关检验报告或者鉴定结论',
	'其他有关涉嫌犯罪的材料'
];
const otherPapers = ['现场检查记录', '有关证据材料'];

export async function referralLetter(
	db: Database,
	county: County,
	result: ResultDetail,
	referral: ReferralRow,
	at: Date
): Promise<Letter> {
	const { kind, seq } = await db
		.selectFrom('app.draw')
		.where('county', '=', county.code)
		.where('id', '=', result.draw)
		.select(['kind', 'seq'])
		.executeTakeFirstOrThrow();
	const on = referral.steps.sent.at ?? at;
	const who = result.partyName ? `${result.partyName}（统一社会信用代码${result.party}）的` : '';
	const names = result.inspectors.map(({ name, certificate }) => `${name}（证号${certificate}）`).join('、');
	return {
		...{ bureau: bureauOf(county), number: null, year: yearOf(on), to: referral.body },
		title: referral.crime ? '涉嫌犯罪案件移送书' : `关于移送${result.name}有关问题线索的函`,
		warnings: [
			...(county.demo ? ['【演示数据，不得作为正式文书使用】'] : []),
			...(referral.state === 'proposed' ? ['【草稿，尚未决定移送】'] : []),
			...(referral.state === 'declined' ? ['【未决定移送】'] : [])
		],
		blocks: [
			body(
				`在“双随机、一公开”抽查（${result.planName}${seq === null ? '' : `，第${seq}号抽取`}）中，` +
					`我局于${dayOfWords(result.checkedOn)}对${who}${kindWords[kind as keyof typeof kindWords]}` +
					`${result.name}（编号${result.target}）进行了检查，执法人员为${names}。`
			),
			heading('一、检查发现的问题'),
			...(result.findings.length > 0
				? result.findings.map((finding, i) => body(findingWords(finding), `（${i + 1}）`))
				: [body('检查记录未列具体问题，情况见移送事项。')]),
			heading('二、移送事项'),
			...referral.matter.split('\n').map((text) => body(text)),
			body(
				referral.crime
					? '上述情况涉嫌犯罪，依照《行政执法机关移送涉嫌犯罪案件的规定》（国务院令第310号）移送你单位。请依法审查，并将立案或者不予立案的决定书面通知我局。'
					: '上述情况依法不属于我局管辖，现移送你单位处理。请签收后将处理结果书面告知我局。'
			),
			...(referral.again === null ? [] : [body(`本件系第${referral.again}号移送退回后补充材料重新移送。`)])
		],
		annexes: referral.crime ? crimePapers : otherPapers,
		date: dayWords(on)
	};
}

const dayOfWords = (day: string) => dayWords(new Date(`${day}T12:00:00+08:00`));
const findingWords = ({ itemName, text }: FindingRow) => `${itemName}：${text.replace(/\n/g, '；')}`;

export const referralDocument = (facts: Letter): Promise<Buffer> =>
	paper({ title: facts.title, creator: facts.bureau, date: facts.date }, [letter(facts)]);
