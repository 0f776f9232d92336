// Texts that the crew shows or reads out at every stop, by paragraph. Law and plan named; no county's own wording.
import type { Notices } from '../../core/field/pack';

export const notices = (county: string): Notices => ({
	rights: [
		`我们是${county}自然资源和规划主管部门的执法人员，现向你（单位）出示执法证件。`,
		'本次检查对象和执法人员均以随机抽取方式确定，检查事项以随机抽查事项清单为限。',
		'你（单位）有陈述、申辩的权利，有要求执法人员出示执法证件的权利，对不符合规定的检查有权拒绝并投诉举报。',
		'你（单位）应当如实提供有关情况和资料，不得拒绝、阻挠检查。'
	],
	recusal: [
		'执法人员与你（单位）有直接利害关系或者有其他关系可能影响公正执法的，你（单位）有权申请其回避（《中华人民共和国行政处罚法》第四十三条）。回避申请由行政机关负责人决定；决定作出之前，不停止检查。'
	],
	served: ['送达回证：受送达人签收下列文书。拒绝签收的，记明事由、日期，由见证人在场。'],
	duty: ['位置信息只作为到达现场和拍摄照片的证据记录，只在当日路线的检查期间记录，不在其他时间定位。']
});
