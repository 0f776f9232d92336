// Order of strings by their UTF-8 bytes, which is the order of their code points. JavaScript's own `<` compares
// UTF-16 units and puts U+1F5FA before U+E000; ids, cells and codes are never sorted that way.
// Invariant: sign(compareUtf8(a, b)) = sign(memcmp(utf8(a), utf8(b))) for strings without lone surrogates.

/** A UTF-16 unit moved so that surrogates sort above U+E000–U+FFFF. */
const rank = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

export function compareUtf8(a: string, b: string): number {
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		const p = a.charCodeAt(i);
		const q = b.charCodeAt(i);
		if (p !== q) return rank(p) - rank(q);
	}
	return a.length - b.length;
}
