// Whether changed rows may stand: the row rules of the imports, and what only the directory knows (who holds a
// certificate, whether a party exists).
import { sql, type Transaction } from 'kysely';
import { inspectorRow } from '../../core/registry/inspector-row';
import { itemRow } from '../../core/registry/item-row';
import { matcher } from '../../core/registry/match';
import { partyRow } from '../../core/registry/party-row';
import type { Refusal } from '../../core/registry/reason';
import { targetRow } from '../../core/registry/target-row';
import { officeRow } from '../../core/registry/township-row';
import { rowReader, type Cells, type Outcome } from '../../core/registry/validate';
import type { EditableList } from '../../schema/directory';
import type { DB } from '../db/schema';
import type { ImportCells } from './import-columns';

export interface Judged {
	code: string;
	/** What the row rules made of it. */
	value: Record<string, unknown>;
}

export async function judge(
	trx: Transaction<DB>,
	county: string,
	list: EditableList,
	rows: readonly { code: string; cells: ImportCells }[]
): Promise<{ rows: Judged[]; refused: Refusal[] }> {
	const rule = await rowRule(trx, county, list);
	const judged: Judged[] = [];
	const refused: Refusal[] = [];
	for (const { code, cells } of rows) {
		const outcome = rule({ file: code, line: 1, has: () => true, get: (field) => cells[field] ?? '' });
		refused.push(...outcome.refused);
		if (outcome.value) judged.push({ code, value: outcome.value as Record<string, unknown> });
	}
	if (refused.length === 0) refused.push(...(await againstDirectory(trx, county, list, judged)));
	return { rows: judged, refused };
}

async function rowRule(
	trx: Transaction<DB>,
	county: string,
	list: EditableList
): Promise<(cells: Cells) => Outcome<object>> {
	const named = (table: 'current_township' | 'office') =>
		trx.selectFrom(`app.${table}`).select(['code', 'name']).where('county', '=', county).execute();
	switch (list) {
		case 'mining_right':
		case 'land_parcel':
			return (cells) => targetRow(list, cells);
		case 'party':
			return partyRow;
		case 'inspector': {
			const [office, township] = [matcher(await named('office')), matcher(await named('current_township'))];
			return (cells) => inspectorRow(office, township, cells);
		}
		case 'office': {
			const township = matcher(await named('current_township'));
			return (cells) => officeRow(township, cells);
		}
		case 'item':
			return itemOfDates;
	}
}

/** An item and the days between which its basis holds. */
function itemOfDates(cells: Cells): Outcome<object> {
	const item = itemRow(cells);
	const dates = rowReader(cells);
	const [from, to] = [dates.date('basis_from'), dates.date('basis_to')];
	if (from && to && to < from) dates.refuse('basis_to', 'date_order');
	const { refused, warned } = dates.finish(null);
	return {
		value: item.value && refused.length === 0 ? { ...item.value, basisFrom: from, basisTo: to } : null,
		refused: [...item.refused, ...refused],
		warned: [...item.warned, ...warned]
	};
}

async function againstDirectory(
	trx: Transaction<DB>,
	county: string,
	list: EditableList,
	rows: readonly Judged[]
): Promise<Refusal[]> {
	if (list === 'inspector') {
		const { rows: taken } = await sql<{ code: string; value: string; holder: string }>`
			SELECT j.code, j.certificate AS value, i.code AS holder
			FROM json_to_recordset(${JSON.stringify(rows.map(({ value }) => value))}::json) AS j(code text, certificate text)
			JOIN app.inspector i ON i.county = ${county} AND i.certificate = j.certificate AND i.code <> j.code`.execute(
			trx
		);
		return taken.map(({ code, value, holder }) => ({
			...{ file: code, line: 1, field: 'certificate', rule: 'certificate_taken', values: { value, holder } }
		}));
	}
	if (list !== 'mining_right' && list !== 'land_parcel') return [];
	const held = [
		...new Set(rows.flatMap(({ value }) => (typeof value.party === 'string' ? [value.party] : [])))
	];
	const known = await trx
		.selectFrom('app.party')
		.select('uscc')
		.where('county', '=', county)
		.where('removed_at', 'is', null)
		.where('uscc', 'in', held.length > 0 ? held : [''])
		.execute();
	const directory = new Set(known.map(({ uscc }) => uscc));
	return rows.flatMap(({ code, value: { party } }) =>
		typeof party !== 'string' || directory.has(party)
			? []
			: [{ file: code, line: 1, field: 'party', rule: 'party_unknown' as const, values: { value: party } }]
	);
}
