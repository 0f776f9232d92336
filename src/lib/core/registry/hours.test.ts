import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hoursText, parseHours } from './hours';

test.each([
	['', ''],
	['08:00-12:00', '08:00-12:00'],
	['14:00至17:30、8:00~12:00', '08:00-12:00,14:00-17:30'],
	['８：００－１２：００；14:30–18:00', '08:00-12:00,14:30-18:00'],
	['0:00-24:00', '00:00-24:00']
])('%s', (text, read) => {
	expect(hoursText(parseHours(text)!)).toBe(read);
});

test.each([
	'上午',
	'8-12',
	'12:00-08:00',
	'08:00-25:00',
	'08:60-12:00',
	'08:00-12:00,11:00-13:00',
	'9:00-9:00'
])('not hours: %s', (text) => {
	expect(parseHours(text)).toBeNull();
});

test('what is written is read the same', () => {
	const span = fc.integer({ min: 0, max: 11 }).map((k) => ({ fromMin: k * 120, toMin: k * 120 + 90 }));
	fc.assert(
		fc.property(fc.uniqueArray(span, { maxLength: 4, selector: ({ fromMin }) => fromMin }), (spans) => {
			const hours = [...spans].sort((a, b) => a.fromMin - b.fromMin);
			expect(parseHours(hoursText(spans))).toEqual(hours);
		})
	);
});
