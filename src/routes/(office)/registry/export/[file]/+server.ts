// A directory as a file, in the filter, order and columns of the page's address. Noted in the ledger before it leaves.
import { ReadableStream } from 'node:stream/web';
import { error } from '@sveltejs/kit';
import { csvText } from '$lib/core/registry/csv';
import { m } from '$lib/i18n/paraglide/messages';
import { dayInChina } from '$lib/core/calendar/year';
import { may } from '$lib/server/access';
import { converted, formats } from '$lib/server/registry/convert';
import {
	features,
	importBook,
	importSheet,
	MOST_SHOWN,
	noteExport,
	shownSheet
} from '$lib/server/registry/export';
import { cornerList } from '$lib/server/registry/export-corners';
import { isSheetKind } from '$lib/server/registry/import-columns';
import { countList } from '$lib/server/registry/listing';
import { workbook } from '$lib/server/workbook';
import { listQuery } from '../../list-query';
import { columnText, kindText, valueText } from '../../registry-text';
import type { RequestHandler } from './$types';

const types: Record<string, string> = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv; charset=utf-8',
	geojson: 'application/geo+json',
	gpkg: 'application/geopackage+sqlite3',
	kml: 'application/vnd.google-earth.kml+xml',
	zip: 'application/zip',
	txt: 'text/plain; charset=utf-8'
};

export const GET: RequestHandler = async ({
	locals: { db, county, user, locale },
	params: { file },
	url
}) => {
	if (
		![
			...['list.xlsx', 'list.csv', 'import.csv', 'import.xlsx', 'map.geojson', 'corners.txt'],
			...Object.keys(formats)
		].includes(file)
	)
		error(404);
	const at = new Date();
	const personal = user !== null && may(user, 'personal');
	const { query, day } = listQuery(url, county.code, personal, at);
	const { list } = query;
	const note = (rows: number) =>
		noteExport(db, county.code, list, {
			at,
			actor: user?.id ?? 'guest',
			format: file,
			address: url.search,
			rows
		});
	const answer = (body: BodyInit) =>
		new Response(body, {
			headers: {
				'content-type': types[file.split('.').at(-1)!]!,
				'content-disposition': `attachment; filename="${list}${day && `-${day}`}.${file.split('.').at(-1)}"`,
				'cache-control': 'private, no-store'
			}
		});
	const streamed = (parts: AsyncIterable<string>) =>
		answer(ReadableStream.from(encoded(parts)) as unknown as BodyInit);
	if (file === 'list.xlsx' || file === 'list.csv') {
		const sheet = await shownSheet(db, county.code, query);
		if (!sheet) error(413, m.directory_export_too_long({ most: MOST_SHOWN }));
		await note(sheet.total);
		const { columns, sums } = sheet;
		const head = columns.map(columnText);
		const words = (column: string, value: string | number | null) =>
			value === null
				? ''
				: typeof value === 'number' && !(`${column}` in flags)
					? value
					: valueText(column, value);
		const rows = sheet.rows.map((row) => columns.map((column) => words(column, row[column] ?? null)));
		if (file === 'list.csv') return answer(csvText([head, ...rows]));
		const total = columns.map((column, i) => (i === 0 ? m.directory_total_row() : (sums[column] ?? null)));
		const widths = columns.map((column) =>
			['name', 'party', 'basis', 'content', 'address'].includes(column) ? 32 : 20
		);
		return answer(await workbook([{ name: kindText(list), widths, head, rows, total }]));
	}
	if (!isSheetKind(list)) error(404);
	if (list === 'inspector' && !personal) error(403, m.directory_export_masked());
	const { total } = await countList(db, county.code, query);
	if (file in formats) {
		if (total > MOST_SHOWN) error(413, m.directory_export_too_long({ most: MOST_SHOWN }));
		await note(total);
		return answer(await converted(features(db, county.code, list, query), file, list));
	}
	const sheet = [db, county.code, list, query, locale === 'en'] as const;
	if (file === 'import.xlsx') {
		if (total > MOST_SHOWN) error(413, m.directory_export_too_long({ most: MOST_SHOWN }));
		await note(total);
		return answer(await importBook(...sheet));
	}
	if (file === 'corners.txt') {
		if (list !== 'land_parcel') error(404);
		await note(total);
		return streamed(cornerList(db, county, query, day || dayInChina(at)));
	}
	await note(total);
	return streamed(file === 'import.csv' ? importSheet(...sheet) : features(db, county.code, list, query));
};

async function* encoded(parts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
	const encoder = new TextEncoder();
	for await (const part of parts) yield encoder.encode(part);
}

/** Columns whose 1 and 0 are words. */
const flags = { blacklisted: true, lead: true };
