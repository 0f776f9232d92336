// Corner lists as text: 界址点坐标成果 of land parcels ([属性描述], [地块坐标], blocks ending in @), coordinates of mining
// reports (XY001=点号,X,Y and 标高 lines that end a ring), and tables pasted from notices.
// Invariant: writing what was read from written text gives the same bytes. Bound: linear in the text, apart from the
// nesting of rings (nest.ts).

import { emptyBlock, finishBlock, type BoundaryBlock, type BoundaryFault } from './boundary-block';
import { cornersIn } from './corner';
import { readStatedArea } from './stated-area';

export interface WrittenBlock {
	columns: readonly string[];
	corners: readonly Pick<BoundaryBlock['corners'][number], 'label' | 'ring' | 'north' | 'east'>[];
}

export interface BoundaryText {
	/** 属性描述, as written and in order. */
	header: [key: string, value: string][];
	blocks: BoundaryBlock[];
	/** Lines that belong to no block. */
	faults: BoundaryFault[];
}

const SECTION = /^\[\s*(.{1,40}?)\s*\]$/;
const PAIR = /^([^=＝,，]{1,40}?)\s*[=＝]\s*(.*)$/;
const XY = /^XY\d+$/i;
const HEIGHTS = /^(?:标高|\*)/;
const DEPTH = /由\s*([+-]?\d+(?:\.\d+)?)\s*米?\s*至\s*([+-−]?\d+(?:\.\d+)?)/;
const TITLES = /点号|拐点|界址点|序号|坐标|经度|纬度|东经|北纬/;

const linesOf = (text: string) => text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
const fieldsOf = (line: string) => line.split(/[,，]/).map((field) => field.trim());

/** Whether a text is one of these, and no table with a row per parcel. */
export function isBoundaryText(text: string): boolean {
	const start = linesOf(text.slice(0, 20_000)).map((line) => line.trim());
	if (start.some((line) => /^\[(属性描述|地块坐标)\]$/.test(line) || /^XY\d+\s*[=＝]/i.test(line)))
		return true;
	if (start.some((line) => /[,，]\s*@$/.test(line))) return true;
	const rows = start.filter((line) => line !== '');
	const title = rows.find((line) => cornersIn(line).length === 0 && /[,，\t]/.test(line));
	if (title && (!/点号|拐点|界址点|序号/.test(title) || /编号|代码|许可证|名称|面积/.test(title)))
		return false;
	return rows.slice(0, 40).filter((line) => cornersIn(line).length > 0).length >= 3;
}

