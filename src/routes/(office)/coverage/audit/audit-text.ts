// What an audit found, in plain words that claim no more than the tests do.
import { FINDING, REMARK, type Audit, type TestName, type Verdict } from '$lib/core/audit/audit';
import type { SortedBy } from '$lib/core/audit/every-kth';
import { OTHERS, type Uniformity } from '$lib/core/audit/uniformity';
import { m } from '$lib/i18n/paraglide/messages';
import { statusWord } from '$lib/map/words';
import { numberText } from '$lib/ui/number-text';
import type { ListProblem } from './past-list.svelte';

export const verdictTone: Record<Verdict, 'danger' | 'warning' | 'info' | 'success'> = {
	defect: 'danger',
	finding: 'warning',
	remark: 'info',
	nothing: 'success',
	too_few: 'info'
};

export function verdictText(audit: Audit): { title: string; text: string } {
	const lost = audit.everyKth.reduce((most, { unreachable }) => Math.max(most, unreachable.length), 0);
	switch (audit.verdict) {
		case 'defect':
			return lost > 0
				? {
						title: m.coverage_verdict_defect({ count: numberText(lost) }),
						text: m.coverage_verdict_defect_text()
					}
				: { title: m.coverage_verdict_steps(), text: m.coverage_verdict_steps_text() };
		case 'finding':
			return { title: m.coverage_verdict_finding(), text: m.coverage_verdict_finding_text() };
		case 'remark':
			return { title: m.coverage_verdict_remark(), text: m.coverage_verdict_remark_text() };
		case 'nothing':
			return { title: m.coverage_verdict_nothing(), text: m.coverage_verdict_nothing_text() };
		case 'too_few':
			return { title: m.coverage_verdict_few(), text: m.coverage_verdict_few_text() };
	}
}

export const chanceText = (p: number): string =>
	p < 0.0001 ? '< 0.0001' : p > 0.99 ? '> 0.99' : numberText(p, p < 0.01 ? 4 : 2);

export const testText = (name: TestName): string =>
	({
		position: m.coverage_test_position,
		office: m.coverage_test_office,
		registered: m.coverage_test_registered
	})[name]();

export function testVerdict(test: Uniformity): string {
	if (!test.ok)
		return { too_few: m.coverage_test_few, alike: m.coverage_test_alike, missing: m.coverage_test_missing }[
			test.reason
		]();
	const text = chanceText(test.p);
	const p = /^[<>]/.test(text) ? `p ${text}` : `p = ${text}`;
	if (test.p < FINDING) return m.coverage_test_finding({ p });
	return test.p < REMARK ? m.coverage_test_remark({ p }) : m.coverage_test_nothing({ p });
}

export function groupText(name: TestName, group: string, officeName: (group: string) => string): string {
	if (group === OTHERS) return m.coverage_test_others();
	if (name !== 'position') return officeName(group);
	const parts = group.split('–').map(Number);
	return m.coverage_test_part({ from: (parts[0]! - 1) * 10, to: parts.at(-1)! * 10 });
}

export const sortedText = (by: SortedBy): string =>
	({
		file: m.coverage_sorted_file,
		office: m.coverage_sorted_office,
		id: m.coverage_sorted_id,
		registered: m.coverage_sorted_registered
	})[by]();

/** Reasons of frames are words of ours where they are the state of the registry. */
export const reasonText = (reason: string): string =>
	reason === 'suspended' || reason === 'closed' ? statusWord(reason) : reason;

export function problemText(problem: ListProblem): string {
	switch (problem.reason) {
		case 'empty':
			return m.coverage_upload_empty();
		case 'too_large':
			return m.coverage_upload_large();
		case 'not_text':
			return m.coverage_upload_not_text();
		case 'no_column':
			return m.coverage_upload_column({ names: problem.names.join('、') });
		case 'no_id':
			return m.coverage_upload_no_id({ line: problem.line });
		case 'twice':
			return m.coverage_upload_twice({ line: problem.line, id: problem.id });
		case 'not_a_number':
			return m.coverage_upload_number({ line: problem.line, value: problem.value });
		case 'not_yes_or_no':
			return m.coverage_upload_yes({ line: problem.line, value: problem.value });
		case 'not_a_date':
			return m.coverage_upload_date({ line: problem.line, value: problem.value });
	}
}
