// Why a row of an import was refused or kept with a warning, as a rule and its values, and the same in words.
// Invariant: every rule has words in both languages, and the words name the way out where there is one.

/** Where and why. line: the physical line of a text table (1 = header), else the number of the feature (1 = first). */
export interface Refusal {
	file: string;
	line: number;
	/** Where the record of that line begins, when it is another. */
	row?: number;
	field: string;
	rule: Rule;
	values: Readonly<Record<string, string | number>>;
}

const words = {
	missing: ['必填项为空', 'required, but empty'],
	text_long: ['超过 {max} 个字符', 'longer than {max} characters'],
	code_form: [
		'编码“{value}”须为 1–64 个字符的 NFC 文本，不含控制字符',
		'code “{value}” must be 1–64 characters of NFC text without control characters'
	],
	duplicate: ['与第 {line} 行重复（{value}）', 'repeats line {line} ({value})'],
	uscc_malformed: [
		'“{value}”不是 18 位统一社会信用代码',
		'“{value}” is not a unified social credit code of 18 characters'
	],
	uscc_wrong: [
		'统一社会信用代码“{value}”的校验码与其中组织机构代码的校验码都不对，请核对',
		'both check characters of the unified social credit code “{value}” fail: please compare with the licence'
	],
	uscc_doubtful: [
		'统一社会信用代码“{value}”有一个校验码不符，已保留',
		'one check character of the unified social credit code “{value}” fails; kept'
	],
	licence_form: [
		'“{value}”不合采矿许可证号规则（C 加 22 位数字），已保留',
		'“{value}” is not a mining licence number (C and 22 digits); kept'
	],
	unit_form: [
		'“{value}”不合不动产单元号规则（28 位，或宗地代码 19 位），已保留',
		'“{value}” is not a real-estate unit number (28, or 19 characters of a parcel); kept'
	],
	hours_form: [
		'“{value}”不是开放时间，写成 08:00-12:00,14:00-17:30',
		'“{value}” are no opening hours; write them as 08:00-12:00,14:00-17:30'
	],
	notice_form: [
		'“{value}”不是提前通知的工作日数，写 0 到 60 的整数',
		'“{value}” is no number of working days of notice: a whole number from 0 to 60'
	],
	value_unknown: ['不认识“{value}”，可用：{choices}', '“{value}” is not one of: {choices}'],
	party_unknown: [
		'名录中没有市场主体 {value}：先导入市场主体，或在文件中加“权利人”列',
		'no party {value} in the directory: import parties first, or add a column with the name of the holder'
	],
	township_unknown: ['没有乡镇“{value}”', 'there is no township “{value}”'],
	township_foreign: [
		'乡镇代码“{value}”须为 9 位并以 {county} 开头',
		'township code “{value}” must have 9 digits and begin with {county}'
	],
	office_unknown: [
		'没有自然资源所“{value}”：先导入自然资源所',
		'there is no office “{value}”: import the offices first'
	],
	certificate_taken: [
		'执法证号“{value}”已属于 {holder}',
		'certificate “{value}” already belongs to {holder}'
	],
	date_form: ['“{value}”不是日期（如 2026-06-15）', '“{value}” is not a date (such as 2026-06-15)'],
	period_overlap: [
		'黑名单期间与已有期间重叠（{value}）',
		'the blacklist period overlaps one already known ({value})'
	],
	date_order: ['结束日期早于开始日期', 'ends before it begins'],
	template_form: [
		'表单行“{value}”须为“问题|类型|必填”，类型：是否、文字、数字(单位)、单选(选项/选项)；问题不能重复，不能有默认答案',
		'the line “{value}” of the form must be question|kind|必填 with the kinds 是否, 文字, 数字(unit), 单选(option/option); no question twice, no default answer'
	],
	road_none: ['不是道路', 'is not a road'],
	road_class: ['“{value}”不是机动车道路的等级', '“{value}” is not a class of road for cars'],
	number_form: ['“{value}”须为正数', '“{value}” must be a positive number'],
	geometry_missing: ['没有图形', 'has no geometry'],
	geometry_type: ['图形是 {type}，须为{need}', 'the geometry is {type}; {need} is needed'],
	geometry_text: ['图形文字无法读取：{value}', 'the geometry text cannot be read: {value}'],
	geometry_ring: [
		'有一个环少于 4 个点、一条线少于 2 个点，或坐标不是数',
		'a ring has fewer than 4 points, a line fewer than 2, or a coordinate is not a number'
	],
	geometry_empty: ['图形修复后没有面积（{value}）', 'no area is left after repair ({value})'],
	geometry_repaired: [
		'图形有误，已修复（{value}）',
		'the geometry was invalid and has been repaired ({value})'
	],
	corner_form: [
		'不是界址点（点号,圈号,X,Y；X 为北、Y 为东，米或度分秒）：{value}',
		'is no corner (number, ring, X north, Y east; metres, or degrees, minutes, seconds): {value}'
	],
	corner_units: ['同一地块既有米又有度，请统一', 'one parcel has both metres and degrees: give one of them'],
	corner_count: [
		'写明 {stated} 个界址点，实有 {count} 个：请核对是否缺点',
		'{stated} corners are stated, {count} are there: please look for missing ones'
	],
	axes_swapped: [
		'{count} 个点的 X（北）与 Y（东）写反，已对调',
		'X (north) and Y (east) of {count} corners were exchanged; put right'
	],
	zone_missing: [
		'Y 坐标没有带号，文件也没有写“带号”：用坐标系（--crs，如 4549）指明',
		'eastings have no zone prefix and the file names no 带号: give the coordinate system (--crs, such as 4549)'
	],
	zone_conflict: [
		'文件写带号 {stated}，坐标的带号是 {prefix}：以坐标为准，请核对',
		'the file says zone {stated}, its coordinates zone {prefix}: the coordinates hold, please compare'
	],
	rings_many: ['一个地块超过 {max} 圈', 'one parcel has more than {max} rings'],
	not_area: ['图形属性是“{value}”，须为“面”', 'the kind of geometry is “{value}”; 面 (area) is needed'],
	area_form: ['面积“{value}”不是数，未作核对', 'the area “{value}” is not a number and was not compared'],
	area_differs: [
		'写明 {stated} 公顷，按坐标计算 {computed} 公顷，相差 {percent}%：请核对',
		'{stated} ha are stated, the coordinates give {computed} ha, {percent} % apart: please compare'
	],
	point_area: [
		'只有点位：须有多边形，或加“面积(平方米)”列（以同面积的圆示意）',
		'only a point: give a polygon, or a column area_m2 (a circle of that area then stands for the outline)'
	],
	outside: ['离辖区 {km} km', '{km} km outside the jurisdiction'],
	outside_kept: ['离辖区 {km} km，按要求保留', '{km} km outside the jurisdiction, kept as asked'],
	kind_conflict: [
		'编码“{value}”已用于另一类检查对象',
		'code “{value}” already belongs to a target of the other kind'
	]
} as const;

export type Rule = keyof typeof words;
export const rules = Object.keys(words) as Rule[];

const needs: Record<string, readonly [string, string]> = {
	polygon: ['面', 'a polygon'],
	line: ['线', 'a line'],
	point: ['点', 'a point']
};

export function reasonText({ rule, values }: Pick<Refusal, 'rule' | 'values'>, english = false): string {
	const at = english ? 1 : 0;
	return words[rule][at].replace(/\{(\w+)\}/g, (_, key: string) => {
		const value = String(values[key] ?? '');
		return key === 'need' ? (needs[value]?.[at] ?? value) : value;
	});
}
