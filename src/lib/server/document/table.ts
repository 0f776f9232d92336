// Tables of the papers: within the text's 156 mm, 五号 on 18 pt, the head repeated on every page, no row torn in two.
import {
	AlignmentType,
	BorderStyle,
	Paragraph,
	TableLayoutType,
	Table,
	TableCell,
	TableRow,
	VerticalAlignTable,
	TextRun,
	WidthType
} from 'docx';
import { inGroups } from '../../schema/filing';
import { clean, run, TEXT_WIDTH } from './layout';

/** A cell: lines of text, or runs; span: columns it covers. */
export interface Cell {
	lines: readonly (string | TextRun)[];
	span?: number;
	centre?: boolean;
	/** Not to be parted from the next row. */
	keep?: boolean;
}
export type CellLike = string | Cell;

/** size in points; 9 is a style of its own, since long lists are made of it. */
export const code = (text: string, size = 9): TextRun =>
	size === 9 ? new TextRun({ text: clean(text), style: 'Code' }) : run(text, { face: 'code', size });

export const small = (text: string): TextRun => new TextRun({ text: clean(text), style: 'Small' });

/** 64 characters in groups of eight, on two lines of the same length. */
export const hash = (hex: string, size = 10.5): TextRun[] =>
	[hex.slice(0, hex.length / 2), hex.slice(hex.length / 2)].map((half) => code(inGroups(half), size));

function cell(given: CellLike, widths: readonly number[], at: number, head: boolean) {
	const {
		lines,
		span = 1,
		centre = head,
		keep = false
	}: Cell = typeof given === 'string' ? { lines: [given] } : given;
	const width = widths.slice(at, at + span).reduce((sum, part) => sum + part, 0);
	return new TableCell({
		...(span > 1 ? { columnSpan: span } : {}),
		width: { size: width, type: WidthType.DXA },
		verticalAlign: VerticalAlignTable.CENTER,
		// What every cell has in common is a style: a list of hundreds of rows is made of few objects then.
		children: lines.map(
			(text) =>
				new Paragraph({
					style: head ? 'CellHead' : 'Cell',
					...(keep ? { keepNext: true } : {}),
					...(centre && !head ? { alignment: AlignmentType.CENTER } : {}),
					children: [typeof text === 'string' ? new TextRun(clean(text)) : text]
				})
		)
	});
}

/**
 * Columns by their shares of the text's width.
 * @param options.least height of a row in twips, for forms that are filled in by hand
 */
export function table(
	shares: readonly number[],
	head: readonly string[] | null,
	rows: readonly (readonly CellLike[])[],
	options: { least?: readonly number[] } = {}
): Table {
	const total = shares.reduce((sum, share) => sum + share, 0);
	const widths = shares.map((share) => Math.floor((TEXT_WIDTH * share) / total));
	const made = (given: readonly CellLike[], isHead: boolean, least?: number) => {
		let at = 0;
		return new TableRow({
			tableHeader: isHead,
			cantSplit: true,
			...(least === undefined ? {} : { height: { value: least, rule: 'atLeast' as const } }),
			children: given.map((one) => {
				const placed = cell(one, widths, at, isHead);
				at += typeof one === 'string' ? 1 : (one.span ?? 1);
				return placed;
			})
		});
	};
	const edge = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
	return new Table({
		layout: TableLayoutType.FIXED,
		width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
		columnWidths: widths,
		margins: { left: 70, right: 70, top: 20, bottom: 20 },
		borders: {
			...{ top: edge, bottom: edge, left: edge, right: edge },
			...{ insideHorizontal: edge, insideVertical: edge }
		},
		rows: [...(head ? [made(head, true)] : []), ...rows.map((row, i) => made(row, false, options.least?.[i]))]
	});
}
