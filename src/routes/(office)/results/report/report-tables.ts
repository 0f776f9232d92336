// The tables of a year's figures, in the language of the page; the paper and what is published are in Chinese.
import { outcomes } from '$lib/core/posting/state';
import { m } from '$lib/i18n/paraglide/messages';
import type { ReportTable } from '$lib/server/document/year-report';
import type { Time, YearReport } from '$lib/server/result/report';

type In = { locale?: 'zh-CN' | 'en' };

const outcomeWords = {
	none_found: m.result_outcome_none_found,
	on_site: m.result_outcome_on_site,
	ordered: m.result_outcome_ordered,
	case: m.result_outcome_case,
	unreachable: m.result_outcome_unreachable,
	refused: m.result_outcome_refused
};
const timeWords: Record<Time['of'], typeof m.result_report_time_posting> = {
	posting: m.result_report_time_posting,
	penalty: m.result_report_time_penalty,
	referral: m.result_report_time_referral,
	withdrawal: m.result_report_time_withdrawal
};

export function reportTables(report: YearReport, to: In = {}): ReportTable[] {
	const { penalties, referrals } = report;
	const none = {};
	const count = m.result_report_count(none, to);
	const sum = (kind: 'mining_right' | 'land_parcel') =>
		outcomes.reduce((all, outcome) => all + report.outcomes[outcome][kind], 0);
	return [
		{
			title: m.result_report_outcomes(none, to),
			head: [
				...[m.result_column_outcome(none, to), m.result_report_kind_mining_right(none, to)],
				...[m.result_report_kind_land_parcel(none, to), m.result_total(none, to)]
			],
			rows: outcomes.map((outcome) => {
				const { mining_right, land_parcel } = report.outcomes[outcome];
				return [outcomeWords[outcome](none, to), mining_right, land_parcel, mining_right + land_parcel];
			}),
			total: [m.result_total(none, to), sum('mining_right'), sum('land_parcel'), report.results]
		},
		{
			title: m.result_report_penalties(none, to),
			head: [m.result_report_penalties(none, to), count],
			rows: [
				[m.result_report_drafted(none, to), penalties.drafted],
				[m.result_report_decided(none, to), penalties.decided],
				[m.result_report_posted(none, to), penalties.posted],
				[m.result_report_dropped(none, to), penalties.dropped],
				[m.result_report_withdrawn(none, to), penalties.withdrawn],
				[m.result_report_fines(none, to), penalties.fineFen / 100]
			]
		},
		{
			title: m.result_report_referrals(none, to),
			head: [m.result_report_referrals(none, to), count],
			rows: [
				[m.result_report_department(none, to), referrals.department],
				[m.result_report_police(none, to), referrals.police],
				[m.result_report_crime(none, to), referrals.crime],
				[m.result_report_accepted(none, to), referrals.accepted],
				[m.result_report_returned(none, to), referrals.returned],
				[m.result_referral_declined(none, to), referrals.declined]
			]
		},
		{
			title: m.result_report_times(none, to),
			head: [
				...[m.result_report_times(none, to), count, m.result_report_median(none, to)],
				m.result_report_in_time(none, to)
			],
			rows: report.times.map(({ of, count: ended, median, inTime }) => [
				...[timeWords[of](none, to), ended, median ?? '—'],
				inTime === null ? '—' : `${Math.round(inTime * 1000) / 10}%`
			])
		}
	];
}
