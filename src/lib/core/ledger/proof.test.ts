import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../bytes/hex';
import { openFrontier, subtreeCount } from './frontier';
import { consistencyProof, verifyConsistency } from './proof';
import { consistencyRanges, inclusionRanges } from './ranges';
import { inclusionProof, leafHash, nodeHash, treeRoot, verifyInclusion } from './tree';

const LIMIT = 64;
const leaves = Array.from({ length: LIMIT }, (_, i) => leafHash(Uint8Array.of(i)));
const roots = Array.from({ length: LIMIT + 1 }, (_, size) => treeRoot(leaves.slice(0, size)));
const head = (size: number) => ({ size, root: roots[size]! });
const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 13 ? byte ^ 1 : byte));

/** RFC 6962 §2.1.2 word for word: SUBPROOF(m, D[n], b). */
function subproof(m: number, data: readonly Uint8Array[], whole: boolean): Uint8Array[] {
	if (m === data.length) return whole ? [] : [treeRoot(data)];
	let k = 1;
	while (k * 2 < data.length) k *= 2;
	return m <= k
		? [...subproof(m, data.slice(0, k), whole), treeRoot(data.slice(k))]
		: [...subproof(m - k, data.slice(k), false), treeRoot(data.slice(0, k))];
}

/** Leaves and proofs of the certificate-transparency reference implementation. */
const REFERENCE = [
	'',
	'00',
	'10',
	'2021',
	'3031',
	'40414243',
	'5051525354555657',
	'606162636465666768696a6b6c6d6e6f'
]
	.map(fromHex)
	.map(leafHash);
const CONSISTENCY: [number, number, string[]][] = [
	[1, 1, []],
	[
		1,
		8,
		[
			'96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
			'5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
			'6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
		]
	],
	[
		6,
		8,
		[
			'0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
			'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
			'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'
		]
	],
	[
		2,
		5,
		[
			'5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
			'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
		]
	]
];

describe('consistency', () => {
	it('gives the proofs of the reference implementation', () => {
		for (const [from, to, proof] of CONSISTENCY) {
			expect(consistencyProof(REFERENCE.slice(0, to), from).map(toHex)).toEqual(proof);
		}
		expect(inclusionProof(REFERENCE, 5).map(toHex)).toEqual([
			'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
			'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
			'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'
		]);
	});

	it('is proved between any two sizes, by the proof of the RFC and no other', () => {
		for (let to = 0; to <= LIMIT; to++) {
			for (let from = 0; from <= to; from++) {
				const proof = consistencyProof(leaves.slice(0, to), from);
				expect(proof).toEqual(from === 0 ? [] : subproof(from, leaves.slice(0, to), true));
				expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(Math.max(1, to))) + 1);
				expect(verifyConsistency(head(from), head(to), proof)).toBe(true);
				expect(verifyConsistency(head(from), head(to), [...proof, roots[1]!])).toBe(false);
				if (proof.length > 0) {
					expect(verifyConsistency(head(from), head(to), proof.slice(1))).toBe(false);
					expect(verifyConsistency(head(from), head(to), proof.slice(0, -1))).toBe(false);
				}
				proof.forEach((node, i) => {
					expect(verifyConsistency(head(from), head(to), proof.with(i, flipped(node)))).toBe(false);
				});
				const altered = { size: from, root: flipped(roots[from]!) };
				expect(verifyConsistency(altered, head(to), proof)).toBe(false);
				if (from > 0)
					expect(verifyConsistency(head(from), { size: to, root: flipped(roots[to]!) }, proof)).toBe(false);
			}
		}
	});

	it('is not proved once an earlier entry has changed, was dropped or moved', () => {
		const to = 41;
		const honest = leaves.slice(0, to);
		const forged = [
			honest.with(3, leafHash(Uint8Array.of(99))),
			honest.with(3, honest[7]!).with(7, honest[3]!),
			[...honest.slice(0, 3), ...leaves.slice(4, to + 1)]
		];
		for (const other of forged) {
			for (let from = 8; from < to; from++) {
				const later = { size: to, root: treeRoot(other) };
				for (const proof of [consistencyProof(other, from), consistencyProof(honest, from)])
					expect(verifyConsistency(head(from), later, proof)).toBe(false);
			}
		}
	});

	it('refuses sizes that are none and hashes of another length', () => {
		expect(verifyConsistency(head(3), head(2), [])).toBe(false);
		expect(verifyConsistency({ size: -1, root: roots[0]! }, head(2), [])).toBe(false);
		expect(verifyConsistency({ size: 1.5, root: roots[1]! }, head(2), [])).toBe(false);
		const short = consistencyProof(leaves.slice(0, 7), 3).map((node) => node.subarray(1));
		expect(verifyConsistency(head(3), head(7), short)).toBe(false);
		expect(() => consistencyRanges(4, 3)).toThrow(RangeError);
		expect(() => inclusionRanges(3, 3)).toThrow(RangeError);
	});
});

