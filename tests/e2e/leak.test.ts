// What somebody without an account gets beside the portal's pages: tiles at every zoom, pictures, and what an address full of
// other people's numbers is answered with. No answer names a person, and no address breaks the server.
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { leaks } from '../../src/lib/core/posting/redact';
import { accessTo } from '../../src/lib/server/access';
import { layerParts, tileLayers } from '../../src/lib/server/tiles';
import { pictureMetadata } from '../support/metadata';
import { routeFiles } from '../support/route-files';
import { signedIn, Visit } from '../support/sign-in';

const origin = inject('origin');
const visit = new Visit(origin);
let planner: Visit;
beforeAll(async () => {
	planner = await signedIn(origin, 'planner');
});

describe('tiles without a session', () => {
	const zooms = [0, 6, 10, 12, 14, 16, 17];
	/** One address at each zoom that shows a target, and what of it is there. */
	const addresses: string[] = [];

	const featuresOf = async (answer: Response) =>
		Object.entries(new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer()))).layers).flatMap(
			([name, part]) =>
				Array.from({ length: part.length }, (_, k) => ({ name, properties: part.feature(k).properties }))
		);

	beforeAll(async () => {
		const json = (await (await planner.ask('/tiles/target.json')).json()) as { bounds: number[] };
		const [west = 0, south = 0, east = 0, north = 0] = json.bounds;
		const at = (lon: number, lat: number, z: number) => {
			const y = 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
			return { x: Math.floor((lon / 360 + 0.5) * 2 ** z), y: Math.floor(y * 2 ** z) };
		};
		const { x, y } = at((west + east) / 2, (south + north) / 2, 8);
		const answer = await planner.ask(`/tiles/target/8/${x}/${y}.mvt`);
		const [part] = Object.values(
			new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer()))).layers
		);
		const [lon, lat] = (
			part!.feature(0).toGeoJSON(x, y, 8).geometry as unknown as { coordinates: [number, number] }
		).coordinates;
		for (const z of zooms) {
			const tile = at(lon, lat, z);
			addresses.push(`${z}/${tile.x}/${tile.y}`);
		}
	});

	test('are there for whoever may read, and hold what TileJSON says of them and nothing else', async () => {
		const named = { township: 0, office: 0, target: 0 };
		for (const layer of tileLayers) {
			for (const address of addresses) {
				const answer = await planner.ask(`/tiles/${layer}/${address}.mvt`);
				expect([200, 204]).toContain(answer.status);
				if (answer.status === 204) continue;
				for (const { name, properties } of await featuresOf(answer)) {
					const part = layerParts[layer].find((one) => one.name === name)!;
					expect(Object.keys(part.fields)).toEqual(expect.arrayContaining(Object.keys(properties)));
					// A code of the registry has as many figures as a telephone.
					const { code: _code, township: _township, ...said } = properties;
					expect(leaks(JSON.stringify(said))).toEqual([]);
					named[layer]++;
				}
			}
		}
		for (const count of Object.values(named)) expect(count).toBeGreaterThan(0);
	});

	test('are closer than a hand’s breadth for nobody', async () => {
		const [lon, lat] = [26, 27].map((shift) => 2 ** 17 + shift);
		for (const layer of tileLayers)
			expect((await planner.ask(`/tiles/${layer}/18/${lon}/${lat}.mvt`)).status, layer).toBe(404);
	});

	test('are refused to whoever has no account, whatever is claimed', async () => {
		const known = (await planner.ask(`/tiles/target/${addresses[2]}.mvt`)).headers.get('etag')!;
		const claims: Record<string, string>[] = [
			{},
			{ accept: 'text/html' },
			{ 'if-none-match': known },
			{ cookie: 'fairlot.session_token=forged.forged' },
			{ authorization: 'Basic YWRtaW46YWRtaW4=' },
			{ 'x-forwarded-for': '127.0.0.1', 'x-original-url': '/portal' }
		];
		const paths = tileLayers.flatMap((layer) => [
			`/tiles/${layer}.json`,
			...addresses.map((address) => `/tiles/${layer}/${address}.mvt`)
		]);
		for (const path of [...paths, `/tiles/tianditu/vec/${addresses[2]}`])
			for (const headers of claims) {
				const answer = await visit.ask(path, { headers });
				expect([path, answer.status]).toEqual([path, headers.accept ? 303 : 401]);
				expect(answer.headers.get('etag')).toBeNull();
				expect(leaks(await answer.text())).toEqual([]);
			}
	});

	test('nothing else of the database can be asked for as tiles', async () => {
		for (const layer of ['party', 'inspector', 'evidence', 'app.party', 'target,party', 'target_point'])
			expect((await planner.ask(`/tiles/${layer}/${addresses[2]}.mvt`)).status, layer).toBe(404);
	});
});

