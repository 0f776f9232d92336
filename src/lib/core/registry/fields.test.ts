import { expect, test } from 'vitest';
import { fieldsOf, importKinds, resolveColumns } from './fields';
import { matcher, splitList } from './match';
import { reasonText, rules } from './reason';

const found = (...call: Parameters<typeof resolveColumns>) => {
	const result = resolveColumns(...call);
	return result.ok ? Object.fromEntries(result.columns) : result.reason;
};

test('columns by Chinese title, pinyin initials, units in brackets and case', () => {
	expect(found('land_parcel', ['BDCDYH', 'DKMC', 'TYSHXYDM', 'QLR', '面积平方米(㎡)'], {})).toEqual({
		code: 0,
		name: 1,
		party: 2,
		party_name: 3,
		area: 4
	});
	expect(found('township', ['XZQDM', 'XZQMC'], {})).toEqual({ code: 0, name: 1 });
	expect(found('mining_right', ['id', 'Mine Name', 'Owners'], {})).toEqual({ code: 0, name: 1 });
});

test('what the user maps wins, an empty column takes the field away, a column serves once', () => {
	expect(found('land_parcel', ['code', 'name', 'x1'], { name: 'x1' })).toEqual({ code: 0, name: 2 });
	expect(found('land_parcel', ['code', 'status'], { status: '' })).toEqual({ code: 0 });
	expect(found('land_parcel', ['a'], {})).toBe('column_missing');
	expect(found('land_parcel', ['a'], { code: 'b' })).toBe('column_unknown');
	expect(found('land_parcel', ['a'], { nonsense: 'a' })).toBe('field_unknown');
});

test('no alias of a kind is claimed by two of its fields', () => {
	for (const kind of importKinds) {
		const required = fieldsOf[kind].filter((field) => field.required).flatMap((field) => field.aliases);
		expect(new Set(required).size).toBe(required.length);
	}
});

test('names with and without 镇, 乡; codes of 9 and 12 digits; nothing that could be two things', () => {
	const match = matcher([
		{ code: '350125100', name: '樟城镇' },
		{ code: '350125201', name: '富泉乡' },
		{ code: '350125202', name: '富泉镇' }
	]);
	for (const text of ['樟城镇', '樟城', '350125100', '350125100000', ' 樟城镇 '])
		expect(match(text)).toBe('350125100');
	expect(match('富泉乡')).toBe('350125201');
	expect(match('富泉')).toBeNull();
	expect(match('别处')).toBeNull();
	expect(splitList('矿产+测绘、用地, 规划')).toEqual(['矿产', '测绘', '用地', '规划']);
});

test('every rule has words in both languages', () => {
	const values = {
		line: 1,
		value: 'v',
		max: 1,
		choices: 'c',
		km: '1.0',
		type: 'POINT',
		need: 'polygon',
		county: '350125',
		holder: 'h'
	};
	for (const rule of rules) {
		for (const english of [false, true])
			expect(reasonText({ rule, values }, english)).not.toMatch(/[{}]|undefined|^$/);
	}
	expect(reasonText({ rule: 'outside', values: { km: '123.4' } })).toBe('离辖区 123.4 km');
});
