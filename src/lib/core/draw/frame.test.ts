import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { value } from '../../../../tests/support/value';
import { frameRow, makeExcluded, makeFrame, type FrameRow } from './frame';
import { formatFrameCsv, parseExcludedCsv, parseFrameCsv } from './frame-csv';
import { frameRoot, rowsRoot } from './root';

const good: FrameRow = { id: 'a', township: 'A', cell: 'c', x: 0, y: 0, weight: 1, take: 0, salt: '' };
const refusal = (row: Partial<Record<keyof FrameRow, unknown>>) =>
	makeFrame([{ ...good, ...row } as FrameRow]);

describe('rows of a frame', () => {
	it.each([
		['id', '', 'length'],
		['id', 'x'.repeat(65), 'length'],
		['id', '__proto__', 'reserved'],
		['township', '__proto__', 'reserved'],
		['id', 'e\u0301', 'not_nfc'],
		['cell', 'e\u0301', 'not_nfc'],
		['id', '\ud800', 'not_nfc'],
		['id', 'a\u0000', 'control_character'],
		['id', 'a\u0085', 'control_character'],
		['township', '\u007f', 'control_character'],
		['id', 5, 'not_text'],
		['x', 0.5, 'not_whole'],
		['y', 2 ** 53, 'not_whole'],
		['x', '5', 'not_whole'],
		['weight', 0, 'below_one'],
		['weight', 1.5, 'not_whole'],
		['take', 2, 'not_zero_or_one'],
		['take', true, 'not_zero_or_one'],
		['salt', 'ab', 'not_hex'],
		['salt', 'A'.repeat(32), 'not_hex']
	])('refuse %s = %j: %s', (field, wrong, reason) => {
		expect(refusal({ [field]: wrong })).toEqual({ ok: false, reason, row: 0, field, value: wrong });
	});

	it('allow 64 code points, beyond the basic plane too, and names like those of objects', () => {
		for (const id of ['🗺'.repeat(64), 'constructor', ' ', '"\\', 'toString'])
			expect(refusal({ id, township: id, cell: id })).toMatchObject({ ok: true });
		expect(refusal({ id: '🗺'.repeat(65) })).toMatchObject({ reason: 'length' });
	});

	it('refuse a second row of an id, and too wide an extent', () => {
		expect(makeFrame([good, { ...good, x: 5 }])).toMatchObject({ reason: 'duplicate', row: 1, field: 'id' });
		const wide = [good, { ...good, id: 'b', y: 2 ** 26 }];
		expect(makeFrame(wide)).toMatchObject({ reason: 'extent', row: 1, field: 'y' });
		expect(makeFrame([good, { ...good, id: 'b', y: 2 ** 26 - 1 }]).ok).toBe(true);
	});

	it('sort by UTF-8 bytes and keep codes in that order', () => {
		const ids = ['🗺', '\ue000', '矿', 'b', 'B'];
		const { frame } = value(makeFrame(ids.map((id) => ({ ...good, id, township: id, cell: id }))));
		expect(frame.ids).toEqual(['B', 'b', '矿', '\ue000', '🗺']);
		expect(frame.townships).toEqual(frame.ids);
		expect([...frame.cellOf]).toEqual([0, 1, 2, 3, 4]);
	});

	it('hash to the same root in any order, and to another for any other value', () => {
		const rows = ['a', '"', '矿', '🗺'].map((id, i) => ({
			...good,
			id,
			x: -i,
			weight: i + 1,
			township: `"${id}`
		}));
		const root = (list: FrameRow[]) => frameRoot(value(makeFrame(list)).frame);
		const { frame } = value(makeFrame(rows));
		expect(root(rows)).toBe(rowsRoot(frame.ids.map((_, i) => frameRow(frame, i))));
		expect(root([...rows].reverse())).toBe(root(rows));
		expect(root([])).toBe(rowsRoot([]));
		const changes: Partial<FrameRow>[] = [
			{ id: 'z' },
			{ township: 'z' },
			{ cell: 'z' },
			{ x: 9 },
			{ y: 9 },
			{ weight: 9 },
			{ take: 1 },
			{ salt: '0'.repeat(32) }
		];
		for (const change of changes)
			expect(root([{ ...rows[0]!, ...change }, ...rows.slice(1)])).not.toBe(root(rows));
	});
});

