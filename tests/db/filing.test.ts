// The papers of real ceremonies: layout of GB/T 9704-2012 in the file itself, every value of the draw in the text, nothing
// claimed beyond the level, nothing of the list where it is sealed, and markup in names left as text.
import { inflateRawSync } from 'node:zlib';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/lib/core/draw/manifest';
import { hasList, inGroups, levelWords, type DrawnFacts } from '../../src/lib/schema/filing';
import { enterBeacon } from '../../src/lib/server/ceremony/beacon';
import { drawLocked } from '../../src/lib/server/ceremony/draw';
import { askVoid, decideVoid } from '../../src/lib/server/ceremony/end';
import { object, signList } from '../../src/lib/server/ceremony/sign';
import { askSubstitution, decideSubstitution } from '../../src/lib/server/ceremony/substitution';
import type { Database } from '../../src/lib/server/db/database';
import { approvalForms } from '../../src/lib/server/document/approval-form';
import { commitmentSheet } from '../../src/lib/server/document/commitment-sheet';
import { filingDocument } from '../../src/lib/server/document/filing';
import { loadFiling } from '../../src/lib/server/document/filing-facts';
import { inspectionNotices } from '../../src/lib/server/document/inspection-notice';
import { sealedStatement } from '../../src/lib/server/document/sealed-statement';
import { saveRules } from '../../src/lib/server/rule';
import {
	announced,
	digits,
	done,
	drawn,
	frozen,
	locked,
	minutes,
	setStage,
	type Stage
} from '../support/ceremony';
import { freshDatabase } from '../support/database';
import { pictureMetadata } from '../support/metadata';
import { COUNTY, county } from '../support/small-county';
import { value } from '../support/value';

const PARTY = '91350100M000100Y43';
let db: Database;
let stage: Stage;
beforeAll(async () => {
	db = await freshDatabase();
	stage = await setStage(db);
	await sql`INSERT INTO app.party (county, uscc, name) VALUES (${COUNTY}, ${PARTY}, '石材 & <料> "公司"')`.execute(
		db
	);
	await sql`UPDATE app.target SET party = ${PARTY}, name = '花岗岩 <' || code || '> & 矿'`.execute(db);
});

const load = async (draw: number, minute = 60) => {
	const loaded = await loadFiling(db, county, draw, 'https://fairlot.example', minutes(minute));
	if (!loaded.ok) throw new Error(loaded.reason);
	return loaded.facts;
};
const loadDrawn = async (draw: number, minute = 60): Promise<DrawnFacts> => {
	const facts = await load(draw, minute);
	if (!hasList(facts)) throw new Error('no list');
	return facts;
};

/** The files of a .docx, by path. */
function parts(docx: Buffer): Map<string, Buffer> {
	const files = new Map<string, Buffer>();
	const end = docx.lastIndexOf('PK\x05\x06', undefined, 'latin1');
	for (let i = 0, at = docx.readUInt32LE(end + 16); i < docx.readUInt16LE(end + 10); i++) {
		const [nameLength, extra, comment] = [28, 30, 32].map((field) => docx.readUInt16LE(at + field));
		const name = docx.toString('utf8', at + 46, at + 46 + nameLength!);
		const local = docx.readUInt32LE(at + 42);
		const from = local + 30 + docx.readUInt16LE(local + 26) + docx.readUInt16LE(local + 28);
		const packed = docx.subarray(from, from + docx.readUInt32LE(at + 20));
		files.set(name, docx.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed));
		at += 46 + nameLength! + extra! + comment!;
	}
	return files;
}
const xml = (docx: Buffer, path = 'word/document.xml') => parts(docx).get(path)!.toString('utf8');

/** What a reader sees, run after run. */
const seen = (docx: Buffer) =>
	[...xml(docx).matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
		.map(([, text]) => text!)
		.join('')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&apos;/g, "'")
		.replace(/&amp;/g, '&');

