// The small directories: parties, offices, inspectors, items. Current rows are updated in place; the report, the root
// and the ledger entry keep the trace. Columns that a file does not have leave what is stored as it is.
import { sql, type RawBuilder } from 'kysely';
import type { Json } from '../../core/bytes/canonical';
import { compareUtf8 } from '../../core/bytes/compare';
import type { InspectorRow } from '../../core/registry/inspector-row';
import type { ItemRow } from '../../core/registry/item-row';
import type { PartyRow } from '../../core/registry/party-row';
import { rowTree } from './row-tree';
import type { Counts, Run } from './run';
import { stagedRows } from './stage';

interface Located {
	file: string;
	line: number;
}
type OfficeRow = Located & { code: string; name: string; townships: string[]; lon: number; lat: number };

/** Rows whose key stood in an earlier row are refused. */
function unique<T extends Located>(
	{ findings }: Run,
	rows: T[],
	field: string,
	key: (row: T) => string
): T[] {
	const first = new Map<string, number>();
	return rows.filter((row) => {
		const seen = first.get(key(row));
		if (seen === undefined) return first.set(key(row), row.line);
		const values = { line: seen, value: key(row) };
		findings.refused.push({ file: row.file, line: row.line, field, rule: 'duplicate', values });
		return false;
	});
}

type Upserted = { code: string; added: boolean };

/** Counts, and the root over the rows that `changed` names. */
function counted<T extends Located>(
	rows: T[],
	key: (row: T) => string,
	changed: readonly Upserted[]
): Counts {
	const fresh = new Map(changed.map(({ code, added }) => [code, added]));
	const tree = rowTree();
	for (const row of rows.filter((row) => fresh.has(key(row))).sort((a, b) => compareUtf8(key(a), key(b)))) {
		const { file: _file, line: _line, ...content } = row;
		tree.add(content as unknown as Record<string, Json>);
	}
	const added = [...fresh.values()].filter(Boolean).length;
	return { added, changed: fresh.size - added, unchanged: rows.length - fresh.size, root: tree.root() };
}

async function upsert({ trx }: Run, statement: RawBuilder<Upserted>): Promise<Upserted[]> {
	return (await statement.execute(trx)).rows;
}

export async function importParties(run: Run): Promise<Counts> {
	const { trx, county, findings } = run;
	const staged = await stagedRows<PartyRow & Located>(run.path, findings);
	const all = unique(run, staged, 'uscc', (row) => row.uscc);
	const listed = all.flatMap(({ uscc, line, blacklist }) =>
		blacklist ? [{ uscc, line, ...blacklist }] : []
	);
	const periods = sql`(SELECT uscc, line, source, daterange("from"::date, NULLIF("to", '')::date, '[]') AS during
		FROM json_to_recordset(${JSON.stringify(listed)}::json) AS j(uscc text, line integer, "from" text, "to" text, source text))`;
	const { rows: overlapping } = await sql<{ line: number; uscc: string; value: string }>`
		SELECT n.line, n.uscc, b.during::text AS value FROM ${periods} AS n
		JOIN app.blacklist_period AS b ON b.county = ${county.code} AND b.uscc = n.uscc AND b.during && n.during
		WHERE lower(b.during) <> lower(n.during)`.execute(trx);
	for (const { uscc, line, value } of overlapping) {
		const { file } = all.find((row) => row.uscc === uscc)!;
		findings.refused.push({ file, line, field: 'blacklist_from', rule: 'period_overlap', values: { value } });
	}
	const barred = new Set(overlapping.map(({ uscc }) => uscc));
	const rows = all.filter((row) => !barred.has(row.uscc));
	const changed = await upsert(
		run,
		sql`
		INSERT INTO app.party (county, uscc, name, credit_grade, address, contact_masked, hours)
		SELECT ${county.code}, j.uscc, j.name, COALESCE(j."creditGrade", p.credit_grade, 'B'),
			COALESCE(j.address, p.address), COALESCE(j."contactMasked", p.contact_masked),
			COALESCE(j.hours, p.hours, '')
		FROM json_to_recordset(${JSON.stringify(rows)}::json)
			AS j(uscc text, name text, "creditGrade" text, address text, "contactMasked" text, hours text)
		LEFT JOIN app.party AS p ON p.county = ${county.code} AND p.uscc = j.uscc
		ON CONFLICT (county, uscc) DO UPDATE SET name = excluded.name, credit_grade = excluded.credit_grade,
			address = excluded.address, contact_masked = excluded.contact_masked, hours = excluded.hours,
			removed_at = NULL
		WHERE (party.name, party.credit_grade, party.address, party.contact_masked, party.hours, party.removed_at)
			IS DISTINCT FROM (excluded.name, excluded.credit_grade, excluded.address, excluded.contact_masked, excluded.hours, NULL)
		RETURNING uscc AS code, xmax = 0 AS added`
	);
	const lists = await blacklist(run, periods, [...barred]);
	const known = new Set(changed.map(({ code }) => code));
	const more = lists.filter((code) => !known.has(code)).map((code) => ({ code, added: false }));
	return counted(rows, (row) => row.uscc, [...changed, ...more]);
}

