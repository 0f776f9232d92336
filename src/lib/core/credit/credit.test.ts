import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '../bytes/canonical';
import {
	answers,
	bodyOf,
	businessKey,
	creditActions,
	digestOf,
	mayFollow,
	readHeld,
	readReceipt,
	xmlOf,
	type CreditAction
} from './message';
import { creditFields, creditRecord, wan, type PenaltyFacts } from './record';
import { differences } from './reconcile';
import { afterFailure, backoffMs } from './retry';
import { readStandings, standingColumns } from './standing';

const facts: PenaltyFacts = {
	party: { name: '永泰县某石料有限公司', uscc: '91350100M000100Y43' },
	...{ representative: '', documentNumber: '樟自然资罚〔2026〕3号', violation: '越界开采' },
	...{ facts: '越出矿区范围开采建筑用凝灰岩', basis: '《矿产资源法》', content: '罚款十二万元' },
	...{ kinds: ['fine', 'confiscation'], fineFen: 12_000_000, confiscatedFen: 345_601, licence: '' },
	...{ decidedOn: '2026-07-01', endsOn: '2027-06-30', note: '' },
	authority: { name: '永泰县自然资源和规划局', uscc: '11370300MB286462XU' }
};
const problems = (more: Partial<PenaltyFacts>) => {
	const made = creditRecord({ ...facts, ...more });
	return made.ok ? [] : made.problems.map(({ field, reason }) => `${field} ${reason}`);
};

test('every field of the standard, in its order and by its words', () => {
	const made = creditRecord(facts);
	expect(made.ok).toBe(true);
	expect(Object.keys(made.record)).toEqual(creditFields.map(({ code }) => code));
	expect(made.record).toMatchObject({
		...{ CF_XDR_LB: '法人及非法人组织', CF_CFLB: '罚款;没收违法所得、没收非法财物', CF_NR_FK: '12' },
		...{ CF_NR_WFFF: '0.345601', CF_JDRQ: '2026/07/01', CF_GSJZQ: '2027/06/30', CF_FDDB: '' }
	});
	expect(creditRecord({ ...facts, party: { name: '某', uscc: '92350125MA2XXXXX0Y' } }).record.CF_XDR_LB).toBe(
		'个体工商户'
	);
});

test('what is wrong is named field by field', () => {
	expect(problems({ party: { name: '', uscc: 'H3a9f' } })).toEqual([
		'CF_XDR_MC missing',
		'CF_XDR_SHXYM person'
	]);
	expect(problems({ party: { name: '某', uscc: '91350100M000100Y44' } })).toEqual([]);
	expect(problems({ authority: { name: '局', uscc: '' } })).toEqual([
		'CF_CFJGDM missing',
		'CF_SJLYDM missing'
	]);
	expect(problems({ facts: '电话 13800138000' })).toEqual(['CF_SY personal']);
	expect(problems({ content: 'a\u0000b' })).toEqual(['CF_NR text']);
	expect(problems({ kinds: ['warning'] })).toEqual(['CF_NR_FK amount']);
	expect(problems({ kinds: ['fine', 'unheard'] })).toEqual(['CF_CFLB missing']);
	expect(problems({ endsOn: '2026-06-30' })).toEqual(['CF_GSJZQ day']);
	expect(problems({ documentNumber: 'x'.repeat(101) })).toEqual(['CF_WSH long']);
});

test('any text makes a record that can be written, or is refused by name; none throws', () => {
	const any = fc.array(fc.nat(0x10ffff), { maxLength: 20 }).map((points) => String.fromCodePoint(...points));
	fc.assert(
		fc.property(any, any, any, fc.maxSafeInteger(), (name, text, note, fen) => {
			const more = { facts: text, note, fineFen: fen, party: { name, uscc: facts.party.uscc } };
			const made = creditRecord({ ...facts, ...more });
			if (!made.ok) return made.problems.length > 0;
			const xml = xmlOf(bodyOf({ ...sent, record: made.record }));
			return !/[\u0000-\u0008\ufffe\uffff]/.test(xml) && xml.endsWith('</record></message>'); // eslint-disable-line no-control-regex
		})
	);
});

test('fen to 万元 without a rounded digit', () => {
	expect([0, 1, 100, 1_000_000, 10_500_000, 123_456_789].map(wan)).toEqual([
		...['0', '0.000001', '0.0001', '1', '10.5', '123.456789']
	]);
	fc.assert(
		fc.property(fc.nat(), (fen) => {
			const [whole, rest = ''] = wan(fen).split('.');
			return BigInt(whole!) * 1_000_000n + BigInt(rest.padEnd(6, '0')) === BigInt(fen);
		})
	);
});

const record = creditRecord(facts).record;
const key = businessKey('350125', 3, 1, 'publish');
const named = { key, number: 1, day: '2026-07-02', reason: '', record };
const sent = { ...named, platform: 'credit_china', action: 'publish' } as const;

