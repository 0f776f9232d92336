import { dayDate } from '$lib/core/coverage/day';
import { failuresOf } from '$lib/core/coverage/select';
import { trendOf } from '$lib/core/coverage/aggregate';
import { cellRing } from '$lib/map/coverage-shapes';
import { coverageTable } from '$lib/server/coverage';
import { outlinesWithin } from '$lib/server/route/sketch';
import { boundaryNote, countyBounds } from '$lib/server/selection';
import { filterOf, formatCoverage, parseCoverage } from '../coverage-params';
import { positionText } from '../coverage-text';
import { sheetFigures } from '../sheet-figures';
import { filterText } from '../sheet-text';
import { sheetFrame } from './sheet-frame';
import type { PageServerLoad } from './$types';

const GAPS = 14;

/** One sheet of the figures and the map as the page showed them. */
export const load: PageServerLoad = async ({ url, locals: { db, county } }) => {
	const params = parseCoverage(url.searchParams);
	const [table, boundary, bounds] = await Promise.all([
		coverageTable(db, county.code, new Date()),
		boundaryNote(db, county.code),
		countyBounds(db, county.code)
	]);
	const filter = filterOf(params, table);
	const figures = sheetFigures(table, params);
	const frame = sheetFrame(params.box ?? bounds ?? [118.4, 25.6, 119.3, 26.1]);
	return {
		...{ county: county.name, params, boundary, frame },
		back: formatCoverage(params),
		groups: figures.groups.map(({ id, shade, small, gap, label, township }) => ({
			...{ id, shade, small, gap, label, township },
			ring: params.unit === 'cells' ? cellRing(id) : null
		})),
		outlines: await outlinesWithin(db, county.code, frame),
		league: figures.rows,
		total: figures.total,
		gaps: figures.gaps.slice(0, GAPS).map(({ township, ...gap }) => ({
			...gap,
			township: table.townships[township]?.name ?? '',
			office: table.offices[table.townships[township]?.office ?? -1]?.name ?? ''
		})),
		gapCount: figures.gaps.length,
		day: dayDate(figures.moment.day),
		when: positionText(table, figures.position),
		filters: filterText(params, table),
		trend: trendOf(table, failuresOf(table, filter, params.box), filter),
		chances: table.chances.map(({ name }) => name)
	};
};
