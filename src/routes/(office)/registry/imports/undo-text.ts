// Why an import cannot be taken back, and the way out.
import { m } from '$lib/i18n/paraglide/messages';
import type { UndoRefusal } from '$lib/server/import/undo-outcome';

export function undoText(refusal: UndoRefusal | { reason: 'reason_needed' }): string {
	switch (refusal.reason) {
		case 'frozen_frame':
			return m.directory_undo_frozen_frame(refusal);
		case 'crew_draw':
			return m.directory_undo_crew_draw(refusal);
		case 'changed_later':
			return m.directory_undo_changed_later(refusal);
		case 'in_use':
			return m.directory_undo_in_use(refusal);
		case 'unknown':
			return m.directory_undo_unknown();
		case 'undone_before':
			return m.directory_undo_undone_before();
		case 'no_earlier_roads':
			return m.directory_undo_no_earlier_roads();
		case 'clock_behind':
			return m.directory_undo_clock_behind();
		case 'reason_needed':
			return m.directory_reason_needed();
	}
}
