// What the environment says about signing in. A mistake here stops the start with a sentence that says what to set.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuthOptions } from './auth';

export class BadSettings extends Error {}

/** embedded: the secret is made once and kept in the data folder, readable by its owner only. */
export function authSettings(env: NodeJS.ProcessEnv, embedded: boolean, folder: string): AuthOptions {
	const oidc = oidcSettings(env);
	if (oidc && !env.ORIGIN)
		throw new BadSettings('ORIGIN must be set with FAIRLOT_OIDC_…: the single sign-on returns there');
	return {
		secret: env.FAIRLOT_SECRET ? given(env.FAIRLOT_SECRET) : embedded ? kept(folder) : missing(),
		baseURL: env.ORIGIN ?? `http://localhost:${env.PORT ?? 3000}`,
		oidc
	};
}

function given(secret: string): string {
	if (secret.length < 32) throw new BadSettings('FAIRLOT_SECRET must have at least 32 characters');
	return secret;
}

function missing(): never {
	throw new BadSettings(
		'FAIRLOT_SECRET is not set: it signs the session cookies and encrypts the second factors. ' +
			'Make one with `openssl rand -base64 32`, keep it out of the database and the same on every server'
	);
}

function kept(folder: string): string {
	const file = join(folder, 'secret');
	if (!existsSync(file)) {
		mkdirSync(folder, { recursive: true });
		writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
	}
	return readFileSync(file, 'utf8');
}

function oidcSettings(env: NodeJS.ProcessEnv): AuthOptions['oidc'] {
	const names = ['FAIRLOT_OIDC_ISSUER', 'FAIRLOT_OIDC_CLIENT_ID', 'FAIRLOT_OIDC_CLIENT_SECRET'];
	const [issuer, clientId, clientSecret] = names.map((name) => env[name]);
	if (!issuer && !clientId && !clientSecret) return null;
	if (!issuer || !clientId || !clientSecret)
		throw new BadSettings(`${names.filter((name) => !env[name]).join(', ')}: not set, but the others are`);
	return {
		issuer: issuer.replace(/\/$/, ''),
		clientId,
		clientSecret,
		name: env.FAIRLOT_OIDC_NAME || 'OIDC'
	};
}
