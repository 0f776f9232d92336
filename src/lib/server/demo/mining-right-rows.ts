// Mining rights as rows of the registry: mineral and its class, heights 标高, licence number, holder.
// Invariant: 采矿许可证号 is C and 22 digits, issuer 350125, and unique.
import type { MineShape } from './mining-rights';
import type { Party } from './parties';
import { signedAreaM2 } from './polygon';
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

interface Mineral {
	name: string;
	class: '能源' | '金属' | '非金属' | '水气';
	/** Three digits of the licence number. */
	digits: string;
	weight: number;
}

const MINERALS: readonly Mineral[] = [
	{ name: '叶蜡石', class: '非金属', digits: '711', weight: 14 },
	{ name: '高岭土', class: '非金属', digits: '712', weight: 10 },
	{ name: '建筑用凝灰岩', class: '非金属', digits: '713', weight: 16 },
	{ name: '建筑用花岗岩', class: '非金属', digits: '714', weight: 12 },
	{ name: '饰面用花岗岩', class: '非金属', digits: '715', weight: 8 },
	{ name: '石英岩', class: '非金属', digits: '716', weight: 6 },
	{ name: '萤石', class: '非金属', digits: '717', weight: 4 },
	{ name: '铅锌矿', class: '金属', digits: '321', weight: 7 },
	{ name: '铁矿', class: '金属', digits: '211', weight: 6 },
	{ name: '钼矿', class: '金属', digits: '331', weight: 4 },
	{ name: '地热', class: '能源', digits: '131', weight: 4 },
	{ name: '矿泉水', class: '水气', digits: '811', weight: 5 }
];

const weighted = MINERALS.map((mineral) => [mineral, mineral.weight] as const);
/** What a whole cluster can be of: springs stand alone. */
const weightedDeposits = weighted.filter(
	([mineral]) => mineral.class === '金属' || mineral.class === '非金属'
);

export function mineRows(mines: readonly MineShape[], parties: readonly Party[]): TargetVersion[] {
	const rng = random('mine rows');
	const firms = parties.filter(({ trade }) => trade === 'mining');
	const deposits = new Map<number, { mineral: Mineral; holders: Party[] }>();
	let nextFirm = 0;
	return mines.flatMap((mine, i) => {
		let deposit = deposits.get(mine.cluster);
		if (!deposit) {
			deposit = { mineral: rng.weighted(weightedDeposits), holders: [] };
			deposits.set(mine.cluster, deposit);
		}
		const mineral = rng.chance(0.75) ? deposit.mineral : rng.weighted(weighted);
		// New firms while there are any, about one right in three with a firm already at the deposit.
		const fromHolders = deposit.holders.length > 0 && (nextFirm >= firms.length || rng.chance(0.32));
		const party = fromHolders ? rng.pick(deposit.holders) : (firms[nextFirm++] ?? rng.pick(firms));
		deposit.holders.push(party);
		const registered = registeredOn(rng);
		const issued =
			registered === FIRST_DAY ? dayOf('2010-01-01') + rng.int(FIRST_DAY - dayOf('2010-01-01')) : registered;
		const expired = rng.chance(0.03);
		const until = expired ? dayOf('2025-01-01') + rng.int(360) : dayOf('2027-03-01') + rng.int(12 * 365);
		const areaM2 = signedAreaM2(mine.ring);
		const top = mine.surfaceM + 10 + rng.int(50);
		const underground = mineral.class !== '非金属' || mineral.name === '萤石';
		const number = String(i + 1).padStart(7, '0');
		const today: Omit<TargetVersion, 'from' | 'to'> = {
			code: `C350125${dateOf(issued).slice(0, 7).replace('-', '')}${mineral.digits}${number}`,
			kind: 'mining_right',
			name: `${mine.township.name.slice(0, -1)}示例矿区${i + 1}号（${mineral.name}）`,
			party: party.uscc,
			township: mine.township.code,
			...place(mine.ring),
			attributes: {
				矿种: mineral.name,
				矿产类别: mineral.class,
				开采方式: underground ? '地下开采' : '露天开采',
				生产规模: areaM2 > 600_000 ? '大型' : areaM2 > 150_000 ? '中型' : '小型',
				开采标高上限: `${top}`,
				开采标高下限: `${top - (underground ? 120 + rng.int(260) : 40 + rng.int(110))}`,
				发证机关: '永泰县自然资源和规划局（演示）',
				有效期起: dateOf(issued),
				有效期至: dateOf(until),
				数据性质: '演示数据'
			},
			status: rng.weighted([
				['active', 88],
				['suspended', 8],
				['closed', 4]
			] as const)
		};
		return versions(today, registered, rng);
	});
}
