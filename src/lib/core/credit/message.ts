// What is said to a platform about one penalty: published, corrected, repaired, at last expired or withdrawn, each message
// once under its business key. The body is canonical JSON; XML says the same in the same order.
// Invariant: the state of a case at a platform is that of its message with the highest number, so a message that comes
// twice or late changes nothing.

import { canonical } from '../bytes/canonical';
import { toHex } from '../bytes/hex';
import { sha256 } from '../bytes/sha256';
import { identified, type CreditRecord } from './record';

/** 信用中国, 国家企业信用信息公示系统. */
export const platformNames = ['credit_china', 'enterprise'] as const;
export type PlatformName = (typeof platformNames)[number];
export const isPlatform = (name: string): name is PlatformName =>
	(platformNames as readonly string[]).includes(name);

export const creditActions = ['publish', 'correct', 'repair', 'expire', 'withdraw'] as const;
export type CreditAction = (typeof creditActions)[number];

/** Whatever comes after is of another case. */
export const ends = (action: CreditAction) => action === 'expire' || action === 'withdraw';

/** Whether `next` may be said after `said`: publish first, nothing after the end, repair once. */
export function mayFollow(said: readonly CreditAction[], next: CreditAction): boolean {
	if (next === 'publish') return said.length === 0;
	if (said.length === 0 || said.some(ends)) return false;
	return next !== 'repair' || !said.includes('repair');
}

/** ASCII, since it travels in a header; the same for every attempt, and for no other message of the platform. */
export const businessKey = (county: string, penalty: number, number: number, action: CreditAction): string =>
	`${county}-${penalty}-${number}-${action}`;

interface Message {
	v: 'fairlot-credit/1';
	key: string;
	platform: PlatformName;
	action: CreditAction;
	/** 1, 2, … within the case. */
	number: number;
	/** The day in China on which it came to be. */
	day: string;
	/** Why it was withdrawn or corrected. */
	reason: string;
	record: CreditRecord;
}

/** Canonical. Whatever ends a case names it and tells nothing more of it. */
export const bodyOf = (message: Omit<Message, 'v'>): string =>
	canonical({
		...{ v: 'fairlot-credit/1', ...message },
		record: ends(message.action) ? identified(message.record) : message.record
	});

/** SHA-256 of the canonical body, in either rendering. */
export const digestOf = (body: string): string => toHex(sha256(body));

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character]!);

/** The same message as XML 1.0 in UTF-8: one element to a member, in the canonical order. */
export function xmlOf(body: string): string {
	const { record, ...rest } = JSON.parse(body) as Message;
	const element = (name: string, text: string) => `<${name}>${escaped(text)}</${name}>`;
	const members = Object.entries(rest).map(([name, value]) => element(name, String(value)));
	const fields = Object.entries(record).map(([name, value]) => element(name, value));
	return `<?xml version="1.0" encoding="UTF-8"?>\n<message digest="${digestOf(body)}">${members.join('')}<record>${fields.join('')}</record></message>`;
}

/** What a platform says it took: the key, the digest of the body, and a number of its own. */
export interface Receipt {
	key: string;
	digest: string;
	number: string;
}

/** The five entities of XML. */
export const unescaped = (text: string) =>
	text
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&apos;', "'")
		.replaceAll('&amp;', '&');
/** The text of the first such element, and no markup within it. */
const textOf = (xml: string, name: string): unknown => {
	const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
	return found === undefined ? undefined : unescaped(found).trim();
};

/** null: it cannot be read as a receipt. Entities are the five of XML; a document type is not looked at. */
export function readReceipt(format: 'json' | 'xml', text: string): Receipt | null {
	const given = format === 'json' ? parsed(text) : { key: 0, digest: 0, number: 0 };
	if (given === null) return null;
	const member = (name: 'key' | 'digest' | 'number') =>
		format === 'json' ? given[name] : textOf(text, name);
	const [key, digest, number] = [member('key'), member('digest'), member('number')];
	const fits = typeof key === 'string' && typeof digest === 'string' && typeof number === 'string';
	return fits && number !== '' && number.length <= 200 ? { key, digest, number } : null;
}

/** Whether it is the receipt of this message: another's, or one over another body, is none. */
export const answers = (receipt: Receipt, key: string, body: string): boolean =>
	receipt.key === key && receipt.digest === digestOf(body);

function parsed(text: string): Record<string, unknown> | null {
	try {
		const value = JSON.parse(text) as unknown;
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
	} catch {
		return null;
	}
}

/** A message a platform has. */
export interface Held {
	key: string;
	digest: string;
}

/** One page of what a platform has; next: the key to go on after. null: it cannot be read. */
export function readHeld(format: 'json' | 'xml', text: string): { held: Held[]; next: string | null } | null {
	if (format === 'json') {
		const given = parsed(text);
		if (!given || !Array.isArray(given.held)) return null;
		const held = (given.held as Partial<Held>[]).map((one) => ({
			...{ key: String(one?.key), digest: String(one?.digest) }
		}));
		return { held, next: typeof given.next === 'string' ? given.next : null };
	}
	const [list] = /<held(?:\s[^<>]*)?>[\s\S]*<\/held>|<held[^<>]*\/>/.exec(text) ?? [];
	if (list === undefined) return null;
	const held = [...list.matchAll(/<message key="([^"<]*)" digest="([^"<]*)"\s*\/>/g)].map(
		([, key, digest]) => ({ key: unescaped(key!), digest: digest! })
	);
	const next = /^<held next="([^"<]*)"/.exec(list)?.[1];
	return { held, next: next === undefined ? null : unescaped(next) };
}