test('published first, nothing after the end, repaired once', () => {
	const orders = (said: CreditAction[]) => creditActions.filter((next) => mayFollow(said, next));
	expect(orders([])).toEqual(['publish']);
	expect(orders(['publish'])).toEqual(['correct', 'repair', 'expire', 'withdraw']);
	expect(orders(['publish', 'repair', 'correct'])).toEqual(['correct', 'expire', 'withdraw']);
	expect(orders(['publish', 'expire'])).toEqual([]);
	expect(/^[\x21-\x7e]+$/.test(key)).toBe(true);
});

test('the same bytes whoever writes them; an end tells nothing of the case', () => {
	const body = bodyOf(sent);
	expect(canonical(JSON.parse(body))).toBe(body);
	expect(xmlOf(body)).toContain(`<message digest="${digestOf(body)}"><action>publish</action>`);
	const end = bodyOf({ ...sent, action: 'withdraw', reason: '<撤>&"' });
	expect(end).not.toContain('越界');
	expect(xmlOf(end)).toContain('<reason>&lt;撤&gt;&amp;&quot;</reason>');
});

test('a receipt is of this message or it is none', () => {
	const body = bodyOf(sent);
	const good = { key, digest: digestOf(body), number: '沪1&2' };
	const xml = `<receipt><key>${key}</key><digest>${good.digest}</digest><number>沪1&amp;2</number></receipt>`;
	expect(readReceipt('json', JSON.stringify(good))).toEqual(good);
	expect(readReceipt('xml', xml)).toEqual(good);
	expect(answers(good, key, body)).toBe(true);
	expect(answers({ ...good, key: `${key}x` }, key, body)).toBe(false);
	expect(answers(good, key, `${body} `)).toBe(false);
	for (const text of ['', 'null', '[]', '{"key":1}', '<html>', JSON.stringify({ ...good, number: '' })])
		expect([readReceipt('json', text), readReceipt('xml', text)], text).toEqual([null, null]);
	const held = [{ key, digest: good.digest }];
	expect(readHeld('json', JSON.stringify({ held, next: key }))).toEqual({ held, next: key });
	expect(
		readHeld('xml', `<held next="${key}"><message key="${key}" digest="${good.digest}"/></held>`)
	).toEqual({ held, next: key });
	expect(readHeld('xml', '<held/>')).toEqual({ held: [], next: null });
	expect([readHeld('json', '{}'), readHeld('xml', '<no/>')]).toEqual([null, null]);
});

test('a platform that is down is waited for; an answer that stays is not asked for for ever', () => {
	const at = new Date('2026-07-10T00:00:00Z');
	const days = (n: number) => new Date(at.getTime() - n * 86_400_000);
	const after = (reason: Parameters<typeof afterFailure>[0]['reason'], attempts: number, queuedAt: Date) =>
		afterFailure({ reason, attempts, queuedAt, at }, 0.5).state;
	expect(after('network', 400, days(29))).toBe('waiting');
	expect(after('network', 2, days(31))).toBe('dead');
	expect([after('receipt', 5, at), after('receipt', 6, at)]).toEqual(['waiting', 'dead']);
	expect(after('refused', 1, at)).toBe('dead');
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (n, r) => {
			const ms = backoffMs(n, r);
			return ms >= 0 && ms <= Math.min(3_600_000, 30_000 * 2 ** (n - 1));
		})
	);
});

test('missing, extra and different are told apart', () => {
	const of = (one: string, digest = '0') => ({ key: one, digest });
	expect(
		differences([of('a'), of('b'), of('c')], new Set(['a', 'b', 'c', 'w']), [
			...[of('c'), of('b', '1'), of('w'), of('z')]
		])
	).toEqual({ missing: ['a'], extra: ['z'], different: ['b'] });
});

test('grades and lists: each with a source and a first day, or refused by line and column', () => {
	const file = (...rows: string[]) => readStandings([standingColumns.join(','), ...rows].join('\n'));
	expect(file('91350100M000100Y43,D,2026/7/1,2027-06-30,2026-07-01,,信用中国')).toEqual({
		problems: [],
		rows: [
			{
				...{ line: 2, uscc: '91350100M000100Y43', source: '信用中国' },
				grade: { grade: 'D', from: '2026-07-01', to: '2027-06-30' },
				blacklist: { from: '2026-07-01', to: '' }
			}
		]
	});
	const reasons = (row: string) => file(row).problems.map(({ reason }) => reason);
	expect(reasons('1,D,2026-07-01,,,,甲')).toEqual(['uscc']);
	expect(reasons('91350100M000100Y43,,,,,,甲')).toEqual(['nothing']);
	expect(reasons('91350100M000100Y43,E,,,,,')).toEqual(['source', 'grade', 'day']);
	expect(reasons('91350100M000100Y43,D,2026-07-02,2026-07-01,,,甲')).toEqual(['order']);
	expect(readStandings('a,b').problems[0]?.reason).toBe('columns');
});
