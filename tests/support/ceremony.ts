// A ceremony in a county of sixty targets, for tests of its steps: who takes part, and the shortest way to any state.
import { digitsCommitOf } from '../../src/lib/core/draw/entropy';
import type { CrewRefusal } from '../../src/lib/schema/crew-draw';
import { createAccount } from '../../src/lib/server/account';
import { announce } from '../../src/lib/server/ceremony/announce';
import { giveDigits, hashDigits } from '../../src/lib/server/ceremony/digits';
import { drawLocked } from '../../src/lib/server/ceremony/draw';
import { freezeDraw, type CeremonySettings } from '../../src/lib/server/ceremony/freeze';
import type { Acting } from '../../src/lib/server/ceremony/step';
import type { Database } from '../../src/lib/server/db/database';
import { readPlan, savePlan, type Plan, type SavedPlan } from '../../src/lib/server/plan';
import { COUNTY, county, insertTarget, insertTownships, openCounty } from './small-county';

export const plan: Plan = {
	name: 'ceremony',
	kind: 'mining_right',
	area: null,
	areaRule: 'intersects',
	townships: null,
	sampleSize: 9,
	ratioPercent: null,
	minPerTownship: 2,
	h3Resolution: 7,
	grid: 10,
	substitutes: 2,
	multipliers: { A: 1, B: 2, C: 4, D: 8, blacklist: 8 }
};
export const start = new Date('2026-07-01T02:00:00Z');
export const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
export const digits = ['31415926535897932384', '27182818284590452353'] as const;
export const salt = ['0f'.repeat(16), 'f0'.repeat(16)] as const;

export interface Stage {
	db: Database;
	planner: string;
	other: string;
	witness: string;
	notary: string;
	/** Acts as `account`, so many minutes after the start. */
	as(account: string, minute?: number): Acting & { escrow: string | undefined };
	/** A plan of its own for each ceremony. */
	plan(change?: Partial<Plan>): Promise<SavedPlan>;
}

/** The county and its accounts. The key of the ledger is fixed, so that checkpoints are signed too. */
export async function setStage(db: Database): Promise<Stage> {
	await openCounty(db);
	const townships = ['350125100', '350125101', '350125102'];
	await insertTownships(db, townships);
	await db
		.insertInto('app.rule_param')
		.values({
			...{ county: COUNTY, key: 'notice_minutes', value: 10, valid: '[2020-01-01,)', source: 'test' },
			...{ set_by: 'test', set_at: start }
		})
		.execute();
	for (let i = 0; i < 60; i++)
		await insertTarget(db, {
			code: `矿${i}`,
			lon: 118.8 + (i % 8) / 50,
			lat: 25.7 + i / 400,
			township: townships[i % 3]!,
			status: i % 20 === 7 ? 'suspended' : 'active'
		});
	const account = async (username: string, role: 'planner' | 'witness' | 'leader') => {
		const made = await createAccount(
			db,
			{ username, name: username, roles: [role], office: null, subject: null },
			{ actor: 'test', at: start, address: null },
			{ password: 'a-long-password-2026' }
		);
		if (!made.ok) throw new Error(made.reason);
		return made.id;
	};
	return {
		db,
		planner: await account('planner', 'planner'),
		other: await account('leader', 'leader'),
		witness: await account('witness', 'witness'),
		notary: await account('notary', 'witness'),
		as: (actor, minute = 0) => ({
			db,
			county,
			actor,
			at: minutes(minute),
			secret: 'a secret of the server that is long enough',
			ledgerKey: { ok: true, seed: new Uint8Array(32).fill(7), trusted: [] },
			embedded: false,
			escrow: undefined
		}),
		plan: async (change = {}) =>
			(await readPlan(db, COUNTY, await savePlan(db, COUNTY, { ...plan, ...change }, start)))!
	};
}

export function settings(stage: Stage, change: Partial<CeremonySettings> = {}): CeremonySettings {
	const level = change.level ?? 'L1';
	const both = [
		{ account: stage.witness, body: '局办公室' },
		{ account: stage.notary, body: '县公证处' }
	];
	return {
		level,
		witnesses: level === 'L2' ? both : both.slice(0, 1),
		noticeMinutes: 10,
		revealBy: minutes(24 * 60),
		closeBy: minutes(90 * 24 * 60),
		beacon:
			level === 'L3'
				? { kind: 'lottery', source: '福彩3D 2026172', pattern: '[0-9]{3}', after: minutes(120) }
				: null,
		superiorConsent: null,
		...change
	};
}

/** The value of a step that must not be refused. */
export function done<T extends object>(outcome: ({ ok: true } & T) | CrewRefusal): T {
	if (!outcome.ok) throw new Error(JSON.stringify(outcome));
	return outcome;
}

export const frozen = async (stage: Stage, change: Partial<CeremonySettings> = {}, of?: SavedPlan) =>
	done(await freezeDraw(stage.as(stage.planner), of ?? (await stage.plan()), settings(stage, change))).draw;

export async function announced(stage: Stage, change: Partial<CeremonySettings> = {}, of?: SavedPlan) {
	const draw = await frozen(stage, change, of);
	done(await announce(stage.as(stage.planner), draw));
	return draw;
}

/** Everything the witnesses do, in the twelfth minute. */
export async function giveAll(stage: Stage, draw: number, count: number): Promise<void> {
	const witnesses = [stage.witness, stage.notary].slice(0, count);
	if (count === 2)
		for (const [i, account] of witnesses.entries())
			done(await hashDigits(stage.as(account, 12), draw, digitsCommitOf(salt[i]!, digits[i]!)));
	for (const [i, account] of witnesses.entries())
		done(
			await giveDigits(stage.as(account, 12), draw, {
				digits: digits[i]!,
				salt: count === 2 ? salt[i]! : ''
			})
		);
}

export async function locked(stage: Stage, change: Partial<CeremonySettings> = {}, of?: SavedPlan) {
	const draw = await announced(stage, change, of);
	await giveAll(stage, draw, settings(stage, change).witnesses.length);
	return draw;
}

export async function drawn(stage: Stage, change: Partial<CeremonySettings> = {}, of?: SavedPlan) {
	const draw = await locked(stage, change, of);
	done(await drawLocked(stage.as(stage.planner, 13), draw));
	return draw;
}
