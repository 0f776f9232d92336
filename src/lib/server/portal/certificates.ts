// 核对执法证: what a party who scanned the QR on an inspector's phone is told. The token is good on the day of its visit
// only; before, it is as if there were none, and after, no more than that is said.
import { sql } from 'kysely';
import { publicParty } from '../../core/posting/redact';
import type { Database } from '../db/database';

export interface ShownInspector {
	name: string;
	/** Its middle is left out: enough to compare with the card. */
	certificate: string;
	issuer: string;
	office: string;
	validThrough: string | null;
	/** Whether the certificate holds on the day. */
	valid: boolean;
}
export type Certificates =
	| { ok: true; day: string; party: string | null; inspectors: ShownInspector[] }
	| { ok: false; reason: 'unknown' | 'over' | 'withdrawn' };

interface Row {
	standing: 'sent' | 'over' | 'withdrawn';
	day: string;
	uscc: string | null;
	party: string | null;
	name: string;
	certificate: string;
	issuer: string;
	office: string;
	from: string | null;
	through: string | null;
}

/** db: as the portal. day: today, in the county. */
export async function readCertificates(
	db: Database,
	county: string,
	token: string,
	day: string
): Promise<Certificates> {
	if (!/^[0-9a-f]{32}$/.test(token)) return { ok: false, reason: 'unknown' };
	const { rows } =
		await sql<Row>`SELECT standing, day::text AS day, uscc, party, name, certificate, issuer, office,
			valid_from::text AS "from", valid_through::text AS through
		FROM portal.certificates(${county}, ${token}, ${day}::date)`.execute(db);
	const [first] = rows;
	if (!first) return { ok: false, reason: 'unknown' };
	if (first.standing !== 'sent') return { ok: false, reason: first.standing };
	const { uscc, party } = first;
	return {
		...{ ok: true, day: first.day },
		party: party === null ? null : publicParty({ uscc: uscc ?? '', name: party })!.name,
		inspectors: rows.map(({ name, certificate, issuer, office, from, through }) => ({
			...{ name, certificate: maskedNumber(certificate), issuer, office, validThrough: through },
			valid: (from === null || from <= day) && (through === null || day <= through)
		}))
	};
}

/** Two at the front and four at the end, of a short one fewer: never more than half of it. */
export function maskedNumber(number: string): string {
	const letters = [...number];
	const shown = Math.min(6, letters.length >> 1);
	const front = Math.floor(shown / 3);
	return letters
		.map((letter, k) => (k < front || k >= letters.length - shown + front ? letter : '*'))
		.join('');
}
