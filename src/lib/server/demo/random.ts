// The demonstration's numbers: a seeded stream per label, so that changing one part of the county leaves the others as
// they were. Only additions, multiplications and square roots, which IEEE 754 makes equal on every machine.
import { sha256 } from '../../core/bytes/sha256';
import { stream } from '../../core/bytes/stream';

export interface Random {
	/** Uniform in [0, 1), a multiple of 2⁻³². */
	unit(): number;
	/** Uniform whole number in [0, m). */
	int(m: number): number;
	between(low: number, high: number): number;
	chance(probability: number): boolean;
	pick<T>(list: readonly T[]): T;
	/** One of the entries, with chances in proportion to their weights. */
	weighted<T>(entries: readonly (readonly [value: T, weight: number])[]): T;
	/** Nearly normal, mean 0, deviation 1, never beyond ±6 (sum of twelve uniforms). */
	normal(): number;
	/** Nearly lognormal with the given median; sigma of its logarithm. */
	lognormal(median: number, sigma: number): number;
	shuffled<T>(list: readonly T[]): T[];
	/** A unit vector. */
	direction(): readonly [number, number];
}

const SEED = sha256('fairlot demonstration county 1');

/** (1 + z/256)^256, near e^z without Math.exp. */
function growth(z: number): number {
	let value = 1 + z / 256;
	for (let i = 0; i < 8; i++) value *= value;
	return value;
}

/** 32 bytes of the demonstration for one purpose, such as a nonce. */
export const demoBytes = (purpose: string): Uint8Array => sha256(SEED, '\0', purpose);

export function random(label: string): Random {
	const source = stream(SEED, label);
	const unit = () => source.int(2 ** 32) / 2 ** 32;
	const int = (m: number) => source.int(m);
	const self: Random = {
		unit,
		int,
		between: (low, high) => low + (high - low) * unit(),
		chance: (probability) => unit() < probability,
		pick: (list) => {
			if (list.length === 0) throw new RangeError('nothing to pick from');
			return list[int(list.length)]!;
		},
		weighted: (entries) => {
			let at = unit() * entries.reduce((sum, [, weight]) => sum + weight, 0);
			for (const [value, weight] of entries) if ((at -= weight) < 0) return value;
			return entries.at(-1)![0];
		},
		normal: () => {
			let sum = -6;
			for (let i = 0; i < 12; i++) sum += unit();
			return sum;
		},
		lognormal: (median, sigma) => median * growth(sigma * self.normal()),
		shuffled: (list) => {
			const copy = [...list];
			for (let i = copy.length - 1; i > 0; i--) {
				const j = int(i + 1);
				[copy[i], copy[j]] = [copy[j]!, copy[i]!];
			}
			return copy;
		},
		direction: () => {
			for (;;) {
				const x = 2 * unit() - 1;
				const y = 2 * unit() - 1;
				const length = Math.sqrt(x * x + y * y);
				if (length > 0.05 && length <= 1) return [x / length, y / length];
			}
		}
	};
	return self;
}
