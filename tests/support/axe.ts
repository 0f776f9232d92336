// What axe finds serious or critical in a page that is open.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Each with its rule and the first place. */
export async function violations(page: Page): Promise<string[]> {
	await page.evaluate(axe.source);
	return page.evaluate(async () => {
		const { axe } = window as unknown as {
			axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
		};
		// Colours on their way to another theme are of neither.
		const still = Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
		await Promise.race([still, new Promise((wait) => setTimeout(wait, 1000))]);
		const { violations } = await axe.run();
		return violations
			.filter(({ impact }) => ['serious', 'critical'].includes(impact))
			.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
	});
}
