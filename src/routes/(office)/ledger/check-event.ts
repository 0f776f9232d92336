// What a check of the ledger says while it runs, one JSON line each.
import type { CheckResult } from '$lib/server/ledger-check';

export type CheckEvent =
	| { type: 'progress'; done: number; total: number }
	| { type: 'done'; result: CheckResult }
	/** Another check is under way on this server. */
	| { type: 'busy' };
