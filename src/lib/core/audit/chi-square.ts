// The upper tail of the χ² distribution, for tests of uniformity: Q(k/2, x/2), the regularised incomplete gamma function,
// by its series below the mean and its continued fraction (Lentz) above. Relative error below 1e-10.

/** ln Γ(z) for z > 0: Lanczos, g = 7, n = 9. */
function logGamma(z: number): number {
	const c = [
		0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
		12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
	];
	let sum = c[0]!;
	for (let k = 1; k < 9; k++) sum += c[k]! / (z - 1 + k);
	const t = z + 6.5;
	return 0.5 * Math.log(2 * Math.PI) + (z - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** P(χ² with `degrees` of freedom ≥ x). */
export function chiSquareTail(x: number, degrees: number): number {
	if (x <= 0 || degrees <= 0) return 1;
	const [a, y] = [degrees / 2, x / 2];
	const front = Math.exp(a * Math.log(y) - y - logGamma(a));
	if (y < a + 1) {
		let term = 1 / a;
		let sum = term;
		for (let n = 1; term > sum * 1e-16; n++) sum += term *= y / (a + n);
		return Math.max(0, 1 - front * sum);
	}
	let b = y + 1 - a;
	let c = 1e300;
	let d = 1 / b;
	let h = d;
	for (let n = 1; n < 10_000; n++) {
		const an = -n * (n - a);
		b += 2;
		d = 1 / (an * d + b || 1e-300);
		c = b + an / c || 1e-300;
		const step = d * c;
		h *= step;
		if (Math.abs(step - 1) < 1e-14) break;
	}
	return front * h;
}

/** ln of the binomial coefficient. */
export const logChoose = (n: number, k: number): number =>
	logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
