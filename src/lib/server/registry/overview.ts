// How much each directory holds, and its last import.
import { sql } from 'kysely';
import type { Database } from '../db/database';

export interface DirectorySummary {
	kind: string;
	size: number;
	/** Its last import of a file that holds. */
	importedAt: Date | null;
}

interface BoundaryState {
	sketch: boolean;
	provenance: string;
	licence: string | null;
	reviewNumber: string | null;
}

export async function directorySummaries(db: Database, county: string): Promise<DirectorySummary[]> {
	const { rows } = await sql<DirectorySummary>`
		SELECT d.kind, d.size, (SELECT max(i.created_at) FROM app.import AS i
			WHERE i.county = ${county} AND i.kind = d.kind AND i.files <> '[]' AND i.undone_at IS NULL) AS "importedAt"
		FROM (
			SELECT 1 AS place, 'township' AS kind, count(*) AS size FROM app.current_township WHERE county = ${county}
			UNION ALL SELECT 2, 'mining_right', coalesce(sum(rows), 0) FROM app.target_tally WHERE county = ${county} AND kind = 'mining_right'
			UNION ALL SELECT 3, 'land_parcel', coalesce(sum(rows), 0) FROM app.target_tally WHERE county = ${county} AND kind = 'land_parcel'
			UNION ALL SELECT 4, 'party', count(*) FROM app.party WHERE county = ${county} AND removed_at IS NULL
			UNION ALL SELECT 5, 'inspector', count(*) FROM app.inspector WHERE county = ${county}
			UNION ALL SELECT 6, 'item', count(*) FROM app.item WHERE county = ${county}
			UNION ALL SELECT 7, 'office', count(*) FROM app.office WHERE county = ${county}
			UNION ALL SELECT 8, 'recusal', count(*) FROM app.recusal WHERE county = ${county}
		) AS d ORDER BY d.place`.execute(db);
	return rows;
}

/** Where the current township layer is from; null while there is none. */
export async function boundaryState(db: Database, county: string): Promise<BoundaryState | null> {
	const row = await db
		.selectFrom('app.current_township as t')
		.innerJoin('app.boundary_source as s', 's.id', 't.source')
		.select(['s.sketch', 's.provenance', 's.licence', 's.review_number as reviewNumber'])
		.where('t.county', '=', county)
		.orderBy('s.id', 'desc')
		.executeTakeFirst();
	return row ?? null;
}
