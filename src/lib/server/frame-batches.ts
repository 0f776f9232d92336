// A frame as its files and its draw read it: in its order, in batches, so that a large one is never whole in memory.

/** One row of protocol §2. */
export interface FrameLine {
	id: string;
	township: string;
	cell: string;
	x: number;
	y: number;
	weight: number;
	take: number;
	salt: string;
}

/** Rows of one statement. */
const BATCH = 20_000;

/** query: at most so many rows whose ids come after `after`, in the order of their UTF-8 bytes. */
export async function* inBatches(
	query: (after: string, most: number) => Promise<FrameLine[]>
): AsyncGenerator<FrameLine[], void> {
	for (let after = ''; ;) {
		const rows = await query(after, BATCH);
		if (rows.length > 0) yield rows;
		if (rows.length < BATCH) return;
		after = rows.at(-1)!.id;
	}
}
