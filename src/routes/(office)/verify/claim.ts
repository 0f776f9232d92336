// From dropped files to what the core verifier takes. Runs in the page's worker.
import { parseExcludedCsv, parseFrameCsv, type CsvError } from '$lib/core/draw/frame-csv';
import {
	makeExcluded,
	makeFrame,
	type Excluded,
	type Frame,
	type FrameRow,
	type RowError
} from '$lib/core/draw/frame';
import type { Difference } from '$lib/core/draw/manifest-shape';
import { firstDifference, verify, type Verified } from '$lib/core/draw/verify';

export type Role = 'manifest' | 'frame' | 'excluded';

export interface ClaimFiles {
	manifest: ArrayBuffer;
	frame: ArrayBuffer;
	excluded: ArrayBuffer | null;
	/** '' when not given. */
	commitment: string;
	manifestHash: string;
}

/** An input that cannot be read: which one, where and why. */
export interface BadInput {
	reason: 'bad_input';
	role: Role;
	because: string;
	/** From 1; null when it concerns the whole file. */
	line: number | null;
	field: string;
	value: string;
}

export type Verdict =
	({ ok: true } & Verified & { given: boolean }) | ({ ok: false } & (Difference | BadInput));

/** What a file is, from its first characters. */
export function roleOf(head: string): Role | null {
	const text = head.replace(/^\ufeff/, '').trimStart();
	if (text.startsWith('{')) return 'manifest';
	if (text.startsWith('id,township,') || (text.startsWith('[') && text.includes('"township"')))
		return 'frame';
	if (text.startsWith('id,reason') || (text.startsWith('[') && text.includes('"reason"'))) return 'excluded';
	return null;
}

type Place = Pick<BadInput, 'line' | 'field' | 'value'>;
const nowhere: Place = { line: null, field: '', value: '' };
const bad = (role: Role, because: string, place: Place = nowhere): Verdict => ({
	ok: false,
	reason: 'bad_input',
	role,
	because,
	...place
});

/** A row of a JSON list counts from 1, as the lines of a file do. */
const badRow = (role: Role, error: CsvError | RowError): Verdict =>
	bad(role, error.reason, {
		line: 'line' in error ? error.line : error.row + 1,
		field: error.field,
		value: String(error.value)
	});

/** An input that is not what it should be, found while reading it. */
class Unreadable extends Error {}

function decode(bytes: ArrayBuffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw new Unreadable('not_utf8');
	}
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(bytes: ArrayBuffer): unknown {
	const text = decode(bytes);
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new Unreadable(`not JSON: ${(error as SyntaxError).message}`, { cause: error });
	}
}

/** A JSON list of rows; null when the file is not JSON but CSV. */
function jsonRows<Row>(bytes: ArrayBuffer): Row[] | null {
	if (!/^\s*\[/.test(new TextDecoder().decode(bytes.slice(0, 64)))) return null;
	const rows = parseJson(bytes);
	if (!Array.isArray(rows) || !rows.every(isObject)) throw new Unreadable('not an object');
	return rows as Row[];
}

/** Recomputes the draw of the files and compares; the first thing that is wrong, or what was proved. */
export function judge(files: ClaimFiles): Verdict {
	let role: Role = 'manifest';
	try {
		const document = parseJson(files.manifest);
		if (!isObject(document)) throw new Unreadable('not an object');
		role = 'frame';
		const rows = jsonRows<FrameRow>(files.frame);
		const frame = rows ? makeFrame(rows) : parseFrameCsv(new Uint8Array(files.frame));
		if (!frame.ok) return badRow(role, frame);
		role = 'excluded';
		const left = files.excluded === null ? [] : jsonRows<Excluded>(files.excluded);
		const excluded = left ? makeExcluded(left) : parseExcludedCsv(new Uint8Array(files.excluded!));
		if (!excluded.ok) return badRow(role, excluded);
		return compare(document, frame.frame, excluded.excluded, files);
	} catch (error) {
		if (error instanceof Unreadable) return bad(role, error.message);
		throw error;
	}
}

/** `document`: a manifest, or an object that holds one and the hashes that were published with it. */
function compare(
	document: Record<string, unknown>,
	frame: Frame,
	excluded: readonly Excluded[],
	{ commitment, manifestHash }: Pick<ClaimFiles, 'commitment' | 'manifestHash'>
): Verdict {
	const wrapped = 'manifest' in document;
	const manifest = wrapped ? document.manifest : document;
	const verdict = verify({
		manifest,
		frame,
		excluded,
		commitment: commitment || undefined,
		manifestHash: manifestHash || undefined
	});
	if (!verdict.ok) return verdict;
	for (const key of ['manifestHash', 'selectedRoot'] as const) {
		const beside = wrapped && key in document ? firstDifference(verdict[key], document[key], key) : null;
		if (beside) return { ok: false, ...beside };
	}
	return { ...verdict, given: (manifest as { seedSource: string }).seedSource === 'given' };
}
