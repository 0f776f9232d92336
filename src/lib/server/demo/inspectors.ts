// 64 inspectors of the demonstration with certificates, scopes and home townships, and a few recusals 回避.
// Invariant: every office has at least two inspectors who may lead, and every scope of the items is held by several.
import type { Office } from './offices';
import type { Party } from './parties';
import { random } from './random';

export interface Inspector {
	code: string;
	name: string;
	office: string;
	homeTownships: string[];
	scopes: string[];
	lead: boolean;
	certificate: string;
	issuer: string;
	/** First day, and the day after the last. */
	validFrom: string;
	validTo: string;
}

export interface Recusal {
	inspector: string;
	uscc: string;
	reason: string;
	declaredOn: string;
}

const SURNAMES = [...'陈林黄张吴李郑王鄢檀谢卢余汪程何'];
const GIVEN = [...'志建文晓海国秀丽明伟永春玉荣庆少华芳燕凤'];
const SETS = [
	'矿产 测绘',
	'矿产 地质环境',
	'用地 规划',
	'用地 测绘',
	'用地 地质环境',
	'规划 测绘',
	'矿产 用地',
	'矿产 地质环境 测绘',
	'用地 规划 测绘'
];
const COUNT = 64;

export function makeInspectors(offices: readonly Office[]): Inspector[] {
	const rng = random('inspectors');
	const names = new Set<string>();
	const perOffice = new Map<string, number>();
	return Array.from({ length: COUNT }, (_, i): Inspector => {
		const office = offices[i % offices.length]!;
		const place = perOffice.get(office.code) ?? 0;
		perOffice.set(office.code, place + 1);
		let name: string;
		do name = `${rng.pick(SURNAMES)}${rng.pick(GIVEN)}${rng.pick(GIVEN)}（演示）`;
		while (names.has(name));
		names.add(name);
		const home = rng.chance(0.65) ? rng.pick(office.townships) : rng.pick(rng.pick(offices).townships);
		const second = rng.pick(office.townships);
		const validFrom = `${2022 + rng.int(4)}-${String(1 + rng.int(12)).padStart(2, '0')}-01`;
		return {
			code: `Y${String(i + 1).padStart(3, '0')}`,
			name,
			office: office.code,
			homeTownships: rng.chance(0.2) && second !== home ? [home, second].sort() : [home],
			scopes: SETS[(place + (i % 3) * 3) % SETS.length]!.split(' '),
			lead: place < 2 || rng.chance(0.1),
			certificate: `演示350125${String(i + 1).padStart(4, '0')}`,
			issuer: '永泰县人民政府（演示）',
			validFrom,
			// Two certificates have run out, so that the check on them has something to find.
			validTo:
				i === 37 || i === 50 ? '2025-12-01' : `${Number(validFrom.slice(0, 4)) + 6}${validFrom.slice(4)}`
		};
	});
}

const REASONS = [
	'近亲属在该单位任职（演示）',
	'曾在该单位工作未满三年（演示）',
	'与该单位有利害关系，本人申请回避（演示）'
];

export function makeRecusals(inspectors: readonly Inspector[], parties: readonly Party[]): Recusal[] {
	const rng = random('recusals');
	const firms = parties.filter(({ trade }) => trade === 'mining' || trade === 'company');
	return rng
		.shuffled(inspectors)
		.slice(0, 9)
		.map(({ code }, i) => ({
			inspector: code,
			uscc: rng.pick(firms).uscc,
			reason: REASONS[i % REASONS.length]!,
			declaredOn: `${2023 + (i % 3)}-0${1 + rng.int(9)}-1${rng.int(10)}`
		}));
}
