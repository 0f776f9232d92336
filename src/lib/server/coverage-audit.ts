// 抽取审计: our own batches that count as lists an audit can look at: the frame in its order with the promised chances, the
// office and the registration of each row, and who was drawn (before substitution: the audit is of the draw).
import { sql } from 'kysely';
import { auditOf, type Audit } from '../core/audit/audit';
import type { Batch } from '../core/audit/list';
import { coverageVersion } from './coverage';
import type { Database } from './db/database';

export interface OwnAudit extends Audit {
	names: string[];
	/** Left out of the frames, by the reason that was recorded. */
	excluded: { reason: string; count: number }[];
}

const kept = new Map<string, { version: string; audit: Promise<OwnAudit> }>();

/** The audit of one state of the county is made once. */
export async function auditOwn(db: Database, county: string, at: Date): Promise<OwnAudit> {
	const version = await coverageVersion(db, county, at);
	const known = kept.get(county);
	if (known?.version === version) return known.audit;
	const audit = readOwn(db, county);
	kept.set(county, { version, audit });
	audit.catch(() => kept.delete(county));
	return audit;
}

const UNIT = 2 ** 30;
const counts = sql`d.source = 'own' AND d.assurance <> 'trial' AND d.state IN ('drawn', 'revealed')`;

async function readOwn(db: Database, county: string): Promise<OwnAudit> {
	const { rows: draws } = await sql<{ id: number; name: string }>`
		SELECT d.id, p.name FROM app.draw d JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		WHERE d.county = ${county} AND ${counts} ORDER BY d.id`.execute(db);
	const { rows: offices } = await sql<{ code: string; townships: string[] }>`
		SELECT code, townships FROM app.office WHERE county = ${county} AND department = '' ORDER BY code COLLATE "C"`.execute(
		db
	);
	const officeOf = new Map(offices.flatMap(({ code, townships }) => townships.map((town) => [town, code])));
	const registered = await registrations(db, county);
	const batches: Batch[] = [];
	for (const { id, name } of draws) {
		// Apart, and not joined: right after a large draw there are no statistics of its rows.
		const drawn = new Set(
			(
				await sql<{ target: string }>`SELECT target FROM app.drawn
					WHERE county = ${county} AND draw = ${id} AND role = 'original'`.execute(db)
			).rows.map(({ target }) => target)
		);
		const { rows } = await sql<{ target: string; township: string; mass: number }>`
			SELECT target, township, mass FROM app.frame WHERE county = ${county} AND draw = ${id}
			ORDER BY target COLLATE "C"`.execute(db);
		batches.push({
			name,
			rows: rows.map(({ target, township, mass }) => ({
				...{ id: target, office: officeOf.get(township) ?? '', registered: registered.get(target) ?? null },
				...{ drawn: drawn.has(target), chance: Number(mass) / UNIT, inspectors: [] }
			}))
		});
	}
	const { rows: excluded } = await sql<{ reason: string; count: number }>`
		SELECT e.reason, count(*)::integer AS count FROM app.excluded e
		JOIN app.draw d ON d.county = e.county AND d.id = e.draw
		WHERE e.county = ${county} AND ${counts} GROUP BY e.reason ORDER BY count DESC`.execute(db);
	return { ...auditOf(batches), names: draws.map(({ name }) => name), excluded };
}

/** What the papers say (有效期起, 批准日期), else the day the target came into the registry. */
async function registrations(db: Database, county: string): Promise<Map<string, string>> {
	const { rows } = await sql<{ code: string; day: string }>`
		SELECT code, coalesce(min(attributes ->> '有效期起'), min(attributes ->> '批准日期'),
			to_char(min(lower(valid)) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')) AS day
		FROM app.target WHERE county = ${county} GROUP BY code`.execute(db);
	return new Map(
		rows.filter(({ day }) => /^\d{4}-\d{2}-\d{2}/.test(day)).map(({ code, day }) => [code, day])
	);
}

/** For the groups of the audit, which are codes. */
export async function officeNamesByCode(db: Database, county: string): Promise<Record<string, string>> {
	const rows = await db
		.selectFrom('app.office')
		.select(['code', 'name'])
		.where('county', '=', county)
		.execute();
	return Object.fromEntries(rows.map(({ code, name }) => [code, name]));
}
