// Made-up problems of crews: a county of any size in the manner of the demonstration, and small random rosters in which
// every rule bites.

import { sfc32, type Random } from '../../src/lib/core/route/random';
import type { CrewProblem } from '../../src/lib/core/crew/problem';

const pick = <T>(random: Random, list: readonly T[]): T => list[random.int(list.length)]!;
const some = <T>(random: Random, list: readonly T[], chance: number) =>
	list.filter(() => random.unit() < chance);
const two = (n: number) => String(n).padStart(2, '0');

const SCOPES = ['矿产', '测绘', '用地', '规划', '地质环境'];
const SETS = [
	['矿产', '测绘'],
	['矿产', '地质环境'],
	['用地', '规划'],
	['用地', '测绘'],
	['用地', '地质环境'],
	['规划', '测绘'],
	['矿产', '用地'],
	['矿产', '地质环境', '测绘'],
	['用地', '规划', '测绘']
];

export interface CountySize {
	inspectors: number;
	routes: number;
	days: number;
	/** Chance that an inspector may lead, beside the two of each office who do. */
	leads?: number;
	/** Most scopes a route asks for. */
	scopes?: number;
}

/** Seven offices of three townships each; routes of one to three townships that ask for one to three scopes. */
export function countyCrews(
	seed: number,
	size: CountySize = { inspectors: 63, routes: 34, days: 5 }
): CrewProblem {
	const random = sfc32(seed * 7919 + 13);
	const townships = Array.from({ length: 21 }, (_, t) => `3501251${two(t)}`);
	return {
		inspectors: Array.from({ length: size.inspectors }, (_, i) => {
			const own = [0, 1, 2].map((k) => townships[(i % 7) * 3 + k]!);
			return {
				id: `Y${two(i + 1)}`,
				office: `S${1 + (i % 7)}`,
				department: '',
				home: random.unit() < 0.65 ? [pick(random, own)] : [pick(random, townships)],
				scopes: SETS[(Math.floor(i / 7) + (i % 3) * 3) % SETS.length]!,
				lead: i < 14 || random.unit() < (size.leads ?? 0.1),
				certificate: { from: '2024-01-01', to: random.unit() < 0.03 ? '2026-03-10' : '2029-12-31' },
				absent: random.unit() < 0.1 ? [`2026-03-${two(9 + random.int(size.days))}`] : [],
				recused: some(random, [`P${random.int(size.routes)}`], 0.15),
				cap: null
			};
		}),
		routes: Array.from({ length: size.routes }, (_, r) => ({
			id: `R${two(r + 1)}`,
			day: `2026-03-${two(9 + (r % size.days))}`,
			townships: [...new Set([1, 2, 3].slice(random.int(3)).map(() => pick(random, townships)))],
			parties: [`P${r}`, `P${r + 100}`],
			scopes: [...new Set([1, 2, 3].slice(random.int(3)).map(() => pick(random, SCOPES)))].slice(
				0,
				size.scopes ?? 2
			),
			departments: [],
			seats: 2,
			load: 1
		})),
		rules: { crossArea: true, differentOffices: 'all', restSamePair: true, cap: 4 },
		history: Array.from({ length: 20 }, (_, k) => [`Y${two(k + 1)}`, `Y${two(k + 22)}`] as const),
		size: 400
	};
}

/** A small roster in which every rule bites: 8 inspectors and 4 routes by default. Often impossible. */
export function smallCrews(seed: number, inspectors = 8, routes = 4): CrewProblem {
	const random = sfc32(seed);
	const townships = ['甲', '乙', '丙', '丁'];
	const days = ['2026-03-09', '2026-03-10', '2026-03-11'].slice(0, 1 + random.int(3));
	const joint = random.unit() < 0.25;
	const generous = random.unit() < 0.7;
	const ids = Array.from({ length: inspectors }, (_, i) => `I${i + 1}`);
	return {
		inspectors: ids.map((id) => ({
			id,
			office: `S${random.int(generous ? 6 : 3)}`,
			department: joint && random.unit() < 0.4 ? '应急' : '',
			home: some(random, townships, generous ? 0.1 : 0.3),
			scopes: some(random, ['矿产', '用地', '测绘'], generous ? 0.85 : 0.55),
			lead: random.unit() < (generous ? 0.7 : 0.45),
			certificate: {
				from: random.unit() < 0.08 ? '2026-03-10' : '2024-01-01',
				to: random.unit() < 0.08 ? '2026-03-10' : '2029-12-31'
			},
			absent: some(random, days, 0.08),
			recused: some(random, ['P0', 'P1', 'P2', 'P3'], 0.08),
			cap: random.unit() < 0.1 ? 1 + random.int(2) : null
		})),
		routes: Array.from({ length: routes }, (_, r) => ({
			id: `R${r + 1}`,
			day: pick(random, days),
			townships: [...new Set([pick(random, townships), pick(random, townships)])],
			parties: [`P${r}`],
			scopes: some(random, ['矿产', '用地', '测绘'], 0.35),
			departments: joint && random.unit() < 0.4 ? ['应急'] : [],
			seats: random.unit() < 0.15 ? 3 : 2,
			load: random.unit() < 0.2 ? 2 : 1
		})),
		rules: {
			crossArea: random.unit() < 0.9,
			differentOffices: pick(random, ['all', 'all', 'two', 'off']),
			restSamePair: random.unit() < 0.8,
			cap: random.unit() < 0.5 ? 2 + random.int(3) : null
		},
		history: Array.from({ length: random.int(5) }, () => {
			const a = random.int(inspectors);
			return [ids[a]!, ids[(a + 1 + random.int(inspectors - 1)) % inspectors]!] as const;
		}),
		size: 200
	};
}
