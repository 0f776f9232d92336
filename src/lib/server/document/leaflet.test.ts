import { expect, test } from 'vitest';
import type { PublicPlan } from '../annual/publication';
import { leafletOf } from './leaflet';

const task = {
	...{ number: 1, title: '采矿权抽查', kinds: ['mining_right'], departments: ['执法科'], ratioPercent: '5' },
	...{ sampleSize: null, minPerTownship: 1, h3Resolution: 7, area: false, townships: null, exclusions: [] },
	weights: { A: '1', B: '1', C: '2', D: '4', blacklist: 'take' },
	items: [{ code: 'KC-1', name: '界桩', category: 'general', basis: '法' }],
	batches: [
		{ number: 1, from: '2026-04-01', to: '2026-06-30', blacklisted: false },
		{ number: 2, from: '2026-09-01', to: '2026-09-30', blacklisted: true }
	]
} satisfies PublicPlan['tasks'][number];
const plan: PublicPlan = {
	...{ county: '永泰县', bureau: '永泰县自然资源和规划局', demo: false, year: 2026, revision: 1 },
	...{ filingNumber: '8号', tasks: [task] }
};

test('a leaflet says what, when and how much, and the cap where there is one', () => {
	const leaflet = leafletOf(plan, 2);
	expect(leaflet.tasks).toEqual([{ title: '采矿权抽查', when: '4月—6月、9月', how: '每批抽5%，2批，查1项' }]);
	expect(leaflet.warning).toBeNull();
	expect(JSON.stringify(leaflet.sections)).toContain('不超过2次');
	expect(JSON.stringify(leafletOf(plan, null).sections)).not.toContain('次，重点');
	expect(leafletOf({ ...plan, demo: true }, 2).warning).toContain('演示');
});
