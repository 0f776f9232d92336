// 检查记录: the record of a stop is what its events add up to, from any number of devices. Answers that did not know of each
// other and differ are both kept: that is a conflict, and a later answer that names both settles it.
// Invariant: the record depends on the set of events only, not on the order they came in nor on how often they came.

import { canonicalBytes } from '../bytes/canonical';
import { compareUtf8 } from '../bytes/compare';
import { toHex } from '../bytes/hex';
import { sha256 } from '../bytes/sha256';
import type { Bodies, Body, FieldEvent, Kind } from './event';
import { isBody } from './event-form';
import { upgrade } from './upgrade';

/** A thing that was written down: by whom, on which device, when by its clock. */
export type Entry<K extends Kind> = Bodies[K] & { id: string; by: string; device: string; writtenAt: string };

export interface Answer {
	/** null: they differ. */
	value: string | null;
	/** Those that no other replaced. */
	given: Entry<'answered'>[];
}

export interface Correction {
	of: string;
	kind: Kind;
	by: string;
	writtenAt: string;
	reason: string;
	before: Body;
	/** null: withdrawn. */
	after: Body | null;
}

export type Conflict =
	| { kind: 'answer'; check: string; question: string; given: Entry<'answered'>[] }
	/** What was closed is not what the record says now: something else arrived from another device. */
	| { kind: 'after_closing'; closing: string };

export interface StopRecord {
	stop: string;
	state: 'empty' | 'open' | 'closed';
	/** By clock, device and number. */
	events: FieldEvent[];
	arrivals: Entry<'arrived'>[];
	unreachable: Entry<'unreachable'>[];
	notices: Entry<'notice_given'>[];
	recusals: Entry<'recusal_asked'>[];
	/** By check and question. */
	answers: Record<string, Record<string, Answer>>;
	findings: Entry<'finding'>[];
	photos: Entry<'photo'>[];
	notes: Entry<'note'>[];
	sketches: Entry<'sketch'>[];
	served: Entry<'served'>[];
	/** current: it is over what the record says now. */
	signatures: (Entry<'signed'> & { current: boolean })[];
	/** Closings that nobody reopened. */
	closings: Entry<'closed'>[];
	reopenings: Entry<'reopened'>[];
	corrections: Correction[];
	conflicts: Conflict[];
	/** SHA-256 of answers, findings and what could not be reached: what is signed and closed. */
	content: string;
}

const byClock = (a: FieldEvent, b: FieldEvent) =>
	compareUtf8(a.at, b.at) || compareUtf8(a.device, b.device) || a.seq - b.seq || compareUtf8(a.id, b.id);

/** What a correction can change: the file of a photo and who signed what are as they were. */
const fixed: Partial<Record<Kind, readonly string[]>> = {
	photo: ['sha256', 'size', 'type', 'width', 'height', 'original', 'takenAt', 'exif', 'fix'],
	answered: ['check', 'question', 'replaces']
};
const uncorrectable: readonly Kind[] = ['signed', 'corrected', 'closed', 'reopened'];

