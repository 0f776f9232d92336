import { describe, expect, test } from 'vitest';
import { sha256 } from '../bytes/sha256';
import { stream } from '../bytes/stream';
import { callsOf, fullParties, loadOf, type BatchRow } from './calls';

const row = (change: Partial<BatchRow>): BatchRow => ({
	...{ draw: 1, party: 'A', rank: 0, granted: 0, exempt: false },
	...change
});

describe('calls of a year', () => {
	test('a batch counts once for a party, whatever it draws of it', () => {
		const calls = callsOf([row({}), row({}), row({ rank: 2 })]);
		expect(calls.get('A')).toEqual([{ draw: 1, state: 'called', exempt: false }]);
	});

	test('a replaced target calls nobody, its substitute is called, the next ones may be', () => {
		const calls = callsOf([
			row({ granted: 1 }),
			row({ party: 'B', rank: 1, granted: 1 }),
			row({ party: 'C', rank: 2, granted: 1 })
		]);
		expect([...calls].map(([party, [call]]) => [party, call!.state])).toEqual([
			['B', 'called'],
			['C', 'planned']
		]);
	});

	test('a frozen batch may call whoever is in its frame', () => {
		expect(callsOf([row({ rank: null })]).get('A')![0]!.state).toBe('planned');
	});

	test('重点 batches are counted apart and fill nobody', () => {
		const calls = callsOf([row({ draw: 1 }), row({ draw: 2, exempt: true }), row({ draw: 3, rank: null })]);
		expect(loadOf(calls.get('A')!)).toEqual({ done: 1, planned: 1, exempt: 1 });
		expect(fullParties(calls, 2).has('A')).toBe(true);
		expect(fullParties(calls, 3).has('A')).toBe(false);
	});
});

/** A batch of a made-up year: its frame, then its list, then who is called for each number. */
interface Batch {
	exempt: boolean;
	frame: string[];
	state: 'frozen' | 'drawn' | 'void';
	/** For each serial number the parties of the drawn target and of its substitutes, in order. */
	serials: { parties: string[]; granted: number }[];
}

function* rowsOf(batches: readonly Batch[]): Generator<BatchRow> {
	for (const [draw, { exempt, frame, state, serials }] of batches.entries()) {
		if (state === 'void') continue;
		if (state === 'frozen') for (const party of frame) yield { draw, party, rank: null, granted: 0, exempt };
		else
			for (const { parties, granted } of serials)
				for (const [rank, party] of parties.entries()) yield { draw, party, rank, granted, exempt };
	}
}

test('no party is called more often than the limit in 2,000 simulated years', { timeout: 20_000 }, () => {
	let [leftOut, called, replaced] = [0, 0, 0];
	for (let year = 0; year < 2000; year++) {
		const rng = stream(sha256('a year', String(year)), 'year');
		const allowed = 1 + rng.int(3);
		// Targets by party: a few parties own many.
		const owners = Array.from({ length: 12 + rng.int(20) }, () => `P${rng.int(4 + rng.int(16))}`);
		const batches: Batch[] = [];
		const visited = () => {
			const count = new Map<string, number>();
			for (const { exempt, state, serials } of batches) {
				if (exempt || state !== 'drawn') continue;
				const now = new Set(serials.map(({ parties, granted }) => parties[granted]!));
				for (const party of now) count.set(party, (count.get(party) ?? 0) + 1);
			}
			return count;
		};
		for (let step = 0; step < 24; step++) {
			const what = rng.int(5);
			const batch = batches[rng.int(Math.max(1, batches.length))];
			const freeze = (targets: readonly string[], exempt: boolean) => {
				const full = exempt ? new Set<string>() : fullParties(callsOf(rowsOf(batches)), allowed);
				const frame = targets.filter((party) => !full.has(party));
				leftOut += targets.length - frame.length;
				if (frame.length > 0) batches.push({ exempt, frame, state: 'frozen', serials: [] });
			};
			if (what <= 1 || !batch) freeze(owners, rng.int(6) === 0);
			else if (what === 2 && batch.state === 'frozen') {
				const order = [...batch.frame];
				for (let i = order.length - 1; i > 0; i--) {
					const j = rng.int(i + 1);
					[order[i], order[j]] = [order[j]!, order[i]!];
				}
				const drawn = 1 + rng.int(Math.max(1, order.length >> 1));
				const rest = order.slice(drawn);
				batch.serials = order.slice(0, drawn).map((party, s) => ({
					parties: [party, ...rest.filter((_, k) => k % drawn === s).slice(0, 3)],
					granted: 0
				}));
				batch.state = 'drawn';
				called += drawn;
			} else if (what === 3 && batch.state === 'drawn') {
				const serial = batch.serials[rng.int(batch.serials.length)]!;
				if (serial.granted + 1 < serial.parties.length) serial.granted += 1;
				replaced++;
			} else if (what === 4 && batch.state !== 'void' && rng.int(3) === 0) {
				// Void, and repeated over the same frame: whoever is full by now is left out of the repetition.
				batch.state = 'void';
				freeze(batch.frame, batch.exempt);
			}
			for (const [party, times] of visited())
				if (times > allowed) throw new Error(`year ${year}: ${party} ${times} of ${allowed}`);
		}
	}
	// The years have what could go wrong in them.
	expect(leftOut).toBeGreaterThan(10_000);
	expect(called).toBeGreaterThan(10_000);
	expect(replaced).toBeGreaterThan(1_000);
});
