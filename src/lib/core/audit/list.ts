// 以往名单: what an audit looks at. A batch is its list in the order in which it was drawn from, with who was drawn.
// Invariant: positions are 0 … N − 1 in the order of the list; ids are unique within a batch.

export interface AuditRow {
	id: string;
	/** '' where it is not known. */
	office: string;
	/** Registration, yyyy-mm-dd; null where it is not known. */
	registered: string | null;
	drawn: boolean;
	/** Chance that was promised, 0 … 1; null: an equal one for all of the batch. */
	chance: number | null;
	/** Who was sent; empty where it is not known. */
	inspectors: readonly string[];
}

export interface Batch {
	name: string;
	rows: AuditRow[];
}

export const drawnOf = ({ rows }: Batch): number => rows.reduce((n, { drawn }) => n + Number(drawn), 0);

/** The chance of every row, in the order of the list. */
export function chancesOf(batch: Batch): number[] {
	const equal = drawnOf(batch) / batch.rows.length;
	return batch.rows.map(({ chance }) => chance ?? equal);
}
