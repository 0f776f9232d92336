// The words by which directories, their columns and their values are named.
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import { numberText } from '$lib/ui/number-text';

const kinds: Record<string, () => string> = {
	township: m.registry_kind_township,
	mining_right: m.registry_kind_mining_right,
	land_parcel: m.registry_kind_land_parcel,
	party: m.registry_kind_party,
	inspector: m.registry_kind_inspector,
	item: m.registry_kind_item,
	office: m.registry_kind_office,
	road: m.registry_kind_road,
	recusal: m.directory_kind_recusal
};
export const kindText = (kind: string) => kinds[kind]?.() ?? kind;

const columns: Record<string, () => string> = {
	code: m.registry_column_code,
	uscc: m.registry_column_uscc,
	name: m.registry_column_name,
	township: m.registry_column_township,
	townships: m.registry_column_townships,
	party: m.registry_column_party,
	area_ha: m.registry_column_area_ha,
	area_km2: m.registry_column_area_km2,
	status: m.registry_column_status,
	credit_grade: m.registry_column_credit_grade,
	blacklisted: m.registry_column_blacklisted,
	address: m.registry_column_address,
	office: m.registry_column_office,
	scopes: m.registry_column_scopes,
	lead: m.registry_column_lead,
	certificate: m.registry_column_certificate,
	valid_to: m.registry_column_valid_to,
	item_kind: m.registry_column_item_kind,
	category: m.registry_column_category,
	basis: m.registry_column_basis,
	method: m.registry_column_method,
	minutes: m.registry_column_minutes,
	targets: m.directory_column_targets,
	contact: m.directory_column_contact,
	hours: m.directory_column_hours,
	notice_days: m.directory_column_notice,
	issuer: m.directory_column_issuer,
	valid_from: m.directory_column_valid_from,
	home_townships: m.directory_column_home_townships,
	content: m.directory_column_content,
	body: m.directory_column_body,
	departments: m.directory_column_departments,
	department: m.directory_column_department,
	basis_from: m.directory_column_basis_from,
	basis_to: m.directory_column_basis_to,
	source: m.directory_column_source,
	inspector: m.directory_column_inspector,
	reason: m.directory_column_reason,
	declared_on: m.directory_column_declared_on,
	inspectors: m.directory_column_inspectors,
	lon: m.directory_column_lon,
	lat: m.directory_column_lat,
	since: m.directory_column_since,
	// Filters and fields of a version that are no columns.
	certified: m.directory_filter_certified,
	in_force: m.directory_filter_in_force,
	outline: m.directory_column_outline,
	contact_masked: m.directory_column_contact,
	certificate_valid: m.directory_column_certificate_valid,
	valid: m.directory_column_valid,
	during: m.directory_column_during,
	template: m.directory_column_template,
	point: m.directory_column_point,
	removed_at: m.directory_column_removed_at,
	kind: m.registry_column_item_kind,
	scope: m.registry_column_scopes
};
export const columnText = (column: string) => columns[column]?.() ?? column;
const figures = ['area_ha', 'area_km2', 'minutes', 'notice_days', 'targets', 'inspectors', 'lon', 'lat'];
export const isFigure = (column: string) => figures.includes(column);
/** Columns of words, which need room however narrow the page is; what the others hold stays on its line. */
const texts = [
	...['name', 'party', 'basis', 'content', 'address', 'townships', 'home_townships', 'office', 'reason'],
	...['method', 'scopes', 'departments', 'department', 'body', 'source', 'issuer', 'hours']
];
export const isText = (column: string) => texts.includes(column);

const values: Record<string, () => string> = {
	'status active': m.registry_status_active,
	'status suspended': m.registry_status_suspended,
	'status closed': m.registry_status_closed,
	'category priority': m.registry_category_priority,
	'category general': m.registry_category_general,
	'item_kind mining_right': m.registry_kind_mining_right,
	'item_kind land_parcel': m.registry_kind_land_parcel,
	'lead 1': m.registry_yes,
	'lead 0': m.registry_no,
	'blacklisted 1': m.registry_yes,
	'blacklisted 0': m.registry_no,
	'kind mining_right': m.registry_kind_mining_right,
	'kind land_parcel': m.registry_kind_land_parcel,
	'party none': m.directory_party_none,
	...Object.fromEntries(
		['blacklisted', 'certified', 'lead', 'in_force'].flatMap((name) => [
			[`${name} yes`, m.registry_yes],
			[`${name} no`, m.registry_no]
		])
	)
};

export function valueText(column: string, value: string | number | null): string {
	if (value === null) return '—';
	const known = values[`${column} ${value}`];
	if (known) return known();
	return typeof value === 'number' && isFigure(column)
		? value.toLocaleString(getLocale(), { maximumFractionDigits: 6 })
		: String(value);
}

/** How many rows a list has, as far as they were counted. */
export const countText = ({ total, more }: { total: number; more: boolean }): string =>
	(more ? m.directory_total_more : m.directory_total_count)({ count: numberText(total) });

/** Where in a list one is; any change of what it shows goes back to its beginning. */
const paging = ['page', 'after', 'before', 'count'];

/** The address of the same page with other query values; '' takes one out. */
export function withQuery(url: URL, changes: Record<string, string>): string {
	const query = new URLSearchParams(url.searchParams);
	for (const name of paging) if (!(name in changes)) query.delete(name);
	for (const [name, value] of Object.entries(changes)) {
		if (value === '') query.delete(name);
		else query.set(name, value);
	}
	return `?${query}`;
}

/** The page of one row. */
export const rowHref = (list: string, code: string | number | null) =>
	`/registry/${list}/${encodeURIComponent(String(code))}`;

/** The query by which a list is seen as it is now: to be saved, or for its files. */
export function viewAddress(url: URL, list: string): string {
	const query = new URLSearchParams(url.searchParams);
	for (const name of [...query.keys()]) if (paging.includes(name) || name.startsWith('/')) query.delete(name);
	query.set('list', list);
	return `?${query}`;
}
