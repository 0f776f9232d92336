// What changed the directories: imports of files and changes by hand, newest first, and whether they still hold.
import { sql } from 'kysely';
import type { Database } from '../db/database';

export interface ImportNote {
	id: number;
	kind: string;
	at: Date;
	/** Name of the account; what stands for it where there is none. */
	by: string | null;
	files: { name: string; rows: number }[];
	/** Of a change by hand: what it was for. */
	note: string | null;
	added: number;
	changed: number;
	unchanged: number;
	refused: number;
	ledgerSeq: number | null;
	undone: { at: Date; by: string | null; reason: string; ledgerSeq: number | null } | null;
}

const PAGE = 50;

interface ImportsPage {
	rows: ImportNote[];
	total: number;
	page: number;
	pages: number;
}

export async function listImports(
	db: Database,
	county: string,
	{ kind, page: asked }: { kind: string; page: number }
): Promise<ImportsPage> {
	const scope = sql`FROM app.import i WHERE i.county = ${county} ${kind ? sql`AND i.kind = ${kind}` : sql``}`;
	const { rows: counted } = await sql<{ total: number }>`SELECT count(*)::integer AS total ${scope}`.execute(
		db
	);
	const total = counted[0]?.total ?? 0;
	const pages = Math.max(1, Math.ceil(total / PAGE));
	const page = Math.min(Math.max(1, asked), pages);
	const name = (column: string) =>
		sql`coalesce((SELECT u.name FROM auth."user" u WHERE u.id = ${sql.ref(column)}), ${sql.ref(column)})`;
	const figure = (key: string) => sql`coalesce((i.report ->> ${key})::integer, 0)`;
	const { rows } = await sql<
		ImportNote & { undoneAt: Date | null; undoneBy: string; reason: string; undoneSeq: number }
	>`
		SELECT i.id, i.kind, i.created_at AS at, ${name('i.created_by')} AS by,
			ARRAY(SELECT jsonb_build_object('name', f ->> 'name', 'rows', f -> 'rows') FROM jsonb_array_elements(i.files) f) AS files,
			i.options ->> 'note' AS note, ${figure('added')} AS added, ${figure('changed')} AS changed,
			${figure('unchanged')} AS unchanged, ${figure('refusedRows')} AS refused, i.ledger_seq AS "ledgerSeq",
			i.undone_at AS "undoneAt", ${name('i.undone_by')} AS "undoneBy", i.undone_reason AS reason, i.undone_seq AS "undoneSeq"
		${scope} ORDER BY i.created_at DESC, i.id DESC LIMIT ${PAGE} OFFSET ${(page - 1) * PAGE}`.execute(db);
	return {
		rows: rows.map(({ undoneAt, undoneBy, reason, undoneSeq, ...row }) => ({
			...row,
			undone: undoneAt && { at: undoneAt, by: undoneBy, reason, ledgerSeq: undoneSeq }
		})),
		...{ total, page, pages }
	};
}
