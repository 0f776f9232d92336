// One import from files to ledger entry: the files are read in a worker thread, then one transaction stages, checks,
// compares, writes and records. A dry run does all of it and rolls back, so its report is the report of the real run.
import { sql, type Transaction } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportFailure } from '../../core/registry/failure';
import { reasonText, type Refusal } from '../../core/registry/reason';
import { READING_MS, type ImportOptions, type ImportReport, type ReportedRow } from '../../schema/import';
import type { County } from '../county';
import { changeOne } from '../db/change-one';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import { runWorker, WorkerTimeout } from '../workers';
import { importInspectors, importItems, importOffices, importParties } from './directory';
import { sourceOf } from './mapping';
import type { PrepareInput, Prepared } from './prepare';
import { refusedTables, type RefusedTable } from './refused';
import { rowTree } from './row-tree';
import type { Counts, Phase, Progress, Run } from './run';
import { importRoads } from './road';
import { nameChange } from '../registry/change';
import { importTargets } from './target';
import { importTownships } from './township';
import { ClockBehind } from './version';

export type ImportResult =
	{ ok: true; report: ImportReport; refused: RefusedTable[] } | { ok: false; failure: ImportFailure };
type Written = Omit<Extract<ImportResult, { ok: true }>, 'ok'>;

const importers: Record<ImportOptions['kind'], (run: Run) => Promise<Counts>> = {
	mining_right: importTargets,
	land_parcel: importTargets,
	township: importTownships,
	office: importOffices,
	party: importParties,
	inspector: importInspectors,
	item: importItems,
	road: importRoads
};

/** How long GDAL waits for the next import. */
const KEPT_MS = 5 * 60_000;

/** Thrown at the end of a transaction that must not stay; carries the report out of it. */
class RolledBack extends Error {
	constructor(readonly written: Written) {
		super('rolled back');
	}
}

export interface ImportCall {
	county: County;
	/** Paths. */
	files: string[];
	options: ImportOptions;
	at: Date;
	actor: string;
	english?: boolean;
	/** Of the machine itself, not uploaded: as many features as it holds, read as long as it takes. */
	large?: boolean;
	/** Aborting rejects with the signal's reason; nothing is written. */
	signal?: AbortSignal;
	onProgress?: (progress: Progress) => void;
}

