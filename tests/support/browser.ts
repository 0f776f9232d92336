// A real Chromium for the browser tests: CHROMIUM_PATH, else the one inside @sparticuz/chromium. Nothing is downloaded.
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

// Software WebGL: these machines have no graphics card, and the map must be seen, not assumed.
const webgl = [
	'--no-sandbox',
	'--use-gl=angle',
	'--use-angle=swiftshader',
	'--enable-unsafe-swiftshader',
	'--ignore-gpu-blocklist',
	'--in-process-gpu',
	'--no-zygote',
	'--disable-background-networking',
	'--disable-component-update',
	'--no-first-run'
];

export async function launchBrowser(): Promise<Browser> {
	const executablePath = process.env.CHROMIUM_PATH ?? (await chromium.executablePath());
	return playwright.launch({ executablePath, args: webgl, headless: true });
}

/** Until the page's script has taken over: a press before that may be lost. A page without script is ready at once. */
export async function ready(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			document.documentElement.dataset?.ready !== undefined ||
			!document.querySelector('link[rel="modulepreload"]')
	);
}

/** A page in a context of its own, ready whenever it was gone to; `errors` collects what its scripts throw and report. */
export async function openPage(
	browser: Browser,
	options: BrowserContextOptions & { origin?: string } = {}
): Promise<{ page: Page; errors: string[]; close: () => Promise<void> }> {
	const { origin, ...rest } = options;
	const context = await browser.newContext({
		viewport: { width: 1440, height: 900 },
		locale: 'zh-CN',
		...(origin === undefined ? {} : { baseURL: origin }),
		...rest
	});
	const page = await context.newPage();
	if (rest.javaScriptEnabled !== false) {
		const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
		page.goto = async (...given) => goto(...given).then(async (answer) => (await ready(page), answer));
		page.reload = async (...given) => reload(...given).then(async (answer) => (await ready(page), answer));
	}
	const errors: string[] = [];
	page.on('pageerror', (error) =>
		errors.push(`${page.url()}: ${error.name} ${error.message}\n${error.stack}`)
	);
	page.on('console', (message) => {
		const { url } = message.location();
		// Signing in too often is no fault of the page: sign-in.ts waits and does it again.
		const busy = url.includes('/sign-in?/demo') && message.text().includes('429');
		if (message.type() === 'error' && !busy) errors.push(`${page.url()}: ${message.text()} ${url}`);
	});
	return { page, errors, close: () => context.close() };
}
