// What will be public of a result or a penalty, word for word: shown before it is published, and published as it was shown.
import { sql } from 'kysely';
import { canonical } from '../../core/bytes/canonical';
import {
	leaks,
	publicPenalty,
	publicResult,
	type PenaltyRecord,
	type PublicPenalty,
	type PublicResult,
	type ResultRecord
} from '../../core/posting/redact';
import type { Database } from '../db/database';

export interface Facts extends ResultRecord {
	/** Proof of the draw: its manifest while its list is closed, and what opens a row committed to under a pseudonym. */
	manifest: string | null;
	closed: boolean;
	pseudonym: string | null;
	secret: string | null;
}

export async function factsOf(db: Database, county: string, id: number): Promise<Facts> {
	const { rows } = await sql<Facts>`
		SELECT CASE WHEN p.uscc IS NOT NULL THEN jsonb_build_object('uscc', p.uscc, 'name', p.name) END AS party,
			jsonb_build_object('code', t.code, 'kind', t.kind, 'township', t.township,
				'townshipName', coalesce(w.name, t.township), 'cell', t.cell) AS target,
			jsonb_build_object('seq', d.seq, 'commitment', d.commitment, 'name', l.name) AS draw,
			r.checked_on::text AS "checkedOn", r.outcome, r.inspectors, d.manifest,
			c.revealed_at IS NULL AS closed, e.pseudonym, e.secret,
			(SELECT coalesce(jsonb_agg(jsonb_build_object('itemName', i.name, 'severity', f.severity,
				'measure', f.measure, 'text', '') ORDER BY f.number), '[]') FROM app.result_finding f
				JOIN app.item i ON i.county = f.county AND i.code = f.item
				WHERE f.county = r.county AND f.result = r.id) AS findings
		FROM app.result r
		JOIN app.draw d ON d.county = r.county AND d.id = r.draw
		JOIN app.plan l ON l.county = d.county AND l.id = d.plan
		LEFT JOIN app.frame e ON e.county = d.county AND e.draw = d.id AND e.target = r.target
		LEFT JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		LEFT JOIN app.party p ON p.county = r.county AND p.uscc = r.party
		JOIN LATERAL (SELECT * FROM app.target t WHERE t.county = r.county AND t.code = r.target
			ORDER BY t.valid DESC LIMIT 1) t ON true
		LEFT JOIN app.current_township w ON w.county = r.county AND w.code = t.township
		WHERE r.county = ${county} AND r.id = ${id}`.execute(db);
	return rows[0]!;
}

export interface PublicDocument<Document = PublicResult | PublicPenalty> {
	document: Document;
	/** Canonical JSON of it. */
	text: string;
	/** What must not be in it, as it was found; nothing is published while there is any. */
	personal: string[];
}

const searched = <Document extends PublicResult | PublicPenalty>(
	document: Document
): PublicDocument<Document> => {
	const text = canonical({ ...document });
	return { document, text, personal: leaks(text).map(({ found }) => found) };
};

export const resultDocument = (facts: Facts): PublicDocument<PublicResult> => searched(publicResult(facts));

export const penaltyDocument = (facts: Facts, penalty: PenaltyRecord): PublicDocument<PublicPenalty> =>
	searched(publicPenalty(facts, penalty));
