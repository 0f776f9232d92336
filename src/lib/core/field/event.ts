// What is written down at a stop, one event after another. Each names the hash of the one before on its device, so a
// device's events are a chain from its first: none can be changed, left out or slipped in. They are hashed as they were
// written; later programs read old ones through upgrade() and never rewrite them.
// Invariant: an event never changes. What is corrected is corrected by a later event that gives the reason.

import { canonicalBytes } from '../bytes/canonical';
import { toHex } from '../bytes/hex';
import { sha256 } from '../bytes/sha256';
import type { E7 } from './pack';

/** 1 had neither `replaces` of an answer nor `over` of a signature and a closing; 2 no signature or reason of a service. */
export const EVENT_VERSION = 3;

/** Where the device stood; null: it could not tell. accuracyM: radius, whole metres. */
export interface Fix {
	at: E7;
	accuracyM: number;
}

/** Why a target could not be visited: the reasons a substitute is asked for with. */
export const unreachableReasons = [
	'closed',
	'not_found',
	'suspended',
	'merged',
	'beyond_power',
	'other'
] as const;
export type UnreachableReason = (typeof unreachableReasons)[number];

/** 轻微, 一般, 严重. */
export const severities = ['minor', 'ordinary', 'serious'] as const;
export type Severity = (typeof severities)[number];

/** 口头责令改正, 责令限期改正, 立案, 移送, 无. */
export const measures = ['none', 'on_site', 'ordered', 'case', 'referral'] as const;
export type Measure = (typeof measures)[number];

/** 检查通知书, 现场检查笔录, 责令改正通知书. */
export const servedDocuments = ['notice', 'record', 'order'] as const;
export type ServedDocument = (typeof servedDocuments)[number];
export const servedHows = ['direct', 'left', 'refused'] as const;
export type ServedHow = (typeof servedHows)[number];

/** What the camera wrote into the original; whatever it did not is null. */
export interface Exif {
	make: string | null;
	model: string | null;
	/** As the camera wrote it, local time without zone: 2026-07-01T09:30:00. */
	takenAt: string | null;
	at: E7 | null;
	/** Whole degrees from north. */
	direction: number | null;
}

export interface Bodies {
	/** fence: whether the fix lies in a target of the stop, give or take its accuracy. reason: why there is no fix, or outside. */
	arrived: { fix: Fix | null; fence: 'inside' | 'outside' | 'unknown'; reason: string | null };
	/** 检查对象灭失、关闭等: asks for a substitute. target null: all of the stop. */
	unreachable: { target: string | null; reason: UnreachableReason; text: string; fix: Fix | null };
	/** 出示执法证、告知权利. to: whom. */
	notice_given: { to: string; how: 'shown' | 'read' | 'paper' };
	/** 申请回避. inspector: whom the party does not want. */
	recusal_asked: { inspector: string; grounds: string; to: string };
	/** replaces: ids of the answers to this question that the device knew; what nobody replaced counts. */
	answered: { check: string; question: string; value: string; replaces: readonly string[] };
	/** finding: its own id, to be corrected by. due: 限期 for an ordered correction. */
	finding: {
		check: string | null;
		severity: Severity;
		text: string;
		measure: Measure;
		due: string | null;
	};
	/** sha256 of the stored re-encoding, which is what is uploaded; original: of the file the camera made. */
	photo: {
		sha256: string;
		size: number;
		type: 'image/jpeg' | 'image/webp';
		width: number;
		height: number;
		original: string;
		fix: Fix | null;
		direction: number | null;
		takenAt: string;
		exif: Exif;
		check: string | null;
		caption: string;
	};
	note: { check: string | null; text: string };
	/** Lines, points and areas drawn over a target. */
	sketch: {
		target: string | null;
		shapes: readonly { kind: 'point' | 'line' | 'area'; points: readonly E7[] }[];
	};
	/** 送达回证. direct: signed for; left 留置送达: before a witness; refused: with the reason, before a witness. */
	served: {
		document: ServedDocument;
		to: string;
		how: ServedHow;
		witness: string | null;
		reason: string | null;
		/** As of a signature; empty unless signed for. */
		strokes: string;
		width: number;
		height: number;
	};
	/** strokes: path data of an SVG of width × height; empty when refused. over: content hash of the record signed. */
	signed: {
		who: 'inspector' | 'party';
		/** Code of the inspector; null for the party. */
		inspector: string | null;
		name: string;
		strokes: string;
		width: number;
		height: number;
		/** 拒签: why, and who was there. */
		refused: { reason: string; witness: string } | null;
		over: string;
	};
	/** of: the event that is wrong. body: what it should say, of the same kind; null: it is withdrawn. */
	corrected: { of: string; reason: string; body: Body | null };
	/** over: content hash of what is closed. */
	closed: { over: string };
	/** of: every closing that the device knew. */
	reopened: { of: readonly string[]; reason: string };
}
export type Kind = keyof Bodies;
export type Body = Bodies[Kind];

export interface Envelope {
	v: number;
	/** UUID version 7. */
	id: string;
	/** Given by the server at enrolment. */
	device: string;
	/** 1, 2, … without gaps on one device. */
	seq: number;
	/** Clock of the device, UTC, ISO 8601 with milliseconds: recorded, not trusted. */
	at: string;
	/** Code of the inspector who holds the device. */
	by: string;
	/** Address of the pack, and stop of it. */
	pack: string;
	stop: string;
	/** Hash of the device's event before; null for the first. */
	prev: string | null;
}

export type FieldEvent = { [K in Kind]: Envelope & { kind: K; body: Bodies[K] } }[Kind];

/** Of the bytes as written, whatever their version. Lower-case hex. */
export const eventHash = (written: object): string => toHex(sha256(canonicalBytes(written)));

/** Text as it may enter an event. */
export const fieldText = (text: string): string => text.normalize('NFC');
