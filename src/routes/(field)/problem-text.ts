import { m } from '$lib/i18n/paraglide/messages';

const texts: Record<string, () => string> = {
	offline: m.phone_problem_offline,
	signed_out: m.phone_problem_signed_out,
	no_inspector: m.phone_problem_no_inspector,
	no_key: m.phone_problem_no_key,
	server: m.phone_problem_server,
	false_receipt: m.phone_problem_false_receipt,
	altered_pack: m.phone_problem_altered_pack,
	full: m.phone_problem_full,
	device: m.phone_problem_device
};

/** What went wrong and the way out; undefined: nothing did. */
export const problemText = (reason: string | null): string | undefined =>
	reason === null ? undefined : (texts[reason] ?? (() => m.phone_problem_other({ reason })))();
