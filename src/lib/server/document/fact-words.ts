// How 公文 write instants, days, shares and reasons. China keeps one time, UTC+8 without summer time.

const china = (at: Date) => new Date(at.getTime() + 8 * 3_600_000);
const two = (value: number) => String(value).padStart(2, '0');

export const yearOf = (at: Date): number => china(at).getUTCFullYear();

/** 2026年3月12日: months and days without a leading zero (GB/T 9704-2012, 7.3.5.3). */
export function dayWords(at: Date): string {
	const day = china(at);
	return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;
}

/** 2026年3月12日15时04分05秒. */
export function instantWords(at: Date): string {
	const time = china(at);
	return `${dayWords(at)}${two(time.getUTCHours())}时${two(time.getUTCMinutes())}分${two(time.getUTCSeconds())}秒`;
}

const MASS_ONE = 2 ** 30;

/** A chance in units of 2⁻³⁰ as percent, four decimals. */
export const percentOf = (mass: number): string => ((mass / MASS_ONE) * 100).toFixed(4);

/** A township's share in targets, three decimals. */
export const sharesOf = (mass: number): string => (mass / MASS_ONE).toFixed(3);

export const inFours = (digits: string): string => digits.match(/.{1,4}/g)?.join(' ') ?? digits;

const reasons: Record<string, string> = {
	suspended: '停产停用',
	closed: '已关闭注销',
	not_found: '查无下落',
	merged: '已合并或分割',
	beyond_power: '不属本局管辖',
	other: '其他',
	year_cap: '本年度抽查次数已达上限'
};

/** A reason without words of ours is printed as it was recorded. */
export const reasonWords = (reason: string): string => reasons[reason] ?? reason;
