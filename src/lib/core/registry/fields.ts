// The fields of each kind of import, and the column names under which bureaus and surveyors deliver them: Chinese
// titles, the pinyin initials of database standards (ten bytes in a .dbf), English.
// Invariant: a column serves one field at most; what the user maps by hand wins over what is guessed.

export const importKinds = [
	'mining_right',
	'land_parcel',
	'township',
	'office',
	'inspector',
	'party',
	'item',
	'road'
] as const;
export type ImportKind = (typeof importKinds)[number];

export interface Field {
	name: string;
	required?: boolean;
	aliases: readonly string[];
}

const list = (text: string) => text.split(' ');
const position: Field[] = [
	{ name: 'lon', aliases: list('lon lng longitude x 经度 东经 y坐标 横坐标') },
	{ name: 'lat', aliases: list('lat latitude y 纬度 北纬 x坐标 纵坐标') },
	{ name: 'wkt', aliases: list('wkt geom geometry the_geom wkt_geom 几何') }
];
/** One corner to a row, or all of them in one cell. */
const corners: Field[] = [
	{ name: 'corner', aliases: list('corner 点号 拐点号 界址点号 拐点编号 界址点编号') },
	{ name: 'ring', aliases: list('ring 圈号 环号') },
	{ name: 'corners', aliases: list('corners 拐点坐标 界址点坐标 区域坐标 坐标串 qyzb') }
];
const target = (code: string, name: string): Field[] => [
	{ name: 'code', required: true, aliases: list(`code ${code} 编号 bh id`) },
	{ name: 'name', aliases: list(`name 名称 mc ${name}`) },
	{ name: 'party', aliases: list('party uscc 统一社会信用代码 社会信用代码 信用代码 tyshxydm shxydm xydm') },
	{
		name: 'party_name',
		aliases: list('party_name 市场主体 主体名称 采矿权人 权利人 土地使用权人 ckqr qlr qlrmc')
	},
	{ name: 'status', aliases: list('status 状态 zt') },
	{ name: 'area', aliases: list('area_m2 面积平方米 zdmj') },
	...position,
	...corners
];

export const fieldsOf: Record<ImportKind, readonly Field[]> = {
	mining_right: target(
		'采矿许可证号 采矿许可证编号 许可证号 xkzh ckxkzh',
		'矿山名称 矿区名称 ksmc mine_name description'
	),
	land_parcel: target(
		'不动产单元号 bdcdyh 宗地代码 宗地编码 宗地编号 宗地号 zddm 地块代码 地块编码 地块编号 地块号 dkbh',
		'地块名称 宗地名称 dkmc 项目名称 xmmc 坐落 zl'
	),
	township: [
		{ name: 'code', required: true, aliases: list('code xzqdm xzdm 行政区代码 乡镇代码 代码 adcode dm') },
		{ name: 'name', required: true, aliases: list('name xzqmc xzmc 行政区名称 乡镇名称 乡镇 名称 mc') },
		...position
	],
	office: [
		{ name: 'code', required: true, aliases: list('code 编号 代码 bh') },
		{ name: 'name', required: true, aliases: list('name 名称 所名 mc') },
		{ name: 'townships', required: true, aliases: list('townships township 辖区 管辖乡镇 乡镇 gxxz') },
		{ name: 'department', aliases: list('department 部门 所属部门 ssbm') },
		...position
	],
	party: [
		{
			name: 'uscc',
			required: true,
			aliases: list('uscc 统一社会信用代码 社会信用代码 信用代码 tyshxydm code')
		},
		{ name: 'name', required: true, aliases: list('name 名称 企业名称 单位名称 主体名称 mc') },
		{ name: 'credit_grade', aliases: list('credit_grade grade 信用等级 等级') },
		{ name: 'address', aliases: list('address 地址 住所') },
		{ name: 'contact', aliases: list('contact phone 联系电话 联系方式 电话') },
		{ name: 'hours', aliases: list('hours 开放时间 营业时间 生产时间') },
		{ name: 'blacklist_from', aliases: list('blacklist_from 列入日期 黑名单起') },
		{ name: 'blacklist_to', aliases: list('blacklist_to 移出日期 黑名单止') },
		{ name: 'blacklist_source', aliases: list('blacklist_source 列入依据 黑名单来源') }
	],
	inspector: [
		{ name: 'code', required: true, aliases: list('code 编号 工号') },
		{ name: 'name', required: true, aliases: list('name 姓名') },
		{ name: 'office', required: true, aliases: list('office 所属单位 自然资源所 单位 所') },
		{ name: 'home_townships', aliases: list('home_townships 驻点乡镇 住址乡镇') },
		{ name: 'scopes', required: true, aliases: list('scopes scope 执法范围 专业 职责') },
		{ name: 'lead', aliases: list('lead 组长 可任组长') },
		{ name: 'certificate', required: true, aliases: list('certificate 执法证号 证号') },
		{ name: 'issuer', required: true, aliases: list('issuer 发证机关') },
		{ name: 'valid_from', required: true, aliases: list('valid_from 有效期起 发证日期') },
		{ name: 'valid_to', required: true, aliases: list('valid_to 有效期止 有效期至') }
	],
	item: [
		{ name: 'code', required: true, aliases: list('code 编号 事项编码') },
		{ name: 'name', required: true, aliases: list('name 名称 事项名称 抽查事项') },
		{ name: 'kind', required: true, aliases: list('kind 对象类型 检查对象') },
		{ name: 'content', required: true, aliases: list('content 内容 抽查内容') },
		{ name: 'basis', required: true, aliases: list('basis 依据 抽查依据') },
		{ name: 'method', required: true, aliases: list('method 方式 抽查方式') },
		{ name: 'category', required: true, aliases: list('category 类别 事项类别') },
		{ name: 'scope', required: true, aliases: list('scope scopes 专业 执法范围') },
		{ name: 'minutes', required: true, aliases: list('minutes 时长 分钟') },
		{ name: 'source', required: true, aliases: list('source 来源') },
		{ name: 'body', aliases: list('body 检查主体 抽查主体 主体') },
		{ name: 'departments', aliases: list('departments 联合部门 配合部门') },
		{ name: 'notice_days', aliases: list('notice_days 提前通知 提前通知工作日 通知工作日') },
		{ name: 'template', aliases: list('template 检查表单 表单') }
	],
	road: [
		{
			name: 'class',
			required: true,
			aliases: list('class highway fclass 技术等级 道路等级 公路等级 等级 jsdj dldj 类型')
		},
		{ name: 'speed', aliases: list('speed maxspeed 限速 设计速度 车速') },
		{ name: 'one_way', aliases: list('one_way oneway 单向 单行') },
		{ name: 'other_tags', aliases: list('other_tags') }
	]
};

