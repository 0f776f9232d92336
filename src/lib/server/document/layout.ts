// 公文 as GB/T 9704-2012 sets it: A4, margins 37/35/28/26 mm, 22 lines of 28 characters (三号仿宋, 28 pt a line), title 二号小标宋,
// page numbers “— 1 —” on the outer side. The pieces every paper is made of; facts come in from the caller, no clock.
import {
	AlignmentType,
	Document,
	Footer,
	ImageRun,
	LineRuleType,
	PageNumber,
	Packer,
	Paragraph,
	SectionType,
	TextRun,
	type FileChild,
	type IParagraphOptions,
	type IRunOptions
} from 'docx';
import { corePropertiesXml, fonts, fontTableXml } from './fonts';
import { qrPng } from './qr';

/** Twentieths of a point in a millimetre. */
export const twips = (mm: number): number => Math.round((mm * 1440) / 25.4);
/** Between the margins: 156 mm. */
export const TEXT_WIDTH = twips(210 - 28 - 26);
/** 三号, in half points; a character is 16 pt wide. */
const BODY = 32;
const CHARACTER = 320;
const LINE = { line: 560, lineRule: LineRuleType.EXACT };
/** 五号 of tables on 18 pt. */
const CELL_LINE = { line: 360, lineRule: LineRuleType.EXACT };

export type Face = keyof typeof fonts;
/** size in points. */
export interface Ink extends Pick<IRunOptions, 'bold' | 'color' | 'break'> {
	face?: Face;
	size?: number;
}

/** XML 1.0 has no control characters but tab and line feeds: what a form let through must not break the file. */
export const clean = (text: string) => text.replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '\ufffd');

export const run = (text: string, { face = 'body', size = BODY / 2, ...rest }: Ink = {}): TextRun =>
	new TextRun({ ...rest, text: clean(text), size: size * 2, font: fonts[face] });

export const line = (
	runs: readonly TextRun[],
	options: Omit<IParagraphOptions, 'children'> = {}
): Paragraph => new Paragraph({ spacing: LINE, ...options, children: [...runs] });

/** Two characters in. */
const bodyShape = { indent: { firstLine: 2 * CHARACTER }, alignment: AlignmentType.BOTH };
const runs = (parts: readonly (string | TextRun)[]) =>
	parts.map((part) => (typeof part === 'string' ? run(part) : part));

/** A paragraph of the body. */
export const body = (...parts: readonly (string | TextRun)[]): Paragraph => line(runs(parts), bodyShape);

/** The last one: 署名 never stands on a page without text. */
export const lastBody = (...parts: readonly (string | TextRun)[]): Paragraph =>
	line(runs(parts), { ...bodyShape, keepNext: true, keepLines: true });

/** A paragraph of a form that is handed over on one page: 四号 on 25 pt, 小四 on 20 pt where there is much to say. */
export const clause = (text: string, much = false): Paragraph =>
	line([run(text, { size: much ? 12 : 14 })], {
		spacing: { ...LINE, line: much ? 400 : 500 },
		indent: { firstLine: much ? 480 : 560 }
	});

/** 一、 in 黑体. */
export const heading = (text: string): Paragraph =>
	line([run(text, { face: 'hei' })], { indent: { firstLine: 2 * CHARACTER }, keepNext: true });

/** （一） in 楷体, then the sentence itself. */
export const point = (lead: string, text: string): (string | TextRun)[] => [run(lead, { face: 'kai' }), text];

export const title = (text: string): Paragraph[] => [
	line([run(text, { face: 'title', size: 22 })], {
		alignment: AlignmentType.CENTER,
		spacing: { ...LINE, line: 640, before: 360, after: 480 },
		keepNext: true
	})
];

/** Straight to the left margin: 主送机关. */
export const addressee = (text: string): Paragraph => line([run(text)]);

/** 附件1 in 黑体 at the head of a new page, and its title. */
export const annex = (label: string, text: string): Paragraph[] => [
	line([run(label, { face: 'hei' })], { pageBreakBefore: true }),
	line([run(text, { face: 'title', size: 18 })], {
		alignment: AlignmentType.CENTER,
		spacing: { ...LINE, after: 280 }
	})
];

/** 署名 and 成文日期, four characters from the right edge; the name is centred over the date. */
export function closing(name: string, date: string): Paragraph[] {
	const wide = Math.max(0, [...name].length - [...date].length * 0.75);
	const right = Math.max(0, 4 - wide / 2) * CHARACTER;
	return [
		line([run(name)], {
			alignment: AlignmentType.RIGHT,
			indent: { right },
			spacing: { ...LINE, before: 560 },
			keepNext: true
		}),
		line([run(date)], { alignment: AlignmentType.RIGHT, indent: { right: 4 * CHARACTER } })
	];
}

/** A QR code of so many millimetres, quiet zone included. */
export function qr(
	text: string,
	mm: number,
	options: Pick<IParagraphOptions, 'alignment' | 'keepNext'> = {}
): Paragraph {
	const side = Math.round((mm / 25.4) * 96);
	return new Paragraph({
		alignment: AlignmentType.CENTER,
		...options,
		children: [
			new ImageRun({
				type: 'png',
				data: qrPng(text),
				transformation: { width: side, height: side },
				altText: { name: 'QR', title: '核验二维码', description: text }
			})
		]
	});
}

const pageNumber = (alignment: IParagraphOptions['alignment']) =>
	new Footer({
		children: [
			new Paragraph({
				alignment,
				// One character of 四号 from the edge.
				indent: { left: 280, right: 280 },
				children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: 28, font: fonts.song })]
			})
		]
	});

/** A paper of one or more parts, each on pages of its own; numbered through, unless they are forms of a page each:
 * those have no number, and less of a margin above and below. */
export function paper(
	head: { title: string; creator: string; date: string },
	parts: readonly FileChild[][],
	{ numbered = true }: { numbered?: boolean } = {}
): Promise<Buffer> {
	const document = new Document({
		title: head.title,
		creator: head.creator,
		evenAndOddHeaderAndFooters: numbered,
		styles: {
			default: {
				document: { run: { font: fonts.body, size: BODY, language: { eastAsia: 'zh-CN', value: 'en-US' } } }
			},
			paragraphStyles: [
				{ id: 'Cell', name: 'Cell', run: { size: 21 }, paragraph: { spacing: CELL_LINE } },
				{
					...{ id: 'CellHead', name: 'Cell Head', run: { size: 21, font: fonts.hei } },
					paragraph: { spacing: CELL_LINE, alignment: AlignmentType.CENTER }
				}
			],
			characterStyles: [
				{ id: 'Code', name: 'Code', run: { size: 18, font: fonts.code } },
				{ id: 'Small', name: 'Small', run: { size: 18 } }
			]
		},
		sections: parts.map((children) => ({
			properties: {
				type: SectionType.NEXT_PAGE,
				page: {
					size: { width: twips(210), height: twips(297) },
					margin: {
						...(numbered ? { top: twips(37), bottom: twips(35) } : { top: twips(25), bottom: twips(20) }),
						...{ left: twips(28), right: twips(26) },
						// The dash of the number stands 7 mm under the text.
						...{ header: twips(15), footer: twips(25), gutter: 0 }
					}
				}
			},
			footers: !numbered
				? {}
				: { default: pageNumber(AlignmentType.RIGHT), even: pageNumber(AlignmentType.LEFT) },
			children
		}))
	});
	return Packer.toBuffer(document, undefined, [
		{ path: 'word/fontTable.xml', data: fontTableXml },
		{ path: 'docProps/core.xml', data: corePropertiesXml(head) }
	]);
}
