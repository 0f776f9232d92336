// Land parcels as rows of the registry: use in the scheme of its day, unit number, holder.
// Invariant: 不动产单元号 has 28 characters (county 6, 地籍区 3, 地籍子区 3, 特征码 2, serial 5, W00000000) and is unique.
import type { ParcelShape } from './land-parcels';
import { landUses, type LandUse } from './land-uses';
import type { Party, Trade } from './parties';
import { random } from './random';
import {
	dateOf,
	dayOf,
	FIRST_DAY,
	place,
	registeredOn,
	versions,
	type TargetVersion
} from './target-version';
import type { Township } from './terrain';

/** Who can hold land of a use. */
function tradesFor(use: LandUse): readonly Trade[] {
	if (use.name === '采矿用地') return ['mining'];
	if (use.mark === 'JC') return ['village', 'farm'];
	if (use.mark === 'JW') return ['farm', 'village', 'company'];
	if (use.years === null) return ['institution', 'village'];
	return ['company'];
}

/** Parties of a township by trade, each taken once before any is taken twice; the county's where it has none. */
function holders(township: Township, parties: readonly Party[]) {
	const rng = random(`holders/${township.code}`);
	const local = rng.shuffled(parties.filter((p) => p.township === township.code));
	const queues = new Map<Trade, Party[]>();
	return (trades: readonly Trade[]): Party => {
		const trade = rng.pick(trades);
		let queue = queues.get(trade);
		if (!queue || queue.length === 0) {
			const own = local.filter((p) => p.trade === trade);
			queue = own.length > 0 ? own : rng.shuffled(parties.filter((p) => p.trade === trade)).slice(0, 3);
			queues.set(trade, queue);
		}
		return queue.shift()!;
	};
}

export function parcelRows(
	parcels: readonly ParcelShape[],
	townships: readonly Township[],
	parties: readonly Party[]
): TargetVersion[] {
	const rng = random('parcel rows');
	const holderOf = new Map(townships.map((t) => [t.code, holders(t, parties)]));
	const serials = new Map<string, number>();
	const numbers = new Map<string, number>();
	const next = (counts: Map<string, number>, key: string) => {
		const n = (counts.get(key) ?? 0) + 1;
		counts.set(key, n);
		return n;
	};
	let shared: { key: string; use: LandUse; party: Party | null } | undefined;
	return parcels.flatMap((parcel) => {
		const { township, block, setting } = parcel;
		const holder = holderOf.get(township.code)!;
		const key = `${township.code} ${block}`;
		if (shared?.key !== key) {
			const use = rng.weighted(landUses.map((u) => [u, u.weight[setting]] as const));
			shared = { key, use, party: rng.chance(0.45) ? holder(tradesFor(use)) : null };
		}
		const { use } = shared;
		const party = shared.party ?? holder(tradesFor(use));
		const district = `${String(townships.indexOf(township) + 1).padStart(3, '0')}${String(1 + Math.floor(block / 60)).padStart(3, '0')}`;
		const serial = String(next(serials, district + use.mark)).padStart(5, '0');
		const registered = registeredOn(rng);
		const approved =
			registered === FIRST_DAY
				? dayOf('2005-01-01') + rng.int(FIRST_DAY - dayOf('2005-01-01'))
				: registered - 15;
		const until = use.years === null ? null : dateOf(approved + Math.round(use.years * 365.25));
		const recent = registered >= dayOf('2024-01-01');
		const today: Omit<TargetVersion, 'from' | 'to'> = {
			code: `350125${district}${use.mark}${serial}W00000000`,
			kind: 'land_parcel',
			name: `${township.name}示例地块${next(numbers, township.code)}号（${use.name}）`,
			party: party.uscc,
			township: township.code,
			...place(parcel.ring),
			attributes: {
				用途: use.name,
				地类编码: recent ? use.code2023 : use.code2017,
				地类标准: recent ? '用地用海分类（2023）' : 'GB/T 21010-2017',
				权利性质: use.mark === 'GB' ? (use.years === null ? '划拨' : '出让') : '集体',
				批准日期: dateOf(approved),
				...(until === null ? {} : { 有效期至: until }),
				数据性质: '演示数据'
			},
			status: rng.weighted([
				['active', 95],
				['suspended', 4],
				['closed', 1]
			] as const)
		};
		return versions(today, registered, rng);
	});
}
