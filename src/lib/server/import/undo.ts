// Takes a whole import back: what it added ends, what it changed or closed holds again as it was. Nothing is erased: the
// undo is one more change at its own instant, so the directory of any day between stays what it was then.
// Refused, with the reason, where a later change or a frozen frame stands on what the import brought.
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { County } from '../county';
import { changeOne } from '../db/change-one';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import { nameChange } from '../registry/change';
import { restoreKept } from './undo-kept';
import { Refused, type Counted, type UndoneImport, type UndoRefusal } from './undo-outcome';

interface Undone {
	ok: true;
	/** Rows that ended, and rows that hold again. */
	ended: number;
	restored: number;
	ledgerSeq: number;
}

interface UndoCall {
	county: County;
	import: number;
	reason: string;
	at: Date;
	actor: string;
}

export async function undoImport(db: Database, call: UndoCall): Promise<Undone | UndoRefusal> {
	try {
		return await db.transaction().execute((trx) => undo(trx, call));
	} catch (error) {
		if (error instanceof Refused) return error.refusal;
		throw error;
	}
}

async function undo(trx: Transaction<DB>, call: UndoCall): Promise<Undone> {
	const { county, at, actor, reason } = call;
	await sql`SELECT FROM app.county WHERE code = ${county.code} FOR NO KEY UPDATE`.execute(trx);
	await nameChange(trx, { import: null, at });
	const row = await trx
		.selectFrom('app.import')
		.select(['id', 'kind', 'created_at as createdAt', 'undone_at as undoneAt', 'root'])
		.where('county', '=', county.code)
		.where('id', '=', call.import)
		.executeTakeFirst();
	if (!row) throw new Refused({ ok: false, reason: 'unknown' });
	if (row.undoneAt) throw new Refused({ ok: false, reason: 'undone_before' });
	if (row.createdAt >= at) throw new Refused({ ok: false, reason: 'clock_behind' });
	const undone: UndoneImport = { id: row.id, kind: row.kind, createdAt: row.createdAt };
	await refuseFrozen(trx, county.code, undone);
	const counts = [
		await restoreVersions(trx, call, undone, 'township'),
		await restoreVersions(trx, call, undone, 'target'),
		await restoreKept(trx, county.code, at, undone),
		await restoreRoads(trx, call, undone)
	];
	const ended = counts.reduce((sum, count) => sum + count.ended, 0);
	const restored = counts.reduce((sum, count) => sum + count.restored, 0);
	const ledgerSeq = await append(trx, county.code, {
		...{ type: 'import.undone', at: at.toISOString(), actor, import: undone.id, kind: undone.kind },
		...{ reason, root: row.root, ended, restored }
	});
	await changeOne(
		trx
			.updateTable('app.import')
			.set({ undone_at: at, undone_by: actor, undone_reason: reason, undone_seq: ledgerSeq })
			.where('id', '=', undone.id)
	);
	return { ok: true, ended, restored, ledgerSeq };
}

/** Codes of the targets whose rows, holder, place or township an import touched. */
const touched = (county: string, { id, kind, createdAt }: UndoneImport): RawBuilder<unknown> => sql`
	SELECT code FROM app.target WHERE county = ${county} AND import = ${id}
	UNION SELECT t.code FROM app.target t JOIN app.directory_version v ON v.county = t.county
		AND v.directory IN ('party', 'blacklist_period') AND split_part(v.code, ' ', 1) = t.party
	WHERE t.county = ${county} AND v.import = ${id} AND t.valid && tstzrange(${createdAt}, NULL)
	${
		kind === 'township'
			? sql`UNION SELECT t.code FROM app.target t JOIN app.township w ON w.county = t.county
				AND w.code = t.township AND lower(w.valid) = ${createdAt} WHERE t.county = ${county}`
			: sql``
	}`;

/** A frame frozen since then that holds such a target, a draw of crews that holds such an inspector. */
async function refuseFrozen(trx: Transaction<DB>, county: string, undone: UndoneImport): Promise<void> {
	const { rows } = await sql<{ draw: number; count: number }>`
		WITH touched AS MATERIALIZED (${touched(county, undone)})
		SELECT d.id AS draw, count(*)::integer AS count FROM app.draw d
		LEFT JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
		JOIN LATERAL (SELECT target FROM app.frame f WHERE f.county = d.county AND f.draw = d.id
			UNION SELECT target FROM app.excluded e WHERE e.county = d.county AND e.draw = d.id) AS held ON true
		JOIN touched ON touched.code = held.target
		WHERE d.county = ${county} AND d.assurance <> 'trial' AND d.state NOT IN ('void', 'aborted')
			AND coalesce(c.frozen_at, d.drawn_at) >= ${undone.createdAt}
		GROUP BY d.id ORDER BY d.id LIMIT 1`.execute(trx);
	if (rows[0]) throw new Refused({ ok: false, reason: 'frozen_frame', ...rows[0] });
	if (undone.kind !== 'inspector') return;
	const { rows: crews } = await sql<{ draw: number; count: number }>`
		SELECT x.draw, count(*)::integer AS count FROM app.crew_inspector x
		JOIN app.crew_ceremony c ON c.county = x.county AND c.draw = x.draw AND c.frozen_at >= ${undone.createdAt}
		JOIN app.directory_version v ON v.county = x.county AND v.directory = 'inspector' AND v.code = x.inspector
			AND v.import = ${undone.id}
		WHERE x.county = ${county} GROUP BY x.draw ORDER BY x.draw LIMIT 1`.execute(trx);
	if (crews[0]) throw new Refused({ ok: false, reason: 'crew_draw', ...crews[0] });
}

