// One row of a township layer (乡镇) or of the offices (自然资源所).
// Invariant: a township's code is nine digits of this county; an office answers for at least one township that exists, one of another
// department for none if need be.

import { townshipCode } from './codes';
import { splitList } from './match';
import { rowReader, type Cells, type Outcome } from './validate';

export interface TownshipRow {
	code: string;
	name: string;
}

export function townshipRow(county: string, cells: Cells): Outcome<TownshipRow> {
	const row = rowReader(cells);
	const given = row.code('code');
	const code = townshipCode(given);
	if (given && !code?.startsWith(county)) row.refuse('code', 'township_foreign', { value: given, county });
	return row.finish({ code: code ?? '', name: row.required('name', 50) });
}

export interface OfficeRow {
	code: string;
	name: string;
	townships: string[];
	/** 部门 whose inspectors go along on joint visits; '' for the bureau's own offices. */
	department: string;
}

/** `township`: from a name or code as written to the code, or null. */
export function officeRow(township: (text: string) => string | null, cells: Cells): Outcome<OfficeRow> {
	const row = rowReader(cells);
	const department = row.text('department', 40);
	const office: OfficeRow = {
		code: row.code('code'),
		name: row.required('name', 50),
		townships: [],
		department
	};
	const written = splitList(department ? row.text('townships', 1000) : row.required('townships', 1000));
	for (const text of written) {
		const code = township(text);
		if (code === null) row.refuse('townships', 'township_unknown', { value: text });
		else if (!office.townships.includes(code)) office.townships.push(code);
	}
	return row.finish(office);
}