describe('the layout of 公文', () => {
	let docx: Buffer;
	beforeAll(async () => {
		docx = await filingDocument(await loadDrawn(await drawn(stage)));
	});

	test('A4 with margins of 37, 26, 35 and 28 mm, in twips', () => {
		const document = xml(docx);
		expect(document).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
		const margins = /<w:pgMar ([^>]*)\/>/.exec(document)![1]!;
		expect(
			Object.fromEntries([...margins.matchAll(/w:(\w+)="(\d+)"/g)].map(([, k, v]) => [k, v]))
		).toMatchObject({
			top: '2098',
			right: '1474',
			bottom: '1984',
			left: '1587'
		});
	});

	test('二号小标宋 title, 三号仿宋 on 28 pt, 黑体 and 楷体 headings, each with what may stand in', () => {
		const document = xml(docx);
		expect(document).toMatch(
			/方正小标宋_GBK[^]{0,200}?<w:sz w:val="44"\/>|<w:sz w:val="44"\/>[^]{0,200}?方正小标宋_GBK/
		);
		expect(document).toContain('w:eastAsia="仿宋_GB2312"');
		expect(document).toMatch(/<w:spacing [^>]*w:line="560"[^>]*w:lineRule="exact"/);
		for (const face of ['黑体', '楷体_GB2312']) expect(document).toContain(`w:eastAsia="${face}"`);
		const table = xml(docx, 'word/fontTable.xml');
		expect(table).toMatch(/w:name="方正小标宋_GBK"><w:altName w:val="[^"]*宋体"/);
		expect(table).toMatch(/w:name="仿宋_GB2312"><w:altName w:val="仿宋,/);
	});

	test('year in 〔〕, number of the page as “— 1 —” on the outer side, day without leading zeros', () => {
		expect(seen(docx)).toContain('〔2026〕');
		expect(seen(docx)).toMatch(/永泰县自然资源和规划局2026年7月1日/);
		const footers = [...parts(docx).keys()].filter((name) => /^word\/footer\d+\.xml$/.test(name));
		const sides = footers.map((name) => xml(docx, name));
		for (const footer of sides) expect(footer).toMatch(/— [^]*PAGE[^]* —/);
		expect(sides.map((footer) => /<w:jc w:val="(\w+)"/.exec(footer)?.[1]).sort()).toEqual(['left', 'right']);
		expect(xml(docx, 'word/settings.xml')).toContain('<w:evenAndOddHeaders');
	});

	test('tables lie within the text, and the file bears the day of its facts', () => {
		for (const [, width] of xml(docx).matchAll(/<w:tblW [^>]*w:w="(\d+)"/g))
			expect(Number(width)).toBeLessThanOrEqual(11906 - 1587 - 1474 + 2);
		expect(xml(docx, 'docProps/core.xml')).toContain('2026-07-01T00:00:00Z');
		expect([...parts(docx).keys()].some((name) => name.endsWith('.png'))).toBe(true);
	});

	test('a file names the bureau as its author, and nobody else; its pictures say nothing more', () => {
		const core = xml(docx, 'docProps/core.xml');
		for (const name of ['dc:creator', 'cp:lastModifiedBy'])
			expect(new RegExp(`<${name}>([^<]*)<`).exec(core)?.[1]).toBe('永泰县自然资源和规划局');
		const said = [...parts(docx)].filter(([name]) => /^docProps\/|comments|people|custom/.test(name));
		for (const [name, content] of said)
			expect(content.toString().match(/<(?:Manager|Company|w15:person|w:comment)\b[^>]*>/), name).toBeNull();
		for (const [name, content] of parts(docx))
			if (name.endsWith('.png')) expect(pictureMetadata(content), name).toEqual([]);
	});
});

describe('what a filing says', () => {
	test('every target with its substitutes in order, digits, hashes and level, markup as text', async () => {
		const draw = await drawn(stage, { level: 'L2' });
		done(await signList(stage.as(stage.planner, 14), draw));
		done(await object(stage.as(stage.witness, 15), draw, '箱 <未> 清点 & "封"'));
		const facts = await loadDrawn(draw);
		const text = seen(await filingDocument(facts));
		const row = await db.selectFrom('app.draw').where('id', '=', draw).selectAll().executeTakeFirstOrThrow();
		const manifest = JSON.parse(row.manifest!) as Manifest;
		let at = 0;
		for (const { id } of manifest.selected)
			for (const code of [id, ...manifest.substitutes[id]!]) {
				const found = text.indexOf(`花岗岩 <${code}> & 矿`, at);
				expect(found, code).toBeGreaterThan(at);
				at = found;
			}
		for (const given of digits) expect(text).toContain(given.match(/.{4}/g)!.join(' '));
		for (const hex of [row.commitment!, row.manifest_hash!, row.selected_root!, manifest.plan.frame.root])
			expect(text).toContain(inGroups(hex.slice(0, 32)) + inGroups(hex.slice(32)));
		expect(text).toContain(`${levelWords.L2.claim}${levelWords.L2.limit}`);
		expect(text).toContain('箱 <未> 清点 & "封"');
		expect(text).toContain('石材 & <料> "公司"');
		expect(text).toContain(facts.checkpoint!.split('\n')[2]!);
		expect(facts.excluded).toHaveLength(3);
		expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
	});

	test('each level claims what it holds and no more', async () => {
		const one = seen(await filingDocument(await loadDrawn(await drawn(stage))));
		expect(one).toContain(levelWords.L1.limit);
		const draw = await locked(stage, { level: 'L3' });
		done(
			await enterBeacon(stage.as(stage.witness, 121), draw, {
				value: '507',
				evidence: '福彩网站'
			})
		);
		done(await drawLocked(stage.as(stage.planner, 122), draw));
		const three = seen(await filingDocument(await loadDrawn(draw, 130)));
		expect(three).toContain('福彩3D 2026172');
		expect(three).toContain('公开值为507');
		for (const other of [levelWords.L1, levelWords.L2]) expect(three).not.toContain(other.claim);
	});

	test('a substitute that was granted is named, and called in place of its target', async () => {
		const draw = await drawn(stage);
		done(
			await askSubstitution(stage.as(stage.planner, 20), draw, {
				serial: 1,
				reason: 'not_found',
				evidence: '现场'
			})
		);
		const { id } = await db
			.selectFrom('app.substitution')
			.where('draw', '=', draw)
			.select('id')
			.executeTakeFirstOrThrow();
		done(await decideSubstitution(stage.as(stage.other, 21), draw, id, 'approved'));
		const facts = await loadDrawn(draw);
		const { code, substitutes } = facts.list.rows[0]!;
		expect(seen(await filingDocument(facts))).toContain(
			`第1号对象（${code}）因查无下落，经批准于2026年7月1日10时21分00秒由第1顺位递补对象（${substitutes[0]!.code}）递补`
		);
		for (const text of [seen(await inspectionNotices(facts)), seen(await approvalForms(facts))]) {
			expect(text).toContain(`<${substitutes[0]!.code}>`);
			expect(text).not.toContain(`<${code}>`);
		}
		expect(seen(await inspectionNotices(facts))).toMatch(/频次上限[^]*申请其回避/);
	});

	test('the yearly cap is that of the day of the draw, and left blank while nobody has set it', async () => {
		const draw = await drawn(stage);
		expect((await loadDrawn(draw)).yearCap).toBeNull();
		const setting = { db, county: COUNTY, actor: stage.planner, at: minutes(0) };
		const cap = (value: string) => [{ key: 'year_cap', value, source: '国办发〔2024〕54号' }];
		value(await saveRules(setting, { from: '2026-01-01', rows: cap('2') }));
		value(await saveRules(setting, { from: '2026-07-02', rows: cap('3') }));
		const facts = await loadDrawn(draw);
		expect(seen(await inspectionNotices(facts))).toContain('频次上限为2次');
		expect(seen(await approvalForms(facts))).toContain('2次');
		// The parties of this stage have had more than that by now.
		await db.deleteFrom('app.rule_param').where('key', '=', 'year_cap').execute();
	});

	test('a void draw says so first, with its reason and both names', async () => {
		const draw = await drawn(stage);
		done(await askVoid(stage.as(stage.planner, 20), draw, { reason: '名录 <误>', frameError: true }));
		done(await decideVoid(stage.as(stage.other, 21), draw, 'approved'));
		const text = seen(await filingDocument(await loadDrawn(draw)));
		expect(text.indexOf('已于2026年7月1日10时21分00秒作废，名单不得作为检查依据')).toBeGreaterThan(0);
		expect(text).toContain('原因：名录 <误>。由planner提出，leader批准。');
	});
});

describe('the other papers', () => {
	test('the commitment on paper: C, and twenty empty boxes for each witness', async () => {
		const facts = await load(await announced(stage, { level: 'L2' }));
		expect(facts.list).toBeNull();
		const docx = await commitmentSheet(facts);
		const C = facts.commitment;
		expect(seen(docx)).toContain(inGroups(C.slice(0, 32)) + inGroups(C.slice(32)));
		const boxes = [...xml(docx).matchAll(/<w:tr>(?:(?!<\/w:tr>)[^])*<\/w:tr>/g)].filter(
			([row]) => row.match(/<w:tc>/g)?.length === 20
		);
		expect(boxes).toHaveLength(2);
		expect(facts.witnesses.every((witness) => witness.digits === null)).toBe(true);
	});

	test('nothing of the list is in the sealed statement', async () => {
		const facts = await loadDrawn(await drawn(stage));
		const text = seen(await sealedStatement(facts));
		for (const hex of [facts.commitment, facts.list.manifestHash, facts.list.selectedRoot])
			expect(text).toContain(inGroups(hex.slice(0, 32)) + inGroups(hex.slice(32)));
		for (const { code } of facts.list.rows) expect(text).not.toContain(code);
	});

	test('no paper before the commitment, none of a draw that is not there', async () => {
		const at = minutes(5);
		const draw = await frozen(stage);
		expect(await loadFiling(db, county, draw, 'https://x', at)).toEqual({
			ok: false,
			reason: 'not_announced'
		});
		expect(await loadFiling(db, county, 9999, 'https://x', at)).toEqual({
			ok: false,
			reason: 'no_such_draw'
		});
	});

	test('five hundred rows in seconds, also on a busy machine', async () => {
		const facts = await loadDrawn(await drawn(stage));
		const rows = Array.from({ length: 500 }, (_, i) => ({ ...facts.list.rows[i % 9]!, serial: i + 1 }));
		const before = performance.now();
		const docx = await filingDocument({ ...facts, list: { ...facts.list, rows } });
		expect(performance.now() - before).toBeLessThan(15_000);
		expect(seen(docx)).toContain('500');
	});
});
