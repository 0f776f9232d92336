// Why a rescue file, or an event of it, was not taken.
import { m } from '$lib/i18n/paraglide/messages';
import type { RescueCounts } from '$lib/server/field/rescue';

type Words = Record<string, ((given: { event: string }) => string) | undefined>;
const whys: Words = {
	no_file: m.field_why_no_file,
	not_a_zip: m.field_why_not_a_zip,
	too_large: m.field_why_too_large,
	not_a_manifest: m.field_why_not_a_manifest,
	other_version: m.field_why_other_version,
	bad_event: m.field_why_bad_event,
	foreign_device: m.field_why_foreign_device,
	broken_chain: m.field_why_broken_chain,
	bad_photo: m.field_why_bad_photo,
	other_county: m.field_why_other_county,
	unknown_device: m.field_why_unknown_device,
	revoked: m.field_why_revoked,
	other_office: m.field_why_other_office
};
/** event: its place in the file, from 1, where one is to blame. */
export const rescueWhy = (reason: string, event: number | null) =>
	whys[reason]?.({ event: String(event ?? '') }) ?? reason;

const refusals: Record<RescueCounts['refused'][number]['reason'], (given: { seq: string }) => string> = {
	form: m.field_refused_form,
	foreign_device: m.field_refused_foreign_device,
	broken_chain: m.field_refused_broken_chain,
	forked: m.field_refused_forked,
	same_id: m.field_refused_same_id,
	gap: m.field_refused_gap
};
export const refusalText = ({ reason, seq }: RescueCounts['refused'][number]) =>
	refusals[reason]({ seq: String(seq ?? '?') });
