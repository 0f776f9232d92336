// Writes judged rows over what the directories hold. Targets get a new version; of the others triggers keep the old one.
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { EditableList } from '../../schema/directory';
import { oneChanged } from '../db/change-one';
import type { DB } from '../db/schema';
import type { Judged } from './edit-judge';

export async function writeRows(
	trx: Transaction<DB>,
	county: string,
	list: EditableList,
	rows: readonly Judged[],
	change: { import: number; at: Date }
): Promise<void> {
	const given = JSON.stringify(rows.map(({ value }) => value));
	const written = await statementOf(county, list, given, change).execute(trx);
	const count = Number(written.numAffectedRows ?? 0n);
	// A row policy hides rows without a word.
	if (count !== rows.length) oneChanged(BigInt(count), `app.${list}: ${rows.length} rows`);
}

function statementOf(
	county: string,
	list: EditableList,
	given: string,
	{ import: id, at }: { import: number; at: Date }
): RawBuilder<unknown> {
	switch (list) {
		case 'mining_right':
		case 'land_parcel':
			return sql`WITH j AS (SELECT * FROM json_to_recordset(${given}::json) AS r(code text, name text, party text, status text)),
				ended AS (UPDATE app.target AS t SET valid = tstzrange(lower(t.valid), ${at}) FROM j
					WHERE t.county = ${county} AND t.code = j.code AND upper_inf(t.valid) RETURNING t.*)
				INSERT INTO app.target (county, code, kind, name, party, geom, point, x_m, y_m, area_m2, cell, township, status,
					attributes, import, valid)
				SELECT t.county, t.code, t.kind, coalesce(j.name, t.code), j.party, t.geom, t.point, t.x_m, t.y_m, t.area_m2, t.cell,
					t.township, coalesce(j.status, t.status), t.attributes, ${id}, tstzrange(${at}, NULL)
				FROM ended AS t JOIN j ON j.code = t.code`;
		case 'party':
			return sql`UPDATE app.party AS t SET name = j.name, credit_grade = coalesce(j."creditGrade", t.credit_grade),
				address = j.address, contact_masked = j."contactMasked", hours = coalesce(j.hours, '')
				FROM json_to_recordset(${given}::json) AS j(uscc text, name text, "creditGrade" text, address text, "contactMasked" text, hours text)
				WHERE t.county = ${county} AND t.uscc = j.uscc`;
		case 'inspector':
			return sql`UPDATE app.inspector AS t SET name = j.name, office = j.office, scopes = j.scopes, lead = j.lead,
				home_townships = CASE WHEN cardinality(j."homeTownships") > 0 THEN j."homeTownships" ELSE o.townships END,
				certificate = j.certificate, issuer = j.issuer,
				certificate_valid = daterange(j."validFrom"::date, j."validTo"::date, '[]')
				FROM json_to_recordset(${given}::json) AS j(code text, name text, office text, "homeTownships" text[], scopes text[],
					lead boolean, certificate text, issuer text, "validFrom" text, "validTo" text)
				JOIN app.office AS o ON o.county = ${county} AND o.code = j.office
				WHERE t.county = ${county} AND t.code = j.code`;
		case 'item':
			return sql`UPDATE app.item AS t SET name = j.name, kind = j.kind, content = j.content, basis = j.basis, method = j.method,
				category = j.category, scopes = j.scopes, minutes = j.minutes, source = j.source,
				body = coalesce(j.body, ''), departments = coalesce(j.departments, '{}'),
				notice_days = coalesce(j."noticeDays", 0),
				valid = daterange(nullif(j."basisFrom", '')::date, nullif(j."basisTo", '')::date, '[]')
				FROM json_to_recordset(${given}::json) AS j(code text, name text, kind text, content text, basis text, method text,
					category text, scopes text[], minutes integer, source text, body text, departments text[], "noticeDays" integer,
						"basisFrom" text, "basisTo" text)
				WHERE t.county = ${county} AND t.code = j.code`;
		case 'office':
			return sql`UPDATE app.office AS t SET name = j.name, townships = j.townships, department = j.department
				FROM json_to_recordset(${given}::json) AS j(code text, name text, townships text[], department text)
				WHERE t.county = ${county} AND t.code = j.code`;
	}
}
