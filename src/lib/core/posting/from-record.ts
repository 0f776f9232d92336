// The results that the record of a stop amounts to: one for each of its targets, with the findings at its items.
// Invariant: an outcome comes from what was written down; where that leaves it open, it is null and somebody says it.

import { RESULT } from '../field/form';
import { goneTargets } from '../field/missing';
import type { Stop } from '../field/pack';
import type { StopRecord } from '../field/record';
import type { Measure, Outcome, Severity } from './state';

interface TargetResult {
	target: string;
	name: string;
	/** null: some of its items could not be looked into, and nothing was found at the others. */
	outcome: Outcome | null;
	findings: { item: string; severity: Severity; text: string; measure: Measure; rectifyBy: string | null }[];
}

/** What an outcome that the record leaves open may be. */
export const openOutcomes = ['none_found', 'unreachable', 'refused'] as const satisfies readonly Outcome[];

export function resultsOf(record: StopRecord, stop: Stop): TargetResult[] {
	const gone = goneTargets(record, stop);
	return stop.targets.map(({ code: target, name }) => {
		const checks = stop.checks.filter((check) => check.target === target);
		const items = new Map(checks.map(({ id, item }) => [id, item]));
		const findings = record.findings
			.filter(({ check }) => check !== null && items.has(check))
			.map(({ check, severity, text, measure, due }) => ({
				...{ item: items.get(check!)!, severity, text, measure, rectifyBy: due }
			}));
		const said = checks.map(({ id }) => record.answers[id]?.[RESULT]?.value ?? null);
		const outcome = gone.has(target) ? 'unreachable' : outcomeOf(findings, said);
		return { target, name, outcome, findings };
	});
}

/** The gravest measure tells; without a finding, only a check of every item says that nothing was found. */
function outcomeOf(findings: readonly { measure: Measure }[], said: readonly (string | null)[]) {
	const took = (...measures: Measure[]) => findings.some(({ measure }) => measures.includes(measure));
	if (took('case', 'referral')) return 'case';
	if (took('ordered')) return 'ordered';
	if (findings.length > 0) return 'on_site';
	return said.length > 0 && said.every((value) => value === 'none_found') ? 'none_found' : null;
}
