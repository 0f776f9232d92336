// What an undo answers, and how its parts say no: a refusal thrown inside the transaction, so that nothing of it stays.

export type UndoRefusal =
	| { ok: false; reason: 'unknown' | 'undone_before' | 'no_earlier_roads' | 'clock_behind' }
	/** draw: number of the draw; count: rows of the import in its frame. */
	| { ok: false; reason: 'frozen_frame' | 'crew_draw'; draw: number; count: number }
	/** code: the first of `count` rows. */
	| { ok: false; reason: 'changed_later' | 'in_use'; code: string; count: number };

export class Refused extends Error {
	constructor(readonly refusal: UndoRefusal) {
		super(refusal.reason);
	}
}

export interface UndoneImport {
	id: number;
	kind: string;
	createdAt: Date;
}

export interface Counted {
	ended: number;
	restored: number;
}
