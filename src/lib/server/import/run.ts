// What every kind of import is given, and what it answers.
import type { Transaction } from 'kysely';
import type { Hash } from '../../core/model';
import type { ImportOptions, ImportReport } from '../../schema/import';
import type { County } from '../county';
import type { DB } from '../db/schema';
import type { Findings } from './stage';

export type Phase = 'reading' | 'staging' | 'checking' | 'placing' | 'writing';

export interface Progress {
	phase: Phase;
	done: number;
	total: number;
}

export interface Run {
	trx: Transaction<DB>;
	county: County;
	options: ImportOptions;
	/** Number of this import in app.import. */
	importId: number;
	at: Date;
	/** The prepared lines. */
	path: string;
	/** Rows in the files. */
	rows: number;
	/** Where a boundary layer is from, when the options do not say. */
	provenance: string;
	findings: Findings;
	/** Reports, and throws the signal's reason when the run was cancelled. */
	step(phase: Phase, done?: number, total?: number): void;
}

export interface Counts {
	added: number;
	changed: number;
	unchanged: number;
	/** Merkle root (RFC 6962) of the changed rows in the order of their codes. */
	root: Hash;
	closed?: number;
	reassigned?: number;
	partiesAdded?: number;
	offset?: ImportReport['offset'];
	areaM2?: number;
	/** Nothing may be written: a boundary layer is whole or it is not taken. */
	rejected?: boolean;
}
