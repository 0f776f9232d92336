// Postings for programs: CSV of everything that is public, and cells with what is posted in each. Places are cells of H3 at
// resolution 7, with four decimals, which is ten metres of a hexagon two kilometres wide.
import { cellToBoundary } from 'h3-js';
import { csvText } from '../../core/registry/csv';
import { tallied, type PostingRow } from '../../core/posting/search';
import type { Database } from '../db/database';
import { postingAddress } from './address';
import { everyPosting } from './postings';

export const csvColumns = [
	...([
		'number',
		'kind',
		'posted_on',
		'checked_on',
		'party_code',
		'party_name',
		'target',
		'target_kind'
	] as const),
	...(['township', 'cell', 'outcome', 'items', 'document_number', 'public_until', 'repaired_on'] as const),
	...(['draw', 'document_sha256'] as const)
];

export async function* postingsCsv(db: Database, county: string, at: Date): AsyncGenerator<string> {
	yield csvText([csvColumns]);
	for await (const rows of everyPosting(db, county, at)) {
		const lines = rows.map((row) => [
			...[row.number, row.kind, row.postedOn, row.checkedOn, row.party ?? '', row.partyName ?? ''],
			...[row.target, row.targetKind, row.townshipName, row.cell, row.outcome, row.items.join('；')],
			...[row.documentNumber ?? '', row.endsOn ?? '', row.repairedOn ?? '', row.seq ?? '', row.documentHash]
		]);
		// Only the file begins with a byte order mark.
		yield csvText(lines).slice(1);
	}
}

const coarse = (degrees: number) => Math.round(degrees * 1e4) / 1e4;

/** RFC 7946: a polygon for each cell, with the addresses of what is posted in it. */
export const postingsGeojson = (rows: readonly PostingRow[], origin: string) => ({
	type: 'FeatureCollection',
	features: [...tallied(rows, ({ cell }) => cell)].map(([cell, { results, penalties, numbers }]) => ({
		type: 'Feature',
		id: cell,
		geometry: {
			type: 'Polygon',
			coordinates: [cellToBoundary(cell, true).map((point) => point.map(coarse))]
		},
		properties: { results, penalties, postings: numbers.map((number) => postingAddress(origin, number)) }
	}))
});