describe('pictures', () => {
	test('that anybody may fetch are the application’s own, and say nothing of who made them', async () => {
		const named = new Set(['/icon-192.png', '/icon-512.png']);
		for (const path of [
			'/portal',
			'/portal/results',
			'/portal/results/1',
			'/portal/map',
			'/portal/plan',
			'/sign-in'
		])
			for (const [, source] of (await (await visit.page(path)).text()).matchAll(
				/(?:<img[^>]* src|poster)="([^"]+)"/g
			))
				named.add(source!);
		expect([...named].filter((path) => !/^\/icon[\w.-]*\.(png|svg)$/.test(path))).toEqual([]);
		for (const path of named) {
			const bytes = Buffer.from(await (await visit.ask(path)).arrayBuffer());
			if (path.endsWith('.svg')) expect(bytes.toString()).not.toMatch(/<metadata|<!--|inkscape|adobe/i);
			else expect(pictureMetadata(bytes), path).toEqual([]);
		}
	});

	test('of an inspection are for those who review it', async () => {
		const board = await (await planner.page('/field-work')).text();
		const records = [...board.matchAll(/href="(\/field-work\/[^"/?]+)"/g)].map(([, path]) => path!);
		let photo: string | undefined;
		for (const path of records)
			photo ??= /\/field-work\/photos\/([0-9a-f]{64})/.exec(await (await planner.page(path)).text())?.[1];
		expect((await planner.ask(`/field-work/photos/${photo}`)).status).toBe(200);
		for (const path of [`/field-work/photos/${photo}`, `/field/photos/${photo}`]) {
			const answer = await visit.ask(path);
			expect(answer.status).toBe(401);
			expect(answer.headers.get('content-type')).not.toContain('image');
		}
	});
});

/** Somebody's number, telephone, mail and home; and what breaks servers. */
const person = '350102199001011234';
const hostile: Record<string, string> = {
	...{ person, phone: '13800138000', home: '樟城镇幸福路12号3单元401室', mail: 'chen@example.org' },
	...{ nul: '\0', sql: `1' OR '1'='1`, markup: '<script>alert(1)</script>', up: '../../etc/passwd' },
	...{ far: '99999999999999999999', minus: '-1', part: '1.5', long: 'x'.repeat(2000), face: '😀' }
};
/** Parameters of an address that pages read. */
const asked = [
	'q',
	'page',
	'year',
	'from',
	'to',
	'item',
	'township',
	'sort',
	'plan',
	'draw',
	'at',
	'id',
	'state'
];

