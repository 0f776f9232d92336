import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../bytes/hex';
import { inclusionProof, leafHash, treeBuilder, treeRoot, verifyInclusion } from './tree';

/** Leaves and roots of the certificate-transparency test vectors (RFC 6962 reference implementation). */
const DATA = [
	'',
	'00',
	'10',
	'2021',
	'3031',
	'40414243',
	'5051525354555657',
	'606162636465666768696a6b6c6d6e6f'
];
const ROOTS: Record<number, string> = {
	0: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
	1: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
	2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
	3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
	8: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'
};
const many = Array.from({ length: 33 }, (_, i) => leafHash(Uint8Array.of(i)));

describe('Merkle tree', () => {
	it('gives the roots of the reference implementation', () => {
		for (const [size, root] of Object.entries(ROOTS)) {
			const leaves = DATA.slice(0, Number(size)).map((data) => leafHash(fromHex(data)));
			expect(toHex(treeRoot(leaves))).toBe(root);
		}
	});

	it('is the same one leaf at a time', () => {
		for (let size = 0; size <= 33; size++) {
			const tree = treeBuilder();
			for (let i = 0; i < size; i++) tree.push(Uint8Array.of(0, i), 2);
			expect(toHex(tree.root())).toBe(toHex(treeRoot(many.slice(0, size))));
		}
	});

	it('proves every leaf of every size, and nothing else', () => {
		for (let size = 1; size <= 20; size++) {
			const leaves = many.slice(0, size);
			const root = treeRoot(leaves);
			for (let index = 0; index < size; index++) {
				const proof = inclusionProof(leaves, index);
				const holds = (i = index, n = size, p = proof, r = root) =>
					verifyInclusion(leaves[index]!, i, n, p, r);
				expect(holds()).toBe(true);
				if (size > 1) {
					expect(holds((index + 1) % size)).toBe(false);
					expect(holds(index, size, proof.slice(1))).toBe(false);
				}
				expect(holds(index, size, [...proof, root])).toBe(false);
				expect(holds(index, size, proof, leafHash(root))).toBe(false);
				expect(holds(size)).toBe(false);
			}
		}
		expect(() => inclusionProof(many, 33)).toThrow(RangeError);
	});
});
