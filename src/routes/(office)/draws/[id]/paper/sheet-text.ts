// 纸面抽数记录单: what people do who hold only this sheet, in the words of the paper, which is always Chinese.
import type { FilingFacts } from '$lib/schema/filing';

const beaconStep = ({ beacon }: FilingFacts): string[] =>
	beacon
		? [
				`外部公开值为${beacon.source}，须在${beacon.after}以后才产生。停电超过这一时间的，本次中止，按最高等级重抽；数字不得在公开值产生后补录。`
			]
		: [];

/** Before the digits are in. from: when the notice is over. */
export function drawSteps(facts: FilingFacts, from: string): string[] {
	const two = facts.witnesses.length === 2;
	return [
		`核对承诺值：本单与公示页、短信或截图上的承诺值应当一致。${from}以前不得抽数（公告期）。`,
		two
			? '两名监督人互不观看，各自用骰子或号码球抽出20位数字，填入自己的“第一遍”，字迹朝下放好后同时翻开。'
			: '监督人当场用骰子或号码球抽出20位数字，从左到右逐格填入“第一遍”。',
		'换一人唱读，另一人把数字抄入“第二遍”，两遍逐格核对一致；写错的格划去，在上方重写并签名，不得涂改。',
		'填写停电原因和时间、抽数时间；监督人、经办人签名。任何人都不得再抽第二次。',
		...beaconStep(facts),
		'本单当场拍照，原件由监督人带走保管。',
		'恢复供电后：经办人在本页“补录”栏录入；每名监督人用本人账号登录，照本单原件逐位输入数字确认。全部确认后系统锁定数字并继续抽取。',
		`无法在${facts.revealBy}以前恢复的，由经办人中止本次抽取；已抽出的数字照录，重抽须采用最高保证等级。`
	];
}

/** The digits are in; the list follows from what is stored, by any computer. */
export const lockedSteps = (facts: FilingFacts): string[] => [
	'数字已经锁定，名单由已锁定的数字唯一确定，停电不影响结果，任何人不得重新抽数。',
	...(facts.beacon
		? [
				`待${facts.beacon.after}以后，把${facts.beacon.source}的公开值和出处抄在下面，恢复后由监督人录入两遍。`
			]
		: []),
	'在场人员在下面签名，本单当场拍照，原件由监督人带走保管。',
	`恢复供电后在抽取页面继续：经办人执行抽取，双方签字。抽取期限为${facts.revealBy}。`
];
