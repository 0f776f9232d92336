// What is really on the screen: a map that draws nothing still reports idle, so tests count pixels.
import type { Browser } from 'playwright-core';

export type Rgb = readonly [red: number, green: number, blue: number];

/** How many pixels of a PNG lie within `tolerance` of each colour, per channel. */
export async function countPixels(
	browser: Browser,
	png: Buffer,
	colours: readonly Rgb[],
	tolerance = 24
): Promise<number[]> {
	const page = await browser.newPage();
	try {
		return await page.evaluate(
			async ({ data, colours, tolerance }) => {
				const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
				const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
				context.drawImage(image, 0, 0);
				const { data: bytes } = context.getImageData(0, 0, image.width, image.height);
				const counts = colours.map(() => 0);
				for (let at = 0; at < bytes.length; at += 4) {
					colours.forEach((colour, k) => {
						if (colour.every((value, c) => Math.abs(value - bytes[at + c]!) <= tolerance)) counts[k]!++;
					});
				}
				return counts;
			},
			{ data: png.toString('base64'), colours, tolerance }
		);
	} finally {
		await page.close();
	}
}

/** The share of pixels that differ between two PNGs of one size. */
export async function differingShare(browser: Browser, one: Buffer, other: Buffer): Promise<number> {
	const page = await browser.newPage();
	try {
		return await page.evaluate(
			async (pngs) => {
				const [a, b] = await Promise.all(
					pngs.map(async (data) => {
						const image = await createImageBitmap(
							await (await fetch(`data:image/png;base64,${data}`)).blob()
						);
						const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
						context.drawImage(image, 0, 0);
						return context.getImageData(0, 0, image.width, image.height).data;
					})
				);
				let differing = 0;
				for (let at = 0; at < a!.length; at += 4) {
					if ([0, 1, 2].some((c) => Math.abs(a![at + c]! - b![at + c]!) > 24)) differing++;
				}
				return (4 * differing) / a!.length;
			},
			[one.toString('base64'), other.toString('base64')]
		);
	} finally {
		await page.close();
	}
}
