// Past draws, so that coverage has a history: made by the draw itself, each a whole L1 ceremony whose nonce, salts and
// digits are derived from the demonstration's seed. They are chained like real ones and verify. Of the years after the
// listed ones only the special batches are held: nobody's year is used up, and the rest is left to whoever tries it.
import { cellToParent } from 'h3-js';
import { toHex } from '../../core/bytes/hex';
import { nonceCommitOf, type Entropy } from '../../core/draw/entropy';
import { makeExcluded, makeFrame, type Excluded, type Frame, type FrameRow } from '../../core/draw/frame';
import { drawSealed, type Manifest } from '../../core/draw/manifest';
import type { DrawPlan } from '../../core/draw/plan';
import { sealPlan } from '../../core/draw/seal';
import { dayInChina } from '../../core/calendar/year';
import type { TargetKind } from '../../core/model';
import { multipliers, weightOf, type Multipliers } from '../../core/plan/weights';
import { yearInChina } from '../burden/limit';
import type { DemoCounty } from './demo-county';
import type { Party } from './parties';
import { demoBytes, random } from './random';
import { dateOf, dayOf, startOf, type TargetVersion } from './target-version';

export interface Round {
	name: string;
	kind: TargetKind;
	/** Day of the ceremony, at ten in the morning in China. */
	day: string;
	sampleSize: number;
	minPerTownship: number;
	h3Resolution: number;
	/** The task of the year's plan that it carries out, and which of its batches. */
	batch?: readonly [task: number, number: number];
	/** 重点 items alone: the yearly limit leaves it alone. */
	exempt: boolean;
}

const mines = (name: string, day: string, sampleSize: number, batch?: Round['batch']): Round => ({
	...{ name: `${name}（演示）`, kind: 'mining_right', day, sampleSize, batch, exempt: false },
	...{ minPerTownship: 1, h3Resolution: 6 }
});
const parcels = (name: string, day: string, sampleSize: number, batch?: Round['batch']): Round => ({
	...{ name: `${name}（演示）`, kind: 'land_parcel', day, sampleSize, batch, exempt: false },
	...{ minPerTownship: 4, h3Resolution: 7 }
});
const special = (year: number): Round[] => [
	{ ...mines(`${year}年越界开采专项抽查`, `${year}-05-19`, 13, [3, 1]), minPerTownship: 0, exempt: true },
	{ ...parcels(`${year}年永久基本农田保护专项抽查`, `${year}-06-16`, 228, [4, 1]), exempt: true }
];

const listed: readonly Round[] = [
	mines('2023年度采矿权双随机抽查', '2023-05-16', 28),
	parcels('2023年度用地双随机抽查', '2023-09-12', 180),
	mines('2024年度采矿权双随机抽查', '2024-05-21', 30),
	parcels('2024年上半年用地双随机抽查', '2024-06-18', 120),
	parcels('2024年下半年用地双随机抽查', '2024-10-22', 120),
	mines('2025年上半年采矿权双随机抽查', '2025-04-15', 24, [1, 1]),
	...special(2025),
	parcels('2025年度用地双随机抽查', '2025-08-19', 200, [2, 1]),
	mines('2025年下半年采矿权双随机抽查', '2025-10-28', 24, [1, 2])
];

export const yearOf = ({ day }: Round): number => Number(day.slice(0, 4));

/** All that was held before the day of `at`, oldest first; those listed at any time. */
export function roundsUntil(at: Date): Round[] {
	const today = dayInChina(at);
	const first = yearOf(listed.at(-1)!) + 1;
	const years = Array.from({ length: Math.max(0, yearInChina(at) - first + 1) }, (_, i) => first + i);
	return [...listed, ...years.flatMap(special).filter(({ day }) => day < today)];
}

export const SUBSTITUTES = 3;
export const GRID_M = 1;
export const WEIGHTS: Multipliers = multipliers({ A: 0.5, B: 1, C: 2, D: 4, blacklist: 4 });

