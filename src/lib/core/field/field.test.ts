import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventHash, EVENT_VERSION, type FieldEvent } from './event';
import { parseEvent } from './event-form';
import { formOf } from './form';
import { missing } from './missing';
import type { Pack } from './pack';
import { foldRecord } from './record';
import { readRescue } from './rescue';
import { isUuid, uuidv7 } from './uuid';

const STOP = '1.T1';
const item = { code: 'I1', name: '越界开采', content: '是否超越批准的矿区范围；实测与登记拐点对照' };
const member = (code: string, validThrough = '2030-01-01') => ({
	...{ code, name: code, office: '一所', certificate: code, issuer: '县', lead: true },
	...{ validFrom: '2020-01-01', validThrough }
});
const pack = {
	crew: [member('Y1'), member('Y2')],
	stops: [
		{
			id: STOP,
			targets: [{ code: 'T1' }],
			checks: [{ id: 'I1@T1', name: item.name, target: 'T1', questions: formOf(item) }]
		}
	]
} as unknown as Pack;

const devices = ['0b8f6c1e-3d52-4a8e-9a55-0d4f2a6c7e10', '1b8f6c1e-3d52-4a8e-9a55-0d4f2a6c7e10'];
let made = 0;
function event(kind: string, body: object, device = 0): FieldEvent {
	made++;
	return {
		...{
			v: EVENT_VERSION,
			id: uuidv7(
				made,
				Uint8Array.from({ length: 10 }, () => made % 256)
			),
			seq: made
		},
		...{ device: devices[device]!, at: new Date(made * 1000).toISOString(), by: `Y${device + 1}` },
		...{ pack: 'a'.repeat(64), stop: STOP, prev: null, kind, body }
	} as unknown as FieldEvent;
}
const answer = (value: string, device = 0, replaces: string[] = []) =>
	event('answered', { check: 'I1@T1', question: 'result', value, replaces }, device);
const arrival = () => event('arrived', { fix: null, fence: 'unknown', reason: '山谷无信号' });
const notice = () => event('notice_given', { to: '张某', how: 'shown' });
const signature = (who: string, inspector: string | null, over: string) =>
	event('signed', {
		...{
			who,
			inspector,
			name: inspector ?? '张某',
			strokes: 'M0 0L1 1',
			width: 10,
			height: 10,
			refused: null,
			over
		}
	});
function whole(...more: FieldEvent[]): FieldEvent[] {
	const content = [arrival(), notice(), answer('none_found'), ...more];
	const { content: over } = foldRecord(content, STOP);
	return [
		...content,
		...[
			signature('inspector', 'Y1', over),
			signature('inspector', 'Y2', over),
			signature('party', null, over)
		]
	];
}
const faults = (events: FieldEvent[], of: Pack = pack, on = '2026-07-01') =>
	missing(foldRecord(events, STOP), of, on).map(({ reason }) => reason);

describe('the record', () => {
	it('depends on the set of events only', () => {
		const events = [
			...whole(),
			answer('found', 1),
			event('note', { check: null, text: '记' }, 1),
			answer('not_checked')
		];
		const expected = foldRecord(events, STOP);
		fc.assert(
			fc.property(
				fc.shuffledSubarray(events, { minLength: events.length }),
				fc.subarray(events),
				(order, twice) => {
					expect(foldRecord([...order, ...twice], STOP)).toEqual(expected);
				}
			)
		);
	});

	it('keeps answers that did not know of each other until a third names both', () => {
		const [a, b] = [answer('none_found', 0), answer('found', 1)];
		expect(foldRecord([a, b], STOP).conflicts.map(({ kind }) => kind)).toEqual(['answer']);
		const settled = foldRecord([a, b, answer('found', 0, [a.id, b.id])], STOP);
		expect([settled.conflicts, settled.answers['I1@T1']?.result?.value]).toEqual([[], 'found']);
		expect(foldRecord([a, answer('none_found', 1)], STOP).conflicts).toEqual([]);
	});

	it('shows what came after the closing', () => {
		const events = whole();
		const closing = event('closed', { over: foldRecord(events, STOP).content });
		expect(foldRecord([...events, closing], STOP)).toMatchObject({ state: 'closed', conflicts: [] });
		const late = foldRecord([...events, closing, answer('found', 1)], STOP);
		expect(late.conflicts.map(({ kind }) => kind)).toContain('after_closing');
		const again = event('reopened', { of: [closing.id], reason: '补正' });
		expect(foldRecord([...events, closing, again], STOP).state).toBe('open');
	});
});

