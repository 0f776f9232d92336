// The sentences of a filing, once for the DOCX and the print page. Rules: the plan's 二(三) (drawn under a witness, filed in
// writing, traced end to end) and protocol §4 (the level on every document, no more claimed than it holds).
import { kindWords, levelWords, type DrawnFacts, type FilingFacts } from '../../schema/filing';
import { body, heading, type Letter, type LetterBlock } from '../../schema/letter';

const point = (lead: string, text: string) => body(text, lead);

export const filingLetter = (facts: DrawnFacts): Letter => ({
	...{ bureau: facts.bureau, number: null, year: facts.year, to: '局办公室', date: facts.date },
	title: `关于${facts.plan.name}抽取情况的备案报告`,
	...{ warnings: warnings(facts), blocks: filingText(facts), annexes: annexNames(facts) }
});

export const filingText = (facts: DrawnFacts): LetterBlock[] => [
	body(opening(facts)),
	...planPart(facts),
	...ceremonyPart(facts),
	...levelPart(facts),
	...resultPart(facts),
	...checkPart()
];

function warnings({ state, ended, demo }: FilingFacts): string[] {
	return [
		...(demo ? ['【演示数据：本文书所列对象均为虚构，不得作为正式文书使用】'] : []),
		...(state === 'void' && ended ? [`【本次抽取已于${ended.at}作废，名单不得作为检查依据】`] : [])
	];
}

const annexNames = ({ excluded, crews }: FilingFacts): string[] => [
	'检查对象名单及递补顺序',
	excluded.length > 0 ? '未列入名录对象名单' : '未列入名录对象名单（无）',
	'校验值',
	...(crews ? ['检查人员及递补顺序'] : [])
];

export const annexNote =
	'概率为抽取前公布的入选概率，只适用于原抽中名单；递补后的名单不以此概率表述。抽中对象无法检查的，只能由其自身的下一顺位递补。';

export const crewNote =
	'递补顺序由种子决定；轮到的人员当日不合规（家乡乡镇、回避、证件、不在岗或另有路线）的，跳过并留痕，由下一位递补。';

/** Every value that tells whether anything was changed afterwards, as Annex 3 lists them. */
export function filingHashes(facts: DrawnFacts): { name: string; hex: string }[] {
	const all: [string, string | null][] = [
		['承诺值', facts.commitment],
		['上一号承诺值', facts.prev],
		['名录校验值', facts.plan.root],
		['剔除名单校验值', facts.plan.excludedRoot],
		['随机数校验值', facts.nonceCommit],
		...facts.witnesses.map(({ body: of, hash }): [string, string | null] => [`${of}数字校验值`, hash]),
		['纸面记录影像校验值', facts.paper?.scan ?? null],
		['名单文件校验值', facts.list.manifestHash],
		['名单树根', facts.list.selectedRoot],
		['人员抽取承诺值', facts.crews?.commitment ?? null],
		['人员抽取文件校验值', facts.crews?.documentHash ?? null],
		['verify.html', facts.verifier.html],
		['verify.py', facts.verifier.py]
	];
	return all.flatMap(([name, hex]) => (hex === null ? [] : [{ name, hex }]));
}

const bodiesOf = ({ witnesses }: FilingFacts) => witnesses.map(({ body: of }) => of).join('、');

const opening = (facts: DrawnFacts) =>
	`按照“双随机、一公开”监管要求，我局于${facts.steps.drawn}从${kindWords[facts.plan.kind]}检查对象名录中随机抽取` +
	`检查对象，由${bodiesOf(facts)}派员现场监督。现将抽取方案、过程和结果备案如下。`;

function planPart({
	plan,
	seq,
	prev,
	excludedCounts,
	excluded,
	steps,
	redoOf,
	superiorConsent
}: DrawnFacts): LetterBlock[] {
	const counts = excludedCounts.map(({ reason, count }) => `${reason}${count}个`).join('、');
	return [
		heading('一、抽取方案'),
		body(
			`本次抽取编号为第${seq}号，${prev ? '承接上一号抽取的承诺值' : '为本辖区首次抽取'}。` +
				`名录共${plan.frameSize}个对象，抽取${plan.sampleSize}个，每个乡镇不少于${plan.minPerTownship}个` +
				`（乡镇对象不足的，全部抽取）；空间均衡按H3网格第${plan.h3Resolution}级，坐标取整到${plan.gridM}米；` +
				`每个抽中对象预先排定递补对象${plan.substitutes}个。`
		),
		body(
			`名录于${steps.frozen}冻结。` +
				(excluded.length > 0
					? `未列入名录的对象共${excluded.length}个，其中${counts}，逐一列于附件2。`
					: '抽查范围内没有未列入名录的对象。')
		),
		...(redoOf === null
			? []
			: [
					body(
						`本次抽取是第${redoOf}号抽取的重抽` +
							(superiorConsent ? `，上级意见：${superiorConsent}。` : '，按规定采用最高保证等级。')
					)
				])
	];
}