/** A period that begins on the same day is the same one, with a new end or source. Answers the parties it touched. */
async function blacklist(
	{ trx, county }: Run,
	periods: RawBuilder<unknown>,
	barred: string[]
): Promise<string[]> {
	const { rows: updated } = await sql<{ uscc: string }>`
		UPDATE app.blacklist_period AS b SET during = n.during, source = n.source FROM ${periods} AS n
		WHERE b.county = ${county.code} AND b.uscc = n.uscc AND lower(b.during) = lower(n.during)
			AND n.uscc <> ALL (${barred}) AND (b.during <> n.during OR b.source <> n.source)
		RETURNING b.uscc`.execute(trx);
	const { rows: inserted } = await sql<{ uscc: string }>`
		INSERT INTO app.blacklist_period (county, uscc, during, source)
		SELECT ${county.code}, n.uscc, n.during, n.source FROM ${periods} AS n
		WHERE n.uscc <> ALL (${barred}) AND NOT EXISTS (SELECT FROM app.blacklist_period AS b
			WHERE b.county = ${county.code} AND b.uscc = n.uscc AND lower(b.during) = lower(n.during))
		RETURNING uscc`.execute(trx);
	return [...updated, ...inserted].map(({ uscc }) => uscc);
}

export async function importOffices(run: Run): Promise<Counts> {
	const rows = unique(run, await stagedRows<OfficeRow>(run.path, run.findings), 'code', (row) => row.code);
	const changed = await upsert(
		run,
		sql`
		INSERT INTO app.office (county, code, name, townships, department, point)
		SELECT ${run.county.code}, code, name, townships, department, ST_SetSRID(ST_MakePoint(lon, lat), 4490)
		FROM json_to_recordset(${JSON.stringify(rows)}::json)
			AS j(code text, name text, townships text[], department text, lon double precision, lat double precision)
		ON CONFLICT (county, code) DO UPDATE
			SET name = excluded.name, townships = excluded.townships, department = excluded.department, point = excluded.point
		WHERE office.name <> excluded.name OR office.townships <> excluded.townships
			OR office.department <> excluded.department OR NOT office.point = excluded.point
		RETURNING code, xmax = 0 AS added`
	);
	// Nanodegrees: a leaf has whole numbers only.
	const exact = rows.map((row) => ({
		...row,
		lon: Math.round(row.lon * 1e9),
		lat: Math.round(row.lat * 1e9)
	}));
	return counted(exact, (row) => row.code, changed);
}

