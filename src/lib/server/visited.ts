// 已查: what counts as a visit; whether anybody has been there is what results tell (coverage.ts). A target counts as
// visited on the day its batch was drawn, when it was called: drawn, or a substitute that was granted (then instead of the
// one it stands for). Batches count unless they are trials, aborted or void; lists of the superior body do too.
import { sql, type RawBuilder } from 'kysely';

/** Rows (draw, target, drawn_at) of a county, as a query to select from. */
export const visits = (county: string): RawBuilder<{ draw: number; target: string; drawn_at: Date }> =>
	sql`SELECT r.draw, r.target, d.drawn_at FROM app.drawn r
		JOIN app.draw d ON d.county = r.county AND d.id = r.draw
		LEFT JOIN (SELECT s.county, s.draw, s.serial, max(s.granted) AS granted FROM app.substitution s
			WHERE s.county = ${county} GROUP BY s.county, s.draw, s.serial) s
			ON s.county = r.county AND s.draw = r.draw AND s.serial = r.serial
		WHERE r.county = ${county} AND r.rank = coalesce(s.granted, 0)
			AND d.state IN ('drawn', 'revealed') AND d.assurance <> 'trial'`;
