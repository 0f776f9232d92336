// One import on the page: upload, inspection, dry run, commit. Files are uploaded and inspected as soon as they are
// chosen. A change of files or options makes the last dry run stale, and only a fresh one can be committed.
import { m } from '$lib/i18n/paraglide/messages';
import type { Reading } from '$lib/core/geo/crs-evidence';
import type { SevenParameters } from '$lib/core/geo/datum';
import type { ImportFailure } from '$lib/core/registry/failure';
import type { ImportKind } from '$lib/core/registry/fields';
import { MAX_UPLOAD_BYTES, type ImportReport, type ImportStatus, type Inspection } from '$lib/schema/import';

export interface Choices {
	kind: ImportKind;
	crs: string;
	/** Of this visit to the page only: they are not public. */
	datum: SevenParameters | null;
	gcj02: boolean;
	swapped: boolean;
	encoding: string;
	outside: 'refuse' | 'keep';
	provenance: string;
	licence: string;
	reviewNumber: string;
	/** Header (its digest) → field → column; '' takes none. */
	mappings: Record<string, Record<string, string>>;
}

const POLL_MS = 400;
const ROOT = '/registry/import/task';

export class ImportSession {
	files = $state.raw<File[]>([]);
	choices: Choices;
	busy = $state(false);
	progress = $state.raw<ImportStatus['progress']>(null);
	inspection = $state.raw<Inspection | null>(null);
	/** True where the choices of an earlier import of the same columns were taken over. */
	remembered = $state(false);
	report = $state.raw<ImportReport | null>(null);
	problem = $state.raw<ImportFailure | string | null>(null);
	token = $state('');
	#uploaded: File[] | null = null;
	#suggested: File[] | null = null;
	#cancelled = false;
	#last: Promise<void> = Promise.resolve();
	#basis = $state('');

	constructor(kind: ImportKind) {
		this.choices = $state({
			kind,
			crs: '',
			datum: null,
			gcj02: false,
			swapped: false,
			encoding: '',
			outside: 'refuse',
			provenance: '',
			licence: '',
			reviewNumber: '',
			mappings: {}
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

	setFiles(files: File[]): void {
		this.files = files;
		this.remembered = false;
		this.choices.mappings = {};
		void this.inspect();
	}

	/** A file of the same name replaces the one before. */
	addFile(file: File): void {
		this.setFiles([...this.files.filter(({ name }) => name !== file.name), file]);
	}

	/** Another kind has other fields. */
	setKind(kind: ImportKind): void {
		this.choices.kind = kind;
		this.choices.mappings = {};
		this.#suggested = null;
		void this.inspect();
	}

	/** In all files with this header. */
	map(source: string, field: string, column: string): void {
		const { mappings } = this.choices;
		this.choices.mappings = { ...mappings, [source]: { ...mappings[source], [field]: column } };
		void this.inspect();
	}

	useDatum(parameters: SevenParameters | null): void {
		this.choices.datum = parameters;
		void this.inspect();
	}

	/** Reads the coordinates as this candidate does. */
	adopt({ epsg, swapped, gcj02 }: Reading): void {
		Object.assign(this.choices, { crs: epsg === null ? '' : String(epsg), swapped, gcj02 });
		void this.inspect();
	}

	/** What the files are, with the choices made so far. */
	inspect = (): Promise<void> =>
		this.#work(async () => {
			this.inspection = null;
			if (this.files.length === 0) return;
			if (this.#uploaded !== this.files) await this.#upload();
			this.progress = { phase: 'reading', done: 0, total: 0 };
			let found = await this.#inspected();
			const { remembered } = found;
			if (remembered && this.#suggested !== this.files && !this.#chosen) {
				const { crs, encoding, ...rest } = remembered;
				Object.assign(this.choices, { ...rest, crs: crs ? String(crs) : '', encoding: encoding ?? '' });
				this.remembered = true;
				found = await this.#inspected();
			}
			this.#suggested = this.files;
			this.inspection = found;
			this.problem = found.failure;
		});

	run = (dryRun: boolean): Promise<void> =>
		this.#work(async () => {
			const basis = this.#now;
			if (this.#uploaded !== this.files) await this.#upload();
			await this.#ask(`/${this.token}`, this.#posted({ ...this.#options(), dryRun }));
			const status = await this.#finished();
			this.report = status.report;
			this.problem = status.failure ?? (status.state === 'broken' ? m.registry_broken() : null);
			this.#basis = basis;
		});

	async cancel(): Promise<void> {
		this.#cancelled = true;
		if (this.token) await fetch(`${ROOT}/${this.token}`, { method: 'DELETE' });
	}

	reset(): void {
		if (this.token) void fetch(`${ROOT}/${this.token}`, { method: 'DELETE' });
		this.files = [];
		this.inspection = null;
		this.report = null;
		this.problem = null;
		this.token = '';
		this.#uploaded = null;
	}

	/** Whether a person has chosen anything about how the files are read. */
	get #chosen() {
		const { crs, gcj02, swapped, encoding, mappings } = this.choices;
		return crs !== '' || gcj02 || swapped || encoding !== '' || Object.keys(mappings).length > 0;
	}

	/** One after another: who clicks before a file is looked into gets both. */
	#work(step: () => Promise<void>): Promise<void> {
		this.busy = true;
		return (this.#last = this.#last.then(() => this.#do(step)));
	}

	async #do(step: () => Promise<void>): Promise<void> {
		this.busy = true;
		this.#cancelled = false;
		this.problem = null;
		this.progress = null;
		try {
			await step();
		} catch (error) {
			this.report = null;
			this.problem = error instanceof Error ? error.message : String(error);
		} finally {
			this.busy = false;
			this.progress = null;
		}
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
			// The server sees no body without a type, and a browser knows none for .gpkg, .shp and their like.
			const headers = { 'Content-Type': 'application/octet-stream' };
			const path = `/${this.token}/${encodeURIComponent(file.name)}`;
			await this.#ask(path, { method: 'PUT', headers, body: file });
			done += file.size;
		}
		this.#uploaded = this.files;
	}

	async #inspected(): Promise<Inspection> {
		const answer = await this.#ask(`/${this.token}/inspection`, this.#posted(this.#options()));
		return (await answer.json()) as Inspection;
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

	#posted(body: object): RequestInit {
		const headers = { 'Content-Type': 'application/json' };
		return { method: 'POST', headers, body: JSON.stringify(body) };
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
		const { crs, encoding, provenance, licence, reviewNumber, ...rest } = this.choices;
		return {
			...rest,
			provenance: provenance || null,
			licence: licence || null,
			reviewNumber: reviewNumber || null,
			crs: crs.trim() === '' ? null : Number(crs.replace(/^EPSG:/i, '')),
			encoding: encoding || null
		};
	}
}
