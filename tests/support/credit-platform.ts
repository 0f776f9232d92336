// A credit platform on this machine that behaves badly on purpose: slow, down, answering twice or for another message,
// taking a message and never saying so. What it accepted it keeps by key, and it counts every time a body changed.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import { digestOf } from '../../src/lib/core/credit/message';

export type Mood =
	'good' | 'slow' | 'error' | 'reset' | 'silent' | 'wrong' | 'down' | 'redirect' | 'refused' | 'large';

export const SECRET = 'a secret of the platform, long enough';

export async function badPlatform() {
	const held = new Map<string, string>();
	const state = { mood: (): Mood => 'good', changed: 0, unsigned: 0, asked: 0, standings: [] as object[] };

	const receipt = (key: string) =>
		JSON.stringify({ key, digest: digestOf(held.get(key)!), number: `收-${key}` });

	function take(key: string, body: string, response: ServerResponse) {
		if (held.has(key) && held.get(key) !== body) state.changed++;
		if (!held.has(key)) held.set(key, body);
		response.end(receipt(key));
	}

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		let body = '';
		for await (const part of request) body += String(part);
		state.asked++;
		const mood = state.mood();
		const key = String(request.headers['idempotency-key']);
		const { search, searchParams } = new URL(request.url!, 'http://here');
		const signature = createHmac('sha256', SECRET)
			.update(request.method === 'GET' ? search : body)
			.digest('hex');
		if (request.headers['x-fairlot-signature'] !== `sha256=${signature}`) state.unsigned++;
		if (mood === 'down' || mood === 'reset') return void request.socket.destroy();
		if (searchParams.has('standings'))
			return void response.end(JSON.stringify({ standings: state.standings }));
		if (request.method === 'GET') return list(searchParams.get('after')!, response);
		switch (mood) {
			case 'slow':
				return void setTimeout(() => take(key, body, response), 15);
			case 'error':
				return void response.writeHead(500).end('later');
			case 'silent':
				held.set(key, held.get(key) ?? body);
				return;
			case 'wrong':
				held.set(key, held.get(key) ?? body);
				return void response.end(JSON.stringify({ key: 'another', digest: digestOf(body), number: '1' }));
			case 'redirect':
				return void response.writeHead(307, { location: 'http://169.254.169.254/' }).end();
			case 'refused':
				return void response.writeHead(422).end('no such document');
			case 'large':
				return void response.end('x'.repeat(3000));
			default:
				return take(key, body, response);
		}
	}

	/** Two to a page. */
	function list(after: string, response: ServerResponse) {
		const keys = [...held.keys()].sort().filter((key) => key > after);
		const page = keys.slice(0, 2).map((key) => ({ key, digest: digestOf(held.get(key)!) }));
		response.end(JSON.stringify({ held: page, next: keys.length > 2 ? page[1]!.key : null }));
	}

	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		...{ held, state, host, url: `http://${host}/v1/messages` },
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(resolve));
		}
	};
}