describe('an address that means harm', () => {
	const fill = (route: string, value: string) =>
		route
			.replace(/\/\([^)]*\)/g, '')
			.replace(/\[[^\]]+\]/g, () => encodeURIComponent(value))
			.replace(/\/(?=\/|$)/g, '');
	const gettable = routeFiles().filter(({ page, methods }) => page || methods.includes('GET'));
	const open = gettable.filter(({ id }) => accessTo({ route: id, method: 'GET', action: null }) === 'public');

	/** What is wrong with the answer; '' when nothing is. */
	async function faultOf(who: Visit, path: string, accept: string): Promise<string> {
		const answer = await who.ask(path, { headers: { accept } });
		const text = await answer.text();
		const where = `${answer.status} ${path.slice(0, 120)}`;
		if (answer.status >= 500) return where;
		if (answer.status < 400) return '';
		if (/node_modules|\bat \S+ \(|file:\/\/|SELECT|syntax error|relation "/.test(text))
			return `${where}: insides`;
		const kept = leaks(text)
			.map(({ found }) => found)
			.join();
		return kept ? `${where}: ${kept}` : '';
	}
	async function faultsOf(who: Visit, paths: [path: string, accept: string][]): Promise<string[]> {
		const faults: string[] = [];
		const worker = async () => {
			for (let one = paths.pop(); one; one = paths.pop()) {
				const fault = await faultOf(who, ...one);
				if (fault) faults.push(fault);
			}
		};
		await Promise.all(Array.from({ length: 8 }, worker));
		return faults.sort();
	}
	const everyWay = (routes: typeof gettable, values: string[]) =>
		routes.flatMap(({ id }) =>
			values.flatMap((value): [string, string][] => {
				const query = new URLSearchParams(asked.map((name) => [name, value]));
				const bare = fill(id, '1');
				return [
					...(id.includes('[')
						? (['text/html', 'application/json'] as const).map((accept): [string, string] => [
								fill(id, value) || '/',
								accept
							])
						: []),
					[`${bare || '/'}?${query}`, 'application/json']
				];
			})
		);

	test('nobody’s is told again to whoever has no account, and breaks nothing', async () => {
		expect(open.length).toBeGreaterThan(20);
		const paths = everyWay(open, Object.values(hostile));
		paths.push([`/nowhere/${person}`, 'text/html'], [`/portal/${person}?q=${person}`, 'application/json']);
		paths.push(['/portal/%E0%A4%A', 'text/html'], [`/%00${person}`, 'text/html']);
		expect(await faultsOf(visit, paths)).toEqual([]);
	});

	test('nor to who is signed in', async () => {
		const closed = gettable.filter((route) => !open.includes(route) && !route.id.includes('sign-out'));
		expect(closed.length).toBeGreaterThan(60);
		const { person: one, nul, sql, far, face } = hostile as Record<string, string>;
		expect(await faultsOf(planner, everyWay(closed, [one!, nul!, sql!, far!, face!]))).toEqual([]);
	});

	test('a form or a body of that kind is refused without its words', async () => {
		const bodies: [type: string, body: string][] = [
			['application/json', `{"party":"${person}","phone":"13800138000"`],
			['application/json', JSON.stringify(hostile)],
			['text/plain', person],
			['multipart/form-data; boundary=x', `--x\r\n${person}`],
			['application/x-www-form-urlencoded', new URLSearchParams(hostile).toString()]
		];
		const faults: string[] = [];
		for (const path of [
			'/portal/results',
			'/portal/report',
			'/portal/party?/enter',
			'/field/sync',
			'/field/events'
		])
			for (const [type, body] of bodies)
				for (const from of [origin, 'https://elsewhere.example']) {
					const answer = await visit.ask(path, {
						...{ method: 'POST', body },
						headers: { 'content-type': type, accept: 'application/json', origin: from }
					});
					const said = await answer.text();
					if (answer.status >= 500 || leaks(said).length > 0)
						faults.push(`${answer.status} ${path} ${type} ${said.slice(0, 200)}`);
				}
		expect(faults).toEqual([]);
	});

	test('a field with a sign that no text has is refused, and breaks nothing', async () => {
		const forms: [path: string, fields: Record<string, string>][] = [
			['/portal/report', { place: '同安镇', matter: '夜里有挖机', target: 'a\0b' }],
			['/portal/report', { place: '同安\0镇', matter: '夜里有挖机', target: '' }],
			['/portal/party?/enter', { party: '9135\0', word: 'aaaa\0' }],
			['/sign-in?/password', { username: 'nobody\0', password: 'x\0y' }]
		];
		for (const [path, fields] of forms) {
			const { status } = await visit.form(path, fields);
			expect([path, [400, 401].includes(status) ? 'refused' : status]).toEqual([path, 'refused']);
		}
	});
});
