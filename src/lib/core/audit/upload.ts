// A past list of another system as CSV: one row per target and batch, in the order it was drawn from. Columns by their
// names in Chinese or English: id and drawn must be there; batch, position, office, registered, inspectors may.

import { readCsv } from '../registry/csv';
import type { AuditRow, Batch } from './list';

const columns = {
	batch: ['batch', '批次', '任务', '抽查批次'],
	position: ['position', 'order', '序号', '次序', '顺序', '位置'],
	id: ['id', 'code', '编号', '对象编号', '统一社会信用代码', '许可证号'],
	office: ['office', '所', '自然资源所', '所属所', '科室', '机构'],
	registered: ['registered', 'registration date', 'registration_date', '登记日期', '注册日期', '成立日期'],
	drawn: ['drawn', 'selected', '抽中', '是否抽中', '抽取结果'],
	inspectors: ['inspectors', 'inspector', '执法人员', '检查人员', '检查人']
} as const;
type Column = keyof typeof columns;

const yes = ['1', 'true', 'yes', 'y', '是', '√', '抽中', '已抽中', '中'];
const no = ['0', 'false', 'no', 'n', '否', '', '未抽中', '未抽', '×'];

export type UploadProblem =
	| { reason: 'empty' }
	| { reason: 'no_column'; column: 'id' | 'drawn'; names: readonly string[] }
	| { reason: 'no_id'; line: number }
	| { reason: 'twice'; line: number; id: string; batch: string }
	| { reason: 'not_a_number' | 'not_yes_or_no' | 'not_a_date'; line: number; value: string };
export type Upload = { ok: true; batches: Batch[] } | { ok: false; problem: UploadProblem };

const fails = (problem: UploadProblem): Upload => ({ ok: false, problem });
const plain = (text: string) => text.trim().toLowerCase();

export function readPastLists(source: string): Upload {
	const records = [...readCsv(source)];
	const head = records.shift()?.fields.map(plain);
	if (!head || records.length === 0) return fails({ reason: 'empty' });
	const place = Object.fromEntries(
		Object.entries(columns).map(([column, names]) => [
			column,
			head.findIndex((name) => (names as readonly string[]).includes(name))
		])
	) as Record<Column, number>;
	for (const column of ['id', 'drawn'] as const)
		if (place[column] < 0) return fails({ reason: 'no_column', column, names: columns[column] });
	const batches = new Map<string, { position: number; row: AuditRow }[]>();
	const known = new Set<string>();
	for (const { line, fields } of records) {
		const of = (column: Column) => (place[column] < 0 ? '' : (fields[place[column]] ?? '').trim());
		const [id, batch, drawn] = [of('id'), of('batch'), plain(of('drawn'))];
		if (id === '') return fails({ reason: 'no_id', line });
		if (known.has(`${batch}\n${id}`)) return fails({ reason: 'twice', line, id, batch });
		known.add(`${batch}\n${id}`);
		if (!yes.includes(drawn) && !no.includes(drawn))
			return fails({ reason: 'not_yes_or_no', line, value: of('drawn') });
		const registered = dateOf(of('registered'));
		if (registered === undefined) return fails({ reason: 'not_a_date', line, value: of('registered') });
		const position = of('position') === '' ? line : Number(of('position'));
		if (!Number.isFinite(position)) return fails({ reason: 'not_a_number', line, value: of('position') });
		const inspectors = of('inspectors')
			.split(/[、，,;；/\s]+/)
			.filter((name) => name !== '');
		const row = {
			id,
			office: of('office'),
			registered,
			drawn: yes.includes(drawn),
			chance: null,
			inspectors
		};
		const list = batches.get(batch);
		if (list) list.push({ position, row });
		else batches.set(batch, [{ position, row }]);
	}
	return {
		ok: true,
		batches: [...batches].map(([name, list]) => ({
			name,
			rows: list.sort((a, b) => a.position - b.position).map(({ row }) => row)
		}))
	};
}

/** 2021-3-5, 2021/03/05, 20210305, 2021年3月5日 as yyyy-mm-dd; null: none given; undefined: no date. */
function dateOf(text: string): string | null | undefined {
	if (text === '') return null;
	const match = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?(?:[ T].*)?$/.exec(text);
	if (!match) return undefined;
	const date = `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`;
	const made = new Date(`${date}T00:00:00Z`);
	return Number.isNaN(made.getTime()) || made.toISOString().slice(0, 10) !== date ? undefined : date;
}
