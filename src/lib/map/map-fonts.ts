// The map draws its text from fonts the page has loaded. A glyph asked for before its font is there would stay a box,
// with no error anywhere; so every character is loaded before the layer that shows it.
export const mapFont = 'Noto Sans SC Variable';

/** Resolves when the subset files that hold these characters are there; a blocked font must not keep the map away. */
export async function loadMapFont(text: string): Promise<void> {
	const characters = [...new Set(text)].join('');
	if (characters === '') return;
	await document.fonts.load(`500 24px "${mapFont}"`, characters).catch(() => []);
}
