// The inspection items as a workbook with the columns that an import of items reads: the template is the export.
import { templateText, type TemplateQuestion } from '../../core/registry/form-template';
import type { Database } from '../db/database';
import { workbook } from '../workbook';

const kinds: Record<string, string> = { mining_right: '采矿权', land_parcel: '地块' };
const categories: Record<string, string> = { priority: '重点', general: '一般' };
const columns = [
	...['编号', '事项名称', '检查对象', '抽查内容', '抽查依据', '抽查方式', '事项类别', '专业', '分钟', '来源'],
	...['检查主体', '联合部门', '提前通知工作日', '检查表单']
];
const widths = [12, 28, 12, 48, 40, 20, 10, 16, 8, 20, 20, 20, 14, 48];

export async function itemBook(db: Database, county: string): Promise<Uint8Array<ArrayBuffer>> {
	const items = await db
		.selectFrom('app.item')
		.selectAll()
		.where('county', '=', county)
		.orderBy('code')
		.execute();
	const rows = items.map((item) => [
		...[item.code, item.name, kinds[item.kind] ?? item.kind, item.content, item.basis, item.method],
		...[categories[item.category] ?? item.category, item.scopes.join('+'), item.minutes, item.source],
		...[item.body, item.departments.join('+'), item.notice_days],
		templateText((item.template ?? []) as unknown as TemplateQuestion[])
	]);
	return workbook([{ name: '抽查事项', widths, head: columns, rows }]);
}
