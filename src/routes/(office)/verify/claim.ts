// From dropped files to what the core verifier takes. Runs in the page's worker.
import { parseExcludedCsv, parseFrameCsv, type CsvError } from '$lib/core/draw/frame-csv';
import { makeExcluded, makeFrame, type Excluded, type FrameRow, type RowError } from '$lib/core/draw/frame';
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
	where: string;
	because: string;
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

const bad = (role: Role, where: string, because: string): Verdict => ({
	ok: false,
	reason: 'bad_input',
	role,
	where,
	because
});

const badRow = (role: Role, error: CsvError | RowError): Verdict =>
	'line' in error
		? bad(role, `${error.line}${error.field && `, ${error.field}`}`, `${error.reason} ${error.value}`)
		: bad(role, `[${error.row}].${error.field}`, `${error.reason} ${String(error.value)}`);

/** Recomputes the draw of the files and compares; the first thing that is wrong, or what was proved. */
export function judge(files: ClaimFiles): Verdict {
	const decode = (bytes: ArrayBuffer) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	const isJson = (bytes: ArrayBuffer) => /^\s*\[/.test(new TextDecoder().decode(bytes.slice(0, 64)));
	let role: Role = 'manifest';
	try {
		const document = JSON.parse(decode(files.manifest)) as Record<string, unknown>;
		role = 'frame';
		const frame = isJson(files.frame)
			? makeFrame(JSON.parse(decode(files.frame)) as FrameRow[])
			: parseFrameCsv(new Uint8Array(files.frame));
		if (!frame.ok) return badRow(role, frame);
		role = 'excluded';
		const excluded =
			files.excluded === null
				? ({ ok: true, excluded: [] } as const)
				: isJson(files.excluded)
					? makeExcluded(JSON.parse(decode(files.excluded)) as Excluded[])
					: parseExcludedCsv(new Uint8Array(files.excluded));
		if (!excluded.ok) return badRow(role, excluded);
		role = 'manifest';
		const wrapped = 'manifest' in document;
		const manifest = wrapped ? document.manifest : document;
		const verdict = verify({
			manifest,
			frame: frame.frame,
			excluded: excluded.excluded,
			commitment: files.commitment || undefined,
			manifestHash: files.manifestHash || undefined
		});
		if (!verdict.ok) return verdict;
		for (const key of ['manifestHash', 'selectedRoot'] as const) {
			const beside = wrapped && key in document ? firstDifference(verdict[key], document[key], key) : null;
			if (beside) return { ok: false, ...beside };
		}
		return { ...verdict, given: (manifest as { seedSource: string }).seedSource === 'given' };
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof TypeError) return bad(role, '', error.message);
		throw error;
	}
}