export interface PastDraw {
	round: Round;
	/** Id of its plan. */
	plan: string;
	at: Date;
	seq: number;
	prev: string | null;
	frame: Frame;
	excluded: Excluded[];
	masses: Int32Array;
	entropy: Entropy;
	manifest: Manifest;
}

/** A UUID of version 8 (RFC 9562) from the demonstration's seed. */
function uuid(purpose: string): string {
	const hex = toHex(demoBytes(purpose));
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Id of the round's plan. */
export const planOf = ({ day }: Round): string => uuid(`plan/${day}`);

function digits(purpose: string): string {
	const rng = random(purpose);
	return Array.from({ length: 20 }, () => rng.int(10)).join('');
}

const isListed = (party: Party, day: string) =>
	party.blacklist.some(({ from, to }) => from <= day && day < to);

/** The registry as it stood on the round's day, as rows of a frame and as what was left out. */
function frozen(round: Round, targets: readonly TargetVersion[], parties: ReadonlyMap<string, Party>) {
	const instant = startOf(dayOf(round.day));
	const rows: FrameRow[] = [];
	const excluded: Excluded[] = [];
	for (const target of targets) {
		if (target.kind !== round.kind || target.from > instant || (target.to !== null && target.to <= instant))
			continue;
		const salt = toHex(demoBytes(`salt/${round.day}/${target.code}`).subarray(0, 16));
		if (target.status !== 'active') {
			excluded.push({ id: target.code, reason: target.status, salt });
			continue;
		}
		const party = parties.get(target.party)!;
		rows.push({
			id: target.code,
			township: target.township,
			cell: cellToParent(target.cell, round.h3Resolution),
			x: target.xM,
			y: target.yM,
			...weightOf(WEIGHTS, party.grade, isListed(party, round.day)),
			salt
		});
	}
	return { rows, excluded };
}

/** A refusal here would be a fault of the demonstration, not of its user. */
function sure<T extends object>(result: ({ ok: true } & T) | ({ ok: false } & object)): T {
	if (!result.ok) throw new Error(`past draw: ${JSON.stringify(result)}`);
	return result;
}

export function* makeHistory(county: DemoCounty, until: Date): Generator<PastDraw> {
	const parties = new Map(county.parties.map((party) => [party.uscc, party]));
	let prev: string | null = null;
	for (const [i, round] of roundsUntil(until).entries()) {
		const { rows, excluded: leftOut } = frozen(round, county.targets, parties);
		const { frame } = sure(makeFrame(rows));
		const { excluded } = sure(makeExcluded(leftOut));
		const nonce = toHex(demoBytes(`nonce/${round.day}`));
		const plan = planOf(round);
		const drawPlan: DrawPlan = {
			plan,
			kind: round.kind,
			seq: i + 1,
			prev,
			sampleSize: round.sampleSize,
			minPerTownship: round.minPerTownship,
			h3Resolution: round.h3Resolution,
			grid: GRID_M,
			crs: 'EPSG:4549',
			publicFrame: false,
			substitutes: SUBSTITUTES,
			nonceCommit: nonceCommitOf(nonce),
			entropy: { level: 'L1', witnesses: ['demo-witness'], beacon: null },
			revealBy: startOf(dayOf(round.day) + 1),
			closeBy: startOf(dayOf(round.day) + 180),
			verifier: null
		};
		const sealed = sure(sealPlan(frame, excluded, drawPlan));
		const entropy: Entropy = { beacon: null, digits: [digits(`digits/${round.day}`)], nonce, salts: [] };
		const { manifest } = sure(drawSealed(frame, sealed, { entropy }));
		const at = new Date(`${dateOf(dayOf(round.day))}T02:00:00Z`);
		yield { round, plan, at, seq: i + 1, prev, frame, excluded, masses: sealed.mass, entropy, manifest };
		prev = sealed.commitment;
	}
}
