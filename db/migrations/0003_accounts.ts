// Accounts and access, schema auth. The first six tables are better-auth's, named and typed as it expects them; the
// last three are ours: guesses counted against an account or an address, refusals, and what happened to accounts.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
	`CREATE SCHEMA auth`,

	// An account. Nobody signs in by e-mail: the address is made from the user name. role: several, comma between them.
	// Accounts are disabled (banned), never deleted, so that what one did stays attributable. demo: closed with demonstration.
	`CREATE TABLE auth.user (
		id text PRIMARY KEY,
		name text NOT NULL,
		email text NOT NULL UNIQUE,
		email_verified boolean NOT NULL DEFAULT false,
		image text,
		created_at timestamptz NOT NULL DEFAULT now(),
		updated_at timestamptz NOT NULL DEFAULT now(),
		username text NOT NULL UNIQUE CHECK (username ~ '^[a-z0-9_.]{2,32}$'),
		role text NOT NULL DEFAULT '' CHECK (string_to_array(role, ',') <@ ARRAY[
			'system_admin', 'security_admin', 'audit_admin', 'planner', 'witness', 'leader', 'office_head',
			'inspector', 'legal_reviewer', 'publisher', 'partner']),
		banned boolean NOT NULL DEFAULT false,
		ban_reason text,
		ban_expires timestamptz,
		two_factor_enabled boolean NOT NULL DEFAULT false,
		office text,
		must_change_password boolean NOT NULL DEFAULT false,
		demo boolean NOT NULL DEFAULT false
	)`,

	// expires_at moves with use (idle limit), created_at bounds the whole. second_factor: a code was given in this session.
	// elevated_until: until then the password (and code) need not be given again for what cannot be undone.
	`CREATE TABLE auth.session (
		id text PRIMARY KEY,
		expires_at timestamptz NOT NULL,
		token text NOT NULL UNIQUE,
		created_at timestamptz NOT NULL DEFAULT now(),
		updated_at timestamptz NOT NULL,
		ip_address text,
		user_agent text,
		user_id text NOT NULL REFERENCES auth.user ON DELETE CASCADE,
		impersonated_by text,
		second_factor boolean NOT NULL DEFAULT false,
		elevated_until timestamptz
	)`,
	`CREATE INDEX session_owner ON auth.session (user_id)`,

	// A way to sign in: provider_id 'credential' with a password hash, or 'oidc' with the subject as account_id.
	`CREATE TABLE auth.account (
		id text PRIMARY KEY,
		account_id text NOT NULL,
		provider_id text NOT NULL,
		user_id text NOT NULL REFERENCES auth.user ON DELETE CASCADE,
		access_token text,
		refresh_token text,
		id_token text,
		access_token_expires_at timestamptz,
		refresh_token_expires_at timestamptz,
		scope text,
		password text,
		created_at timestamptz NOT NULL DEFAULT now(),
		updated_at timestamptz NOT NULL,
		UNIQUE (provider_id, account_id),
		UNIQUE (user_id, provider_id)
	)`,
	`CREATE TABLE auth.verification (
		id text PRIMARY KEY,
		identifier text NOT NULL,
		value text NOT NULL,
		expires_at timestamptz NOT NULL,
		created_at timestamptz NOT NULL DEFAULT now(),
		updated_at timestamptz NOT NULL DEFAULT now()
	)`,
	`CREATE INDEX verification_identifier ON auth.verification (identifier)`,
	`CREATE TABLE auth.two_factor (
		id text PRIMARY KEY,
		secret text NOT NULL,
		backup_codes text NOT NULL,
		user_id text NOT NULL REFERENCES auth.user ON DELETE CASCADE,
		verified boolean,
		failed_verification_count integer,
		locked_until timestamptz
	)`,
	`CREATE INDEX two_factor_owner ON auth.two_factor (user_id)`,
	`CREATE TABLE auth.rate_limit (
		id text PRIMARY KEY,
		key text NOT NULL UNIQUE,
		count integer NOT NULL,
		last_request bigint NOT NULL
	)`,

	// Guesses of a secret, by what they were aimed at or came from ('name:…', 'address:…'). Counted before the secret is
	// looked at, so that guesses sent at once are all counted.
	`CREATE TABLE auth.attempt (
		key text PRIMARY KEY,
		guesses integer NOT NULL CHECK (guesses >= 0),
		last_at timestamptz NOT NULL,
		locked_until timestamptz
	)`,
	`CREATE INDEX attempt_age ON auth.attempt (last_at)`,

	// What was refused, to whom and why. One row a minute for the same refusal, so that a flood stays small; account '' is nobody.
	`CREATE TABLE auth.refusal (
		minute timestamptz NOT NULL,
		reason text NOT NULL,
		account text NOT NULL,
		address text NOT NULL,
		method text NOT NULL,
		route text NOT NULL,
		action text NOT NULL,
		times integer NOT NULL DEFAULT 1 CHECK (times >= 1),
		PRIMARY KEY (minute, reason, account, address, method, route, action)
	)`,

	// Sign-ins and every change of an account: type, the account it is about, and who did it. Changes are in the ledger too.
	`CREATE TABLE auth.event (
		id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
		at timestamptz NOT NULL,
		type text NOT NULL,
		account text NOT NULL,
		actor text NOT NULL,
		address text,
		detail jsonb NOT NULL DEFAULT '{}'
	)`,
	`CREATE INDEX event_account ON auth.event (account, id)`
];
