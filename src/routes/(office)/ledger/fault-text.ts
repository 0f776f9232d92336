// What the check of the ledger found, in a sentence that names the entries.
import { m } from '$lib/i18n/paraglide/messages';
import type { LedgerFault } from '$lib/core/ledger/check';

/** Who says so, in the reader's language: a checkpoint, an entry, the counter, else a file as it is named. */
function byText(by: string): string {
	const [, of, number = ''] = /^(stored checkpoint|entry) ([0-9]+)$/.exec(by) ?? [];
	if (of === 'entry') return m.ledger_by_entry({ seq: number });
	if (of) return m.ledger_by_checkpoint({ size: number });
	return by === 'the head row' ? m.ledger_by_head() : by;
}

export function faultText(fault: LedgerFault): string {
	switch (fault.reason) {
		case 'missing':
			return m.ledger_fault_missing({ ...fault, by: byText(fault.by) });
		case 'root':
			return m.ledger_fault_root({ ...fault, by: byText(fault.by) });
		case 'out_of_place':
			return m.ledger_fault_out_of_place(fault);
		case 'leaf_hash':
			return m.ledger_fault_leaf_hash(fault);
		case 'not_canonical':
			return m.ledger_fault_not_canonical(fault);
		case 'beyond_head':
			return m.ledger_fault_beyond_head(fault);
		case 'checkpoint_text':
			return m.ledger_fault_checkpoint_text({ by: byText(fault.by) });
		case 'unknown_key':
			return m.ledger_fault_unknown_key({ by: byText(fault.by) });
		case 'false_signature':
			return m.ledger_fault_false_signature({ by: byText(fault.by) });
		case 'tile':
			return m.ledger_fault_tile(fault);
	}
}
