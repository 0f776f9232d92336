// What the service says of itself: landing page, conformance, collections, the OpenAPI document.
import { extentOf, sources, visibleTo, type CollectionId, type Reader } from './collections';
import { CRS84, STORED, systems } from './crs';
import { DEFAULT_LIMIT, MOST_ITEMS } from './items';

const JSON_TYPE = 'application/json';
export const GEOJSON_TYPE = 'application/geo+json';
const API_TYPE = 'application/vnd.oai.openapi+json;version=3.0';

const core = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf';
export const conformance = {
	conformsTo: [
		...['core', 'geojson', 'oas30'].map((part) => `${core}/${part}`),
		'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs'
	]
};

/** Names of collections, in the reader's language. */
export type Titles = Record<CollectionId, { title: string; description: string }>;

export const landing = (root: string, words: { title: string; description: string }) => ({
	...words,
	links: [
		{ rel: 'self', type: JSON_TYPE, href: root },
		{ rel: 'service-desc', type: API_TYPE, href: `${root}/api` },
		{ rel: 'conformance', type: JSON_TYPE, href: `${root}/conformance` },
		{ rel: 'data', type: JSON_TYPE, href: `${root}/collections` }
	]
});

export async function collection(
	root: string,
	reader: Reader,
	id: CollectionId,
	plane: number,
	titles: Titles
) {
	const box = await extentOf(reader, id);
	const at = `${root}/collections/${id}`;
	return {
		...{ id, ...titles[id], itemType: 'feature' },
		...(box && { extent: { spatial: { bbox: [box], crs: CRS84 } } }),
		crs: systems(plane).map(({ uri }) => uri),
		storageCrs: STORED,
		links: [
			{ rel: 'self', type: JSON_TYPE, href: at },
			{ rel: 'items', type: GEOJSON_TYPE, href: `${at}/items` }
		]
	};
}

export async function collections(root: string, reader: Reader, plane: number, titles: Titles) {
	const known = await Promise.all(visibleTo(reader).map((id) => collection(root, reader, id, plane, titles)));
	return { links: [{ rel: 'self', type: JSON_TYPE, href: `${root}/collections` }], collections: known };
}

/** OpenAPI 3.0. */
export function api(root: string, reader: Reader, titles: Titles) {
	const answer = (type: string) => ({
		'200': { description: 'OK', content: { [type]: { schema: { type: 'object' } } } }
	});
	const query = (name: string, schema: object) => ({ name, in: 'query', required: false, schema });
	const numbers = { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 6 };
	const paths = visibleTo(reader).map((id) => [
		`/collections/${id}/items`,
		{
			get: {
				operationId: `items_${id}`,
				summary: titles[id].title,
				parameters: [
					query('limit', { type: 'integer', minimum: 1, maximum: MOST_ITEMS, default: DEFAULT_LIMIT }),
					{ ...query('bbox', numbers), style: 'form', explode: false },
					...['bbox-crs', 'crs', 'datetime'].map((name) => query(name, { type: 'string' })),
					...Object.entries(sources[id].properties).map(([name, { type }]) => query(name, { type }))
				],
				responses: answer(GEOJSON_TYPE)
			}
		}
	]);
	const plain = ['/', '/conformance', '/collections'].map((path) => [
		path,
		{ get: { responses: answer(JSON_TYPE) } }
	]);
	return {
		openapi: '3.0.3',
		info: { title: 'Fairlot', version: '1.0.0' },
		servers: [{ url: root }],
		paths: Object.fromEntries([...plain, ...paths]) as Record<string, unknown>
	};
}
