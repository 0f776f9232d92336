// One row of the inspection items 抽查事项.
// Invariant: basis is never empty — what law does not provide for is not inspected (抽查计划 二(一)).

import type { TargetKind } from '../model';
import { readTemplate, type TemplateQuestion } from './form-template';
import { splitList } from './match';
import { rowReader, type Cells, type Outcome } from './validate';

const kinds: Record<TargetKind, readonly string[]> = {
	mining_right: ['采矿权', '矿业权', '矿山'],
	land_parcel: ['地块', '用地', '宗地']
};
const MOST_NOTICE_DAYS = 60;
const categories = { priority: ['重点'], general: ['一般'] } as const;

export interface ItemRow {
	code: string;
	name: string;
	kind: TargetKind;
	content: string;
	basis: string;
	method: string;
	category: keyof typeof categories;
	scopes: string[];
	minutes: number;
	source: string;
	/** 检查主体, 联合部门, 提前通知, 检查表单; null: what is known stays. */
	body: string | null;
	departments: string[] | null;
	/** Working days. */
	noticeDays: number | null;
	template: TemplateQuestion[] | null;
}

export function itemRow(cells: Cells): Outcome<ItemRow> {
	const row = rowReader(cells);
	const minutes = row.positive('minutes');
	if (minutes === null) row.refuse('minutes', 'missing');
	else if (!Number.isInteger(minutes)) row.refuse('minutes', 'number_form', { value: minutes });
	const notice = row.text('notice_days');
	if (!/^\d{0,2}$/.test(notice) || Number(notice) > MOST_NOTICE_DAYS)
		row.refuse('notice_days', 'notice_form', { value: notice });
	const form = row.text('template', 8000);
	const template = form === '' ? null : readTemplate(form);
	if (template && !template.ok) row.refuse('template', 'template_form', { value: template.value });
	const departments = row.text('departments', 1000);
	return row.finish({
		code: row.code('code'),
		name: row.required('name'),
		kind: row.choice('kind', kinds),
		content: row.required('content', 2000),
		basis: row.required('basis', 1000),
		method: row.required('method'),
		category: row.choice('category', categories),
		scopes: splitList(row.required('scope')),
		minutes: minutes ?? 0,
		source: row.required('source'),
		body: row.text('body') || null,
		departments: departments === '' ? null : splitList(departments),
		noticeDays: notice === '' ? null : Number(notice),
		template: template?.ok ? template.questions : null
	});
}
