// One import on the page: upload, dry run, commit. A change of files or options makes the last dry run stale, and only
// a fresh one can be committed.
import { m } from '$lib/i18n/paraglide/messages';
import type { ImportFailure } from '$lib/core/registry/failure';
import type { ImportKind } from '$lib/core/registry/fields';
import { MAX_UPLOAD_BYTES, type ImportReport, type ImportStatus } from '$lib/schema/import';

export interface Choices {
	kind: ImportKind;
	crs: string;
	encoding: string;
	outside: 'refuse' | 'keep';
	provenance: string;
	licence: string;
	reviewNumber: string;
	mapping: string;
}

const POLL_MS = 400;
const ROOT = '/registry/import/task';

export class ImportSession {
	files = $state.raw<File[]>([]);
	choices: Choices;
	busy = $state(false);
	progress = $state.raw<ImportStatus['progress']>(null);
	report = $state.raw<ImportReport | null>(null);
	problem = $state.raw<ImportFailure | string | null>(null);
	token = $state('');
	#uploaded: File[] | null = null;
	#cancelled = false;
	#basis = $state('');

	constructor(kind: ImportKind) {
		this.choices = $state({
			kind,
			crs: '',
			encoding: '',
			outside: 'refuse',
			provenance: '',
			licence: '',
			reviewNumber: '',
			mapping: ''
		});
	}

	/** What the last report is a report of. */
	get #now() {
		return JSON.stringify([
			this.choices,
			this.files.map((file) => [file.name, file.size, file.lastModified])
		]);
	}
	/** True when the report shown is that of a dry run over exactly these files and options. */
	get checked() {
		return this.report !== null && this.report.dryRun && this.#basis === this.#now;
	}

	async run(dryRun: boolean): Promise<void> {
		this.busy = true;
		this.#cancelled = false;
		this.problem = null;
		this.progress = null;
		const basis = this.#now;
		try {
			if (this.#uploaded !== this.files) await this.#upload();
			await this.#ask(`/${this.token}`, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ ...this.#options(), dryRun })
			});
			const status = await this.#finished();
			this.report = status.report;
			this.problem = status.failure ?? (status.state === 'broken' ? m.registry_broken() : null);
			this.#basis = basis;
		} catch (error) {
			this.report = null;
			this.problem = error instanceof Error ? error.message : String(error);
		} finally {
			this.busy = false;
			this.progress = null;
		}
	}

	async cancel(): Promise<void> {
		this.#cancelled = true;
		if (this.token) await fetch(`${ROOT}/${this.token}`, { method: 'DELETE' });
	}

	reset(): void {
		if (this.token) void fetch(`${ROOT}/${this.token}`, { method: 'DELETE' });
		this.files = [];
		this.report = null;
		this.problem = null;
		this.token = '';
		this.#uploaded = null;
	}

	async #upload() {
		const total = this.files.reduce((sum, file) => sum + file.size, 0);
		if (total > MAX_UPLOAD_BYTES) throw new Error(m.registry_limits());
		const created = await this.#ask('', { method: 'POST' });
		this.token = ((await created.json()) as { token: string }).token;
		let done = 0;
		for (const file of this.files) {
			this.progress = { phase: 'uploading', done, total };
			if (this.#cancelled) throw new Error(m.registry_cancelled());
			await this.#ask(`/${this.token}/${encodeURIComponent(file.name)}`, { method: 'PUT', body: file });
			done += file.size;
		}
		this.#uploaded = this.files;
	}

	async #finished(): Promise<ImportStatus> {
		for (;;) {
			const status = (await (await this.#ask(`/${this.token}`, {})).json()) as ImportStatus;
			this.progress = status.progress;
			if (status.state === 'cancelled') throw new Error(m.registry_cancelled());
			if (status.state !== 'running') return status;
			await new Promise((wait) => setTimeout(wait, POLL_MS));
		}
	}

	async #ask(path: string, init: RequestInit): Promise<Response> {
		const answer = await fetch(ROOT + path, { ...init, redirect: 'manual' });
		if (answer.ok) return answer;
		if (answer.status === 404) {
			this.#uploaded = null;
			throw new Error(m.registry_expired());
		}
		if (answer.status === 413) throw new Error(m.registry_limits());
		const said = (await answer.json().catch(() => null)) as { message?: string } | null;
		throw new Error(said?.message ?? m.registry_broken());
	}

	#options() {
		const { crs, mapping, encoding, ...rest } = this.choices;
		const pairs = mapping
			.split('\n')
			.map((line) => line.split('='))
			.filter((pair) => pair.length >= 2)
			.map(([field, ...column]) => [field!.trim(), column.join('=').trim()]);
		return {
			...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value || null])),
			crs: crs.trim() === '' ? null : Number(crs.replace(/^EPSG:/i, '')),
			encoding: encoding || null,
			mapping: Object.fromEntries(pairs) as Record<string, string>
		};
	}
}
