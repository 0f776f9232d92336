// What stands beside a row of a directory: a party's targets and visits, a target's draws, an inspector's recusals.
import { sql } from 'kysely';
import type { Database } from '../db/database';
import { targetCard } from '../target';
import type { ListName } from './lists';

export interface Relation {
	/** What it is a list of. */
	name:
		'targets' | 'visits' | 'blacklist' | 'draws' | 'recusals' | 'crews' | 'inspectors' | 'tasks' | 'party';
	/** role: of a draw, how the target's lot came up. */
	rows: { text: string; note: string; href: string | null; role?: 'original' | 'substitute' | null }[];
}

const MOST = 100;
type Row = Relation['rows'][number];

/** personal: whether reasons of a recusal may be shown. */
export async function relationsOf(
	db: Database,
	county: string,
	{ list, code, personal, at }: { list: ListName; code: string; personal: boolean; at: Date }
): Promise<Relation[]> {
	const read = async (name: Relation['name'], query: ReturnType<typeof sql<Row>>): Promise<Relation> => ({
		name,
		rows: (await query.execute(db)).rows
	});
	const place = (column: string) => sql`replace(replace(${sql.ref(column)}, '%', '%25'), '/', '%2F')`;
	switch (list) {
		case 'mining_right':
		case 'land_parcel': {
			const card = await targetCard(db, county, code, at);
			if (!card) return [];
			const draws = card.draws.map(({ id, plan, drawnAt, role }) => ({
				...{ text: plan, note: drawnAt.slice(0, 10), href: `/draws/${id}`, role }
			}));
			const holder = card.party && {
				...{ text: card.party.name, note: card.party.uscc, href: `/registry/party/${card.party.uscc}` }
			};
			return [
				{ name: 'party', rows: holder ? [holder] : [] },
				{ name: 'draws', rows: draws }
			];
		}
		case 'party':
			return Promise.all([
				read(
					'targets',
					sql<Row>`SELECT t.name AS text, t.code AS note, '/registry/' || t.kind || '/' || ${place('t.code')} AS href
					FROM app.current_target t WHERE t.county = ${county} AND t.party = ${code} ORDER BY t.code LIMIT ${MOST}`
				),
				read(
					'visits',
					sql<Row>`SELECT to_char(r.day, 'YYYY-MM-DD') AS text, o.name AS note,
						'/day-routes/' || p.series AS href
					FROM app.visit v JOIN app.route_plan p ON p.county = v.county AND p.id = v.plan
					JOIN app.stop s ON s.county = v.county AND s.plan = v.plan AND s.visit = v.number
					JOIN app.day_route r ON r.county = s.county AND r.plan = s.plan AND r.number = s.route
					LEFT JOIN app.office o ON o.county = r.county AND o.code = r.office
					WHERE v.county = ${county} AND v.party = ${code} AND p.state = 'current' ORDER BY r.day DESC LIMIT ${MOST}`
				),
				read(
					'blacklist',
					sql<Row>`SELECT to_char(lower(b.during), 'YYYY-MM-DD') || ' – ' ||
						coalesce(to_char(upper(b.during) - 1, 'YYYY-MM-DD'), '') AS text, b.source AS note, NULL AS href
					FROM app.blacklist_period b WHERE b.county = ${county} AND b.uscc = ${code} ORDER BY b.during DESC`
				),
				read(
					'recusals',
					sql<Row>`SELECT r.inspector AS text, ${personal ? sql`r.reason` : sql`'***'`} AS note,
						'/registry/inspector/' || ${place('r.inspector')} AS href
					FROM app.recusal r WHERE r.county = ${county} AND r.uscc = ${code} ORDER BY r.inspector LIMIT ${MOST}`
				)
			]);
		case 'inspector':
			return Promise.all([
				read(
					'recusals',
					sql<Row>`SELECT p.name AS text, ${personal ? sql`r.reason` : sql`'***'`} AS note,
						'/registry/party/' || r.uscc AS href
					FROM app.recusal r JOIN app.party p ON p.county = r.county AND p.uscc = r.uscc
					WHERE r.county = ${county} AND r.inspector = ${code} ORDER BY p.name LIMIT ${MOST}`
				),
				read(
					'crews',
					sql<Row>`SELECT DISTINCT to_char(m.day, 'YYYY-MM-DD') AS text, m.route AS note, '/crews/' || m.draw AS href
					FROM app.crew_member m WHERE m.county = ${county} AND m.inspector = ${code} AND NOT m.gone
					ORDER BY 1 DESC LIMIT ${MOST}`
				)
			]);
		case 'office':
			return Promise.all([
				read(
					'inspectors',
					sql<Row>`SELECT ${personal ? sql`i.name` : sql`i.code`} AS text, array_to_string(i.scopes, '、') AS note,
						'/registry/inspector/' || ${place('i.code')} AS href
					FROM app.inspector i WHERE i.county = ${county} AND i.office = ${code} ORDER BY i.code LIMIT ${MOST}`
				)
			]);
		case 'item':
			return Promise.all([
				read(
					'tasks',
					sql<Row>`SELECT k.title AS text, k.year::text AS note, '/annual/' || k.year AS href
					FROM app.task k WHERE k.county = ${county} AND ${code} = ANY (k.items) ORDER BY k.year DESC, k.number LIMIT ${MOST}`
				)
			]);
		default:
			return [];
	}
}
