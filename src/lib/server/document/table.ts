// Tables of the papers: within the text's 156 mm, 五号 on 18 pt, the head repeated on every page, no row torn in two.
import {
	AlignmentType,
	BorderStyle,
	LineRuleType,
	TableLayoutType,
	Table,
	TableCell,
	TableRow,
	VerticalAlignTable,
	WidthType,
	type TextRun
} from 'docx';
import { inGroups } from '../../schema/filing';
import { line, run, TEXT_WIDTH, type Ink } from './layout';

/** A cell: lines of text, or runs; span: columns it covers. */
export interface Cell {
	lines: readonly (string | TextRun)[];
	span?: number;
	centre?: boolean;
	/** Not to be parted from the next row. */
	keep?: boolean;
}
export type CellLike = string | Cell;

const small: Ink = { size: 10.5 };
const spacing = { line: 360, lineRule: LineRuleType.EXACT };

export const code = (text: string, size = 9): TextRun => run(text, { face: 'code', size });

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
		columnSpan: span,
		width: { size: width, type: WidthType.DXA },
		verticalAlign: VerticalAlignTable.CENTER,
		margins: { left: 70, right: 70, top: 20, bottom: 20 },
		children: lines.map((text) =>
			line([typeof text === 'string' ? run(text, head ? { ...small, face: 'hei' } : small) : text], {
				spacing,
				keepNext: keep,
				alignment: centre ? AlignmentType.CENTER : AlignmentType.LEFT
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
		borders: {
			...{ top: edge, bottom: edge, left: edge, right: edge },
			...{ insideHorizontal: edge, insideVertical: edge }
		},
		rows: [...(head ? [made(head, true)] : []), ...rows.map((row, i) => made(row, false, options.least?.[i]))]
	});
}
