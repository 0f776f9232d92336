import { error } from '@sveltejs/kit';
import { canonical } from '$lib/core/bytes/canonical';
import { namesOf } from '$lib/server/crew/board';
import { documentOf, readLottery } from '$lib/server/crew/lottery-reading';
import type { RequestHandler } from './$types';

const types = { 'crew.json': 'application/json', 'names.csv': 'text/csv; charset=utf-8' };

/** The document of the protocol as it stands, under aliases; and whom they stand for. */
export const GET: RequestHandler = async ({ params, locals: { db, county } }) => {
	const id = /^[1-9][0-9]{0,8}$/.test(params.id) ? Number(params.id) : 0;
	const file = params.file as keyof typeof types;
	if (!Object.hasOwn(types, file)) error(404, 'no such file');
	const kept = await readLottery(db, county.code, id);
	const document = kept && documentOf(kept);
	if (!document) error(404, 'no such document, or not announced yet');
	const body =
		file === 'crew.json' ? canonical(document) : csvOf((await namesOf(db, county.code, id)).inspectors);
	return new Response(body, {
		headers: {
			'content-type': types[file],
			'content-disposition': `attachment; filename="${file === 'crew.json' ? `crew-${id}.json` : `crew-${id}-names.csv`}"`,
			'cache-control': 'no-store'
		}
	});
};

const csvOf = (names: Record<string, string>) =>
	[
		'alias,name',
		...Object.entries(names).map(([alias, name]) => `${alias},"${name.replace(/"/g, '""')}"`),
		''
	]
		.join('\r\n')
		.replace(/^/, '\ufeff');
