// Filters and sources in words, for what is taken away from the page.
import type { CoverageTable } from '$lib/core/coverage/table';
import { m } from '$lib/i18n/paraglide/messages';
import { kindWord } from '$lib/map/words';
import type { BoundaryNote } from '$lib/map/workspace-types';
import type { CoverageParams } from './coverage-params';
import { standingText } from './coverage-text';

export function filterText(params: CoverageParams, { offices, items }: CoverageTable): string {
	const names = params.offices.map(
		(code) => offices.find((office) => office.code === code)?.name ?? m.coverage_no_office()
	);
	const itemNames = items.filter(({ code }) => params.items.includes(code)).map(({ name }) => name);
	const parts = [
		...[params.kinds.map(kindWord), params.standings.map(standingText), names],
		...[itemNames, params.departments]
	].filter((list) => list.length > 0);
	const extent = params.box ? m.coverage_extent_map() : m.coverage_extent_whole();
	return [extent, ...parts.map((list) => list.join('、'))].join(' · ');
}

/** Where the borders are from, and the 审图号 or that there is none. */
export const sourceText = (boundary: BoundaryNote | null): string =>
	[
		boundary?.provenance ?? '',
		boundary?.sketch ? m.map_sketch_hint() : '',
		boundary?.reviewNumber ? m.map_review_number({ number: boundary.reviewNumber }) : m.coverage_no_review()
	]
		.filter(Boolean)
		.join(' · ');
