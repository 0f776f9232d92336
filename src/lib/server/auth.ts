// better-auth on the application's own database handle, tables in schema auth, columns in snake_case. It keeps passwords
// (scrypt), sessions, second factors and the government sign-on; who may do what is ours (access.ts, account.ts).
// Its HTTP endpoints are not mounted: our forms call `auth.handler`, so that its rate limit counts them.
import { randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { admin, genericOAuth, twoFactor, username } from 'better-auth/plugins';
import type { Database } from './db/database';

/** 30 minutes idle, 12 hours absolute (the second one in session.ts); a password just given counts 10 minutes. */
export const idleS = 30 * 60;
export const absoluteMs = 12 * 60 * 60 * 1000;
export const elevationMs = 10 * 60 * 1000;

/** Set by us on every request we hand over; never taken from outside. */
export const addressHeader = 'x-fairlot-address';

export interface Oidc {
	issuer: string;
	clientId: string;
	clientSecret: string;
	/** What the button says. */
	name: string;
}

export interface AuthOptions {
	secret: string;
	/** The origin users see: the government sign-on returns there. */
	baseURL: string;
	oidc: Oidc | null;
}

const codePaths = ['/two-factor/verify-totp', '/two-factor/verify-backup-code'];

/** What a new session proved: a code of the second factor, and whether a password was given here just now. */
function proved(path: string | undefined, at: number) {
	return {
		secondFactor: codePaths.includes(path ?? ''),
		elevatedUntil: path?.startsWith('/callback') ? null : new Date(at + elevationMs)
	};
}

/** An issuer is compared to the letter, but for a slash at its end. */
export const sameIssuer = (one: unknown, other: string): boolean =>
	typeof one === 'string' && one.replace(/\/$/, '') === other.replace(/\/$/, '');

/**
 * The token was held against what discovery says about itself; it counts only from the issuer that was configured.
 * better-auth wants an address; ours are made up, and nobody is found by one.
 */
function subjectOf(idToken: string, issuer: string) {
	const payload = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString();
	const { sub, iss } = JSON.parse(payload) as { sub?: unknown; iss?: unknown };
	if (typeof sub !== 'string' || sub === '' || !sameIssuer(iss, issuer)) return null;
	return { id: sub, sub, name: sub, email: `${sub}@sign-on.invalid`, emailVerified: false };
}

export function createAuth(db: Database, { secret, baseURL, oidc }: AuthOptions) {
	const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' };
	const auth = betterAuth({
		appName: 'Fairlot',
		database: { db, type: 'postgres', schemaName: 'auth' },
		secret,
		baseURL,
		telemetry: { enabled: false },
		logger: { level: 'error' },
		emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
		rateLimit: {
			enabled: true,
			storage: 'database',
			modelName: 'rate_limit',
			fields: { lastRequest: 'last_request' },
			window: 10,
			max: 50,
			// By address and path. Guessing is stopped by attempt.ts; this bounds the hashing one address can ask for.
			customRules: {
				'/sign-in/*': { window: 10, max: 20 },
				'/two-factor/*': { window: 30, max: 10 }
			}
		},
		advanced: {
			cookiePrefix: 'fairlot',
			// Whether a cookie is secure is decided per request, where the scheme is known.
			useSecureCookies: false,
			ipAddress: { ipAddressHeaders: [addressHeader] },
			database: { generateId: () => randomUUID() }
		},
		user: {
			fields: { emailVerified: 'email_verified', ...stamps },
			additionalFields: {
				office: { type: 'string', required: false, input: false },
				mustChangePassword: {
					type: 'boolean',
					required: true,
					defaultValue: false,
					input: false,
					fieldName: 'must_change_password'
				},
				demo: { type: 'boolean', required: true, defaultValue: false, input: false }
			}
		},
		session: {
			expiresIn: idleS,
			updateAge: 60,
			fields: {
				userId: 'user_id',
				expiresAt: 'expires_at',
				ipAddress: 'ip_address',
				userAgent: 'user_agent',
				...stamps
			},
			additionalFields: {
				secondFactor: {
					type: 'boolean',
					required: true,
					defaultValue: false,
					input: false,
					fieldName: 'second_factor'
				},
				elevatedUntil: { type: 'date', required: false, input: false, fieldName: 'elevated_until' }
			}
		},
		account: {
			fields: {
				userId: 'user_id',
				accountId: 'account_id',
				providerId: 'provider_id',
				accessToken: 'access_token',
				refreshToken: 'refresh_token',
				idToken: 'id_token',
				accessTokenExpiresAt: 'access_token_expires_at',
				refreshTokenExpiresAt: 'refresh_token_expires_at',
				...stamps
			},
			accountLinking: { enabled: false, disableImplicitLinking: true },
			// Nothing is ever asked of the sign-on after the sign-in: its tokens are not kept.
			updateAccountOnSignIn: false
		},
		verification: { fields: { expiresAt: 'expires_at', ...stamps } },
		databaseHooks: {
			session: {
				create: {
					before: (session, context) =>
						Promise.resolve({ data: { ...session, ...proved(context?.path, Date.now()) } }),
					after: async ({ userId, ipAddress }, context) => {
						await db
							.insertInto('auth.event')
							.values({
								...{ at: new Date(), type: 'session.opened', account: userId, actor: userId },
								...{ address: ipAddress ?? null, detail: JSON.stringify({ by: context?.path ?? null }) }
							})
							.execute();
					}
				}
			}
		},
		plugins: [
			username({ displayUsername: false, minUsernameLength: 2, maxUsernameLength: 32 }),
			admin({
				defaultRole: '',
				adminRoles: [],
				schema: {
					user: { fields: { banReason: 'ban_reason', banExpires: 'ban_expires' } },
					session: { fields: { impersonatedBy: 'impersonated_by' } }
				}
			}),
			twoFactor({
				issuer: 'Fairlot',
				accountLockout: { maxFailedAttempts: 5, durationSeconds: 15 * 60 },
				schema: {
					user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
					twoFactor: {
						modelName: 'two_factor',
						fields: {
							userId: 'user_id',
							backupCodes: 'backup_codes',
							failedVerificationCount: 'failed_verification_count',
							lockedUntil: 'locked_until'
						}
					}
				}
			}),
			...(oidc
				? [
						genericOAuth({
							config: [
								{
									providerId: 'oidc',
									name: oidc.name,
									discoveryUrl: `${oidc.issuer}/.well-known/openid-configuration`,
									clientId: oidc.clientId,
									clientSecret: oidc.clientSecret,
									redirectURI: `${baseURL}/sign-in/return`,
									scopes: ['openid', 'profile', 'email'],
									requireIdTokenVerification: true,
									// The signed token, checked by now, says who it is; without one nobody is anybody.
									getUserInfo: ({ idToken }) =>
										Promise.resolve(idToken === undefined ? null : subjectOf(idToken, oidc.issuer)),
									disableSignUp: true
								}
							]
						})
					]
				: [])
		]
	});
	/** The sign-on that was configured; null: none. */
	return Object.assign(auth, { issuer: oidc?.issuer ?? null });
}

export type Auth = ReturnType<typeof createAuth>;
