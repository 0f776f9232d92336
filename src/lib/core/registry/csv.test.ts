import { expect, test } from 'vitest';
import { csvField, csvText, readCsv } from './csv';

const read = (text: string) => [...readCsv(text)].map(({ line, fields }) => [line, ...fields]);

test('quotes, doubled quotes, breaks inside, and the physical line of each record', () => {
	expect(read('\ufeffa,b\r\n"x,1","he said ""no"""\r\n"two\r\nlines",z\r\n\r\nlast,')).toEqual([
		[1, 'a', 'b'],
		[2, 'x,1', 'he said "no"'],
		[3, 'two\r\nlines', 'z'],
		[6, 'last', '']
	]);
});

test('tabs and semicolons, LF and CR, an unclosed quote', () => {
	expect(read('a\tb\n1\t2')).toEqual([
		[1, 'a', 'b'],
		[2, '1', '2']
	]);
	expect(read('a;b\r1;2\r')).toEqual([
		[1, 'a', 'b'],
		[2, '1', '2']
	]);
	expect(read('a,b\n"open,1')).toEqual([
		[1, 'a', 'b'],
		[2, 'open,1']
	]);
});

test('a field that Excel would run is made harmless; numbers stay', () => {
	expect(csvField('=1+1')).toBe("'=1+1");
	expect(csvField('@x')).toBe("'@x");
	expect(csvField(-5)).toBe('-5');
	expect(csvText([['a', 'b,"c"']])).toBe('\ufeffa,"b,""c"""\r\n');
});
