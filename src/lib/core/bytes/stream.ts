// The keyed number stream of the draw (protocol, §6): block k = H(seed ‖ 0x00 ‖ label ‖ 0x00 ‖ u64be k), k = 0, 1, …,
// read as big-endian 32-bit words. Invariant: int(m) is uniform on 0 … m − 1, because words of the last, incomplete
// run of m are rejected; int(1) reads nothing.

import { join, sha256Words } from './sha256';

export interface Stream {
	/** Uniform whole number in [0, m). `m` in 1 … 2³². */
	int(m: number): number;
	/** True with chance exactly t / m: int(m) < t. */
	below(t: number, m: number): boolean;
}

export function stream(seed: Uint8Array, label: string): Stream {
	const message = join(seed, '\0', label, '\0', new Uint8Array(8));
	const counter = new DataView(message.buffer, message.length - 8);
	const words = new Int32Array(8);
	let block = 0;
	let at = 8;

	function word(): number {
		if (at === 8) {
			counter.setUint32(0, Math.floor(block / 2 ** 32));
			counter.setUint32(4, block % 2 ** 32);
			sha256Words(message, message.length, words);
			block++;
			at = 0;
		}
		return words[at++]! >>> 0;
	}

	function int(m: number): number {
		if (m === 1) return 0;
		if (m === 2 ** 32) return word();
		const run = m >>> 0;
		// 2³² mod m without leaving 32 bits; the accepted words are 0 … 2³² − 1 − short.
		const short = ((0xffffffff % run) + 1) % run;
		let drawn = word();
		while (drawn > 0xffffffff - short) drawn = word();
		return (drawn >>> 0) % run;
	}

	return { int, below: (t, m) => int(m) < t };
}
