// Deadlines against a calendar written another way, day by day over three years; what may be public against people made up.
import { latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import { shippedYears } from '../../server/calendar';
import { stream } from '../bytes/stream';
import { sha256 } from '../bytes/sha256';
import { clock, daysAfter, daysLeft, workingDaysAfter, workingDaysLeft } from './deadline';
import { leaks, publicResult } from './redact';
import { fits, hindrances, type Outcome } from './state';

const years = shippedYears();

test('every deadline in working days, from every day of 2024–2026, agrees with a list of working days', () => {
	const worked: string[] = [];
	for (let time = Date.UTC(2024, 0, 1); time < Date.UTC(2027, 0, 1); time += 86_400_000) {
		const date = new Date(time);
		const day = `${date.getUTCFullYear()}-${String(date.getUTCMonth() + 1).padStart(2, '0')}-${String(date.getUTCDate()).padStart(2, '0')}`;
		const calendar = years.find(({ year }) => year === date.getUTCFullYear())!;
		const off = new Set(calendar.daysOff);
		const on = new Set(calendar.workdays);
		const weekend = [0, 6].includes(date.getUTCDay());
		if (on.has(day) || (!weekend && !off.has(day))) worked.push(day);
	}
	for (let time = Date.UTC(2024, 0, 1); time < Date.UTC(2027, 0, 1); time += 86_400_000) {
		const day = new Date(time).toISOString().slice(0, 10);
		const later = worked.filter((one) => one > day);
		for (const count of [7, 20]) {
			const due = workingDaysAfter(years, day, count);
			const expected = later[count - 1];
			if (expected) {
				expect(due).toEqual({ ok: true, day: expected });
				expect(workingDaysLeft(years, day, expected)).toBe(count);
				expect(workingDaysLeft(years, expected, day)).toBe(-count);
			} else if (!years.some(({ year }) => year === 2027))
				expect(due).toEqual({ ok: false, reason: 'no_calendar', year: 2027 });
		}
		expect(daysLeft(day, daysAfter(day, 3))).toBe(3);
		expect(daysAfter(day, 3)).toBe(new Date(time + 3 * 86_400_000).toISOString().slice(0, 10));
	}
});

test('a clock is ahead, soon, overdue; met on its last day and late on the next', () => {
	expect(clock('2026-06-30', null, '2026-06-26')).toBe('ahead');
	expect(clock('2026-06-30', null, '2026-06-27')).toBe('soon');
	expect(clock('2026-06-30', null, '2026-07-01')).toBe('overdue');
	expect(clock('2026-06-30', '2026-06-30', '2026-09-01')).toBe('met');
	expect(clock('2026-06-30', '2026-07-01', '2026-09-01')).toBe('late');
});

test('an outcome needs its findings, and nothing is closed over what is open', () => {
	const fit = (outcome: Outcome, ...measures: ('on_site' | 'ordered' | 'case')[]) =>
		fits(
			outcome,
			measures.map((measure) => ({ measure })),
			'2026-06-01'
		);
	expect(fit('none_found')).toBeNull();
	expect(fit('none_found', 'case')).toBe('finding_without_problem');
	expect(fit('case')).toBe('no_finding');
	expect(fit('case', 'on_site')).toBe('measure_of_outcome');
	expect(fit('ordered', 'ordered')).toBeNull();
	const closed = { state: 'posted', orders: 0, penalties: [], referrals: [], outcome: 'case' } as const;
	expect(hindrances(closed)).toEqual(['no_disposal']);
	expect(hindrances({ ...closed, referrals: [{ state: 'returned', again: false }] })).toEqual(['referral']);
	expect(hindrances({ ...closed, referrals: [{ state: 'accepted', again: false }] })).toEqual([]);
});

test('ten thousand people: no number, phone, home or corner of theirs is in what is posted', () => {
	const rng = stream(sha256('people'), 'leak');
	const figures = (count: number) => Array.from({ length: count }, () => rng.int(10)).join('');
	for (let i = 0; i < 10_000; i++) {
		const id = `350125${1950 + rng.int(60)}0${1 + rng.int(9)}1${rng.int(10)}${figures(3)}${rng.int(11) === 10 ? 'X' : rng.int(10)}`;
		const phone = `1${3 + rng.int(7)}${figures(9)}`;
		const home = `樟城镇某某村${1 + rng.int(40)}组${1 + rng.int(90)}号`;
		const corner = `404${figures(5)}.${figures(3)}`;
		const secrets = [id, phone, home, corner];
		for (const secret of secrets) expect(leaks(`当事人（${secret}）称`), secret).not.toEqual([]);
		const text = JSON.stringify(
			publicResult({
				party: { uscc: '91350100M000100Y43', name: `甲公司 ${phone}` },
				target: {
					...{ code: 'C3501252020017100000001', kind: 'mining_right', township: '350125100' },
					...{ townshipName: '樟城镇', cell: latLngToCell(25.87, 118.94, 9) }
				},
				...{ checkedOn: '2026-06-01', outcome: 'ordered' },
				inspectors: [{ name: '某人', certificate: id }],
				findings: [{ itemName: '界桩', severity: 'minor', measure: 'ordered', text: secrets.join(' ') }],
				draw: { seq: 1, commitment: null, name: '批次' }
			})
		);
		for (const secret of secrets) expect(text.includes(secret), secret).toBe(false);
	}
});

test('codes of organisations, licences, documents and days are not taken for people', () => {
	for (const text of [
		'91350100M000100Y43',
		'C3501252020017100000001',
		'榕自然资罚〔2026〕12号',
		'2026-06-01',
		'罚款人民币150000元'
	])
		expect(leaks(text)).toEqual([]);
});