/** @param zone 3° zone of eastings without a prefix, where the text names none itself */
export function readBoundaryText(text: string, zone: number | null): BoundaryText {
	const read: BoundaryText = { header: [], blocks: [], faults: [] };
	let block: BoundaryBlock | null = null;
	/** Of the ring under way in a text that numbers none. */
	let ring = 1;
	/** What a mining report says before its corners, of the next block. */
	let said = new Map<string, string>();
	const begin = (line: number) => {
		block = { ...emptyBlock(line), properties: said };
		[said, ring] = [new Map(), 1];
		read.blocks.push(block);
		return block;
	};
	const corner = (line: number, source: string, field: string) => {
		const found = cornersIn(source);
		if (found.length > 0) {
			const into = block ?? begin(line);
			for (const each of found) into.corners.push({ ...each, line, ring: each.ring ?? ring });
			return;
		}
		const fault: BoundaryFault = { line, field, rule: 'corner_form', values: { value: source.slice(0, 60) } };
		(block?.faults ?? read.faults).push(fault);
	};
	linesOf(text).forEach((raw, i) => {
		const line = i + 1;
		const source = raw.trim();
		if (source === '' || /^界址点数\s*[,，]/.test(source)) return;
		if (SECTION.test(source)) {
			if (block && block.corners.length > 0) block = null;
			return;
		}
		const columns = fieldsOf(source);
		if (
			columns.at(-1) === '@' ||
			(columns.length >= 7 && !PAIR.test(source) && cornersIn(source).length === 0)
		) {
			return void parcelHead(begin(line), columns);
		}
		const [, key, value] = PAIR.exec(source) ?? [];
		if (key !== undefined && value !== undefined) {
			if (!XY.test(key)) {
				if (block && block.columns.length === 0 && block.corners.length > 0) block = null;
				read.header.push([key, value]);
				return void said.set(key, value);
			}
			if (!HEIGHTS.test(value)) return corner(line, value, key);
			const [, high, low] = fieldsOf(value);
			if (block && high) block.properties.set('标高上限', high);
			if (block && low) block.properties.set('标高下限', low);
			return void ring++;
		}
		const depth = DEPTH.exec(source);
		if (depth) {
			(block?.properties ?? said).set('标高上限', depth[1]!).set('标高下限', depth[2]!);
		} else if (block && block.columns.length > 0) corner(line, source, '界址点');
		else if (cornersIn(source).length > 0) corner(line, source, '拐点');
		else if (/\d/.test(source) && !TITLES.test(source) && block) corner(line, source, '拐点');
		else if (!TITLES.test(source)) {
			if (block && block.corners.length > 0) block = null;
			said.set('名称', source.slice(0, 100));
		}
	});
	const stated = /\d+/.exec(new Map(read.header).get('带号') ?? '')?.[0];
	const own = stated ? Number(stated) : null;
	const threeDegree = own !== null && own >= 13 && own <= 23 ? 2 * own - 1 : own;
	for (const each of read.blocks) finishBlock(each, threeDegree, threeDegree ?? zone);
	return read;
}

/** 界址点数, 面积, 编号, 名称, …, 面, 图幅号, 用途, 地类编码: 8 to 13 of them, the last ones often left out. */
function parcelHead(block: BoundaryBlock, fields: string[]): void {
	const end = fields.lastIndexOf('@');
	block.columns = end < 0 ? fields : fields.slice(0, end);
	const [, area = '', code = '', name = '', ...rest] = block.columns;
	const kind = rest.findIndex((field) => /^(面|线|点)$/.test(field));
	const [sheet = '', use = '', landClass = ''] = rest.slice(kind < 0 ? 1 : kind + 1);
	const named = { 地块编号: code, 地块名称: name, 图幅号: sheet, 地块用途: use, 地类编码: landClass };
	block.properties = new Map(Object.entries(named));
	const { line } = block;
	if (kind >= 0 && rest[kind] !== '面') {
		block.faults.push({ line, field: '图形属性', rule: 'not_area', values: { value: rest[kind]! } });
	}
	if (readStatedArea(area, '公顷')) block.area = /\d$/.test(area) ? `${area}公顷` : area;
	else if (area !== '') {
		block.notes.push({ line, field: '地块面积', rule: 'area_form', values: { value: area.slice(0, 40) } });
	}
}

/** Metres with three decimals, or as many as they have, up to six. */
function metres(value: number): string {
	const own = /\.(\d+)$/.exec(String(value))?.[1]!.length ?? 0;
	return value.toFixed(Math.min(Math.max(own, 3), 6));
}

/** The canonical form of parcels: CRLF, three decimals where the corners have no more. */
export function writeBoundaryText({
	header,
	blocks
}: Pick<BoundaryText, 'header'> & { blocks: readonly WrittenBlock[] }): string {
	const lines = ['[属性描述]', ...header.map((pair) => pair.join('=')), '[地块坐标]'];
	return `${lines.join('\r\n')}\r\n${blocks.map(writeBlock).join('')}`;
}

/** One parcel, to go on where a text ends. */
export function writeBlock({ columns, corners }: WrittenBlock): string {
	const lines = corners.map(({ label, ring, north, east }) =>
		[label, ring, metres(north), metres(east)].join(',')
	);
	return `${[[...columns, '@'].join(','), ...lines].join('\r\n')}\r\n`;
}
