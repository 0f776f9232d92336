// One row of the parties 市场主体. A telephone number is kept in its masked form only.
// Invariant: a blacklist period has a first day, a source, and no end before it.

import type { CreditGrade } from '../model';
import { checkUscc } from './codes';
import { hoursText, parseHours } from './hours';
import { rowReader, type Cells, type Outcome } from './validate';

const grades: Record<CreditGrade, readonly string[]> = { A: ['A'], B: ['B'], C: ['C'], D: ['D'] };

export interface PartyRow {
	uscc: string;
	name: string;
	/** Null: as it is, B for a new party. */
	creditGrade: CreditGrade | null;
	address: string | null;
	contactMasked: string | null;
	/** 开放时间 as core/visit/hours.ts writes it; null: as it is. */
	hours: string | null;
	/** Days, `to` the last one; '' leaves it open. */
	blacklist: { from: string; to: string; source: string } | null;
}

/** First three and last four characters; shorter ones are hidden whole. What is masked already stays as it is. */
export const masked = (contact: string) =>
	contact.includes('****')
		? contact
		: contact.length >= 9
			? `${contact.slice(0, 3)}****${contact.slice(-4)}`
			: '****';

export function partyRow(cells: Cells): Outcome<PartyRow> {
	const row = rowReader(cells);
	const uscc = row.required('uscc', 64).toUpperCase();
	if (uscc) {
		const check = checkUscc(uscc);
		if (check === 'malformed' || check === 'wrong') row.refuse('uscc', `uscc_${check}`, { value: uscc });
		if (check === 'doubtful') row.warn('uscc', 'uscc_doubtful', { value: uscc });
	}
	const contact = row.text('contact');
	const written = row.text('hours', 100);
	const hours = parseHours(written);
	if (hours === null) row.refuse('hours', 'hours_form', { value: written });
	const from = row.date('blacklist_from');
	const to = row.date('blacklist_to');
	const source = row.text('blacklist_source');
	if (to && !from) row.refuse('blacklist_from', 'missing');
	if (from && !source) row.refuse('blacklist_source', 'missing');
	if (from && to && to < from) row.refuse('blacklist_to', 'date_order');
	return row.finish({
		uscc,
		name: row.required('name'),
		creditGrade: row.optionalChoice('credit_grade', grades),
		address: row.text('address') || null,
		contactMasked: contact ? masked(contact) : null,
		hours: written && hours ? hoursText(hours) : null,
		blacklist: from ? { from, to, source } : null
	});
}