/** The events of one stop, in any order, repeated or not. Events of other stops are passed over. */
export function foldRecord(all: readonly FieldEvent[], stop: string): StopRecord {
	const unique = new Map<string, FieldEvent>();
	for (const event of all) if (event.stop === stop) unique.set(event.id, upgrade(event));
	const events = [...unique.values()].sort(byClock);
	const bodies = new Map<string, Body | null>(events.map(({ id, body }) => [id, body]));
	const corrections = correct(events, unique, bodies);
	const of = <K extends Kind>(kind: K): Entry<K>[] =>
		events.flatMap((event) => {
			const body = event.kind === kind ? bodies.get(event.id) : null;
			const { id, by, device, at: writtenAt } = event;
			return body ? [{ ...(body as Bodies[K]), id, by, device, writtenAt }] : [];
		});
	const answers = answersOf(of('answered'), unique);
	const [findings, unreachable] = [of('finding'), of('unreachable')];
	const content = contentHash(answers, findings, unreachable);
	const reopenings = of('reopened');
	const reopened = new Set(reopenings.flatMap(({ of: closed }) => closed));
	const closings = of('closed').filter(({ id }) => !reopened.has(id));
	return {
		stop,
		state: events.length === 0 ? 'empty' : closings.length > 0 ? 'closed' : 'open',
		...{ events, arrivals: of('arrived'), unreachable, notices: of('notice_given'), answers, findings },
		...{ recusals: of('recusal_asked'), photos: of('photo'), notes: of('note'), sketches: of('sketch') },
		served: of('served'),
		signatures: of('signed').map((entry) => ({ ...entry, current: entry.over === content })),
		...{ closings, reopenings, corrections, content },
		conflicts: [
			...Object.entries(answers).flatMap(([check, questions]) =>
				Object.entries(questions).flatMap(([question, { value, given }]): Conflict[] =>
					value === null ? [{ kind: 'answer', check, question, given }] : []
				)
			),
			...closings.flatMap(({ id, over }): Conflict[] =>
				over === content ? [] : [{ kind: 'after_closing', closing: id }]
			)
		]
	};
}

/** Puts corrections in the place of what they correct, the later over the earlier. */
function correct(
	events: readonly FieldEvent[],
	known: ReadonlyMap<string, FieldEvent>,
	bodies: Map<string, Body | null>
): Correction[] {
	const corrections: Correction[] = [];
	for (const event of events) {
		if (event.kind !== 'corrected') continue;
		const { of, reason, body } = event.body;
		const original = known.get(of);
		if (!original || uncorrectable.includes(original.kind)) continue;
		if (body !== null && !isBody(original.kind, body)) continue;
		const kept = (fixed[original.kind] ?? []).map((key) => [key, (original.body as never)[key]]);
		const after = body === null ? null : ({ ...body, ...Object.fromEntries(kept) } as Body);
		const before = bodies.get(of) ?? original.body;
		corrections.push({
			...{ of, kind: original.kind, by: event.by, writtenAt: event.at, reason, before, after }
		});
		bodies.set(of, after);
	}
	return corrections;
}

/** An answer is replaced by one that names it, and by a later one of the same device. */
function answersOf(
	given: readonly Entry<'answered'>[],
	known: ReadonlyMap<string, FieldEvent>
): StopRecord['answers'] {
	const seqOf = (id: string) => known.get(id)?.seq ?? 0;
	const named = new Set(given.flatMap(({ replaces }) => replaces));
	const answers: StopRecord['answers'] = {};
	for (const entry of given) {
		const { check, question, device, id } = entry;
		const later = given.some(
			(other) =>
				other.check === check &&
				other.question === question &&
				other.device === device &&
				seqOf(other.id) > seqOf(id)
		);
		if (named.has(id) || later) continue;
		const questions = (answers[check] ??= {});
		const answer = (questions[question] ??= { value: entry.value, given: [] });
		answer.given.push(entry);
		if (answer.value !== entry.value) answer.value = null;
	}
	return answers;
}

function contentHash(
	answers: StopRecord['answers'],
	findings: readonly Entry<'finding'>[],
	unreachable: readonly Entry<'unreachable'>[]
): string {
	const content = {
		answers: Object.fromEntries(
			Object.entries(answers).map(([check, questions]) => [
				check,
				Object.fromEntries(
					Object.entries(questions).map(([question, { given }]) => [
						question,
						[...new Set(given.map(({ value }) => value))].sort(compareUtf8)
					])
				)
			])
		),
		findings: findings.map(({ id, check, severity, text, measure, due }) => ({
			...{ id, check, severity, text, measure, due }
		})),
		unreachable: unreachable.map(({ id, target, reason, text }) => ({ id, target, reason, text }))
	};
	// In the order of their ids, so that a clock does not change what was signed.
	content.findings.sort((a, b) => compareUtf8(a.id, b.id));
	content.unreachable.sort((a, b) => compareUtf8(a.id, b.id));
	return toHex(sha256('fairlot record v1\n', canonicalBytes(content)));
}
