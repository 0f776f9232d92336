// Everything that one row of a directory ever was: its versions, newest first, what changed in each and what brought it.
import { sql } from 'kysely';
import type { Database } from '../db/database';
import type { ListName } from './lists';

export interface RowVersion {
	from: Date | null;
	to: Date | null;
	/** The change that brought it; null: from before changes were noted. */
	import: number | null;
	/** By hand, and what for. */
	note: string | null;
	/** The change whose undoing brought it back. */
	undo: number | null;
	ledgerSeq: number | null;
	by: string | null;
	/** Field → value before and after; of the first version what it had. */
	changes: { field: string; before: string | null; after: string | null }[];
}

interface RowHistory {
	name: string;
	/** False when the row has left the directory. */
	current: boolean;
	content: Record<string, string | null>;
	versions: RowVersion[];
}

interface Version extends Omit<RowVersion, 'changes'> {
	content: Record<string, unknown>;
}

/** null: no row ever had this code. personal: whether people may be named. */
export async function rowHistory(
	db: Database,
	county: string,
	{ list, code, personal }: { list: ListName; code: string; personal: boolean }
): Promise<RowHistory | null> {
	const { rows: versions } = await versionsOfRow(county, list, code).execute(db);
	const last = versions[0];
	if (!last) return null;
	const hidden = personal ? [] : list === 'inspector' ? ['name', 'certificate'] : ['reason'];
	const shown = versions.map((version) => flat(version.content, hidden));
	return {
		name: shown[0]!.name ?? code,
		current: last.to === null && !shown[0]!.removed_at,
		content: shown[0]!,
		versions: versions.map(({ content: _, ...version }, i) => ({
			...version,
			changes: differences(shown[i + 1] ?? null, shown[i]!)
		}))
	};
}

/** Versions v, with what brought them: a change c, or the undoing of a later one u. */
function versionsOfRow(county: string, list: ListName, code: string) {
	const target = list === 'mining_right' || list === 'land_parcel';
	const kept = !target && list !== 'township';
	const outline = sql`'outline', left(encode(sha256(ST_AsBinary(v.geom)), 'hex'), 12)`;
	const content = target
		? sql`jsonb_build_object('name', v.name, 'party', v.party, 'status', v.status, 'township', coalesce(
				(SELECT w.name FROM app.current_township w WHERE w.county = v.county AND w.code = v.township), v.township),
			'area_ha', round((v.area_m2 / 10000)::numeric, 4), ${outline}) || v.attributes`
		: list === 'township'
			? sql`jsonb_build_object('name', v.name, 'area_km2', round((v.area_m2 / 1000000)::numeric, 2), ${outline})`
			: sql`v.content`;
	const from = kept
		? sql`app.directory_version v LEFT JOIN app.import c ON c.county = v.county AND c.id = v.import
			WHERE v.directory = ${list}`
		: target
			? sql`app.target v LEFT JOIN app.import c ON c.county = v.county AND c.id = v.import AND c.created_at = lower(v.valid)
				WHERE v.kind = ${list}`
			: sql`app.township v LEFT JOIN app.import c ON c.county = v.county AND c.kind = 'township'
				AND c.created_at = lower(v.valid) WHERE true`;
	const back = sql`(SELECT u.id FROM app.import u WHERE u.county = ${county} AND u.undone_at = lower(v.valid) LIMIT 1)`;
	const account = kept ? sql`coalesce(c.created_by, nullif(v.changed_by, ''))` : sql`c.created_by`;
	return sql<Version>`
		SELECT r."from", r."to", r.import, r.note, r.undo, r.content,
			coalesce(r.seq, (SELECT u.undone_seq FROM app.import u WHERE u.id = r.undo)) AS "ledgerSeq",
			coalesce((SELECT a.name FROM auth."user" a WHERE a.id = r.account), r.account) AS by
		FROM (SELECT lower(v.valid) AS "from", upper(v.valid) AS "to", c.id AS import, c.options ->> 'note' AS note,
				c.ledger_seq AS seq, CASE WHEN c.id IS NULL THEN ${back} END AS undo,
				CASE WHEN c.id IS NULL THEN coalesce((SELECT u.undone_by FROM app.import u WHERE u.id = ${back}), ${account})
					ELSE ${account} END AS account, ${content} AS content
			FROM ${from} AND v.county = ${county} AND v.code = ${code}) AS r
		ORDER BY r."from" DESC NULLS LAST`;
}

/** One text per field, empty ones left out. */
function flat(content: Record<string, unknown>, hidden: readonly string[]): Record<string, string | null> {
	const text = (value: unknown) =>
		Array.isArray(value) && value.every((one) => typeof one === 'string')
			? value.join('、')
			: typeof value === 'object'
				? JSON.stringify(value)
				: String(value);
	return Object.fromEntries(
		Object.entries(content)
			.filter(([, value]) => value !== null && value !== '')
			.map(([field, value]) => [field, hidden.includes(field) ? '***' : text(value)])
	);
}

function differences(before: Record<string, string | null> | null, after: Record<string, string | null>) {
	const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after)]);
	return [...fields]
		.sort()
		.map((field) => ({ field, before: before?.[field] ?? null, after: after[field] ?? null }))
		.filter((change) => change.before !== change.after);
}
