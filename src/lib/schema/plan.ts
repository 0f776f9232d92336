// What the plan form may hold. The bounds are those of app.plan in SQL; here they have a field to point at.
// A message is a code, with its limit after a colon; the page says it in the reader's language.
import * as v from 'valibot';
import { isCanonicalText } from '../core/bytes/canonical';
import { targetKinds } from '../core/model';
import { decodeArea } from '../map/area-param';
import { whole } from './whole';

/** 相交 / 包含 / 中心点: how a target meets the drawn area. */
export const areaRules = ['intersects', 'contains', 'centre'] as const;
export type AreaRule = (typeof areaRules)[number];

/** A decimal number, three places at most. */
const decimal = (most: number) =>
	v.pipe(
		v.number('number'),
		v.gtValue(0, 'positive'),
		v.maxValue(most, `most:${most}`),
		v.check((n) => Math.abs(Math.round(n * 1000) - n * 1000) < 1e-6, 'places')
	);

const name = v.pipe(
	v.string(),
	v.trim(),
	v.normalize('NFC'),
	v.minLength(1, 'empty'),
	v.maxLength(100, 'most_characters:100'),
	// eslint-disable-next-line no-control-regex
	v.check((text) => isCanonicalText(text) && !/[\u0000-\u001f\u007f-\u009f]/.test(text), 'text')
);

/** What decides the frame and the shares: all but the name. */
export const planSpec = v.object({
	kind: v.picklist(targetKinds, 'choice'),
	/** A drawn area as the map puts it in a URL; '' for none. */
	area: v.pipe(
		v.string(),
		v.check((text) => text === '' || decodeArea(text) !== null, 'area')
	),
	areaRule: v.picklist(areaRules, 'choice'),
	/** None ticked = all of them. Whether they exist is asked of the database. */
	townships: v.pipe(
		v.array(v.pipe(v.string(), v.regex(/^[0-9]{9}$/, 'choice'))),
		v.maxLength(1000, 'most:1000')
	),
	/** Which of the two below says how many. */
	sizeBy: v.picklist(['ratio', 'number'], 'choice'),
	ratioPercent: decimal(100),
	sampleSize: whole(1, 1_000_000),
	minPerTownship: whole(0, 10_000),
	h3Resolution: whole(4, 9),
	grid: whole(1, 10_000),
	substitutes: whole(0, 20),
	weightA: decimal(1000),
	weightB: decimal(1000),
	weightC: decimal(1000),
	weightD: decimal(1000),
	weightBlacklist: decimal(1000),
	/** Blacklisted parties' targets are certainly drawn, whatever their weight. */
	takeBlacklist: v.boolean()
});
export type PlanSpec = v.InferOutput<typeof planSpec>;

export const planForm = v.object({ name, ...planSpec.entries });
export type PlanForm = v.InferOutput<typeof planForm>;