describe('exclusions', () => {
	it('sort by id and obey its rule', () => {
		const rows = ['b', 'a'].map((id) => ({ id, reason: 'expired', salt: '' }));
		expect(value(makeExcluded(rows)).excluded.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(makeExcluded([rows[0]!, rows[0]!])).toMatchObject({ reason: 'duplicate', row: 1 });
		expect(makeExcluded([{ id: '', reason: '', salt: '' }])).toMatchObject({ reason: 'length', field: 'id' });
		expect(parseExcludedCsv('id,reason\na,expired\n')).toEqual({
			ok: true,
			excluded: [{ id: 'a', reason: 'expired', salt: '' }]
		});
		expect(parseExcludedCsv('id,reason,salt\na,expired,xx\n')).toMatchObject({
			reason: 'not_hex',
			line: 2,
			field: 'salt'
		});
	});
});

describe('a frame as CSV', () => {
	const header = 'id,township,cell,x_m,y_m';
	const parse = (text: string) => parseFrameCsv(text);

	it('reads what is there and defaults for what is not', () => {
		const { frame } = value(parse(`\ufeff${header},weight\r\n矿1,A,c,-150,007,3\r\n`));
		expect(frameRow(frame, 0)).toEqual({ ...good, id: '矿1', x: -150, y: 7, weight: 3 });
		expect(value(parse(`${header}\na, A ,"c",-0,0`)).frame).toMatchObject({
			townships: [' A '],
			cells: ['"c"']
		});
		expect(Object.is(value(parse(`${header}\na,A,c,-0,0`)).frame.x[0], 0)).toBe(true);
		expect(value(parseFrameCsv(new TextEncoder().encode(`\ufeff${header}\n`))).frame.size).toBe(0);
	});

	it.each([
		['', { reason: 'header', line: 1 }],
		['id,cell,township,x_m,y_m\n', { reason: 'header', line: 1 }],
		[`${header},take,weight\n`, { reason: 'header', line: 1 }],
		[`${header},colour\n`, { reason: 'header', line: 1 }],
		[`${header}\na,A,c,1\n`, { reason: 'field_count', line: 2 }],
		[`${header}\na,A,c,1,2\n\nb,A,c,1,2\n`, { reason: 'field_count', line: 3 }],
		[`${header}\na,A,c,1.5,2\n`, { reason: 'not_whole', line: 2, field: 'x_m', value: '1.5' }],
		[`${header}\na,A,c,1, 2\n`, { reason: 'not_whole', line: 2, field: 'y_m', value: ' 2' }],
		[`${header}\na,A,c,1,+2\n`, { reason: 'not_whole', field: 'y_m' }],
		[`${header}\na,A,c,1,1e3\n`, { reason: 'not_whole', field: 'y_m' }],
		[`${header},weight\na,A,c,1,2,\n`, { reason: 'not_whole', line: 2, field: 'weight', value: '' }],
		[`${header},take\na,A,c,1,2,2\n`, { reason: 'not_zero_or_one', line: 2, field: 'take', value: '2' }],
		[`${header}\na,A,c,1,2\na,A,c,3,4\n`, { reason: 'duplicate', line: 3, field: 'id', value: 'a' }],
		[`${header}\ne\u0301,A,c,1,2\n`, { reason: 'not_nfc', line: 2, field: 'id' }],
		[`${header}\na\tb,A,c,1,2\n`, { reason: 'control_character', line: 2, field: 'id' }],
		[`${header}\na,A,c,1,2\r\r\n`, { reason: 'not_whole', line: 2, field: 'y_m' }]
	])('refuses %j', (text, error) => {
		expect(parse(text)).toMatchObject({ ok: false, ...error });
	});

	it('refuses bytes that are not UTF-8', () => {
		expect(parseFrameCsv(Uint8Array.of(0xc4, 0xe3))).toMatchObject({ reason: 'not_utf8' });
	});

	it('comes back from its own CSV, whatever the texts', () => {
		const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }).map((s) => s.normalize('NFC'));
		const row = fc.record({
			id: text,
			township: text,
			cell: text,
			x: fc.integer({ min: -1e6, max: 1e6 }),
			y: fc.integer({ min: -1e6, max: 1e6 }),
			weight: fc.integer({ min: 1, max: 2 ** 31 }),
			take: fc.constantFrom<0 | 1>(0, 1),
			salt: fc.constantFrom('', 'ab'.repeat(16))
		});
		fc.assert(
			fc.property(fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 10 }), (rows) => {
				const made = makeFrame(rows);
				if (!made.ok) return;
				const csv = formatFrameCsv(made.frame);
				if (!csv.ok) expect(JSON.stringify(rows)).toContain(',');
				else expect(value(parseFrameCsv(csv.csv)).frame).toEqual(made.frame);
			})
		);
		const comma = value(makeFrame([{ ...good, cell: 'a,b' }])).frame;
		expect(formatFrameCsv(comma)).toEqual({
			ok: false,
			reason: 'comma',
			line: 2,
			field: 'cell',
			value: 'a,b'
		});
	});
});