describe('inclusion', () => {
	it('is proved for every leaf of every size up to 64, and not with any node altered', () => {
		for (let size = 1; size <= LIMIT; size++) {
			for (let index = 0; index < size; index++) {
				const proof = inclusionProof(leaves.slice(0, size), index);
				const holds = (path: Uint8Array[]) =>
					verifyInclusion(leaves[index]!, index, size, path, roots[size]!);
				expect(holds(proof)).toBe(true);
				proof.forEach((node, i) => expect(holds(proof.with(i, flipped(node)))).toBe(false));
			}
		}
	});

	it('starts every run of more than 2^k leaves at a multiple of 2^k, at sizes of a real ledger too', () => {
		for (const size of [1, 255, 256, 257, 4097, 1_000_003, 2 ** 40 + 12345]) {
			for (const index of [0, size >> 1, size - 1]) {
				for (const { first, end } of [
					...inclusionRanges(index < size ? index : 0, size),
					...consistencyRanges(Math.max(1, index), size)
				]) {
					let width = 1;
					while (width < end - first) width *= 2;
					expect(first % width).toBe(0);
				}
			}
		}
	});
});

describe('frontier', () => {
	it('has the root of every size, goes on from where it was stored, and keeps log n nodes', () => {
		let tree = openFrontier();
		expect(tree.root()).toEqual(roots[0]);
		for (let size = 1; size <= LIMIT; size++) {
			tree.push(leaves[size - 1]!);
			expect(toHex(tree.root())).toBe(toHex(roots[size]!));
			expect(tree.nodes).toHaveLength(subtreeCount(size));
			tree = openFrontier(size, tree.nodes);
		}
	});

	it('reports each subtree as it is completed', () => {
		const seen = new Map<string, string>();
		const tree = openFrontier();
		for (const leaf of leaves)
			tree.push(leaf, (height, index, root) => seen.set(`${height}/${index}`, toHex(root)));
		expect(seen.size).toBe(2 * LIMIT - 1);
		for (const [place, root] of seen) {
			const [height = 0, index = 0] = place.split('/').map(Number);
			const width = 2 ** height;
			expect(root).toBe(toHex(treeRoot(leaves.slice(index * width, (index + 1) * width))));
		}
	});

	it('takes whole subtrees where one begins, and nowhere else', () => {
		const tree = openFrontier();
		for (let at = 0; at < 48; at += 8) tree.pushSubtree(treeRoot(leaves.slice(at, at + 8)), 3);
		for (const leaf of leaves.slice(48, 53)) tree.push(leaf);
		expect(toHex(tree.root())).toBe(toHex(roots[53]!));
		expect(() => tree.pushSubtree(nodeHash(leaves[0]!, leaves[1]!), 1)).toThrow(RangeError);
		expect(() => openFrontier(5, [leaves[0]!])).toThrow(RangeError);
	});
});
