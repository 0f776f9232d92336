// Fractal value noise: the roughness of borders and hills. Pure integer hashing and a polynomial, no trigonometry.

/** 32-bit mix of two lattice coordinates and a salt, as a number in [−1, 1). */
function lattice(ix: number, iy: number, salt: number): number {
	let h = Math.imul(ix, 0x27d4eb2d) ^ Math.imul(iy, 0x165667b1) ^ Math.imul(salt, 0x9e3779b1);
	h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return ((h ^ (h >>> 16)) >>> 0) / 2 ** 31 - 1;
}

const ease = (t: number) => t * t * t * (t * (6 * t - 15) + 10);

function valueNoise(x: number, y: number, salt: number): number {
	const ix = Math.floor(x);
	const iy = Math.floor(y);
	const u = ease(x - ix);
	const v = ease(y - iy);
	const south = lattice(ix, iy, salt) * (1 - u) + lattice(ix + 1, iy, salt) * u;
	const north = lattice(ix, iy + 1, salt) * (1 - u) + lattice(ix + 1, iy + 1, salt) * u;
	return south * (1 - v) + north * v;
}

/** Sum of octaves, each of half the wavelength and 0.58 of the height of the one before; within ±2.4. */
export function fractalNoise(
	xM: number,
	yM: number,
	wavelengthM: number,
	octaves: number,
	salt: number
): number {
	let sum = 0;
	for (let k = 0, height = 1, wave = wavelengthM; k < octaves; k++, height *= 0.58, wave /= 2) {
		sum += height * valueNoise(xM / wave, yM / wave, salt + 31 * k);
	}
	return sum;
}
