// What the forms of the set-up hold. Messages are codes; the page says them in the reader's language.
import * as v from 'valibot';

const text = (most: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.minLength(1, 'empty'),
		v.maxLength(most, 'long'),
		v.transform((given) => given.normalize('NFC'))
	);

export const countyForm = v.object({
	code: v.pipe(v.string(), v.trim(), v.regex(/^[1-9][0-9]{5}$/, 'county_code')),
	name: text(30),
	/** Plane CRS of a 3° zone without prefix: CGCS2000, central meridian 75° to 135°. */
	epsg: v.pipe(
		v.string(),
		v.regex(/^45[345][0-9]$/, 'epsg'),
		v.transform(Number),
		v.picklist(zones(), 'epsg')
	),
	mode: v.picklist(['real', 'trial'], 'choice')
});
export type CountyForm = v.InferOutput<typeof countyForm>;

/** EPSG 4534 (75° E) to 4554 (135° E). */
export function zones(): number[] {
	return Array.from({ length: 21 }, (_, i) => 4534 + i);
}

export const officeForm = v.object({
	code: v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9_-]{1,32}$/, 'office_code')),
	name: text(50),
	townships: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[0-9]{9}$/))), v.minLength(1, 'no_townships')),
	/** Longitude and latitude of its seat; both empty: a point inside its first township. */
	lon: degrees(70, 140),
	lat: degrees(0, 60)
});
export type OfficeForm = v.InferOutput<typeof officeForm>;

function degrees(least: number, most: number) {
	return v.pipe(
		v.string(),
		v.trim(),
		v.regex(/^([0-9]{1,3}(\.[0-9]{1,9})?)?$/, 'degrees'),
		v.transform((given) => (given === '' ? null : Number(given))),
		v.nullable(v.pipe(v.number(), v.minValue(least, 'degrees'), v.maxValue(most, 'degrees')))
	);
}

export const calendarForm = v.object({
	year: v.pipe(v.string(), v.regex(/^2[0-9]{3}$/, 'year'), v.transform(Number)),
	source: text(200),
	days: v.pipe(v.string(), v.maxLength(5000, 'long'))
});

export const ruleForm = v.object({
	from: v.pipe(v.string(), v.isoDate('date')),
	rows: v.array(v.object({ key: v.string(), value: v.string(), source: text(200) }))
});

/** Lines of `350125100 樟城镇`, a space, a tab or a comma between. */
export function readDivisions(
	given: string,
	county: string
): { ok: true; rows: { code: string; name: string }[] } | { ok: false; reason: string; at: string } {
	const rows: { code: string; name: string }[] = [];
	for (const line of given.split('\n').map((one) => one.trim())) {
		if (line === '') continue;
		const [, code = '', name = ''] = /^([0-9]+)[\s,，]+(\S.{0,49})$/.exec(line) ?? [];
		const wrong = (reason: string) => ({ ok: false as const, reason, at: line });
		if (!/^[0-9]{9}$/.test(code)) return wrong('division_line');
		if (!code.startsWith(county)) return wrong('division_county');
		if (rows.some((row) => row.code === code)) return wrong('division_twice');
		rows.push({ code, name: name.trim() });
	}
	return rows.length > 0 ? { ok: true, rows } : { ok: false, reason: 'empty', at: '' };
}