/** Column names compare without case, blanks, underscores and the units in brackets. */
const folded = (name: string) =>
	name
		.normalize('NFKC')
		.replace(/[(（].*?[)）]/g, '')
		.replace(/[\s_-]/g, '')
		.toLowerCase();

export type Columns = ReadonlyMap<string, number>;

export type ColumnsResult =
	| { ok: true; columns: Columns; rest: number[] }
	| {
			ok: false;
			reason: 'column_missing' | 'column_unknown' | 'field_unknown';
			field: string;
			names: string[];
	  };

/**
 * Which column holds which field. `mapping`: field → column by hand; an empty column means that the field is not taken.
 * `missing`: required fields that no column serves.
 */
export function matchColumns(
	kind: ImportKind,
	header: readonly string[],
	mapping: Readonly<Record<string, string>>
): { columns: Columns; missing: string[] } {
	const columns = new Map<string, number>();
	const taken = new Set<number>();
	const take = (field: string, at: number | undefined) => {
		if (at === undefined || at < 0) return;
		columns.set(field, at);
		taken.add(at);
	};
	for (const [field, column] of Object.entries(mapping))
		if (column !== '') take(field, header.indexOf(column));
	const keys = header.map(folded);
	for (const { name, aliases } of fieldsOf[kind]) {
		if (Object.hasOwn(mapping, name)) continue;
		take(
			name,
			aliases.map((alias) => keys.indexOf(folded(alias))).find((at) => at >= 0 && !taken.has(at))
		);
	}
	const missing = fieldsOf[kind].filter(({ name, required }) => required && !columns.has(name));
	return { columns, missing: missing.map(({ name }) => name) };
}

/** The same where every name must be right. `rest`: the columns that serve no field; targets keep them as attributes. */
export function resolveColumns(
	kind: ImportKind,
	header: readonly string[],
	mapping: Readonly<Record<string, string>>
): ColumnsResult {
	const names = fieldsOf[kind].map((field) => field.name);
	for (const [field, column] of Object.entries(mapping)) {
		if (!names.includes(field)) return { ok: false, reason: 'field_unknown', field, names };
		if (column !== '' && !header.includes(column))
			return { ok: false, reason: 'column_unknown', field: column, names: [...header] };
	}
	const { columns, missing } = matchColumns(kind, header, mapping);
	if (missing[0] !== undefined)
		return { ok: false, reason: 'column_missing', field: missing[0], names: [...header] };
	const taken = new Set(columns.values());
	return { ok: true, columns, rest: header.map((_, i) => i).filter((i) => !taken.has(i)) };
}
