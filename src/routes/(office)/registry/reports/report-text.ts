// The words of what may be wrong in the directories.
import { m } from '$lib/i18n/paraglide/messages';
import type { ReportName } from '$lib/server/registry/reports';

export const reportText: Record<
	ReportName,
	{ title: () => string; hint: () => string; figure: (() => string) | null }
> = {
	duplicates: {
		title: m.directory_report_duplicates,
		hint: m.directory_report_duplicates_hint,
		figure: null
	},
	orphans: { title: m.directory_report_orphans, hint: m.directory_report_orphans_hint, figure: null },
	expired: {
		title: m.directory_report_expired,
		hint: m.directory_report_expired_hint,
		figure: m.directory_report_expired_figure
	},
	overlaps: {
		title: m.directory_report_overlaps,
		hint: m.directory_report_overlaps_hint,
		figure: m.directory_report_overlaps_figure
	},
	outside: {
		title: m.directory_report_outside,
		hint: m.directory_report_outside_hint,
		figure: m.directory_report_outside_figure
	}
};
