// 900 parties of the demonstration: invented names that say so (示例), valid codes that nobody holds, credit grades,
// 3 % on the blacklist. Invariant: every 统一社会信用代码 passes both of its check characters.
import { organisationCheckCharacter, usccCheckCharacter } from '../../core/registry/codes';
import type { CreditGrade } from '../../core/model';
import { random, type Random } from './random';
import type { Township } from './terrain';

export type Trade = 'mining' | 'company' | 'farm' | 'village' | 'institution';

export interface Party {
	uscc: string;
	name: string;
	trade: Trade;
	/** Township code of its address. */
	township: string;
	address: string;
	contact: string;
	grade: CreditGrade;
	/** On the blacklist from the first day to before the last, ISO dates. */
	blacklist: { from: string; to: string }[];
}

const COUNTS: Record<Trade, number> = { mining: 190, company: 430, farm: 120, village: 110, institution: 50 };
/** Registering body and kind of body, the first two characters of a code. */
const PREFIX: Record<Trade, string> = {
	mining: '91',
	company: '91',
	farm: '93',
	village: '54',
	institution: '12'
};
const FIRST = [...'青云溪松竹岭峰泉石川源林谷岩润恒瑞盛昌和安景远明华兴宏鼎丰嘉'];
const SECOND = [...'山峰原河湖洲桥岗坪坑源林泰隆通达信诚康宁阳晖腾骏翔业实正新海'];
const BUSINESS: Record<Trade, readonly string[]> = {
	mining: ['矿业', '石材', '矿产开发', '非金属材料', '矿产品加工'],
	company: [
		'置业',
		'建材',
		'食品',
		'机械制造',
		'新能源',
		'物流',
		'商贸',
		'文旅开发',
		'轻工',
		'电子',
		'环保科技',
		'林产'
	],
	farm: ['李果种植', '茶叶', '生态养殖', '油茶', '蔬菜种植', '食用菌'],
	village: [''],
	institution: ['中心小学', '卫生院', '敬老院', '农技推广站', '文化服务中心', '供水站']
};

/** D, E, M and a running number: no organisation code in use looks like this. */
function code(trade: Trade, number: number): string {
	const organisation = `DEM${String(number).padStart(5, '0')}`;
	const first17 = `${PREFIX[trade]}350125${organisation}${organisationCheckCharacter(organisation)}`;
	return first17 + usccCheckCharacter(first17);
}

function nameOf(trade: Trade, township: Township, word: string, rng: Random): string {
	const place = township.name.slice(0, -1);
	if (trade === 'village') return `${township.name}示例${word}村村民委员会`;
	if (trade === 'institution') return `${township.name}示例${word}${rng.pick(BUSINESS.institution)}`;
	if (trade === 'farm') return `永泰示例${place}${word}${rng.pick(BUSINESS.farm)}专业合作社`;
	return `永泰示例${word}${rng.pick(BUSINESS[trade])}有限公司`;
}

const years = (date: string, count: number) => `${Number(date.slice(0, 4)) + count}${date.slice(4)}`;

export function makeParties(
	townships: readonly Township[],
	parcelCounts: ReadonlyMap<string, number>
): Party[] {
	const rng = random('parties');
	const places = townships.map((t) => [t, parcelCounts.get(t.code) ?? 1] as const);
	const names = new Set<string>();
	const trades = (Object.keys(COUNTS) as Trade[]).flatMap((trade) => Array<Trade>(COUNTS[trade]).fill(trade));
	const parties = trades.map((trade, i): Party => {
		const township = rng.weighted(places);
		let name: string;
		do name = nameOf(trade, township, rng.pick(FIRST) + rng.pick(SECOND), rng);
		while (names.has(name));
		names.add(name);
		return {
			uscc: code(trade, i + 1),
			name,
			trade,
			township: township.code,
			address: `福建省福州市永泰县${township.name}示例路${1 + rng.int(320)}号`,
			contact: `演示${rng.pick([...'陈林黄张鄢檀'])}*，0591-****${String(rng.int(10_000)).padStart(4, '0')}`,
			grade: rng.weighted([
				['A', 18],
				['B', 56],
				['C', 20],
				['D', 6]
			] as const),
			blacklist: []
		};
	});
	listSome(parties, rng);
	return parties;
}

/** 3 % on the list now, for three years from 2024 or 2025; a few who have left it. */
function listSome(parties: Party[], rng: Random): void {
	const order = rng.shuffled(parties.filter(({ trade }) => trade !== 'village' && trade !== 'institution'));
	const day = (year: number) =>
		`${year}-${String(1 + rng.int(12)).padStart(2, '0')}-${String(1 + rng.int(28)).padStart(2, '0')}`;
	const listed = Math.round(parties.length * 0.03);
	for (const party of order.slice(0, listed)) {
		const from = day(2024 + rng.int(2));
		party.grade = 'D';
		party.blacklist.push({ from, to: years(from, 3) });
	}
	for (const party of order.slice(listed, listed + 6)) {
		const from = day(2020 + rng.int(2));
		party.blacklist.push({ from, to: years(from, 3) });
	}
}
