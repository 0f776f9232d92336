// One row of the inspectors 执法人员: certificate, office, home townships, range of duties (scopes).
// Invariant: the office and every home township exist; a certificate has a first and a last day.

import { splitList } from './match';
import { rowReader, type Cells, type Outcome } from './validate';

const yes = { yes: ['是', '1', 'true', 'y', '√', '组长'], no: ['否', '0', 'false', 'n'] } as const;

export interface InspectorRow {
	code: string;
	name: string;
	office: string;
	/** Empty: those of the office. */
	homeTownships: string[];
	scopes: string[];
	lead: boolean;
	certificate: string;
	issuer: string;
	validFrom: string;
	/** The last day on which the certificate holds. */
	validTo: string;
}

type Match = (text: string) => string | null;

export function inspectorRow(office: Match, township: Match, cells: Cells): Outcome<InspectorRow> {
	const row = rowReader(cells);
	const written = row.required('office');
	const officeCode = office(written);
	if (written && officeCode === null) row.refuse('office', 'office_unknown', { value: written });
	const homeTownships: string[] = [];
	for (const text of splitList(row.text('home_townships', 1000))) {
		const code = township(text);
		if (code === null) row.refuse('home_townships', 'township_unknown', { value: text });
		else if (!homeTownships.includes(code)) homeTownships.push(code);
	}
	for (const field of ['valid_from', 'valid_to']) if (!cells.get(field).trim()) row.refuse(field, 'missing');
	const validFrom = row.date('valid_from');
	const validTo = row.date('valid_to');
	if (validFrom && validTo && validTo < validFrom) row.refuse('valid_to', 'date_order');
	return row.finish({
		code: row.code('code'),
		name: row.required('name', 50),
		office: officeCode ?? '',
		homeTownships,
		scopes: splitList(row.required('scopes')),
		lead: row.optionalChoice('lead', yes) === 'yes',
		certificate: row.required('certificate', 32),
		issuer: row.required('issuer'),
		validFrom,
		validTo
	});
}
