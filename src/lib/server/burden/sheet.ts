// The burden ledger as a workbook: the columns of the page, and a 合计 row.
import writeXlsxFile, { type Row } from 'write-excel-file/node';
import { burdenColumns, type BurdenRow } from './listing';

export interface SheetWords {
	title: string;
	total: string;
	/** In the order of `burdenColumns`. */
	columns: readonly string[];
}

const widths = [36, 24, 10, 10, 10, 10, 16];

export async function burdenSheet(rows: readonly BurdenRow[], words: SheetWords): Promise<Buffer> {
	const head: Row = words.columns.map((value) => ({
		...{ value, fontWeight: 'bold' as const, backgroundColor: '#eeebe2' }
	}));
	const sum = (column: 'done' | 'planned' | 'exempt') => rows.reduce((all, row) => all + row[column], 0);
	const total: Row = [words.total, null, null, sum('done'), sum('planned'), null, sum('exempt')].map(
		(value) => (value === null ? null : { value, fontWeight: 'bold' as const })
	);
	return writeXlsxFile([
		{
			// A sheet's name holds 31 characters, and none of these.
			sheet: words.title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
			data: [head, ...rows.map((row): Row => burdenColumns.map((column) => row[column])), total],
			columns: widths.map((width) => ({ width })),
			stickyRowsCount: 1
		}
	]).toBuffer();
}