function ceremonyPart(facts: DrawnFacts): LetterBlock[] {
	const { steps, commitment, witnesses, beacon, signatures, objections, operator, noticeMinutes } = facts;
	const witnessText = witnesses
		.map(({ name, body: of, digits, givenAt, paper: onPaper }) => {
			const done = onPaper ? '确认纸面记录的' : '录入';
			return `${of}${name}于${givenAt ?? '—'}${done}20位数字${digits ?? '—'}`;
		})
		.join('；');
	const signed = signatures.map(
		({ name, role, at }) => `${role === 'witness' ? '监督人' : '经办人'}${name}（${at}）`
	);
	return [
		heading('二、抽取过程'),
		point(
			'（一）公布承诺。',
			`名录、规则和概率算成承诺值，于${steps.announced}公布，公告期${noticeMinutes}分钟。承诺值为：`
		),
		{ kind: 'hash', hex: commitment },
		point('（二）现场抽数。', `${witnessText}。数字于${steps.locked ?? '—'}锁定。`),
		...(facts.paper ? [body(paperText(facts, facts.paper))] : []),
		...(beacon
			? [
					point(
						'（三）外部公开值。',
						`数字锁定后，采用${beacon.source}（${beacon.after}以后产生），公开值为${beacon.value ?? '—'}` +
							`，于${beacon.enteredAt ?? '—'}录入，凭据：${beacon.evidence ?? '—'}。`
					)
				]
			: []),
		point(
			beacon ? '（四）抽取。' : '（三）抽取。',
			`经办人${operator}于${steps.drawn}执行抽取，种子由承诺值、事先封存的服务器随机数、监督人数字` +
				`${beacon ? '和外部公开值' : ''}合成，没有其他输入。`
		),
		point(
			beacon ? '（五）签字。' : '（四）签字。',
			signed.length > 0 ? `${signed.join('、')}已在系统中签字确认。` : '截至本文书生成时尚无人签字。'
		),
		...objections.map(({ name, at, statement }) => body(`监督人${name}于${at}提出书面异议：“${statement}”`))
	];
}

/** 纸面补录: what happened, who typed it in, who confirmed it. */
const paperText = ({ witnesses }: DrawnFacts, paper: NonNullable<FilingFacts['paper']>): string =>
	`因${paper.reason}，系统于${paper.cutAt}中断，数字于${paper.drawnAt}在纸面抽数记录单上抽取，` +
	`记录单由${paper.signed}签名。系统恢复后，由${paper.recordedBy}于${paper.recordedAt}补录，` +
	`${witnesses.map(({ name }) => name).join('、')}以本人账号逐位核对确认` +
	`${paper.scan ? '，记录单影像校验值见附件3' : ''}。`;

const levelPart = ({ level }: DrawnFacts): LetterBlock[] => [
	heading('三、保证等级'),
	body(`本次抽取的保证等级为${levelWords[level].name}。${levelWords[level].claim}${levelWords[level].limit}`)
];

function resultPart({ plan, list, crews, state, ended, again, closeBy, steps }: DrawnFacts): LetterBlock[] {
	const open = steps.revealed
		? `名单已于${steps.revealed}公开。`
		: `名单在公开前封存，公开期限为${closeBy}。`;
	return [
		heading('四、抽取结果'),
		body(
			`共抽中${list.rows.length}个对象，涉及${plan.allocation.filter(({ drawn }) => drawn).length}个乡镇，` +
				`名单及递补顺序见附件1。${state === 'void' ? '' : open}`
		),
		...list.granted.map(({ serial, rank, failed, substitute, reason, at }) =>
			body(
				`第${serial}号对象（${failed}）因${reason}，经批准于${at}由第${rank}顺位递补对象（${substitute}）递补。`
			)
		),
		...(crews
			? [
					body(
						`检查路线确定后，检查人员由第${crews.seq}号人员抽取决定：于${crews.drawn}从事先承诺的` +
							`${crews.size}种合规组合中抽中第${crews.ticket}种。各路线人员及递补顺序见附件4，校验值见附件3。`
					)
				]
			: []),
		...(ended
			? [
					body(
						`本次抽取于${ended.at}作废，原因：${ended.reason}。` +
							`${ended.askedBy ? `由${ended.askedBy}提出，` : ''}${ended.by}批准。作废的抽取连同编号永久保留` +
							`${again.length > 0 ? `，重抽编号为第${again.join('、')}号` : ''}。`
					)
				]
			: [])
	];
}

const checkPart = (): LetterBlock[] => [
	heading('五、核验办法'),
	body(
		'扫描下方二维码可核对承诺值；名单公开后，任何人都可用公示页提供的独立验证程序重新计算并得到同一份名单。各项校验值见附件3。'
	),
	{ kind: 'code' }
];
