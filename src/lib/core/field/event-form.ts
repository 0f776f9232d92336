// Whether what a device sent is an event: every field there, of its type and bounds, and nothing else.
// Invariant: what parseEvent lets through has a canonical form, and fold() and missing() need not doubt it.

import { isCanonicalText } from '../bytes/canonical';
import { isHex } from '../bytes/hex';
import { isDay } from '../calendar/year';
import {
	EVENT_VERSION,
	measures,
	servedDocuments,
	servedHows,
	severities,
	unreachableReasons,
	type FieldEvent,
	type Kind
} from './event';
import { upgrade } from './upgrade';
import { isUuid } from './uuid';

type Check = (value: unknown) => boolean;
type Fields = Record<string, Check>;

const text =
	(most: number, least = 0): Check =>
	(value) =>
		typeof value === 'string' && value.length >= least && value.length <= most && isCanonicalText(value);
const whole =
	(least: number, most: number): Check =>
	(value) =>
		Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const one =
	(...of: readonly string[]): Check =>
	(value) =>
		typeof value === 'string' && of.includes(value);
const orNull =
	(check: Check): Check =>
	(value) =>
		value === null || check(value);
const list =
	(check: Check, most: number): Check =>
	(value) =>
		Array.isArray(value) && value.length <= most && value.every(check);
const hash: Check = (value) => isHex(value, 32);
const instant: Check = (value) =>
	typeof value === 'string' &&
	/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
	!Number.isNaN(Date.parse(value));
const point: Check = (value) =>
	Array.isArray(value) && value.length === 2 && whole(-18e8, 18e8)(value[0]) && whole(-9e8, 9e8)(value[1]);

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
/** Name of the first field that is missing, wrong or too much; null: none. */
function wrongField(value: unknown, fields: Fields): string | null {
	if (!isObject(value)) return '';
	for (const key of Object.keys(value)) if (!Object.hasOwn(fields, key)) return key;
	for (const [key, check] of Object.entries(fields))
		if (!Object.hasOwn(value, key) || !check(value[key])) return key;
	return null;
}
const object =
	(fields: Fields): Check =>
	(value) =>
		wrongField(value, fields) === null;

const fix = orNull(object({ at: point, accuracyM: whole(0, 1_000_000) }));
const direction = orNull(whole(0, 359));
const check = text(128, 1);
const words = text(2000, 1);
const name = text(50, 1);
const local: Check = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value);
const exif = object({
	...{ make: orNull(text(64)), model: orNull(text(64)), takenAt: orNull(local), at: orNull(point), direction }
});
const shape = object({ kind: one('point', 'line', 'area'), points: list(point, 2000) });

/** Path data only: it is drawn in a page. */
const strokes: Check = (value) =>
	text(200_000)(value) && /^[MLHVCSQTAZmlhvcsqtaz0-9 .,-]*$/.test(value as string);

const bodies: Record<Kind, Fields> = {
	arrived: { fix, fence: one('inside', 'outside', 'unknown'), reason: orNull(words) },
	unreachable: { target: orNull(text(64, 1)), reason: one(...unreachableReasons), text: words, fix },
	notice_given: { to: name, how: one('shown', 'read', 'paper') },
	recusal_asked: { inspector: text(64, 1), grounds: words, to: name },
	answered: { check, question: text(64, 1), value: words, replaces: list(isUuid, 100) },
	finding: {
		...{ check: orNull(check), severity: one(...severities), text: words, measure: one(...measures) },
		due: orNull((value) => typeof value === 'string' && isDay(value))
	},
	photo: {
		...{ sha256: hash, size: whole(1, 20_000_000), type: one('image/jpeg', 'image/webp'), original: hash },
		...{ width: whole(1, 20_000), height: whole(1, 20_000), fix, direction, takenAt: instant, exif },
		...{ check: orNull(check), caption: text(200) }
	},
	note: { check: orNull(check), text: words },
	sketch: { target: orNull(text(64, 1)), shapes: list(shape, 200) },
	served: {
		...{ document: one(...servedDocuments), to: name, how: one(...servedHows), witness: orNull(name) },
		...{ reason: orNull(words), strokes, width: whole(1, 4000), height: whole(1, 4000) }
	},
	signed: {
		...{ who: one('inspector', 'party'), inspector: orNull(text(64, 1)), name, over: hash },
		...{ strokes, width: whole(1, 4000), height: whole(1, 4000) },
		refused: orNull(object({ reason: words, witness: name }))
	},
	corrected: { of: isUuid, reason: words, body: orNull(isObject) },
	closed: { over: hash },
	reopened: { of: list(isUuid, 100), reason: words }
};

const envelope: Fields = {
	...{ v: whole(1, EVENT_VERSION), id: isUuid, device: isUuid, seq: whole(1, 2 ** 31 - 1), at: instant },
	...{ by: text(64, 1), pack: hash, stop: text(100, 1), prev: orNull(hash) },
	...{ kind: one(...Object.keys(bodies)), body: isObject }
};

export type Parsed = { ok: true; event: FieldEvent } | { ok: false; reason: 'form'; field: string };

/** Whether id, device, number and chain can be read, whatever the body says. */
export const hasEnvelope = (value: unknown): boolean => wrongField(value, envelope) === null;

/** The event, in the current version; or the field that is wrong. */
export function parseEvent(written: unknown): Parsed {
	const wrong = (field: string): Parsed => ({ ok: false, reason: 'form', field });
	const outer = wrongField(written, envelope);
	if (outer !== null) return wrong(outer);
	const event = upgrade(written as FieldEvent);
	const inner = wrongField(event.body, bodies[event.kind]);
	if (inner !== null) return wrong(`body.${inner}`);
	if (event.kind === 'signed' && (event.body.who === 'inspector') !== (event.body.inspector !== null))
		return wrong('body.inspector');
	if (event.kind === 'signed' && (event.body.refused === null) !== (event.body.strokes !== ''))
		return wrong('body.strokes');
	// A service of before could not be signed for.
	if (event.kind === 'served' && (written as FieldEvent).v >= 3) {
		const { how, strokes, witness, reason } = event.body;
		if ((how === 'direct') !== (strokes !== '')) return wrong('body.strokes');
		if ((how === 'direct') !== (witness === null)) return wrong('body.witness');
		if ((how === 'refused') !== (reason !== null)) return wrong('body.reason');
	}
	return { ok: true, event };
}

/** Whether this is what an event of that kind says: what a correction gives instead. */
export const isBody = (kind: Kind, body: unknown): boolean => wrongField(body, bodies[kind]) === null;
