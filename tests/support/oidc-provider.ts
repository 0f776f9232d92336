// A small OpenID Connect provider over HTTP, for one client: discovery, authorization with PKCE, token, JWKS, userinfo.
// It is strict about what the client sends, and lies about what it answers exactly as a test tells it to.
import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
	/** Who is signed in at the provider. */
	subject: string;
	email: string | null;
	algorithm: 'RS256' | 'ES256';
	/** Claims that replace the true ones; null leaves one out. */
	claims: Record<string, string | number | null>;
	/** Signed with a key that is not published, or not at all, or no token. */
	token: 'signed' | 'other_key' | 'unsigned' | 'none';
	/** What userinfo says instead. */
	userinfoSubject: string | null;
	/** An error instead of a code. */
	error: string | null;
	/** Who the discovery document says it is, when not itself. */
	discovered: string | null;
}
const honest: Answer = {
	...{ subject: 'nobody', email: 'someone@sso.example', algorithm: 'RS256', claims: {}, token: 'signed' },
	...{ userinfoSubject: null, error: null, discovered: null }
};

interface Grant {
	nonce: string;
	challenge: string;
	redirect: string;
	answer: Answer;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const keys = {
	RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
	ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' })
};
const foreign = {
	RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
	ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' })
};

export class OidcProvider {
	readonly client = { id: 'fairlot', secret: 'of the provider and its client' };
	issuer = '';
	answer: Answer = honest;
	/** What was wrong with requests of the client. */
	readonly complaints: string[] = [];
	readonly #grants = new Map<string, Grant>();
	readonly #tokens = new Map<string, Answer>();
	#server: Server | undefined;

	async start(): Promise<this> {
		this.#server = createServer((request, response) => {
			void this.#respond(request).then(({ status, headers, body }) => {
				response.writeHead(status, { connection: 'close', ...headers }).end(body);
			});
		});
		await new Promise<void>((listening) => this.#server!.listen(0, '127.0.0.1', listening));
		this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
		return this;
	}

	stop = () => new Promise<void>((closed) => this.#server?.close(() => closed()));

	/** From here on it answers like this. */
	will(change: Partial<Answer>): void {
		this.answer = { ...honest, ...change };
	}

	async #respond(request: IncomingMessage) {
		const url = new URL(request.url ?? '/', this.issuer);
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const form = new URLSearchParams(Buffer.concat(chunks).toString());
		switch (url.pathname) {
			case '/.well-known/openid-configuration':
				return json(200, this.#discovery());
			case '/jwks':
				return json(200, {
					keys: Object.entries(keys).map(([alg, { publicKey }]) => ({
						...publicKey.export({ format: 'jwk' }),
						...{ alg, kid: alg, use: 'sig' }
					}))
				});
			case '/authorize':
				return this.#authorize(url.searchParams);
			case '/token':
				return this.#token(form, request.headers.authorization);
			case '/userinfo':
				return this.#userinfo(request.headers.authorization);
			default:
				return json(404, {});
		}
	}

	#discovery() {
		return {
			issuer: this.answer.discovered ?? this.issuer,
			authorization_endpoint: `${this.issuer}/authorize`,
			token_endpoint: `${this.issuer}/token`,
			userinfo_endpoint: `${this.issuer}/userinfo`,
			jwks_uri: `${this.issuer}/jwks`,
			response_types_supported: ['code'],
			subject_types_supported: ['public'],
			id_token_signing_alg_values_supported: ['RS256', 'ES256'],
			code_challenge_methods_supported: ['S256'],
			token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post']
		};
	}

	#refuse(what: string) {
		this.complaints.push(what);
		return json(400, { error: 'invalid_request', error_description: what });
	}

	#authorize(asked: URLSearchParams) {
		const get = (name: string) => asked.get(name) ?? '';
		if (get('client_id') !== this.client.id) return this.#refuse('client_id');
		if (get('response_type') !== 'code') return this.#refuse('response_type');
		if (!get('scope').split(' ').includes('openid')) return this.#refuse('scope');
		if (get('code_challenge_method') !== 'S256' || !get('code_challenge')) return this.#refuse('PKCE');
		if (!get('nonce') || !get('state')) return this.#refuse('nonce or state');
		const back = new URL(get('redirect_uri'));
		back.searchParams.set('state', get('state'));
		if (this.answer.error) back.searchParams.set('error', this.answer.error);
		else {
			const code = randomUUID();
			const { answer } = this;
			this.#grants.set(code, {
				...{ answer, nonce: get('nonce'), challenge: get('code_challenge'), redirect: get('redirect_uri') }
			});
			back.searchParams.set('code', code);
		}
		return { status: 302, headers: { location: back.href }, body: '' };
	}

	#token(form: URLSearchParams, authorization: string | undefined) {
		const [id, secret] = authorization?.startsWith('Basic ')
			? Buffer.from(authorization.slice(6), 'base64').toString().split(':').map(decodeURIComponent)
			: [form.get('client_id'), form.get('client_secret')];
		if (id !== this.client.id || secret !== this.client.secret) return this.#refuse('client secret');
		const code = form.get('code') ?? '';
		const grant = this.#grants.get(code);
		// A code works once.
		this.#grants.delete(code);
		if (!grant) return this.#refuse('code');
		if (form.get('redirect_uri') !== grant.redirect) return this.#refuse('redirect_uri');
		const verifier = createHash('sha256').update(form.get('code_verifier') ?? '');
		if (verifier.digest('base64url') !== grant.challenge) return this.#refuse('code_verifier');
		const access = randomUUID();
		this.#tokens.set(access, grant.answer);
		return json(200, {
			...{ access_token: access, token_type: 'Bearer', expires_in: 60 },
			...(grant.answer.token === 'none' ? {} : { id_token: this.#idToken(grant) })
		});
	}

	#idToken({ nonce, answer }: Grant): string {
		const { algorithm, token, claims, subject, email } = answer;
		const now = Math.floor(Date.now() / 1000);
		const said: Record<string, string | number | null> = {
			...{ iss: this.issuer, aud: this.client.id, sub: subject, iat: now, exp: now + 300, nonce },
			...{ ...(email ? { email } : {}), name: '张三', ...claims }
		};
		const payload = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
		const header = token === 'unsigned' ? { alg: 'none' } : { alg: algorithm, kid: algorithm, typ: 'JWT' };
		const text = `${encode(header)}.${encode(payload)}`;
		if (token === 'unsigned') return `${text}.`;
		const { privateKey } = (token === 'other_key' ? foreign : keys)[algorithm];
		return `${text}.${signed(text, privateKey).toString('base64url')}`;
	}

	#userinfo(authorization: string | undefined) {
		const answer = this.#tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
		if (!answer) return json(401, {});
		const { subject, userinfoSubject, email } = answer;
		return json(200, { sub: userinfoSubject ?? subject, name: '张三', ...(email ? { email } : {}) });
	}
}

const signed = (text: string, key: KeyObject) =>
	sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });

const json = (status: number, body: object) => ({
	...{ status, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
});
