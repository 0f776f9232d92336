// The form that takes over a list drawn by a superior body.
import * as v from 'valibot';
import { targetKinds } from '../core/model';

const text = (most: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.normalize('NFC'),
		v.minLength(1, 'empty'),
		v.maxLength(most, `most_characters:${most}`)
	);

export const superiorForm = v.object({
	body: text(50),
	/** 文号. */
	document: text(50),
	kind: v.picklist(targetKinds, 'choice'),
	drawnOn: v.pipe(v.string(), v.isoDate('instant')),
	/** One code a line, or separated by spaces or commas; each once. */
	codes: v.pipe(
		v.string(),
		v.normalize('NFC'),
		v.transform((list) => [...new Set(list.split(/[\s,，、;；]+/).filter(Boolean))]),
		v.minLength(1, 'empty'),
		v.maxLength(10_000, 'most:10000')
	)
});
export type SuperiorForm = v.InferOutput<typeof superiorForm>;
