// A workbook of plain tables: a bold head that stays while one scrolls, and a 合计 row where there is one.
import writeXlsxFile, { type Row } from 'write-excel-file/node';

export interface Sheet {
	name: string;
	/** Of the columns, in characters. */
	widths: readonly number[];
	head: readonly string[];
	rows: readonly (readonly (string | number | null)[])[];
	total?: readonly (string | number | null)[];
}

/** Excel allows no more in the name of a sheet, nor these. */
const sheetName = (name: string) => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);

export async function workbook(sheets: readonly Sheet[]): Promise<Uint8Array<ArrayBuffer>> {
	const bold = (values: readonly (string | number | null)[]): Row =>
		values.map((value) => (value === null ? null : { value, fontWeight: 'bold' as const }));
	const made = await writeXlsxFile(
		sheets.map(({ name, widths, head, rows, total }) => ({
			sheet: sheetName(name),
			data: [
				head.map((value) => ({ value, fontWeight: 'bold' as const, backgroundColor: '#eeebe2' })),
				...rows.map((row): Row => [...row]),
				...(total ? [bold(total)] : [])
			],
			columns: widths.map((width) => ({ width })),
			stickyRowsCount: 1
		}))
	).toBuffer();
	return new Uint8Array(made);
}
