// A platform as the outbox sees it: something that takes a message under its key, once however often it comes, and answers
// with a receipt; and that may say what it has. The contract is in README.md.
import { createHmac } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import {
	answers,
	digestOf,
	ends,
	readHeld,
	readReceipt,
	xmlOf,
	type CreditAction,
	type Held,
	type PlatformName
} from '../../core/credit/message';
import { readStandings, standingsAnswer } from '../../core/credit/standing';
import type { Database } from '../db/database';
import { decodeText } from '../import/encoding';
import { exchange, type Exchanged, type Failed, type Reach } from './exchange';
import { wayOf, type CreditSettings } from './settings';
import { messageSheet } from './sheet';

export interface Outgoing {
	key: string;
	/** Canonical. */
	body: string;
}

export interface Platform {
	/** receipt: the platform's number for it. */
	send(message: Outgoing): Promise<{ ok: true; receipt: string } | Failed>;
	/** null: it cannot say. */
	list: (() => Promise<{ ok: true; held: Held[] } | Failed>) | null;
	/** Grades and blacklist periods it gives back; null: it gives none. */
	standings: (() => Promise<Standings | Failed>) | null;
}

export type Standings = { ok: true } & ReturnType<typeof readStandings>;

/** null: nothing is sent there. at: when what is taken now was taken. */
export function platformFor(
	settings: CreditSettings,
	platform: PlatformName,
	where: { db: Database; county: { code: string; demo: boolean }; embedded: boolean; at: Date }
): Platform | null {
	const way = wayOf(settings, platform, { demo: where.county.demo, embedded: where.embedded });
	switch (way.way) {
		case 'none':
			return null;
		case 'counterpart':
			return counterpart(where.db, where.county.code, platform, where.at);
		case 'folder':
			return folderDrop(way.folder);
		default:
			return overHttps(way.way, way, settings);
	}
}

const failed = (reason: Failed['reason'], detail: string): Failed => ({ ok: false, reason, detail });
const types = { json: 'application/json', xml: 'application/xml' };
/** How many lists of keys one after the other: a thousand each. */
const PAGES = 1000;

