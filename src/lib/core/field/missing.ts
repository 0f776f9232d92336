// What keeps a record from being closed, each fault by name: 行政处罚法 §42 (two inspectors with valid certificates), notice of
// rights, a result for every item, the party's signature or its refusal before a witness.
// Invariant: an empty list is the only way to close; the phone and the server ask the same function.

import type { Check, Member, Pack, Stop } from './pack';
import { isAnswer, RESULT } from './form';
import type { StopRecord } from './record';

export type Missing =
	| { reason: 'unknown_stop' }
	| { reason: 'no_arrival' }
	| { reason: 'no_notice' }
	| { reason: 'unanswered'; check: string; question: string; item: string; text: string }
	/** The result of an item says that something was found, and no finding says what. */
	| { reason: 'no_finding'; check: string; item: string }
	| { reason: 'conflict'; check: string; question: string; item: string; text: string }
	/** It was closed, and something else came from another device. */
	| { reason: 'after_closing' }
	/** Fewer than two inspectors of the crew have signed what the record says now. */
	| { reason: 'inspectors_signature'; have: string[]; lacking: string[] }
	| {
			reason: 'certificate';
			inspector: string;
			name: string;
			validFrom: string | null;
			validThrough: string | null;
	  }
	| { reason: 'signature_outdated'; who: 'inspector' | 'party'; name: string }
	| { reason: 'party_signature' };

/** Whether a certificate holds on a day. */
export const holds = ({ validFrom, validThrough }: Member, on: string): boolean =>
	(validFrom === null || validFrom <= on) && (validThrough === null || on <= validThrough);

/** on: the day of the visit in the county, by which certificates are judged. */
export function missing(record: StopRecord, pack: Pack, on: string): Missing[] {
	const stop = pack.stops.find(({ id }) => id === record.stop);
	if (!stop) return [{ reason: 'unknown_stop' }];
	const gone = goneTargets(record, stop);
	const checks = stop.checks.filter(({ target }) => !gone.has(target));
	return [
		...(record.arrivals.length === 0 ? [{ reason: 'no_arrival' } as const] : []),
		...(checks.length > 0 && record.notices.length === 0 ? [{ reason: 'no_notice' } as const] : []),
		...checks.flatMap((check) => missingOf(record, check)),
		...record.conflicts.flatMap((conflict): Missing[] =>
			conflict.kind === 'after_closing' ? [{ reason: 'after_closing' }] : []
		),
		...inspectorsMissing(record, pack, on),
		...(checks.length > 0 ? partyMissing(record) : [])
	];
}

/** Targets that could not be visited: nothing is asked about them. */
export function goneTargets({ unreachable }: StopRecord, { targets }: Stop): Set<string> {
	return new Set(
		unreachable.flatMap(({ target }) => (target === null ? targets.map(({ code }) => code) : [target]))
	);
}

function missingOf(record: StopRecord, check: Check): Missing[] {
	const { id, name: item } = check;
	const answers = record.answers[id] ?? {};
	const faults = check.questions.flatMap((question): Missing[] => {
		const answer = answers[question.id];
		const named = { check: id, question: question.id, item, text: question.text };
		if (!answer) return question.required ? [{ reason: 'unanswered', ...named }] : [];
		if (answer.value === null) return [{ reason: 'conflict', ...named }];
		return isAnswer(question, answer.value) ? [] : [{ reason: 'unanswered', ...named }];
	});
	const found = answers[RESULT]?.value === 'found';
	if (found && !record.findings.some((finding) => finding.check === id))
		faults.push({ reason: 'no_finding', check: id, item });
	return faults;
}

function inspectorsMissing(record: StopRecord, { crew }: Pack, on: string): Missing[] {
	const signed = record.signatures.filter(({ who, refused }) => who === 'inspector' && refused === null);
	const current = new Set(signed.filter((one) => one.current).map(({ inspector }) => inspector));
	const members = crew.filter(({ code }) => current.has(code));
	const lacking = crew.filter(({ code }) => !current.has(code));
	const faults: Missing[] = members
		.filter((member) => !holds(member, on))
		.map(({ code, name, validFrom, validThrough }) => ({
			...{ reason: 'certificate', inspector: code, name, validFrom, validThrough }
		}));
	if (members.length < 2) {
		const names = (of: readonly Member[]) => of.map(({ name }) => name);
		faults.push({ reason: 'inspectors_signature', have: names(members), lacking: names(lacking) });
		for (const member of lacking)
			if (signed.some(({ inspector }) => inspector === member.code))
				faults.push({ reason: 'signature_outdated', who: 'inspector', name: member.name });
	}
	return faults;
}

function partyMissing({ signatures }: StopRecord): Missing[] {
	const party = signatures.filter(({ who }) => who === 'party');
	if (party.some(({ current }) => current)) return [];
	const [last] = party.slice(-1);
	return last
		? [{ reason: 'signature_outdated', who: 'party', name: last.name }]
		: [{ reason: 'party_signature' }];
}
