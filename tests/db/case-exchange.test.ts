// Cases to the law-enforcement platform and back: what the file holds and that its digests are right; each message of the
// platform once, a dry run that writes nothing, refusals with their reasons, and nobody but the planner.
import { unzipSync } from 'fflate';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { toHex } from '../../src/lib/core/bytes/hex';
import { sha256 } from '../../src/lib/core/bytes/sha256';
import type { Database } from '../../src/lib/server/db/database';
import { visitorIdentity } from '../../src/lib/server/db/identity';
import { exportCases, openCases } from '../../src/lib/server/result/case-export';
import { takeReplies } from '../../src/lib/server/result/case-import';
import { drawn, setStage } from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY } from '../support/small-county';
import { value } from '../support/value';

const PARTY = '91350100M000100Y43';
const at = new Date('2026-08-20T02:00:00Z');
let db: Database;

const as = async (actor: 'planner' | 'leader') => ({
	db: await databaseAs(visitorIdentity({ id: actor, roles: [actor], office: null }, false)),
	...{ county: COUNTY, actor, at }
});
const CASE = `${COUNTY}-1`;
const penalty = {
	...{ documentNumber: '永自然资罚〔2026〕7号', kinds: ['fine'], facts: '越界开采', basis: '矿产资源法' },
	...{ content: '罚款人民币贰万元', fineFen: 2_000_000 }
};
const file = (...replies: unknown[]) =>
	JSON.stringify({ v: 'fairlot-case-replies/1', county: COUNTY, platform: '闽执法', replies });
const filed = { number: 'M1', case: CASE, state: 'filed', on: '2026-07-10' };
const decided = { number: 'M2', case: CASE, state: 'decided', on: '2026-08-20', penalty };
const take = async (text: string, dry = false, who: 'planner' | 'leader' = 'planner') =>
	value(await takeReplies(await as(who), text, dry)).replies.map(({ as: done, reason, field }) =>
		[done, reason, field].filter(Boolean).join(' ')
	);
const count = async (table: string) =>
	(await sql<{ count: number }>`SELECT count(*)::integer AS count FROM ${sql.table(table)}`.execute(db))
		.rows[0]!.count;

beforeAll(async () => {
	db = await freshDatabase();
	const draw = await drawn(await setStage(db));
	await sql`INSERT INTO app.party (county, uscc, name) VALUES (${COUNTY}, ${PARTY}, '永泰县某石料有限公司')`.execute(
		db
	);
	await sql`INSERT INTO app.item (county, code, name, category, basis, body, content, method, kind)
		SELECT ${COUNTY}, 'X-1', '越界开采', category, basis, body, content, method, kind FROM app.item LIMIT 1`.execute(
		db
	);
	await sql`INSERT INTO app.result (county, id, draw, target, party, township, checked_on, inspectors, outcome, source,
			state, recorded_by, recorded_at, approved_by, approved_at)
		SELECT ${COUNTY}, row_number() OVER (), ${draw}, c, ${PARTY}, '350125100', '2026-07-09',
			'[{"name": "甲", "certificate": "1"}, {"name": "乙", "certificate": "2"}]',
			CASE WHEN row_number() OVER () = 3 THEN 'none_found' ELSE 'case' END, 'paper', 'approved', 'i', ${at}, 'h', ${at}
		FROM app.called(${COUNTY}, ${draw}) AS c LIMIT 3`.execute(db);
	await sql`UPDATE app.result SET state = 'withdrawn', withdrawal_reason = 'x', withdrawal_asked_by = 'l',
			withdrawal_asked_at = ${at}, withdrawn_by = 'l', withdrawn_at = ${at} WHERE id = 2`.execute(db);
});

