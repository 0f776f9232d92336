// What each directory shows: its columns in SQL, what may be filtered, searched and summed. Columns are named here and
// nowhere else, so a request can only ask for what is listed.
import { sql } from 'kysely';
import { dayOf, rowsOf, versionsOf } from './as-of';
import { blacklisted, containing, only, truth, yesNo, type List, type ListView, type Sql } from './list';
import { targetList } from './target-list';

const first = (range: Sql) => sql`to_char(lower(${range}), 'YYYY-MM-DD')`;
const last = (range: Sql) => sql`to_char(upper(${range}) - 1, 'YYYY-MM-DD')`;
const listed = (array: Sql) => sql`nullif(array_to_string(${array}, '、'), '')`;

export const listNames = [
	...(['mining_right', 'land_parcel', 'party', 'inspector', 'item', 'office'] as const),
	...(['recusal', 'township'] as const)
];
export type ListName = (typeof listNames)[number];
export const isListName = (name: string): name is ListName => (listNames as readonly string[]).includes(name);

export function listOf(name: ListName, view: ListView): List {
	switch (name) {
		case 'mining_right':
		case 'land_parcel':
			return targetList(name, view);
		case 'party':
			return parties(view);
		case 'inspector':
			return inspectors(view);
		case 'item':
			return items(view);
		case 'office':
			return offices(view);
		case 'recusal':
			return recusals(view);
		case 'township':
			return townships(view);
	}
}

const person = (column: Sql, { personal }: ListView) =>
	personal ? column : sql`left(${column}, 1) || repeat('*', greatest(char_length(${column}) - 1, 1))`;

function parties(view: ListView): List {
	const onList = blacklisted(sql`t.uscc`, view);
	return {
		key: sql`t.uscc`,
		columns: {
			uscc: sql`t.uscc`,
			name: sql`t.name`,
			credit_grade: sql`t.credit_grade`,
			blacklisted: sql`(${onList})::integer`,
			targets: sql`(SELECT count(*)::integer FROM ${versionsOf('target', view)} AS g WHERE g.party = t.uscc)`,
			address: sql`t.address`,
			contact: sql`t.contact_masked`,
			hours: sql`coalesce(t.hours, '')`
		},
		hidden: ['contact', 'hours'],
		from: sql`${rowsOf('party', view)} AS t WHERE t.removed_at IS NULL`,
		joins: sql``,
		own: ['uscc', 'name', 'credit_grade', 'blacklisted', 'targets', 'address', 'contact', 'hours'],
		matches: (text) => containing(text, [sql`t.uscc`, sql`t.name`]),
		filters: { credit_grade: only(sql`t.credit_grade`), blacklisted: truth(onList) },
		choices: { credit_grade: ['A', 'B', 'C', 'D'], blacklisted: yesNo }
	};
}

function inspectors(view: ListView): List {
	const { personal } = view;
	return {
		key: sql`t.code`,
		columns: {
			code: sql`t.code`,
			name: person(sql`t.name`, view),
			office: sql`o.name`,
			scopes: listed(sql`t.scopes`),
			lead: sql`t.lead::integer`,
			certificate: personal ? sql`t.certificate` : sql`repeat('*', 4) || right(t.certificate, 2)`,
			issuer: sql`t.issuer`,
			valid_from: first(sql`t.certificate_valid`),
			valid_to: last(sql`t.certificate_valid`),
			home_townships: sql`(SELECT string_agg(w.name, '、' ORDER BY w.code) FROM ${versionsOf('township', view)} AS w
				WHERE w.code = ANY (t.home_townships))`
		},
		hidden: ['issuer', 'valid_from', 'home_townships'],
		from: sql`${rowsOf('inspector', view)} AS t WHERE true`,
		joins: sql`LEFT JOIN ${rowsOf('office', view)} AS o ON o.code = t.office`,
		own: ['code', 'lead', 'issuer', 'valid_from', 'valid_to'],
		matches: (text) =>
			containing(text, [sql`t.code`, ...(personal ? [sql`t.name`, sql`t.certificate`] : [])]),
		filters: {
			certified: truth(sql`t.certificate_valid @> ${dayOf(view)}`),
			lead: truth(sql`t.lead`),
			office: only(sql`t.office`)
		},
		choices: { certified: yesNo, lead: yesNo },
		place: sql`t.office`
	};
}

