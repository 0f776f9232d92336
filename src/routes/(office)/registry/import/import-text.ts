import { m } from '$lib/i18n/paraglide/messages';
import type { Reading } from '$lib/core/geo/crs-evidence';
import { zoneOfCrs } from '$lib/core/geo/zone';

const phases: Record<string, () => string> = {
	uploading: m.registry_phase_uploading,
	reading: m.registry_phase_reading,
	staging: m.registry_phase_staging,
	checking: m.registry_phase_checking,
	placing: m.registry_phase_placing,
	writing: m.registry_phase_writing
};
export const phaseText = (phase: string) => phases[phase]?.() ?? phase;

const fields: Record<string, () => string> = {
	code: m.registry_field_code,
	name: m.registry_field_name,
	party: m.registry_field_party,
	party_name: m.registry_field_party_name,
	status: m.registry_field_status,
	area: m.registry_field_area,
	lon: m.registry_field_lon,
	lat: m.registry_field_lat,
	wkt: m.registry_field_wkt,
	corner: m.registry_field_corner,
	ring: m.registry_field_ring,
	corners: m.registry_field_corners,
	townships: m.registry_field_townships,
	uscc: m.registry_field_uscc,
	credit_grade: m.registry_field_credit_grade,
	address: m.registry_field_address,
	contact: m.registry_field_contact,
	hours: m.registry_field_hours,
	notice_days: m.registry_field_notice,
	blacklist_from: m.registry_field_blacklist_from,
	blacklist_to: m.registry_field_blacklist_to,
	blacklist_source: m.registry_field_blacklist_source,
	office: m.registry_field_office,
	home_townships: m.registry_field_home_townships,
	scopes: m.registry_field_scopes,
	lead: m.registry_field_lead,
	certificate: m.registry_field_certificate,
	issuer: m.registry_field_issuer,
	valid_from: m.registry_field_valid_from,
	valid_to: m.registry_field_valid_to,
	kind: m.registry_field_kind,
	content: m.registry_field_content,
	basis: m.registry_field_basis,
	method: m.registry_field_method,
	category: m.registry_field_category,
	scope: m.registry_field_scope,
	minutes: m.registry_field_minutes,
	source: m.registry_field_source,
	class: m.registry_field_class,
	speed: m.registry_field_speed,
	one_way: m.registry_field_one_way,
	other_tags: m.registry_field_other_tags,
	geometry: m.registry_field_geometry,
	body: m.registry_field_body,
	departments: m.registry_field_departments,
	department: m.registry_field_department,
	template: m.registry_field_template
};
/** A field by its name, or the column that a finding names. */
export const fieldText = (field: string) => fields[field]?.() ?? field;

/** How coordinates are read. */
export function readingText({ epsg, swapped, gcj02 }: Reading): string {
	const zone = epsg === null ? null : zoneOfCrs(`EPSG:${epsg}`);
	const base =
		epsg === null
			? m.registry_reading_file()
			: zone
				? m.registry_reading_epsg({ epsg, meridian: zone.centralMeridian })
				: m.registry_reading_other({ epsg });
	return base + (swapped ? m.registry_reading_swapped() : '') + (gcj02 ? m.registry_reading_gcj02() : '');
}
