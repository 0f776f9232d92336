// sfc32, Chris Doty-Humphrey's small fast chaotic generator (PractRand, 2013): 128 bits of state, passes PractRand and
// TestU01. Only 32-bit whole-number arithmetic, so every engine gives the same words. The draw never uses it.

export interface Random {
	/** A 32-bit word, 0 … 2³² − 1. */
	word(): number;
	/** Uniform whole number in [0, m), m ≤ 2³². */
	int(m: number): number;
	/** Uniform in [0, 1), in steps of 2⁻³². */
	unit(): number;
}

export function sfc32(seed: number): Random {
	let a = seed | 0;
	let b = Math.floor(seed / 2 ** 32) | 0;
	let c = 0x9e3779b9 | 0;
	let counter = 1;

	function word(): number {
		const out = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + out) | 0;
		return out >>> 0;
	}

	for (let k = 0; k < 15; k++) word();
	return { word, int: (m) => Math.floor((word() * m) / 2 ** 32), unit: () => word() / 2 ** 32 };
}
