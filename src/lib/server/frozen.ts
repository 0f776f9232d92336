// The rows of a frame as they come out of the registry, before the core has made a frame of them. No database here:
// worker threads import this.
import type { Excluded, FrameRow, RowError } from '../core/draw/frame';
import type { DrawSize } from '../core/draw/masses';

export interface FrozenRows {
	rows: FrameRow[];
	excluded: Excluded[];
}

/** 频次上限: the rule a freeze was judged by. */
export interface YearLimit {
	/** The year in which the batch counts. */
	year: number;
	/** Batches a party and year; null: no rule was set. */
	allowed: number | null;
	source: string | null;
	/** Its items are 重点 alone, which the limit leaves alone. */
	exempt: boolean;
}

/** Rows of a freeze with the limit applied. */
export interface LimitedRows extends FrozenRows {
	limit: YearLimit & {
		/** Parties that were left out because their year is used up, in the order of their codes. */
		full: string[];
	};
}

/** A row's error with the code of the target it is about. */
export const namedRow = (error: RowError, rows: readonly { id: string }[]): RowError & { id: string } => ({
	...error,
	id: rows[error.row]?.id ?? ''
});

/** How many a plan asks for: exactly one of sampleSize and ratioPercent is set. */
export interface PlanSize {
	sampleSize: number | null;
	/** Three decimal places at most. */
	ratioPercent: number | null;
	minPerTownship: number;
}

/** A ratio is rounded up, in whole numbers: 5 % of 283 is 15. */
export function sizeOf({ sampleSize, ratioPercent, minPerTownship }: PlanSize, frameSize: number): DrawSize {
	const byRatio = Math.ceil((frameSize * Math.round((ratioPercent ?? 0) * 1000)) / 100_000);
	return { sampleSize: sampleSize ?? byRatio, minPerTownship };
}
