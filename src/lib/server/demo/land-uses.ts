// Uses of land parcels with their codes in both schemes: 用地用海分类 (2023) and GB/T 21010-2017.
import type { ParcelShape } from './land-parcels';

export interface LandUse {
	name: string;
	/** Code in 国土空间调查、规划、用途管制用地用海分类指南 (2023). */
	code2023: string;
	/** Code in GB/T 21010-2017. */
	code2017: string;
	/** Years for which it is let; null: no term. */
	years: number | null;
	/** 特征码 of its unit number: ownership and kind of right. */
	mark: string;
	weight: Record<ParcelShape['setting'], number>;
}

const use = (
	name: string,
	code2023: string,
	code2017: string,
	years: number | null,
	mark: string,
	[town, hamlet, works, lone]: readonly [number, number, number, number]
): LandUse => ({ name, code2023, code2017, years, mark, weight: { town, hamlet, works, lone } });

export const landUses: readonly LandUse[] = [
	use('城镇住宅用地', '0701', '0701', 70, 'GB', [46, 0, 0, 0]),
	use('农村宅基地', '0703', '0702', null, 'JC', [6, 58, 0, 4]),
	use('商业用地', '0901', '0501', 40, 'GB', [18, 8, 2, 8]),
	use('机关团体用地', '0801', '0801', null, 'GB', [6, 4, 0, 0]),
	use('教育用地', '0804', '0803', null, 'GB', [4, 2, 0, 0]),
	use('医疗卫生用地', '0806', '0805', null, 'GB', [2, 1, 0, 0]),
	use('工业用地', '1001', '0601', 50, 'GB', [10, 6, 62, 14]),
	use('采矿用地', '1002', '0602', 20, 'GB', [0, 0, 16, 6]),
	use('物流仓储用地', '1101', '0604', 50, 'GB', [4, 2, 14, 4]),
	use('公用设施用地', '13', '0809', null, 'GB', [4, 3, 6, 14]),
	use('设施农用地', '0602', '1202', 10, 'JW', [0, 16, 0, 50])
];
