// The office in a browser: one page for each account that acts, signed in once.
import type { Browser, Page } from 'playwright-core';
import { openPage } from './browser';
import { signIn } from './sign-in';

export class Desks {
	readonly #pages = new Map<string, Page>();
	/** What their scripts threw and reported. */
	readonly errors: string[][] = [];
	constructor(
		readonly browser: Browser,
		readonly origin: string
	) {}

	async of(username: string, path: string): Promise<Page> {
		const known = this.#pages.get(username);
		if (known) {
			await known.goto(path);
			return known;
		}
		const viewport = { width: 1280, height: 900 };
		const { page, errors } = await openPage(this.browser, { origin: this.origin, viewport });
		page.setDefaultTimeout(15_000);
		this.errors.push(errors);
		this.#pages.set(username, page);
		await signIn(page, username, path);
		return page;
	}
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
/** Opens a step that is folded away. */
export const unfold = (page: Page, name: string) =>
	page.locator('summary', { hasText: name }).first().click();