export async function importFiles(db: Database, call: ImportCall): Promise<ImportResult> {
	const { county, options, signal, onProgress } = call;
	const [townships, offices] = await Promise.all([
		db
			.selectFrom('app.current_township')
			.select(['code', 'name'])
			.where('county', '=', county.code)
			.execute(),
		db.selectFrom('app.office').select(['code', 'name']).where('county', '=', county.code).execute()
	]);
	if (
		townships.length === 0 &&
		options.kind !== 'township' &&
		!['party', 'item', 'road'].includes(options.kind)
	) {
		return { ok: false, failure: { reason: 'no_townships', file: '', values: {} } };
	}
	const folder = await mkdtemp(join(tmpdir(), 'fairlot-import-'));
	try {
		onProgress?.({ phase: 'reading', done: 0, total: 0 });
		const input: PrepareInput = {
			kind: options.kind,
			county: county.code,
			files: call.files,
			options,
			townships,
			offices,
			folder,
			large: call.large ?? false
		};
		const prepared = await runWorker<PrepareInput, Prepared>('gdal', input, {
			...(signal && { signal }),
			keepMs: KEPT_MS,
			...(!call.large && { timeoutMs: READING_MS }),
			onProgress: (value) => onProgress?.({ phase: 'reading', ...(value as { done: number; total: number }) })
		});
		if (!prepared.ok) return prepared;
		return { ok: true, ...(await commit(db, call, prepared)) };
	} catch (error) {
		if (error instanceof WorkerTimeout) {
			return {
				ok: false,
				failure: { reason: 'deadline', file: '', values: { minutes: READING_MS / 60_000 } }
			};
		}
		if (error instanceof ClockBehind) {
			const values = { newest: error.newest.toISOString() };
			return { ok: false, failure: { reason: 'clock_behind', file: '', values } };
		}
		throw error;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function commit(
	db: Database,
	call: ImportCall,
	prepared: Extract<Prepared, { ok: true }>
): Promise<Written> {
	try {
		return await db.transaction().execute((trx) => write(trx, call, prepared));
	} catch (error) {
		if (error instanceof RolledBack) return error.written;
		throw error;
	}
}

async function write(
	trx: Transaction<DB>,
	{ county, options, at, actor, english, signal, onProgress }: ImportCall,
	prepared: Extract<Prepared, { ok: true }>
): Promise<Written> {
	// One import of a county at a time: the comparison with the current versions must stay true until they are written.
	await sql`SELECT FROM app.county WHERE code = ${county.code} FOR NO KEY UPDATE`.execute(trx);
	// Compiling the long statements takes longer than running them.
	await sql`SET LOCAL jit = off`.execute(trx);
	await sql`SET LOCAL work_mem = '64MB'`.execute(trx);
	const { id: importId } = await trx
		.insertInto('app.import')
		.values({
			county: county.code,
			kind: options.kind,
			files: JSON.stringify(prepared.files),
			report: '{}',
			root: rowTree().root(),
			created_at: at,
			created_by: actor,
			options: JSON.stringify(remembered(options)),
			source: prepared.headers[0] ? sourceOf(prepared.headers[0]) : null
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	await nameChange(trx, { import: importId, at });
	const findings = { refused: [] as Refusal[], warned: [] as Refusal[] };
	const counts = await importers[options.kind]({
		trx,
		county,
		options,
		importId,
		at,
		path: prepared.path,
		rows: prepared.rows,
		provenance: prepared.given.map(({ name, sha256 }) => `${name} (SHA-256 ${sha256})`).join('；'),
		findings,
		step(phase: Phase, done = 0, total = 0) {
			onProgress?.({ phase, done, total });
			signal?.throwIfAborted();
		}
	});
	const keep = !options.dryRun && !counts.rejected;
	const said = (list: Refusal[]): ReportedRow[] =>
		list
			.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
			.map((finding) => ({ ...finding, reason: reasonText(finding, english) }));
	const report: ImportReport = {
		kind: options.kind,
		county: county.code,
		dryRun: options.dryRun,
		committed: keep,
		files: prepared.files,
		rows: prepared.rows,
		added: counts.added,
		changed: counts.changed,
		unchanged: counts.unchanged,
		refusedRows: new Set(findings.refused.map(({ file, line, row }) => `${row ?? line} ${file}`)).size,
		refused: said(findings.refused),
		warned: said(findings.warned),
		closed: counts.closed ?? 0,
		reassigned: counts.reassigned ?? 0,
		partiesAdded: counts.partiesAdded ?? 0,
		offset: counts.offset ?? null,
		areaM2: counts.areaM2 ?? null,
		root: counts.root,
		importId: keep ? importId : null,
		ledgerSeq: null
	};
	const refused = await refusedTables(prepared, findings.refused);
	if (!keep) throw new RolledBack({ report, refused });
	await changeOne(
		trx
			.updateTable('app.import')
			.set({ report: JSON.stringify(report), root: report.root, refused: JSON.stringify(refused) })
			.where('id', '=', importId)
	);
	signal?.throwIfAborted();
	// Last, so that nothing of this transaction escapes the trace; only its number is noted afterwards.
	report.ledgerSeq = await append(trx, county.code, {
		type: 'import.committed',
		at: at.toISOString(),
		actor,
		import: importId,
		kind: options.kind,
		files: prepared.given.map(({ name, sha256, bytes }) => ({ name: name.normalize('NFC'), sha256, bytes })),
		rows: report.rows,
		added: report.added,
		changed: report.changed,
		unchanged: report.unchanged,
		refused: report.refusedRows,
		closed: report.closed,
		reassigned: report.reassigned,
		partiesAdded: report.partiesAdded,
		root: report.root
	});
	await changeOne(
		trx.updateTable('app.import').set({ ledger_seq: report.ledgerSeq }).where('id', '=', importId)
	);
	return { report, refused };
}

/** What is suggested when files with the same columns come again. */
const remembered = ({ mapping, mappings, crs, gcj02, swapped, encoding }: ImportOptions) => ({
	mapping,
	mappings,
	crs,
	gcj02,
	swapped,
	encoding
});