/** What tells by which change a version came; of a township it is the layer. */
const markOf = { target: 'import', township: 'source' } as const;

/** Versions that began with the import end now; those that ended then begin again. */
async function restoreVersions(
	trx: Transaction<DB>,
	{ county, at }: UndoCall,
	{ id, kind, createdAt }: UndoneImport,
	table: keyof typeof markOf
): Promise<Counted> {
	if (!(table === 'target' ? ['mining_right', 'land_parcel', 'township'] : ['township']).includes(kind))
		return { ended: 0, restored: 0 };
	const rows = sql.table(`app.${table}`);
	const mark = sql.ref(markOf[table]);
	const own = table === 'target' ? sql`import = ${id}` : sql`true`;
	// brought: false where the import only ended a row. A row that came back by a later undo carries its old mark.
	await sql`CREATE TEMP TABLE undo_row ON COMMIT DROP AS
		SELECT code, bool_or(lower(valid) = ${createdAt}) AS brought,
			max(${mark}) FILTER (WHERE lower(valid) = ${createdAt}) AS mark FROM ${rows}
		WHERE county = ${county.code} AND (lower(valid) = ${createdAt} AND ${own}
			${table === 'township' ? sql`OR upper(valid) = ${createdAt}` : sql``}) GROUP BY code`.execute(trx);
	const { rows: later } = await sql<{ code: string | null; count: number }>`
		SELECT min(u.code) AS code, count(*)::integer AS count FROM undo_row AS u
		LEFT JOIN ${rows} AS c ON c.county = ${county.code} AND c.code = u.code AND upper_inf(c.valid)
		WHERE c.code IS NULL AND u.brought OR c.${mark} IS DISTINCT FROM u.mark`.execute(trx);
	if (later[0]?.code)
		throw new Refused({ ok: false, reason: 'changed_later', code: later[0].code, count: later[0].count });
	await sql`CREATE TEMP TABLE undo_before ON COMMIT DROP AS SELECT p.* FROM ${rows} AS p JOIN undo_row AS u ON u.code = p.code
		WHERE p.county = ${county.code} AND upper(p.valid) = ${createdAt}`.execute(trx);
	const { numAffectedRows: ended } =
		await sql`UPDATE ${rows} AS t SET valid = tstzrange(lower(t.valid), ${at}) FROM undo_row AS u
		WHERE t.county = ${county.code} AND t.code = u.code AND upper_inf(t.valid)`.execute(trx);
	await sql`UPDATE undo_before SET valid = tstzrange(${at}, NULL)`.execute(trx);
	const { numAffectedRows: restored } = await sql`INSERT INTO ${rows} SELECT * FROM undo_before`.execute(trx);
	await sql`DROP TABLE undo_row, undo_before`.execute(trx);
	return { ended: Number(ended ?? 0), restored: Number(restored ?? 0) };
}

/** The layer before comes again as the newest one. */
async function restoreRoads(
	trx: Transaction<DB>,
	{ county, at }: UndoCall,
	{ id, kind }: UndoneImport
): Promise<Counted> {
	const none = { ended: 0, restored: 0 };
	if (kind !== 'road') return none;
	const { rows } = await sql<{ import: number | null; brought: boolean }>`
		SELECT import, (SELECT count(*) > 0 FROM app.road_layer WHERE county = ${county.code} AND import = ${id}) AS brought
		FROM app.road_layer WHERE county = ${county.code} ORDER BY id DESC LIMIT 1`.execute(trx);
	if (!rows[0]?.brought) return none;
	if (rows[0].import !== id) throw new Refused({ ok: false, reason: 'changed_later', code: '', count: 1 });
	const { numAffectedRows } = await sql`
		INSERT INTO app.road_layer (county, import, hash, nodes, edges, metres, left_out, provenance, licence, graph, created_at)
		SELECT county, import, hash, nodes, edges, metres, left_out, provenance, licence, graph, ${at} FROM app.road_layer
		WHERE county = ${county.code} AND import IS DISTINCT FROM ${id} ORDER BY id DESC LIMIT 1`.execute(trx);
	if (!numAffectedRows) throw new Refused({ ok: false, reason: 'no_earlier_roads' });
	return { ended: 1, restored: 1 };
}
