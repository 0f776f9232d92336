// One request to a platform and its answer. Only https, only to listed hosts, and only to the address that was looked up
// and checked: the connection is pinned to it, so a name that changes its mind in between leads nowhere. No redirects, no
// proxy, no kept connections; time and size have a limit. http is for a gateway on this machine whose address is listed.
import { lookup } from 'node:dns/promises';
import {
	Agent as PlainAgent,
	request as plainRequest,
	type IncomingMessage,
	type RequestOptions
} from 'node:http';
import { Agent, request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import type { SendFailure } from '../../core/credit/retry';
import { inList, isLoopback, isPublic } from './address';

export interface Reach {
	hosts: readonly string[];
	/** Listed addresses that are not public. */
	addresses: readonly string[];
	/** Every address of a name. */
	resolve?: (name: string) => Promise<string[]>;
	timeoutMs?: number;
	/** Bytes of an answer. */
	limit?: number;
}

export interface Failed {
	ok: false;
	reason: SendFailure;
	detail: string;
}
export type Exchanged = { ok: true; status: number; text: string } | Failed;

const failed = (reason: SendFailure, detail: string): Failed => ({ ok: false, reason, detail });
const everyAddress = async (name: string) =>
	(await lookup(name, { all: true, verbatim: true })).map(({ address }) => address);

export async function exchange(
	asked: { url: string; method: 'GET' | 'POST'; headers: Record<string, string>; body?: string },
	reach: Reach
): Promise<Exchanged> {
	const { hosts, timeoutMs = 20_000 } = reach;
	const url = new URL(asked.url);
	if (!hosts.includes(url.host) || url.username !== '' || url.password !== '')
		return failed('host', url.host);
	const signal = AbortSignal.timeout(timeoutMs);
	const found = await addressOf(url, reach, signal);
	if (!found.ok) return found;
	return sent(url, asked, found.address, signal, reach.limit ?? 1 << 20);
}

async function addressOf(
	{ protocol, hostname }: URL,
	{ addresses, resolve = everyAddress }: Reach,
	signal: AbortSignal
): Promise<{ ok: true; address: string } | Failed> {
	const name = hostname.replace(/^\[|\]$/g, '');
	const all = isIP(name) ? [name] : await within(resolve(name), signal).catch((error: Error) => error);
	if (all instanceof Error) return failed(signal.aborted ? 'timeout' : 'network', all.message);
	const [address] = all;
	if (address === undefined) return failed('network', `${name} has no address`);
	// One that may not be reached among them spoils the name.
	const barred = all.find((one) => !isPublic(one) && !inList(one, addresses));
	if (barred !== undefined) return failed('address', `${name} → ${barred}`);
	if (protocol !== 'https:' && !(protocol === 'http:' && all.every(isLoopback)))
		return failed('scheme', protocol);
	return { ok: true, address };
}

/** The promise, or the signal's reason if that comes first. */
const within = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
	new Promise((resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
		work.then(resolve, reject);
	});

function sent(
	url: URL,
	{ method, headers, body }: { method: string; headers: Record<string, string>; body?: string },
	address: string,
	signal: AbortSignal,
	limit: number
): Promise<Exchanged> {
	const secure = url.protocol === 'https:';
	const options: RequestOptions = {
		...{ method, signal, headers: { ...headers, 'content-length': String(Buffer.byteLength(body ?? '')) } },
		agent: secure ? new Agent({ keepAlive: false }) : new PlainAgent({ keepAlive: false }),
		lookup: (_name, how, answer) => {
			const family = isIP(address);
			if (how.all) answer(null, [{ address, family }]);
			else answer(null, address, family);
		}
	};
	return new Promise((resolve) => {
		const request = (secure ? secureRequest : plainRequest)(url, options, (response) => {
			read(response, limit).then(resolve, fault);
		});
		const fault = (error: NodeJS.ErrnoException) =>
			resolve(
				signal.aborted
					? failed('timeout', 'no answer in time')
					: failed(isCertificate(error) ? 'tls' : 'network', error.code ?? error.message)
			);
		request.on('error', fault);
		request.end(body);
	});
}

const isCertificate = ({ code = '' }: NodeJS.ErrnoException) =>
	/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code);

async function read(response: IncomingMessage, limit: number): Promise<Exchanged> {
	const status = response.statusCode ?? 0;
	if (status >= 300 && status < 400) {
		response.destroy();
		return failed('redirect', `${status} ${response.headers.location ?? ''}`.trim().slice(0, 200));
	}
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of response as AsyncIterable<Buffer>) {
		size += part.length;
		if (size > limit) {
			response.destroy();
			return failed('too_large', `more than ${limit} bytes`);
		}
		parts.push(part);
	}
	return { ok: true, status, text: Buffer.concat(parts).toString('utf8') };
}