export async function importInspectors(run: Run): Promise<Counts> {
	const { trx, county, findings } = run;
	const staged = await stagedRows<InspectorRow & Located>(run.path, findings);
	const distinct = unique(run, staged, 'code', (row) => row.code);
	const all = unique(run, distinct, 'certificate', (row) => row.certificate);
	const holders = await trx
		.selectFrom('app.inspector')
		.select(['code', 'certificate'])
		.where('county', '=', county.code)
		.execute();
	const holderOf = new Map(holders.map(({ code, certificate }) => [certificate, code]));
	const rows = all.filter(({ file, line, code, certificate }) => {
		const holder = holderOf.get(certificate) ?? code;
		if (holder === code) return true;
		const values = { value: certificate, holder };
		findings.refused.push({ file, line, field: 'certificate', rule: 'certificate_taken', values });
		return false;
	});
	const changed = await upsert(
		run,
		sql`
		INSERT INTO app.inspector (county, code, name, office, home_townships, scopes, lead, certificate, issuer,
			certificate_valid)
		SELECT ${county.code}, j.code, j.name, j.office,
			CASE WHEN cardinality(j."homeTownships") > 0 THEN j."homeTownships" ELSE o.townships END,
			j.scopes, j.lead, j.certificate, j.issuer, daterange(j."validFrom"::date, j."validTo"::date, '[]')
		FROM json_to_recordset(${JSON.stringify(rows)}::json) AS j(code text, name text, office text,
			"homeTownships" text[], scopes text[], lead boolean, certificate text, issuer text, "validFrom" text, "validTo" text)
		JOIN app.office AS o ON o.county = ${county.code} AND o.code = j.office
		ON CONFLICT (county, code) DO UPDATE SET name = excluded.name, office = excluded.office,
			home_townships = excluded.home_townships, scopes = excluded.scopes, lead = excluded.lead,
			certificate = excluded.certificate, issuer = excluded.issuer, certificate_valid = excluded.certificate_valid
		WHERE (inspector.name, inspector.office, inspector.home_townships, inspector.scopes, inspector.lead,
				inspector.certificate, inspector.issuer, inspector.certificate_valid)
			IS DISTINCT FROM (excluded.name, excluded.office, excluded.home_townships, excluded.scopes, excluded.lead,
				excluded.certificate, excluded.issuer, excluded.certificate_valid)
		RETURNING code, xmax = 0 AS added`
	);
	return counted(rows, (row) => row.code, changed);
}

export async function importItems(run: Run): Promise<Counts> {
	const rows = unique(
		run,
		await stagedRows<ItemRow & Located>(run.path, run.findings),
		'code',
		(row) => row.code
	);
	const changed = await upsert(
		run,
		sql`
		INSERT INTO app.item (county, code, name, kind, content, basis, method, category, scopes, minutes, source,
			body, departments, notice_days, template)
		SELECT ${run.county.code}, j.code, j.name, j.kind, j.content, j.basis, j.method, j.category, j.scopes, j.minutes,
			j.source, COALESCE(j.body, i.body, ''), COALESCE(j.departments, i.departments, '{}'),
			COALESCE(j."noticeDays", i.notice_days, 0), COALESCE(j.template, i.template)
		FROM json_to_recordset(${JSON.stringify(rows)}::json) AS j(code text, name text, kind text, content text,
			basis text, method text, category text, scopes text[], minutes integer, source text, body text,
			departments text[], "noticeDays" integer, template jsonb)
		LEFT JOIN app.item AS i ON i.county = ${run.county.code} AND i.code = j.code
		ON CONFLICT (county, code) DO UPDATE SET name = excluded.name, kind = excluded.kind, content = excluded.content,
			basis = excluded.basis, method = excluded.method, category = excluded.category, scopes = excluded.scopes,
			minutes = excluded.minutes, source = excluded.source, body = excluded.body,
			departments = excluded.departments, notice_days = excluded.notice_days, template = excluded.template
		WHERE (item.name, item.kind, item.content, item.basis, item.method, item.category, item.scopes, item.minutes,
				item.source, item.body, item.departments, item.notice_days, item.template)
			IS DISTINCT FROM (excluded.name, excluded.kind, excluded.content, excluded.basis, excluded.method,
				excluded.category, excluded.scopes, excluded.minutes, excluded.source, excluded.body,
				excluded.departments, excluded.notice_days, excluded.template)
		RETURNING code, xmax = 0 AS added`
	);
	return counted(rows, (row) => row.code, changed);
}