function items(view: ListView): List {
	const columns = {
		code: sql`t.code`,
		name: sql`t.name`,
		item_kind: sql`t.kind`,
		category: sql`t.category`,
		basis: sql`t.basis`,
		content: sql`t.content`,
		method: sql`t.method`,
		scopes: listed(sql`t.scopes`),
		minutes: sql`t.minutes`,
		body: sql`nullif(t.body, '')`,
		departments: listed(sql`t.departments`),
		notice_days: sql`coalesce(t.notice_days, 0)`,
		basis_from: first(sql`t.valid`),
		basis_to: last(sql`t.valid`),
		source: sql`t.source`
	};
	return {
		key: sql`t.code`,
		columns,
		hidden: ['content', 'scopes', 'body', 'departments', 'notice_days', 'basis_from', 'basis_to', 'source'],
		from: sql`${rowsOf('item', view)} AS t WHERE true`,
		joins: sql``,
		own: Object.keys(columns),
		matches: (text) => containing(text, [sql`t.code`, sql`t.name`, sql`t.basis`]),
		filters: {
			item_kind: only(sql`t.kind`),
			category: only(sql`t.category`),
			in_force: truth(sql`t.valid @> ${dayOf(view)}`)
		},
		choices: {
			item_kind: ['mining_right', 'land_parcel'],
			category: ['priority', 'general'],
			in_force: yesNo
		}
	};
}

function offices(view: ListView): List {
	return {
		key: sql`t.code`,
		columns: {
			code: sql`t.code`,
			name: sql`t.name`,
			department: sql`coalesce(t.department, '')`,
			townships: sql`(SELECT string_agg(w.name, '、' ORDER BY w.code) FROM ${versionsOf('township', view)} AS w
				WHERE w.code = ANY (t.townships))`,
			inspectors: sql`(SELECT count(*)::integer FROM ${rowsOf('inspector', view)} AS i WHERE i.office = t.code)`
		},
		sums: {
			inspectors: sql`sum((SELECT count(*) FROM ${rowsOf('inspector', view)} AS i WHERE i.office = t.code))`
		},
		from: sql`${rowsOf('office', view)} AS t WHERE true`,
		joins: sql``,
		own: ['code', 'name', 'department', 'townships', 'inspectors'],
		matches: (text) => containing(text, [sql`t.code`, sql`t.name`]),
		filters: {},
		choices: {}
	};
}

function recusals(view: ListView): List {
	return {
		key: sql`t.inspector || ' ' || t.uscc`,
		columns: {
			inspector: sql`t.inspector`,
			name: person(sql`i.name`, view),
			uscc: sql`t.uscc`,
			party: sql`p.name`,
			reason: view.personal ? sql`t.reason` : sql`'***'`,
			declared_on: sql`to_char(t.declared_on, 'YYYY-MM-DD')`
		},
		from: sql`${rowsOf('recusal', view)} AS t WHERE true`,
		joins: sql`LEFT JOIN ${rowsOf('inspector', view)} AS i ON i.code = t.inspector
			LEFT JOIN ${rowsOf('party', view)} AS p ON p.uscc = t.uscc`,
		own: ['inspector', 'uscc', 'declared_on'],
		matches: (text) => sql`${containing(text, [sql`t.inspector`, sql`t.uscc`])} OR t.uscc IN
			(SELECT f.uscc FROM ${rowsOf('party', view)} AS f WHERE ${containing(text, [sql`f.name`])})`,
		filters: { inspector: only(sql`t.inspector`), party: only(sql`t.uscc`) },
		choices: {}
	};
}

function townships(view: ListView): List {
	return {
		key: sql`t.code`,
		columns: {
			code: sql`t.code`,
			name: sql`t.name`,
			area_km2: sql`round((t.area_m2 / 1000000)::numeric, 2)::double precision`
		},
		sums: { area_km2: sql`sum(t.area_m2) / 1000000` },
		from: sql`${versionsOf('township', view)} AS t WHERE true`,
		joins: sql``,
		own: ['code', 'name', 'area_km2'],
		matches: (text) => containing(text, [sql`t.code`, sql`t.name`]),
		filters: {},
		choices: {}
	};
}
