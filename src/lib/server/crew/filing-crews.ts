// What the filing of a list says of its crews: who goes where, who would take each seat, and the hashes that prove it.
import { sql } from 'kysely';
import type { FilingCrews } from '../../schema/filing';
import type { Database } from '../db/database';

/** Of an order of replacement, as many as a paper lists. */
const LISTED = 5;

/** Null until crews for routes of this list are drawn. instant: how the paper writes one. */
export async function filingCrews(
	db: Database,
	county: string,
	draw: number,
	instant: (at: Date) => string
): Promise<FilingCrews | null> {
	const found = await db
		.selectFrom('app.crew_draw as d')
		.innerJoin('app.route_plan as r', (join) =>
			join.onRef('r.county', '=', 'd.county').onRef('r.id', '=', 'd.routes')
		)
		.where('d.county', '=', county)
		.where('r.draw', '=', draw)
		.where('d.assurance', '<>', 'trial')
		.where('d.state', 'in', ['drawn', 'revealed'])
		.orderBy('d.id', 'desc')
		.select([
			'd.id',
			'd.seq',
			'd.commitment',
			'd.manifest_hash',
			'd.portfolio_size',
			'd.ticket',
			'd.drawn_at'
		])
		.executeTakeFirst();
	if (!found) return null;
	const { rows } = await sql<FilingCrews['rows'][number]>`
		SELECT m.day::text AS day, coalesce(o.name, split_part(m.route, ' ', 2)) AS office, split_part(m.route, ' ', 3) AS team,
			i.name, coalesce((SELECT b.name FROM app.crew_member g JOIN app.crew_inspector b
				ON b.county = g.county AND b.draw = g.draw AND b.alias = g.alias
				WHERE (g.county, g.draw, g.route, g.seat) = (m.county, m.draw, m.route, m.seat) AND g.gone
				ORDER BY g.turn DESC LIMIT 1), '') AS before,
			ARRAY(SELECT n.name FROM app.crew_order x
				JOIN app.crew_inspector n ON n.county = x.county AND n.draw = x.draw AND n.alias = x.alias
				WHERE (x.county, x.draw, x.route, x.seat) = (m.county, m.draw, m.route, m.seat) AND NOT EXISTS (
					SELECT FROM app.crew_member g WHERE (g.county, g.draw, g.route, g.alias) = (x.county, x.draw, x.route, x.alias))
				ORDER BY x.rank LIMIT ${LISTED}) AS next
		FROM app.crew_member m
		JOIN app.crew_inspector i ON i.county = m.county AND i.draw = m.draw AND i.alias = m.alias
		LEFT JOIN app.office o ON o.county = m.county AND o.code = split_part(m.route, ' ', 2)
		WHERE m.county = ${county} AND m.draw = ${found.id} AND NOT m.gone ORDER BY m.route COLLATE "C", m.seat`.execute(
		db
	);
	return {
		...{ seq: found.seq!, commitment: found.commitment!, documentHash: found.manifest_hash! },
		...{ size: found.portfolio_size, ticket: found.ticket! + 1, drawn: instant(found.drawn_at!), rows }
	};
}
