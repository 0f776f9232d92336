// A list of another system, read and audited in this browser: it is sent nowhere and forgotten with the page.
import { auditOf, type Audit } from '$lib/core/audit/audit';
import { readPastLists, type UploadProblem } from '$lib/core/audit/upload';

/** More than any list of a county. */
const LIMIT_BYTES = 50_000_000;

export type ListProblem = UploadProblem | { reason: 'too_large' | 'not_text' };

export class PastList {
	name = $state<string | null>(null);
	busy = $state(false);
	audit = $state.raw<Audit | null>(null);
	problem = $state.raw<ListProblem | null>(null);

	async read(file: File): Promise<void> {
		this.clear();
		this.name = file.name;
		if (file.size > LIMIT_BYTES) {
			this.problem = { reason: 'too_large' };
			return;
		}
		this.busy = true;
		const text = textOf(await file.arrayBuffer());
		const read =
			text === null ? ({ ok: false, problem: { reason: 'not_text' } } as const) : readPastLists(text);
		if (read.ok) this.audit = auditOf(read.batches);
		else this.problem = read.problem;
		this.busy = false;
	}

	clear(): void {
		this.name = null;
		this.audit = null;
		this.problem = null;
	}
}

/** UTF-8, else GB18030, as Excel in China saves it; null: neither. */
function textOf(bytes: ArrayBuffer): string | null {
	for (const encoding of ['utf-8', 'gb18030']) {
		try {
			const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
			return text.includes('\0') ? null : text;
		} catch {
			continue;
		}
	}
	return null;
}
