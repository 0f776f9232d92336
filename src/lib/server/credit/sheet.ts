// 双公示 as workbooks: one message for a platform that takes spreadsheets, and every penalty that is public for the office.
import { creditFields, type CreditRecord } from '../../core/credit/record';
import { workbook } from '../workbook';

const widths = creditFields.map(({ most }) => (most > 500 ? 48 : most > 20 ? 28 : 18));
const head = creditFields.map(({ name }) => name);
const cells = (record: CreditRecord) => creditFields.map(({ code }) => record[code] ?? '');

const actionWords: Record<string, string> = {
	...{ publish: '新增', correct: '更正', repair: '信用修复', expire: '公示期满', withdraw: '撤销' }
};

/** The fields, and before them what is to be done with them. */
export function messageSheet(body: string): Promise<Uint8Array> {
	const { key, action, day, reason, record } = JSON.parse(body) as Record<string, string> & {
		record: CreditRecord;
	};
	return workbook([
		{
			name: '双公示（行政处罚）',
			widths: [28, 12, 12, 28, ...widths],
			head: ['业务主键', '操作', '日期', '原因', ...head],
			rows: [[key!, actionWords[action!] ?? action!, day!, reason!, ...cells(record)]]
		}
	]);
}

export const recordSheet = (records: readonly CreditRecord[]) =>
	workbook([{ name: '双公示（行政处罚）', widths, head, rows: records.map(cells) }]);
