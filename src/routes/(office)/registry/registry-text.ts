// The words by which directories, their columns and their values are named.
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';

const kinds: Record<string, () => string> = {
	township: m.registry_kind_township,
	mining_right: m.registry_kind_mining_right,
	land_parcel: m.registry_kind_land_parcel,
	party: m.registry_kind_party,
	inspector: m.registry_kind_inspector,
	item: m.registry_kind_item,
	office: m.registry_kind_office,
	road: m.registry_kind_road
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
	minutes: m.registry_column_minutes
};
export const columnText = (column: string) => columns[column]?.() ?? column;
export const isFigure = (column: string) => ['area_ha', 'area_km2', 'minutes'].includes(column);

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
	'blacklisted 0': m.registry_no
};

export function valueText(column: string, value: string | number | null): string {
	if (value === null) return '—';
	const known = values[`${column} ${value}`];
	if (known) return known();
	return typeof value === 'number' && isFigure(column) ? value.toLocaleString(getLocale()) : String(value);
}

/** The address of the same page with other query values; '' takes one out, and any change goes back to the first page. */
export function withQuery(url: URL, changes: Record<string, string>): string {
	const query = new URLSearchParams(url.searchParams);
	if (!('page' in changes)) query.delete('page');
	for (const [name, value] of Object.entries(changes)) {
		if (value === '') query.delete(name);
		else query.set(name, value);
	}
	return `?${query}`;
}