describe('what keeps a record from being closed', () => {
	it('is nothing when all is there', () => expect(faults(whole())).toEqual([]));

	it('names each defect', () => {
		const all = whole();
		const without = (kind: string, which = (_: FieldEvent) => true) =>
			faults(all.filter((one) => one.kind !== kind || !which(one)));
		expect(faults([])).toEqual([
			'no_arrival',
			'no_notice',
			'unanswered',
			'inspectors_signature',
			'party_signature'
		]);
		expect(without('arrived')).toEqual(['no_arrival']);
		expect(without('notice_given')).toEqual(['no_notice']);
		expect(without('answered')).toContain('unanswered');
		expect(without('signed', ({ body }) => 'inspector' in body && body.inspector === 'Y2')).toEqual([
			'inspectors_signature'
		]);
		expect(without('signed', ({ body }) => 'who' in body && body.who === 'party')).toEqual([
			'party_signature'
		]);
		const expired = { ...pack, crew: [member('Y1'), member('Y2', '2026-06-30')] };
		expect(faults(all, expired)).toEqual(['certificate']);
		expect(faults([...all, answer('found')])).toEqual(
			expect.arrayContaining(['no_finding', 'inspectors_signature', 'signature_outdated'])
		);
		expect(faults([...all, answer('found', 1)])).toContain('conflict');
	});

	it('asks nothing about a target that is gone, but for two inspectors', () => {
		const gone = [
			arrival(),
			event('unreachable', { target: null, reason: 'closed', text: '已注销', fix: null })
		];
		expect(faults(gone)).toEqual(['inspectors_signature']);
	});
});

describe('events', () => {
	it('of an earlier version are read as today’s, and hashed as they were written', () => {
		const [old] = JSON.parse(readFileSync('tests/golden/field/event-v1.json', 'utf8')) as [FieldEvent];
		expect(eventHash(old)).toBe('33f36533a2c261924c433ccac083f6895620b33e94f1fed6fdeb3aba1d833012');
		const parsed = parseEvent(old);
		expect(parsed).toMatchObject({
			ok: true,
			event: { v: EVENT_VERSION, body: { value: 'none_found', replaces: [] } }
		});
	});

	it('of version 2 had services without a signature: they stay, and today’s need one', () => {
		const [old] = JSON.parse(readFileSync('tests/golden/field/event-v2.json', 'utf8')) as [FieldEvent];
		expect(eventHash(old)).toBe('576fdf7648dfd61d775443834a9d5d91ec4dfa0044b4c5616b8059280bb9587c');
		expect(foldRecord([old], STOP).served).toMatchObject([{ to: '张某', strokes: '', reason: null }]);
		expect(parseEvent(old)).toMatchObject({ ok: true, event: { v: EVENT_VERSION } });
		const served = (body: object) =>
			parseEvent(
				event('served', {
					...{ document: 'order', to: '张某', how: 'direct', witness: null, reason: null },
					...{ strokes: 'M0 0L1 1', width: 9, height: 9, ...body }
				})
			);
		expect(served({}).ok).toBe(true);
		expect(served({ strokes: '' })).toMatchObject({ field: 'body.strokes' });
		const refused = { how: 'refused', strokes: '', witness: '李某', reason: '不认可' };
		expect(served(refused).ok).toBe(true);
		expect(served({ ...refused, witness: null })).toMatchObject({ field: 'body.witness' });
		expect(served({ ...refused, reason: null })).toMatchObject({ field: 'body.reason' });
		expect(served({ ...refused, how: 'left' })).toMatchObject({ field: 'body.reason' });
	});

	it('with a field missing, wrong or too much are named by it', () => {
		const good = answer('found') as unknown as Record<string, unknown>;
		expect(parseEvent(good).ok).toBe(true);
		expect(parseEvent({ ...good, at: 'x' })).toEqual({ ok: false, reason: 'form', field: 'at' });
		expect(parseEvent({ ...good, more: 1 })).toMatchObject({ field: 'more' });
		expect(parseEvent({ ...good, body: { ...(good.body as object), value: '' } })).toMatchObject({
			field: 'body.value'
		});
	});

	it('have ids that sort by time', () => {
		const ids = [1, 2 ** 40].map((ms) => uuidv7(ms, new Uint8Array(10).fill(255)));
		expect([ids.every(isUuid), ids[0]! < ids[1]!]).toEqual([true, true]);
	});

	it('of a rescue are one chain', () => {
		const chain = [1, 2].map((seq) => ({ ...answer('found'), seq }));
		const [first, second] = chain as [FieldEvent, FieldEvent];
		const manifest = (events: object[]) => ({
			v: 1,
			county: '350125',
			device: devices[0],
			at: '',
			events,
			photos: []
		});
		expect(readRescue(manifest([first, { ...second, prev: eventHash(first) }])).ok).toBe(true);
		expect(readRescue(manifest(chain))).toEqual({ ok: false, reason: 'broken_chain', event: 2 });
	});
});