export function overHttps(
	format: 'json' | 'xml',
	{ url, secret }: { url: string; secret: string },
	reach: Reach
): Platform {
	const signed = (text: string) => `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;
	const answered = ({ status, text }: Extract<Exchanged, { ok: true }>): Failed | null => {
		if (status >= 200 && status < 300) return null;
		const busy = status >= 500 || [408, 425, 429].includes(status);
		return failed(busy ? 'busy' : 'refused', `${status} ${text.slice(0, 300)}`.trim());
	};
	return {
		async send({ key, body }) {
			const text = format === 'json' ? body : xmlOf(body);
			const headers = {
				'content-type': `${types[format]}; charset=utf-8`,
				accept: types[format],
				'idempotency-key': key,
				'x-fairlot-signature': signed(text)
			};
			const exchanged = await exchange({ url, method: 'POST', headers, body: text }, reach);
			if (!exchanged.ok) return exchanged;
			const problem = answered(exchanged);
			if (problem) return problem;
			const receipt = readReceipt(format, exchanged.text);
			if (!receipt || !answers(receipt, key, body))
				return failed('receipt', exchanged.text.slice(0, 300) || 'empty');
			return { ok: true, receipt: receipt.number };
		},
		async list() {
			const held: Held[] = [];
			let after = '';
			for (let page = 0; page < PAGES; page++) {
				const asked = new URL(url);
				asked.searchParams.set('after', after);
				const headers = { accept: types[format], 'x-fairlot-signature': signed(asked.search) };
				const exchanged = await exchange({ url: asked.href, method: 'GET', headers }, reach);
				if (!exchanged.ok) return exchanged;
				const problem = answered(exchanged);
				if (problem) return problem;
				const part = readHeld(format, exchanged.text);
				if (!part) return failed('receipt', exchanged.text.slice(0, 300));
				held.push(...part.held);
				if (part.next === null || part.next === after) break;
				after = part.next;
			}
			return { ok: true, held };
		},
		async standings() {
			const asked = new URL(url);
			asked.searchParams.set('standings', 'all');
			const headers = { accept: types[format], 'x-fairlot-signature': signed(asked.search) };
			const exchanged = await exchange({ url: asked.href, method: 'GET', headers }, reach);
			if (!exchanged.ok) return exchanged;
			const problem = answered(exchanged);
			if (problem) return problem;
			const read = standingsAnswer(format, exchanged.text);
			return read ? { ok: true, ...read } : failed('receipt', exchanged.text.slice(0, 300));
		}
	};
}

/** For platforms that take spreadsheets: one workbook to a message, whole or not there. Sent again it replaces itself. */
export const folderDrop = (folder: string): Platform => ({
	async send({ key, body }) {
		const name = `${key}.xlsx`;
		const part = join(folder, `.${name}.part`);
		try {
			await mkdir(folder, { recursive: true });
			const file = await open(part, 'w');
			try {
				await file.writeFile(await messageSheet(body));
				await file.sync();
			} finally {
				await file.close();
			}
			await rename(part, join(folder, name));
		} catch (error) {
			return failed('busy', (error as NodeJS.ErrnoException).code ?? String(error));
		}
		return { ok: true, receipt: name };
	},
	list: null,
	/** The file that is laid beside the workbooks; there is none: nothing is given. */
	async standings() {
		try {
			const decoded = decodeText(await readFile(join(folder, STANDINGS)), null);
			return decoded.ok ? { ok: true, ...readStandings(decoded.text) } : failed('receipt', 'encoding');
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			return code === 'ENOENT' ? { ok: true, rows: [], problems: [] } : failed('busy', code ?? String(error));
		}
	}
});

const STANDINGS = 'standings.csv';

/** The counterpart of made-up data: what it takes stays in this database, and no other county's is taken. */
const counterpart = (db: Database, county: string, platform: PlatformName, at: Date): Platform => ({
	async send({ key, body }) {
		const receipt = `演示-${digestOf(body).slice(0, 12)}`;
		await sql`INSERT INTO app.credit_received (county, platform, business_key, body, receipt, received_at)
			SELECT ${county}, ${platform}, ${key}, ${body}, ${receipt}, ${at}
			FROM app.county WHERE code = ${county} AND demo ON CONFLICT DO NOTHING`.execute(db);
		const held = await db
			.selectFrom('app.credit_received')
			.where('county', '=', county)
			.where('platform', '=', platform)
			.where('business_key', '=', key)
			.select(['body', 'receipt'])
			.executeTakeFirst();
		if (held?.body !== body) return failed('refused', held ? 'another body' : 'not made-up data');
		return { ok: true, receipt: held.receipt };
	},
	async list() {
		const rows = await db
			.selectFrom('app.credit_received')
			.where('county', '=', county)
			.where('platform', '=', platform)
			.select(['business_key', 'body'])
			.execute();
		return { ok: true, held: rows.map(({ business_key: key, body }) => ({ key, digest: digestOf(body) })) };
	},
	standings: platform === 'credit_china' ? () => madeUpStandings(db, county) : null
});

/** C for the time of a penalty's publicity, until the day on which it is taken off. */
async function madeUpStandings(db: Database, county: string): Promise<Standings> {
	const messages = await db
		.selectFrom('app.credit_received')
		.where('county', '=', county)
		.where('platform', '=', 'credit_china')
		.select(['business_key', 'body', 'received_at'])
		.orderBy('received_at')
		.execute();
	const standings = new Map<string, Record<string, string>>();
	for (const { body, received_at } of messages) {
		const { action, record } = JSON.parse(body) as { action: CreditAction; record: Record<string, string> };
		const [uscc, day] = [record.CF_XDR_SHXYM!, dayInChina(received_at)];
		const known = standings.get(uscc);
		if (ends(action)) {
			if (known) standings.set(uscc, { ...known, to: day });
		} else
			standings.set(uscc, {
				...{ uscc, grade: 'C', from: known?.from ?? day, to: record.CF_GSJZQ! },
				source: '信用中国（演示对端）'
			});
	}
	return { ok: true, ...standingsAnswer('json', JSON.stringify({ standings: [...standings.values()] }))! };
}
