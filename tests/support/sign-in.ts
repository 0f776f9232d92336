// Signing in with the demo accounts: a browser's page, or plain requests with the cookies of a session.
import type { Page } from 'playwright-core';
import { demoPassword } from '../../src/lib/server/demo-accounts';
import { ready } from './browser';

/** Tests sign in faster than the rate limit of an address allows: then once more after its ten seconds. */
const patience = () => new Promise((wait) => setTimeout(wait, 10_500));

/** One click on the sign-in page; comes back to `next`: by default a page without the map, which costs seconds here. */
export async function signIn(page: Page, username: string, next = '/account'): Promise<void> {
	const pressed = async () => {
		const [answer] = await Promise.all([
			page.waitForResponse((response) => response.request().method() === 'POST'),
			page.locator(`button[name="username"][value="${username}"]`).click()
		]);
		return answer.status();
	};
	await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
	if ((await pressed()) === 429) {
		await patience();
		await pressed();
	}
	await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
	await ready(page);
}

/** A browser without the browser: keeps its cookies, follows nothing, names its origin as browsers do. */
export class Visit {
	readonly #cookies = new Map<string, string>();
	constructor(readonly origin: string) {}

	get cookie(): string {
		return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	async ask(path: string, init: RequestInit = {}): Promise<Response> {
		const headers = new Headers(init.headers);
		if (!headers.has('cookie') && this.cookie) headers.set('cookie', this.cookie);
		if (!headers.has('origin') && init.method && init.method !== 'GET') headers.set('origin', this.origin);
		// Each request on a connection of its own: a test that blocks between two would reuse one the server has closed.
		headers.set('connection', 'close');
		const response = await fetch(this.origin + path, { redirect: 'manual', ...init, headers });
		for (const line of response.headers.getSetCookie()) {
			const [pair = '', ...attributes] = line.split(';');
			const [name = '', ...value] = pair.split('=');
			if (attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))) this.#cookies.delete(name);
			else this.#cookies.set(name, value.join('='));
		}
		// Read to its end: a connection that closes under an unread body is an assertion failure in Node 24's fetch.
		const body = await response.arrayBuffer();
		const { status, statusText } = response;
		const empty = [101, 204, 205, 304].includes(status);
		return new Response(empty ? null : body, { status, statusText, headers: response.headers });
	}

	/** A page as a browser asks for it. */
	page = (path: string) => this.ask(path, { headers: { accept: 'text/html' } });

	/** A form as a browser without script sends it. */
	form = (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
		this.ask(path, {
			method: 'POST',
			headers: { accept: 'text/html', ...headers },
			body: new URLSearchParams(fields)
		});

	async signIn(username: string, password = demoPassword): Promise<Response> {
		const response = await this.form('/sign-in?/password', { username, password });
		if (response.status !== 429) return response;
		await patience();
		return this.form('/sign-in?/password', { username, password });
	}
}

/** A visit that is signed in. */
export async function signedIn(origin: string, username: string, password?: string): Promise<Visit> {
	const visit = new Visit(origin);
	const response = await visit.signIn(username, password);
	if (response.status !== 303) throw new Error(`${username} was not signed in: ${response.status}`);
	return visit;
}
