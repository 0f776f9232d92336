// What the demonstration's crew wrote down at each stop of yesterday's route, and what the office made of it: one record of
// every state. All of it is made up, and its texts say so.
import type { Bodies, Kind } from '../../core/field/event';

export interface Scene {
	/** Results of the items, by their place; what is not named is none_found. */
	found?: {
		item: number;
		severity: Bodies['finding']['severity'];
		text: string;
		measure: Bodies['finding']['measure'];
	};
	/** Days until the order has to be carried out. */
	dueDays?: number;
	note?: string;
	/** Arrived only; nobody signed or closed. */
	open?: true;
	decision?: { to: 'accepted' } | { to: 'returned'; reason: string };
}

/** By position; the stop after the last was not reached. */
export const scenes: readonly Scene[] = [
	{ note: '现场负责人在场，资料齐全（演示）', decision: { to: 'accepted' } },
	{
		found: {
			item: 4,
			severity: 'ordinary',
			text: '临时用地到期未恢复，堆放建材（演示）',
			measure: 'ordered'
		},
		dueDays: 15,
		decision: { to: 'accepted' }
	},
	{
		found: {
			item: 5,
			severity: 'minor',
			text: '施工围挡超出红线约一米，现场收回（演示）',
			measure: 'on_site'
		},
		decision: { to: 'accepted' }
	},
	{
		found: {
			item: 0,
			severity: 'serious',
			text: '北侧疑似超出批准范围占地，已拍照并实测（演示）',
			measure: 'case'
		},
		note: '当事人称正在补办手续（演示）'
	},
	{
		note: '只检查了东侧（演示）',
		decision: { to: 'returned', reason: '西侧界址没有照片，请补拍后重新签名（演示）' }
	},
	{ open: true }
];

export type Written = { [K in Kind]: { kind: K; body: Bodies[K] } }[Kind];
