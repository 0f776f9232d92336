// 路线包: everything a crew needs for one route on one day without a signal, as one immutable JSON. Its address is the
// SHA-256 of its canonical bytes (RFC 8785), so a pack that arrives whole is the pack that was made; what changes is another pack.
// Invariant: numbers are integers (positions in 10⁻⁷ degree, CGCS2000), text is NFC, and nothing in it says when it was made.

import { canonicalBytes } from '../bytes/canonical';
import { toHex } from '../bytes/hex';
import { sha256 } from '../bytes/sha256';
import type { LonLat, TargetKind } from '../model';
import type { Question } from './form';

export const PACK_VERSION = 1;

/** Longitude and latitude × 10⁷, whole: about a centimetre. */
export type E7 = readonly [lon: number, lat: number];
/** Closed: the last point is the first. */
export type Ring = readonly E7[];
/** MultiPolygon: polygons of an outer ring and its holes. */
export type Shape = readonly (readonly Ring[])[];

export const toE7 = ([lon, lat]: LonLat): E7 => [Math.round(lon * 1e7), Math.round(lat * 1e7)];
export const fromE7 = ([lon, lat]: E7): LonLat => [lon / 1e7, lat / 1e7];

export interface Pack {
	v: typeof PACK_VERSION;
	county: { code: string; name: string };
	/** Version of the plan of routes, and the series it belongs to. */
	plan: number;
	series: number;
	/** Day, office and team: the same in every version of the plan. */
	route: string;
	/** 2026-07-01, county time. */
	day: string;
	office: { code: string; name: string; at: E7 };
	/** Seconds of the day. */
	departsS: number;
	returnsS: number;
	/** By seat; at least two (行政处罚法第四十二条). */
	crew: readonly Member[];
	/** In the order of the day. */
	stops: readonly Stop[];
	map: Corridor;
	notices: Notices;
	/** UTC, ISO 8601: from then on the device wipes it. */
	expires: string;
}

/** 执法人员 on the crew, with what the certificate shows. */
export interface Member {
	/** Of the directory; events name it as `by`. */
	code: string;
	name: string;
	office: string;
	certificate: string;
	issuer: string;
	/** First and last day of its validity; null: without that end. */
	validFrom: string | null;
	validThrough: string | null;
	lead: boolean;
}

/** 联合检查: one party at one place. */
export interface Stop {
	/** Stays the same when the routes are planned anew: `${series}.${first of its targets}`. */
	id: string;
	/** Number of the visit in this version of the plan. */
	visit: number;
	/** 1, 2, … in the order of the day. */
	position: number;
	/** Seconds of the day. */
	arrivalS: number;
	serviceMin: number;
	/** From the stop before, or the office. */
	travelS: number;
	metres: number;
	/** null: the registry names none. contact is masked, and shown on arrival only. */
	party: { uscc: string; name: string; contact: string | null } | null;
	/** Behind the QR by which the party checks the certificates on the portal; packs of before have none. */
	pass?: string;
	/** Where one drives to. */
	at: E7;
	targets: readonly PackTarget[];
	checks: readonly Check[];
}

export interface PackTarget {
	code: string;
	kind: TargetKind;
	name: string;
	township: string;
	/** Serial number in the draw. */
	serial: number;
	at: E7;
	shape: Shape;
	/** m², ellipsoidal. */
	areaM2: number;
}

/** An item at a target: what is looked into, and the form for it. */
export interface Check {
	/** `${item}@${target}` */
	id: string;
	item: string;
	target: string;
	name: string;
	content: string;
	basis: string;
	method: string;
	/** 重点 or 一般. */
	category: 'priority' | 'general';
	questions: readonly Question[];
}

/** The map around the route, drawn without any server. */
export interface Corridor {
	/** West, south, east, north. */
	bounds: readonly [number, number, number, number];
	townships: readonly { code: string; name: string; label: E7; shape: Shape }[];
	/** Targets beside the way that are not visited. */
	parcels: readonly { code: string; kind: TargetKind; name: string; shape: Shape }[];
	/** Empty when the county has no road layer. */
	roads: readonly { level: string; name: string | null; line: readonly E7[] }[];
	labels: readonly { text: string; at: E7 }[];
}

/** Texts that are read out or shown, by paragraph. */
export interface Notices {
	/** 告知书: who we are, what is checked, rights and duties. */
	rights: readonly string[];
	/** 申请回避的权利. */
	recusal: readonly string[];
	/** 送达回证. */
	served: readonly string[];
	/** To the inspector: that positions are kept as evidence of arrival only. */
	duty: readonly string[];
}

export const stopId = (series: number, targets: readonly string[]): string => `${series}.${targets[0] ?? ''}`;
export const checkId = (item: string, target: string): string => `${item}@${target}`;

export const packBytes = (pack: Pack): Uint8Array => canonicalBytes(pack);
/** Lower-case hex; where the pack is found. */
export const packHash = (bytes: Uint8Array): string => toHex(sha256(bytes));

/** The pack whose bytes these are, or null when they are not those of `hash` or of a format this program reads. */
export function readPack(bytes: Uint8Array, hash: string): Pack | null {
	if (packHash(bytes) !== hash) return null;
	const pack = JSON.parse(new TextDecoder().decode(bytes)) as Pack;
	return pack.v === PACK_VERSION ? pack : null;
}
