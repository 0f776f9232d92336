// The rows of a frame as they come out of the registry, before the core has made a frame of them. No database here:
// worker threads import this.
import type { Excluded, FrameRow, RowError } from '../core/draw/frame';
import type { DrawSize } from '../core/draw/masses';

export interface FrozenRows {
	rows: FrameRow[];
	excluded: Excluded[];
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
