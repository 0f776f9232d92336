// The offline verifiers against the golden draws, against any single change, and against each other.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
	chance,
	edited,
	everyEdit,
	hasPython,
	inPython,
	loadPage,
	pagePath,
	pageVerdict,
	pythonCli,
	type Base,
	type Edit,
	type Json,
	type Row,
	type Verdict
} from '../../tests/support/verifiers';

const page = loadPage();
const golden = (name: string) => readFileSync(new URL(`../../tests/golden/${name}`, import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'verifiers-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: Json | string) => {
	const path = join(folder, name);
	writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
	return path;
};
const whyNoPython = 'python3 is not on this machine: verify.py is not tested here';
const withPython = hasPython ? it : (name: string, ..._: unknown[]) => it.skip(`${name} (${whyNoPython})`);

type Envelope = { manifest: Json; manifestHash: string; selectedRoot: string };
type Case = { frame: Row[]; excluded: Json; expected: Envelope; plan: Json; entropy?: Json };
const expected = JSON.parse(golden('golden_expected.json')) as Envelope;
const frameRows = (page.readFile(golden('golden_frame.csv'), 'f.csv').frame as { rows: Row[] }).rows;
const ceremony = JSON.parse(golden('golden_ceremony.json')) as Case;
const edges = JSON.parse(golden('golden_edge.json')) as { seed: string; edge: Case; halves: Case };
const cases: Record<string, Base & { expected: Envelope }> = {
	frame: { document: expected, frame: frameRows, excluded: [], expected },
	ceremony: { document: ceremony.expected, ...ceremony },
	edge: { document: edges.edge.expected, ...edges.edge },
	halves: { document: edges.halves.expected, ...edges.halves }
};
const base = ({ document, frame, excluded }: Base): Base => ({ document, frame, excluded });
const inPage = (b: Base): Verdict =>
	pageVerdict(() => page.run(page.verify(b.document, b.frame, b.excluded)));
const csvOf = (rows: Row[]) =>
	'id,township,cell,x_m,y_m,weight,take,salt\n' +
	rows.map((r) => [r.id, r.township, r.cell, r.x, r.y, r.weight, r.take, r.salt].join(',') + '\n').join('');

describe('the page', () => {
	it('has the SHA-256 of the standard', () => {
		for (let n = 0; n < 200; n++) {
			const bytes = Uint8Array.from({ length: n }, (_, k) => (k * 31 + n) & 255);
			expect(page.hex(page.sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
		}
	});

	it('needs no network', () => {
		const html = readFileSync(pagePath, 'utf8').replaceAll('http://www.w3.org/2000/svg', '');
		expect(html).not.toMatch(/https?:\/\/|<link rel="stylesheet"|@import|<script src/);
	});
});

describe('golden draws', () => {
	it.each(Object.entries(cases))('the page accepts %s', (_, c) => {
		const { manifestHash, selectedRoot } = c.expected;
		expect(inPage(base(c))).toEqual({ ok: true, manifestHash, selectedRoot });
		expect(inPage({ ...base(c), document: c.expected.manifest })).toMatchObject({ ok: true });
	});

	withPython('verify.py accepts them all', () => {
		const jobs = Object.values(cases).map((c) => ({ op: 'verify' as const, base: base(c) }));
		expect(inPython(jobs)).toEqual(
			Object.values(cases).map(({ expected: e }) => ({
				ok: true,
				manifestHash: e.manifestHash,
				selectedRoot: e.selectedRoot
			}))
		);
	});

	it('the page remakes the manifests', () => {
		const { frame, excluded, plan, entropy, expected: e } = ceremony;
		expect(page.manifestHashOf(page.makeManifest(frame, excluded, plan, null, entropy))).toBe(e.manifestHash);
		for (const c of [edges.edge, edges.halves])
			expect(page.manifestHashOf(page.makeManifest(c.frame, c.excluded, c.plan, edges.seed))).toBe(
				c.expected.manifestHash
			);
	});

	it('published values are compared', () => {
		const { manifestHash, manifest } = ceremony.expected;
		const commitment = (manifest as { commitment: string }).commitment;
		const check = (published: object) => page.verify(manifest, ceremony.frame, ceremony.excluded, published);
		expect(page.run(check({})).onlySelf).toBe(true);
		expect(page.run(check({ commitment, manifestHash })).onlySelf).toBe(false);
		for (const published of [{ commitment: manifestHash }, { manifestHash: commitment }])
			expect(pageVerdict(() => page.run(check(published)))).toMatchObject({
				kind: 'differs',
				where: `${Object.keys(published)[0]} (as published)`
			});
	});
});

/** Every so manieth change, another one of each kind from case to case; `npm run test:soak` tries them all. */
const EVERY = process.env.FAIRLOT_SOAK ? 1 : 5;

describe('any one changed value', () => {
	// The two hashes around a manifest are optional: a manifest alone is a document too.
	const mayBeAbsent = ({ path, remove }: Edit) =>
		remove && path.length === 2 && ['manifestHash', 'selectedRoot'].includes(`${path[1]}`);
	const said = new Map<Edit, Verdict>();
	const changes = Object.entries(cases).map(([name, c], offset) => {
		const all = (['document', 'frame', 'excluded'] as const).flatMap((k) =>
			everyEdit(c[k] as Json, [k]).filter((e) => !mayBeAbsent(e))
		);
		expect(all.length).toBeGreaterThan(800);
		return { name, c, edits: all.filter((_, n) => n % EVERY === offset % EVERY) };
	});

	it.each(changes)(
		'of $name is refused by the page, the place named',
		({ c, edits }) => {
			for (const edit of edits) {
				const verdict = inPage(edited(base(c), edit));
				said.set(edit, verdict);
				expect(verdict, JSON.stringify(edit)).toMatchObject({ ok: false });
				if (verdict.ok) continue;
				expect(verdict.where).not.toBe('');
				// A change of the manifest is named where it was made, or where it first shows: the plan inside the commitment,
				// a number of the plan in the shares, a given seed in the list.
				const [whole, , first] = edit.path;
				if (
					whole === 'document' &&
					['commitment', 'entropy', 'assurance', 'selected', 'substitutes'].includes(`${first}`)
				)
					expect(verdict.where, JSON.stringify(edit)).toMatch(
						first === 'entropy' ? /^(manifest\.)?(entropy|seed|plan\.nonceCommit)/ : RegExp(`${first}`)
					);
				if (whole === 'frame')
					expect(verdict.where, JSON.stringify(edit)).toMatch(/^(frame|plan\.frame\.(root|size))/);
				if (whole === 'excluded') expect(verdict.where).toMatch(/^(excluded|plan\.frame\.excludedRoot)/);
			}
		},
		120_000
	);

	withPython(
		'is refused by verify.py at the same place',
		() => {
			const answers = inPython(
				changes.map(({ c, edits }) => ({ op: 'edits' as const, base: base(c), edits }))
			) as unknown as Verdict[][];
			for (const [k, { c, edits }] of changes.entries())
				for (const [n, edit] of edits.entries())
					expect(answers[k]?.[n], JSON.stringify(edit)).toEqual(
						said.get(edit) ?? inPage(edited(base(c), edit))
					);
		},
		120_000
	);
});

describe('edge frames', () => {
	const row = (id: string, more: Partial<Row> = {}): Row => ({
		id,
		township: 'T',
		cell: 'c',
		x: 0,
		y: 0,
		weight: 1,
		take: 0,
		salt: '',
		...more
	});
	const scatter = (
		n: number,
		towns: number,
		key: number,
		more: (k: number, r: () => number) => Partial<Row> = () => ({})
	) => {
		const r = chance(key);
		return Array.from({ length: n }, (_, k) => {
			const [x, y] = [Math.floor(r() * 40_000) - 5_000, Math.floor(r() * 40_000)];
			return row(`矿${k}`, {
				township: `T${Math.floor(r() * towns)}`,
				cell: `${Math.floor(x / 2500)}:${Math.floor(y / 2500)}`,
				x,
				y,
				...more(k, r)
			});
		});
	};
	const plan = (sampleSize: number, minPerTownship = 0, substitutes = 3) => ({
		sampleSize,
		minPerTownship,
		substitutes
	});
	const grid = Array.from({ length: 144 }, (_, k) =>
		row(`g${k}`, { x: 100 * (k % 12), y: 100 * Math.floor(k / 12), township: `T${k % 2}`, cell: `c${k % 3}` })
	);
	const level = (name: string, witnesses: string[], beacon: Json = null): Json => ({
		plan: 'P',
		kind: 'mining_right',
		seq: 2,
		prev: 'ab'.repeat(32),
		h3Resolution: 7,
		grid: 100,
		crs: 'EPSG:4549',
		publicFrame: false,
		nonceCommit: createHash('sha256')
			.update('fairlot/nonce/1\0')
			.update(Buffer.from('cd'.repeat(32), 'hex'))
			.digest('hex'),
		entropy: { level: name, witnesses, beacon },
		revealBy: '2026-12-01T02:00:00Z',
		closeBy: null,
		verifier: { html: null, py: null }
	});
	const opened = (digits: string[], beacon: string | null = null): Json => ({
		beacon,
		digits,
		nonce: 'cd'.repeat(32),
		salts: digits.length === 2 ? ['0a'.repeat(16), '0b'.repeat(16)] : []
	});
	const [d1, d2] = ['01234567890123456789', '99999999990000000000'];
	type Edge = { rows: Row[]; plan: object; excluded?: Json; entropy?: Json };
	const frames: Record<string, Edge> = {
		'one target': { rows: [row('a')], plan: plan(1) },
		'one of two': { rows: [row('a'), row('b', { x: 7, weight: 3 })], plan: plan(1) },
		'two coincident points': { rows: [row('a'), row('b')], plan: plan(1) },
		'a grid full of ties': { rows: grid, plan: plan(30, 2, 8) },
		'every point the same': { rows: scatter(60, 3, 1, () => ({ x: 5, y: -5 })), plan: plan(17) },
		'one township': { rows: scatter(300, 1, 2), plan: plan(40) },
		'weights 1 and 1000': {
			rows: scatter(400, 5, 3, (k) => ({ weight: k % 9 ? 1 : 1000 })),
			plan: plan(60, 3)
		},
		'every weight another': { rows: scatter(300, 4, 4, (k) => ({ weight: 1 + k * k })), plan: plan(120, 5) },
		'the largest weights': {
			rows: scatter(40, 2, 5, (k) => ({ weight: k % 2 ? 2 ** 53 - 1 : 2 ** 52 + k })),
			plan: plan(15)
		},
		'taken rows': {
			rows: scatter(200, 6, 6, (k) => ({ take: k % 11 ? 0 : 1, weight: 1 + (k % 4) })),
			plan: plan(50, 4)
		},
		'only taken rows drawn from a township': {
			rows: scatter(30, 1, 7, (k) => ({ township: k < 5 ? 'all' : 'rest', take: k < 5 ? 1 : 0 })),
			plan: plan(9)
		},
		'a township below its minimum': {
			rows: scatter(100, 4, 8, (k) => (k < 3 ? { township: 'small' } : {})),
			plan: plan(50, 10)
		},
		'fewer drawn than townships': { rows: scatter(200, 25, 9), plan: plan(6) },
		'everything drawn': { rows: scatter(90, 7, 10), plan: plan(90, 0, 2) },
		'all but one drawn': { rows: scatter(90, 2, 11, (k) => ({ weight: 1 + (k % 3) })), plan: plan(89, 0, 5) },
		'the widest extent': {
			rows: scatter(50, 2, 12, (k) => ({ x: k ? 0 : 2 ** 26 - 1, y: k % 2 ? -(2 ** 25) : 2 ** 25 - 1 })),
			plan: plan(9)
		},
		'20,000 targets': {
			rows: scatter(20_000, 21, 13, (k) => ({
				weight: k % 20 ? 1 : 3,
				salt: k.toString(16).padStart(32, '0')
			})),
			plan: plan(500, 10)
		},
		L1: {
			rows: scatter(50, 3, 14),
			plan: { ...plan(9), ...(level('L1', ['w']) as object) },
			entropy: opened([d1]),
			excluded: [{ id: 'z', reason: '已注销', salt: '' }]
		},
		L2: {
			rows: scatter(50, 3, 15),
			plan: { ...plan(9), ...(level('L2', ['w', '监督']) as object) },
			entropy: opened([d1, d2])
		},
		L3: {
			rows: scatter(50, 3, 16),
			plan: {
				...plan(9),
				...(level('L3', ['w'], {
					source: '福彩3D',
					pattern: '第[0-9]{7}期.[0-9a-f]{2}',
					after: '2026333'
				}) as object)
			},
			entropy: opened([d1], '第2026334期.0f')
		}
	};
	const seed = 'ab'.repeat(32);
	const fromPage = Object.values(frames).map((f) =>
		page.makeManifest(f.rows, f.excluded ?? [], f.plan as Json, f.entropy ? null : seed, f.entropy)
	);
	const asBase = (f: Edge, manifest: Json): Base => ({
		document: manifest,
		frame: f.rows,
		excluded: f.excluded ?? []
	});

	it('the page agrees with itself whatever the order of the rows', () => {
		for (const [k, f] of Object.values(frames).entries())
			expect(inPage({ ...asBase(f, fromPage[k] as Json), frame: [...f.rows].reverse() })).toMatchObject({
				ok: true
			});
	}, 90_000);

	withPython(
		'both programs make the same manifests and accept the other’s',
		() => {
			const all = Object.values(frames);
			const answers = inPython([
				...all.map((f) => ({
					op: 'make' as const,
					rows: f.rows,
					excluded: f.excluded ?? [],
					plan: f.plan as Json,
					seed: f.entropy ? null : seed,
					entropy: f.entropy ?? null
				})),
				...all.map((f, k) => ({ op: 'verify' as const, base: asBase(f, fromPage[k] as Json) }))
			]);
			for (const [k, name] of Object.keys(frames).entries()) {
				expect(answers[k], name).toEqual(JSON.parse(JSON.stringify(fromPage[k])));
				const verdict = inPage(asBase(all[k] as Edge, answers[k] as Json));
				expect(verdict, name).toMatchObject({ ok: true });
				expect(answers[all.length + k], name).toEqual(verdict);
			}
		},
		120_000
	);

	it('a ceremony that does not suit its level is refused', () => {
		const l3 = frames['L3'] as Edge;
		const make = (plan: object, entropy: Json) =>
			pageVerdict(() => {
				page.makeManifest(l3.rows, [], { ...l3.plan, ...plan } as Json, null, entropy);
				return { manifestHash: '', selectedRoot: '' };
			});
		expect(make({}, opened([d1], '第2026334期x0f'))).toMatchObject({ where: 'entropy.beacon' });
		expect(make({}, opened([d1], '第2026334期.0F'))).toMatchObject({ where: 'entropy.beacon' });
		expect(make({}, opened([d1]))).toMatchObject({ where: 'entropy.beacon' });
		expect(make({}, opened([d1, d2], '第2026334期.0f'))).toMatchObject({ where: 'entropy.digits' });
		expect(make({}, opened([`${d1}\n`], '第2026334期.0f'))).toMatchObject({ where: 'entropy.digits[0]' });
		expect(make({}, opened(['０1234567890123456789'], '第2026334期.0f'))).toMatchObject({
			where: 'entropy.digits[0]'
		});
		for (const pattern of ['[0-9]{0}', '[a-z]', '[0-9', 'a{2}{3}', '{2}', '[0-9]{01}', ''])
			expect(
				make(
					{ entropy: { level: 'L3', witnesses: ['w'], beacon: { source: 's', pattern, after: 'x' } } },
					opened([d1])
				)
			).toMatchObject({ where: 'plan.entropy.beacon.pattern' });
		expect(make({ entropy: { level: 'L0', witnesses: [], beacon: null } }, opened([]))).toMatchObject({
			where: 'plan.entropy.level'
		});
		expect(
			make({ entropy: { level: 'L2', witnesses: ['w', 'w'], beacon: null } }, opened([d1, d2]))
		).toMatchObject({ where: 'plan.entropy.witnesses' });
	});
});

describe('input that the protocol refuses', () => {
	const head = 'id,township,cell,x_m,y_m';
	const ok = `${head}\na,T,c,0,0\n`;
	const bad: [text: string, where: string, kind?: 'frame' | 'excluded' | 'document'][] = [
		['id,cell,township,x_m,y_m\n', 'f line 1'],
		[`${head},salt,weight\n`, 'f line 1'],
		[`${head},colour\n`, 'f line 1'],
		['', 'f line 1'],
		[`${ok}b,T,c,0\n`, 'f line 3'],
		[`${ok}\n`, 'f line 3'],
		[`${ok}b,T,c,0,0,1\n`, 'f line 3'],
		[`${ok}b,T,c,1.5,0\n`, 'f line 3, x_m'],
		[`${ok}b,T,c,0,+1\n`, 'f line 3, y_m'],
		[`${ok}b,T,c, 1,0\n`, 'f line 3, x_m'],
		[`${ok}b,T,c,１,0\n`, 'f line 3, x_m'],
		[`${ok}b,T,c,9007199254740992,0\n`, 'f line 3, x'],
		[`${ok}b,T,c,67108864,0\n`, 'f, x'],
		[`${ok}a,T,c,0,0\n`, 'f line 3, id'],
		[`${ok},T,c,0,0\n`, 'f line 3, id'],
		[`${ok}__proto__,T,c,0,0\n`, 'f line 3, id'],
		[`${ok}b\u0085,T,c,0,0\n`, 'f line 3, id'],
		[`${ok}e\u0301,T,c,0,0\n`, 'f line 3, id'],
		[`${ok}${'矿'.repeat(65)},T,c,0,0\n`, 'f line 3, id'],
		[`${ok}b,T\t,c,0,0\n`, 'f line 3, township'],
		[`${ok}b,T,,0,0\n`, 'f line 3, cell'],
		[`${head},weight\na,T,c,0,0,\n`, 'f line 2, weight'],
		[`${head},weight\na,T,c,0,0,0\n`, 'f line 2, weight'],
		[`${head},take\na,T,c,0,0,2\n`, 'f line 2, take'],
		[`${head},salt\na,T,c,0,0,AB\n`, 'f line 2, salt'],
		['id,reason\na,x\na,y\n', 'f line 3, id', 'excluded'],
		['id,reason,salt\na,x,0\n', 'f line 2, salt', 'excluded'],
		['[{"id":"a","township":"T","cell":"c","x":0,"y":0,"weight":1,"take":0}]', 'f[0]'],
		['[{"id":"a","township":"T","cell":"c","x":0,"y":0,"weight":1,"take":true,"salt":""}]', 'f[0].take'],
		['[{"id":"\\ud800","township":"T","cell":"c","x":0,"y":0,"weight":1,"take":0,"salt":""}]', 'f[0].id'],
		['{"seed": 1, "seed": 1}', 'f', 'document'],
		['{"seed": 1.0}', 'f', 'document'],
		['{"seed": 1e3}', 'f', 'document'],
		['{"seed": -0}', 'f', 'document'],
		['{"seed": NaN}', 'f', 'document'],
		['{"seed": 9007199254740992}', 'f', 'document'],
		['{"seed": 1,}', 'f', 'document'],
		['{"seed": 01}', 'f', 'document'],
		['{"seed": "a\nb"}', 'f', 'document']
	];
	const good = [
		`\ufeff${head},take\r\n${'🗺'.repeat(64)},T,c,-0,007,1\r\nb"b, T ,c,1,2,0`,
		`${head}\na,T,c,0,0\nb,T,c,67108863,0\n`,
		`${head},weight,salt\na,T,c,0,0,9007199254740991,${'0f'.repeat(16)}\n`
	];
	const manifest = page.makeManifest(
		[{ id: 'a', township: 'T', cell: 'c', x: 0, y: 0, weight: 1, take: 0, salt: '' }],
		[],
		{ sampleSize: 1, minPerTownship: 0, substitutes: 0 },
		'ab'.repeat(32)
	);
	const readInPage = (text: string, kind = 'frame'): Verdict =>
		pageVerdict(() => {
			const body = page.decode(new TextEncoder().encode(text), 'f');
			if (kind === 'document') page.parseJson(body, 'f');
			else {
				const found = page.readFile(body, 'f');
				// Rows are checked before anything is compared, so a good file goes on to differ from this other manifest.
				const verdict = pageVerdict(() => page.run(page.verify(manifest, found.frame ?? [], found.excluded)));
				if (!verdict.ok && verdict.kind === 'bad') throw { kind: 'bad', where: verdict.where };
			}
			return { manifestHash: '', selectedRoot: '' };
		});

	it.each(bad)('%j at %s', (text, where, kind) => {
		const verdict = readInPage(text, kind);
		expect(verdict).toMatchObject({ ok: false, kind: 'bad' });
		if (!verdict.ok) expect(kind === 'document' ? verdict.where.slice(0, 1) : verdict.where).toBe(where);
	});

	it.each(good)('but accepts %j', (text) => expect(readInPage(text)).toMatchObject({ ok: true }));

	withPython('verify.py names the same places', () => {
		const answers = inPython([
			...bad.map(([text, , kind]) => ({
				op: 'read' as const,
				name: 'f',
				text,
				kind: kind ?? ('frame' as const)
			})),
			...good.map((text) => ({ op: 'read' as const, name: 'f', text, kind: 'frame' as const }))
		]) as unknown as Verdict[];
		for (const [k, [text, where, kind]] of bad.entries()) {
			const answer = answers[k] as Verdict;
			expect(answer, text).toMatchObject({ ok: false, kind: 'bad' });
			if (!answer.ok) expect(kind === 'document' ? answer.where.slice(0, 1) : answer.where, text).toBe(where);
		}
		for (const answer of answers.slice(bad.length)) expect(answer).toMatchObject({ ok: true });
	});
});

describe('the command line of verify.py', () => {
	withPython(
		'exits 0, 1 or 2 and says what and where',
		() => {
			const { manifest, manifestHash } = ceremony.expected;
			const m = file('manifest.json', manifest);
			const both = file('closed.json', { frame: ceremony.frame, excluded: ceremony.excluded });
			const csv = file('frame.csv', csvOf(ceremony.frame));
			const rows = file('rows.json', ceremony.frame);
			const excluded = file('excluded.json', ceremony.excluded);
			const plain = pythonCli([m, '--frame', both]);
			expect([plain.exit, plain.out]).toEqual([0, expect.stringContaining('SELF-CONSISTENT ONLY')]);
			const { commitment } = manifest as { commitment: string };
			for (const frame of [csv, rows]) {
				const full = pythonCli([
					m,
					'--frame',
					frame,
					'--excluded',
					excluded,
					'--commitment',
					commitment,
					'--manifest-hash',
					manifestHash
				]);
				expect([full.exit, full.out]).toEqual([0, expect.stringContaining('VERIFIED')]);
			}
			const other = pythonCli([m, '--frame', both, '--commitment', manifestHash]);
			expect([other.exit, other.err]).toEqual([
				1,
				expect.stringContaining(`commitment (as published): stated ${manifestHash}; recomputed ${commitment}`)
			]);
			const missing = pythonCli([m, '--frame', csv]);
			expect([missing.exit, missing.err]).toEqual([1, expect.stringContaining('plan.frame.excludedRoot')]);
			const broken = pythonCli([m, '--frame', file('bad.csv', csvOf(ceremony.frame).replace(',0,', ',2,'))]);
			expect([broken.exit, broken.err]).toEqual([2, expect.stringMatching(/bad\.csv line \d+, take/)]);
			expect(pythonCli([m, '--frame', both, '--commitment', '12']).exit).toBe(2);
			expect(pythonCli([join(folder, 'absent.json'), '--frame', both]).exit).toBe(2);
			expect(pythonCli([m]).exit).toBe(2);
		},
		120_000
	);
});