test('the file holds what is open, with its digests, and the ledger knows it', async () => {
	const files = unzipSync((await exportCases(await as('planner')))!);
	const text = (path: string) => new TextDecoder().decode(files[path]);
	const manifest = JSON.parse(text('manifest.json')) as {
		files: { path: string; size: number; sha256: string }[];
	};
	expect(manifest.files.map(({ path }) => path)).toEqual([`cases/${CASE}.json`]);
	expect(Object.keys(files)).toHaveLength(1 + manifest.files.length);
	for (const { path, size, sha256: digest } of manifest.files)
		expect([files[path]!.length, toHex(sha256(files[path]!))]).toEqual([size, digest]);
	expect(JSON.parse(text(`cases/${CASE}.json`))).toMatchObject({
		...{ v: 'fairlot-cases/1', case: CASE, outcome: 'case', checkedOn: '2026-07-09' },
		...{ party: { uscc: PARTY }, inspectors: [{ certificate: '1' }, { certificate: '2' }] }
	});
	const { rows } = await sql<{
		entry: object;
	}>`SELECT convert_from(bytes, 'UTF8')::jsonb AS entry FROM ledger.entry
		ORDER BY seq DESC LIMIT 1`.execute(db);
	expect(rows[0]!.entry).toMatchObject({
		...{ type: 'case.exported', actor: 'planner', cases: [1] },
		manifest: toHex(sha256(files['manifest.json']!))
	});
});

test('a dry run says what would be and writes nothing; the import does it once', async () => {
	const entries = await count('ledger.entry');
	expect(await take(file(filed, decided), true)).toEqual(['taken', 'taken']);
	expect([await count('app.case_reply'), await count('app.penalty'), await count('ledger.entry')]).toEqual([
		...[0, 0, entries]
	]);
	expect(await take(file(filed, decided))).toEqual(['taken', 'taken']);
	expect(await take(file(filed, decided))).toEqual(['known', 'known']);
	expect([await count('app.case_reply'), await count('app.penalty')]).toEqual([2, 1]);
	// Filed, drafted, decided: an entry each.
	expect(await count('ledger.entry')).toBe(entries + 3);
	const { rows } = await sql`SELECT state, document_number, drafted_by FROM app.penalty`.execute(db);
	expect(rows).toEqual([
		{ state: 'drafted', document_number: penalty.documentNumber, drafted_by: 'planner' }
	]);
	const [open] = await openCases(db, COUNTY);
	expect(open!.reply).toEqual({ platform: '闽执法', number: 'M2', state: 'decided', on: '2026-08-20' });
});

test('what is wrong is refused with its reason, and keeps nothing else back', async () => {
	const outcome = await take(
		file(
			...[
				{ ...filed, on: '2026-07-11' },
				{ ...filed, number: 'A' },
				{ ...filed, number: 'B', case: `${COUNTY}-99` }
			],
			...[
				{ ...filed, number: 'C', case: '350126-1' },
				{ ...filed, number: 'D', case: `${COUNTY}-2` }
			],
			...[
				{ ...filed, number: 'E', on: '2026-07-08' },
				{ ...filed, number: 'F', on: '2026-08-21' }
			],
			...[
				{ ...decided, number: 'G' },
				{ ...decided, number: 'H', state: 'filed' },
				{ ...filed, number: '' }
			],
			...[
				{ ...decided, number: 'I', penalty: { ...penalty, documentNumber: '8号', facts: '电话13800138000' } }
			],
			...[{ ...filed, number: 'J', more: 1 }, null]
		)
	);
	expect(outcome).toEqual(
		[
			...[
				'refused altered number',
				'taken',
				'refused no_result',
				'refused other_county case',
				'refused state'
			],
			...['refused day on', 'refused day on', 'refused taken documentNumber', 'refused form penalty'],
			...['refused form number', 'refused personal facts', 'refused form more']
		].concat(outcome.slice(-1))
	);
	expect(outcome.at(-1)).toMatch(/^refused form/);
	expect([await count('app.case_reply'), await count('app.penalty')]).toEqual([3, 1]);
});

test('a file of another version or county, and whoever may not', async () => {
	const planner = await as('planner');
	const reason = async (text: string) => {
		const outcome = await takeReplies(planner, text, false);
		return outcome.ok ? 'ok' : outcome.reason;
	};
	expect(await reason('{')).toBe('not_json');
	expect(await reason(file())).toBe('form');
	expect(await reason(file(filed).replace('replies/1', 'replies/2'))).toBe('version');
	expect(await reason(file(filed).replace(`"county":"${COUNTY}"`, '"county":"350126"'))).toBe('county');
	await expect(take(file({ ...filed, number: 'Z' }), false, 'leader')).rejects.toThrow(/row-level security/);
	await expect(
		sql`UPDATE app.case_reply SET state = 'ended'`.execute((await as('planner')).db)
	).rejects.toThrow(/permission denied/);
});
